package web

import (
	"time"

	"github.com/cityrights/cityrights/internal/assessment"
)

const (
	soon      = 7 * 24 * time.Hour // what is due within it stands before the rest
	mostLater = 8                  // tasks that are due later and shown at once; the others open with a press
)

// deskTasks is what waits for the reader, in groups by deadline.
type deskTasks struct {
	Lead   string
	Groups []taskGroup
	None   string // said where no question waits, though there is an assessment in which one could
}

type taskGroup struct {
	ID, Title string
	Late      bool
	Tasks     []taskRow
	More      []taskRow
	MoreSays  string
}

type taskRow struct {
	ID, URL    string
	Title      text
	About, Due string // whose answer, and until when
	State      string // begun, or sent back
	Stands     string // for whom the reader stands in
	Returned   bool
	Note       string // of whoever sent it back
}

// deskTasks puts the reader's tasks, which come by deadline, into groups.
func (q *request) deskTasks(r deskRead, now time.Time) deskTasks {
	groups := []taskGroup{
		{ID: "overdue", Title: q.t("desk.overdue"), Late: true}, {ID: "returned", Title: q.t("desk.sent_back")},
		{ID: "soon", Title: q.t("desk.soon")}, {ID: "later", Title: q.t("desk.later")},
		{ID: "someday", Title: q.t("desk.someday")},
	}
	organisations := map[string]string{}
	for _, o := range r.overviews {
		organisations[o.Organisation.ID] = o.Organisation.Name
	}
	var v deskTasks
	if len(r.tasks) == 0 && len(r.overviews) > 0 {
		v.None = q.t("desk.done")
	}
	for _, t := range r.tasks {
		g := &groups[groupOf(t, now)]
		row := q.taskRow(t, organisations[t.Organisation], r)
		if g.ID == "later" && len(g.Tasks) >= mostLater {
			g.More = append(g.More, row)
			continue
		}
		g.Tasks = append(g.Tasks, row)
	}
	for _, g := range groups {
		if len(g.Tasks) == 0 {
			continue
		}
		if len(g.More) > 0 {
			g.MoreSays = q.t("desk.more", "Count", len(g.More))
		}
		v.Groups = append(v.Groups, g)
	}
	if n := len(r.tasks); n > 0 {
		v.Lead = q.t("desk.waits", "Count", n)
		if late := len(groups[0].Tasks); late > 0 {
			v.Lead += " " + q.t("desk.late", "Count", late)
		}
	}
	return v
}

// groupOf tells in which group a task stands: 0 due before today, 1 sent back, 2 due soon, 3 later, 4 at no day.
func groupOf(t assessment.Task, now time.Time) int {
	switch {
	case t.Overdue(now):
		return 0
	case t.State == assessment.AnswerReturned:
		return 1
	case t.Due == 0:
		return 4
	case time.UnixMilli(t.Due).Before(now.Add(soon)):
		return 2
	}
	return 3
}

func (q *request) taskRow(t assessment.Task, organisation string, r deskRead) taskRow {
	row := taskRow{
		ID: t.Requirement, Title: q.requirementTitle(t.Requirement), URL: q.path("desk", "cities", t.City, "cycles", t.Period, t.Organisation, t.Requirement),
		About:    q.t("desk.about", "City", r.cities[t.City].Name, "Period", t.Period),
		Returned: t.State == assessment.AnswerReturned, Note: t.Note,
	}
	if organisation != "" {
		row.About += " · " + organisation
	}
	if t.Due != 0 {
		row.Due = q.t("desk.due", "Date", q.day(t.Due))
	}
	switch t.State {
	case assessment.AnswerReturned:
		row.State = q.t("desk.sent_back")
	case assessment.AnswerDraft:
		row.State = q.t("desk.begun")
	}
	if t.Person != q.actor.Person {
		row.Stands = q.t("desk.stands_in", "Name", r.names[t.Person])
	}
	return row
}
