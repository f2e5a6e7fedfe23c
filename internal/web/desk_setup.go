package web

import (
	"net/http"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/settings"
)

// operating is for what only those may do who operate the node.
var operating = can(account.Operate, wholeNode)

type setupStepView struct {
	Step, Title, Lead string
	Problems          []link
	Part              settingsPart
	Action, Later     string
}

// setupSteps are the steps after the first administrator was made, each a section of the settings; then comes the first city. Where somebody
// leaves in between, the desk leads back.
var setupSteps = []string{settings.SectionNode, settings.SectionMail}

// afterStep gives the address of the step that follows.
func (q *request) afterStep(step string) string {
	if step == settings.SectionNode {
		return q.path("desk", "setup", settings.SectionMail)
	}
	return q.path("desk", "cities", "new")
}

func (s *Server) setupStep(q *request) (answer, error) { return s.setupStepPage(q, nil, 0) }

func (s *Server) setupStepPage(q *request, wrong error, status int) (answer, error) {
	step := q.PathValue("step")
	kept, err := s.rooms.Settings.Current(q.Context())
	if err != nil {
		return answer{}, err
	}
	v := setupStepView{Part: q.settingsPart(step, kept), Action: q.path("desk", "setup", step), Later: q.afterStep(step)}
	switch step {
	case settings.SectionNode:
		v.Step, v.Title, v.Lead = q.t("setup.step", "Step", "2", "Steps", "4"), q.t("setup.node"), q.t("setup.node_lead")
		v.Part.Fields = v.Part.Fields[:6] // the licence and the security contact can wait
		if kept.Versions[step] == 0 {
			q.proposeNode(v.Part.Fields)
		}
	case settings.SectionMail:
		v.Step, v.Title, v.Lead = q.t("setup.step", "Step", "3", "Steps", "4"), q.t("setup.mail"), q.t("setup.mail_lead")
	default:
		return answer{}, fault.New(fault.NotFound, "there is no such step")
	}
	if wrong != nil {
		q.retype(v.Part.Fields, fault.KindOf(wrong) == fault.Conflict)
		summary, ok := q.problems(wrong, v.Part.Fields)
		if !ok {
			return answer{}, wrong
		}
		v.Problems = summary
	}
	a := q.page(v.Title, []string{"desk", "setup", step}, view{Section: "desk", Forms: true, Body: setupStepPage(q.locale, v)})
	a.status = status
	return a, nil
}

// proposeNode fills a new node's form with what can be guessed: the address at which it was asked, and the reader's language.
func (q *request) proposeNode(fields []field) {
	for i := range fields {
		switch f := &fields[i]; f.Name {
		case "name":
			if f.Value == settings.Default {
				f.Value = ""
			}
		case "address":
			if f.Value == "" && q.Host != "" {
				scheme := "http://"
				if q.server.node.Secure {
					scheme = "https://"
				}
				f.Value = scheme + q.Host
			}
		case "language":
			for j := range f.Options {
				f.Options[j].Chosen = f.Options[j].Value == q.locale.Tag
			}
		}
	}
}

func (s *Server) setupStepSave(q *request) (answer, error) {
	step := q.PathValue("step")
	if step != settings.SectionNode && step != settings.SectionMail {
		return answer{}, fault.New(fault.NotFound, "there is no such step")
	}
	if err := s.keepSettings(q, step); err != nil {
		return s.setupStepPage(q, err, http.StatusUnprocessableEntity)
	}
	return answer{redirect: q.afterStep(step)}, nil
}

// operatorLinks lead those who operate the node to its settings and letters, and first to the setup where it is not complete.
func (s *Server) operatorLinks(q *request) ([]link, error) {
	all := []link{{Text: q.t("me.title"), URL: q.path("desk", "me")}}
	if !account.Can(q.actor, account.Operate, wholeNode(q)) {
		return all, nil
	}
	kept, err := s.rooms.Settings.Current(q.Context())
	if err != nil {
		return nil, err
	}
	count, err := s.rooms.Notice.Post(q.Context())
	if err != nil {
		return nil, err
	}
	for i := len(setupSteps) - 1; i >= 0; i-- {
		if step := setupSteps[i]; kept.Versions[step] == 0 && (step != settings.SectionNode || kept.Node.Name == settings.Default) {
			text := map[string]string{settings.SectionNode: q.t("setup.node_missing"), settings.SectionMail: q.t("setup.mail_missing")}[step]
			all = append([]link{{Text: text, URL: q.path("desk", "setup", step)}}, all...)
		}
	}
	letters := q.t("letters.title")
	if count.Failed > 0 {
		letters = q.t("letters.title_failed", "Count", count.Failed)
	}
	return append(all, link{Text: q.t("settings.link"), URL: q.path("desk", "settings")}, link{Text: letters, URL: q.path("desk", "mail")}), nil
}
