package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/settings"
)

type settingsView struct {
	Problems []link
	Saved    string
	Parts    []settingsPart
	Trial    bool // letters leave the node, so one can be tried
	Failure  string
	Links    []link
}

// settingsPart is a section with its form.
type settingsPart struct {
	Section, Title, Lead string
	Version              string
	Fields               []field
}

func (s *Server) settingsRoutes() []route {
	return []route{
		{"GET", "/{lang}/setup", anybody, s.setupForm},
		{"POST", "/{lang}/setup", anybody, s.setup},
		{"GET", "/{lang}/mail/stop/{token}", anybody, s.stopAsk},
		{"POST", "/{lang}/mail/stop/{token}", anybody.withUpload(), s.stop}, // a mail program may send it as a form of either kind (RFC 8058, 3.2)
		{"GET", "/{lang}/desk/me", signedIn, s.me},
		{"POST", "/{lang}/desk/me", signedIn, s.meSave},
		{"GET", "/{lang}/desk/settings", operating, s.settings},
		{"POST", "/{lang}/desk/settings", operating, s.settingsSave},
		{"GET", "/{lang}/desk/settings/history", operating, s.settingsHistory},
		{"GET", "/{lang}/desk/mail", operating, s.letters},
		{"POST", "/{lang}/desk/mail", operating, s.lettersDo},
		{"GET", "/{lang}/desk/setup/{step}", operating, s.setupStep},
		{"POST", "/{lang}/desk/setup/{step}", operating, s.setupStepSave},
	}
}

func (s *Server) settings(q *request) (answer, error) {
	return s.settingsPage(q, settingsView{}, "", nil, 0)
}

// settingsPage shows all sections; tried is the one whose form was sent, with what is wrong with it.
func (s *Server) settingsPage(q *request, v settingsView, tried string, wrong error, status int) (answer, error) {
	kept, err := s.rooms.Settings.Current(q.Context())
	if err != nil {
		return answer{}, err
	}
	if saved := q.URL.Query().Get("saved"); saved != "" && wrong == nil && v.Saved == "" {
		v.Saved = q.t("form.saved")
	}
	conflict := fault.KindOf(wrong) == fault.Conflict
	for _, section := range []string{settings.SectionNode, settings.SectionMail, settings.SectionDigests} {
		part := q.settingsPart(section, kept)
		if tried == section {
			q.retype(part.Fields, conflict)
			if wrong != nil {
				summary, ok := q.problems(wrong, part.Fields)
				if !ok {
					return answer{}, wrong
				}
				v.Problems = summary
			}
		}
		v.Parts = append(v.Parts, part)
	}
	v.Trial = kept.Mail.On()
	v.Links = []link{{Text: q.t("settings.history"), URL: q.path("desk", "settings", "history")}, {Text: q.t("letters.title"), URL: q.path("desk", "mail")}}
	a := q.page(q.t("settings.title"), []string{"desk", "settings"}, view{
		Section: "desk", Forms: true, Body: settingsPage(q.locale, v), Crumbs: q.deskCrumbs(link{Text: q.t("settings.title")}),
	})
	a.status = status
	return a, nil
}

// settingsPart is a section as it is kept.
func (q *request) settingsPart(section string, v settings.Values) settingsPart {
	part := settingsPart{Section: section, Version: strconv.FormatInt(v.Versions[section], 10)}
	switch section {
	case settings.SectionNode:
		part.Title, part.Lead, part.Fields = q.t("settings.node"), q.t("settings.node_lead"), q.nodeFields(v)
	case settings.SectionMail:
		part.Title, part.Lead, part.Fields = q.t("settings.mail"), q.t("settings.mail_lead"), q.mailFields(v.Mail)
	case settings.SectionDigests:
		part.Title, part.Lead, part.Fields = q.t("settings.digests"), q.t("settings.digests_lead"), q.digestFields(v)
	}
	return part
}

// retype puts what was typed into the fields. Where somebody else has changed the settings meanwhile, what is kept now stands beside it. A
// password is never given back.
func (q *request) retype(fields []field, conflict bool) {
	for i := range fields {
		f := &fields[i]
		said, has := typed(q)(f.Name)
		if !has || f.Kind == "password" || f.Fixed {
			continue
		}
		now := f.Value
		for j := range f.Options {
			if f.Options[j].Chosen {
				now = f.Options[j].Text
			}
		}
		same := said == f.Value
		for j := range f.Options {
			same = same || f.Options[j].Chosen && f.Options[j].Value == said
			f.Options[j].Chosen = f.Options[j].Value == said
		}
		if f.Value = said; conflict && !same {
			f.Hint = strings.TrimSpace(f.Hint + " " + q.t("settings.now", "Value", now))
		}
	}
}

func (s *Server) settingsSave(q *request) (answer, error) {
	section := q.PostFormValue("section")
	if section == "trial" {
		return s.settingsTry(q)
	}
	err := s.keepSettings(q, section)
	if err != nil {
		return s.settingsPage(q, settingsView{}, section, err, http.StatusUnprocessableEntity)
	}
	return answer{redirect: q.path("desk", "settings") + "?saved=" + section + "#saved"}, nil
}

// keepSettings saves a section by what was typed; a field that the form did not have stays as it is.
func (s *Server) keepSettings(q *request, section string) error {
	v, err := s.rooms.Settings.Current(q.Context())
	if err != nil {
		return err
	}
	version, err := strconv.ParseInt(q.PostFormValue("version"), 10, 64)
	if err != nil {
		return fault.SaidOf("version", "error.form", "this form does not know that")
	}
	by := q.actor.Person
	switch section {
	case settings.SectionNode:
		return s.rooms.Settings.SaveNode(q.Context(), by, version, q.typedNode(v.Kept))
	case settings.SectionMail:
		return s.rooms.Settings.SaveMail(q.Context(), by, version, q.typedMail(v.Mail), settings.Password{New: q.PostFormValue("password")})
	case settings.SectionDigests:
		return s.rooms.Settings.SaveDigests(q.Context(), by, version, q.typedDigests(v.Digests))
	}
	return fault.SaidOf("section", "error.form", "this form does not know that")
}

// settingsTry sends whoever asks a letter and says what became of it.
func (s *Server) settingsTry(q *request) (answer, error) {
	to, err := s.rooms.Notice.TrySending(q.Context(), q.actor)
	if err != nil {
		if fault.KindOf(err) == fault.Forbidden {
			return answer{}, err
		}
		return s.settingsPage(q, settingsView{Failure: err.Error()}, "", nil, http.StatusUnprocessableEntity)
	}
	return s.settingsPage(q, settingsView{Saved: q.t("settings.tried", "Address", to)}, "", nil, 0)
}

// weekday says a day of the week.
func (q *request) weekday(day string) string {
	n, err := strconv.Atoi(day)
	if err != nil || n < int(time.Sunday) || n > int(time.Saturday) {
		return day
	}
	return []string{q.t("day.0"), q.t("day.1"), q.t("day.2"), q.t("day.3"), q.t("day.4"), q.t("day.5"), q.t("day.6")}[n]
}
