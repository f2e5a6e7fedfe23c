package web

import (
	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
)

// evidenceView is the part of a question's page in which evidence is given, and the body of the page that has only that.
type evidenceView struct {
	Proof     text // what counts as evidence, and what does not
	Said      string
	Undo      string // address that brings back what was just removed
	Items     []evidenceItem
	Removed   []evidenceItem // can be brought back still
	Hidden    string         // how much there is that the reader may not see
	Page      string         // address of the page that has only the evidence
	Upload    string         // address to which files are sent; empty: the reader may add none now
	Back      string         // of the forms: where to go on afterwards
	SaveFirst bool           // the answer is being written: adding begins with saving it
	Accept    string         // endings of the files that are taken
	Hint      string
	Most      int64 // bytes of all files that are sent together
	TooLarge  string
	Sending   string
	BrokenOff string
}

// evidenceItem is a piece of evidence as its organisation and those who check it see it.
type evidenceItem struct {
	evidenceLine
	Level, LevelSays string // its key and its word
	Says             string // who added it and when, and where it hangs
	Note             string
	Change           string // address of the page on which it can be changed, or read about
	Remove, Restore  string // addresses of forms; empty: not for the reader
}

// evidenceFor fills the part of the page about evidence.
func (s *Server) evidenceFor(q *request, r questionRead) evidenceView {
	id := r.question.Requirement.ID
	v := evidenceView{
		Proof: q.own(r.question.Standard.In(q.locale.Tag).Detail(&r.question.Requirement).Proof), Page: r.path(q, id, "evidence"), Back: "question",
		SaveFirst: r.may(q, account.Answer, true) && assessment.Writable(r.Cycle.State, r.entry.State),
	}
	s.evidenceUpload(q, r, &v)
	s.evidenceItems(q, r, &v)
	q.evidenceSaid(&v)
	return v
}

// evidenceUpload fills what the form for files needs.
func (s *Server) evidenceUpload(q *request, r questionRead, v *evidenceView) {
	if !r.may(q, account.Answer, true) || !r.Cycle.State.TakesEvidence() {
		return
	}
	most := s.rooms.Files.Limits().Bytes
	v.Upload, v.Accept, v.Most = v.Page, acceptedFiles, most+formRoom
	v.Hint = q.t("evidence.files_hint", "Most", q.locale.Integer(most>>20))
	v.TooLarge, v.Sending, v.BrokenOff = q.t("evidence.together_large", "Most", q.locale.Integer(most>>20)), q.t("evidence.sending", "Percent", "…"), q.t("evidence.broken_off")
}

// evidenceItems lists what the reader may see.
func (s *Server) evidenceItems(q *request, r questionRead, v *evidenceView) {
	hidden := 0
	for _, e := range r.evidence {
		seen := r.sees(q, e.Level)
		switch {
		case !seen && e.Removed == 0:
			hidden++
		case seen && e.Removed == 0:
			v.Items = append(v.Items, s.evidenceItem(q, r, e))
		case r.may(q, account.Answer, true) && e.Restorable(s.clock.Now()):
			v.Removed = append(v.Removed, s.evidenceItem(q, r, e))
		}
	}
	if hidden > 0 && !r.private {
		v.Hidden = q.t("evidence.hidden", "Count", hidden)
	}
}

// sees tells whether the reader may see evidence of a level.
func (r questionRead) sees(q *request, level assessment.Level) bool {
	return account.Can(q.actor, account.View, assessment.ResourceOfEvidence(r.City.ID, r.Organisation, r.private, level))
}

// evidenceItem says a piece of evidence with what can be done with it.
func (s *Server) evidenceItem(q *request, r questionRead, e assessment.Evidence) evidenceItem {
	base := r.path(q, e.Requirement, "evidence")
	item := evidenceItem{
		evidenceLine: q.evidenceLine(e.Shown(), base), Level: string(e.Level), LevelSays: q.t("evidence.level." + string(e.Level)), Note: e.Note,
		Says: q.t("evidence.added_by", "Name", q.nameOf(r.names, e.By), "Date", q.day(e.At)), Change: under(base, e.ID) + "/edit",
	}
	if e.FromPeriod != "" {
		item.Says = q.t("evidence.kept_from", "Period", q.locale.Code(e.FromPeriod))
	}
	if e.Indicator != "" {
		item.Says = q.t("evidence.for_indicator", "Indicator", q.locale.Code(e.Indicator)) + " " + item.Says
	}
	if r.may(q, account.Answer, true) {
		if e.Removed == 0 {
			item.Remove = under(base, e.ID) + "/remove"
		} else {
			item.Restore = under(base, e.ID) + "/restore"
		}
	}
	return item
}

// evidenceSaid says what was done, from the address that a form sends to.
func (q *request) evidenceSaid(v *evidenceView) {
	query := q.URL.Query()
	switch done := query.Get("evidence"); done {
	case "added", "changed", "restored", "levelled":
		v.Said = q.t("evidence.done." + done)
	case "removed":
		v.Said = q.t("evidence.done.removed")
		for _, item := range v.Removed {
			if item.ID == query.Get("id") {
				v.Undo = item.Restore
			}
		}
	}
}
