package web

import (
	"slices"
	"strconv"
	"time"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/platform/database"
)

// typedTogether is how near in time texts of one person are that the history shows as one, by its last.
const typedTogether = 30 * time.Minute

type historyView struct {
	Title, Back string
	Changes     []changeView
	All         string // address of the history with every version; empty: this is it
	Action      string
}

type changeView struct {
	Says    string // who did what, and when
	Note    string
	Given   givenView
	Differs []piece // of the reasons, from the version before
	Again   []sentField
	Aside   bool
}

// questionHistory shows everything that an answer has been. Nothing is lost: each text can be taken again.
func (s *Server) questionHistory(q *request) (answer, error) {
	var r questionRead
	var changes []assessment.Change
	err := s.rooms.View(q.Context(), func(tx database.Tx) (err error) {
		if err := s.readQuestionIn(q.Context(), tx, q, &r); err != nil {
			return err
		}
		changes, err = s.rooms.Assessment.History(q.Context(), tx, r.key(r.question.Requirement.ID))
		return err
	})
	if err != nil {
		return answer{}, err
	}
	if !r.may(q, account.View, true) {
		changes = slices.DeleteFunc(changes, func(c assessment.Change) bool { return c.Draft() })
	}
	id := r.question.Requirement.ID
	v := historyView{Title: q.t("question.history_of", "ID", id), Back: r.path(q, id), Action: r.path(q, id)}
	shown := changes
	if !q.URL.Query().Has("all") {
		if shown = together(changes); len(shown) < len(changes) {
			v.All = r.path(q, id, "history") + "?all="
		}
	}
	mayWrite := r.may(q, account.Answer, true) && assessment.Writable(r.Cycle.State, r.entry.State)
	for i, c := range shown {
		before := ""
		for _, earlier := range shown[i+1:] {
			if earlier.How != assessment.Aside {
				before = earlier.Reasons
				break
			}
		}
		v.Changes = append(v.Changes, q.changeView(r, c, before, mayWrite))
	}
	return q.answeringPage(r.answering, v.Title, []string{id, "history"}, view{Body: historyPage(q.locale, v), Crumbs: q.deskCrumbs(
		link{Text: q.t("question.list", "Organisation", r.Organisation.Name), URL: r.path(q)}, link{Text: id, URL: r.path(q, id)}, link{Text: q.t("question.history")})}), nil
}

func (q *request) changeView(r questionRead, c assessment.Change, before string, mayWrite bool) changeView {
	v := changeView{
		Says:  q.t("question.how."+string(c.How), "Name", q.nameOf(r.names, c.By), "Date", q.moment(time.UnixMilli(c.At))),
		Given: q.givenView(c.Answer, r.question), Differs: differences(before, c.Reasons), Aside: c.How == assessment.Aside,
	}
	if c.How == assessment.Returned || c.How == assessment.Contested {
		v.Note = c.Note
	}
	if mayWrite {
		again := typedOf(c.Answer, q, r)
		again.Version = strconv.FormatInt(r.entry.Version, 10)
		v.Again = hiddenFields(again.values())
	}
	return v
}

// together leaves out texts that the same person has typed on shortly afterwards.
func together(changes []assessment.Change) (shown []assessment.Change) {
	for _, c := range changes { // the newest first
		if len(shown) > 0 {
			later := shown[len(shown)-1]
			if c.How == assessment.Typed && later.How == assessment.Typed && c.By == later.By && later.At-c.At < typedTogether.Milliseconds() {
				continue
			}
		}
		shown = append(shown, c)
	}
	return shown
}
