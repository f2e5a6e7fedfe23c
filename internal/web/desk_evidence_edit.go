package web

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/files"
)

// evidenceEditView is the page of one piece of evidence.
type evidenceEditView struct {
	Kicker, Title string
	Said          string
	Problems      []link
	Item          evidenceItem
	Fields        []field // none: the reader may not, or cannot any more, describe it
	Action        string
	Level         *evidenceLevelView // nil: not for the reader
	Version       string
	History       []string
	Back          link
}

// evidenceLevelView is the form that says who may see it, with what has to be confirmed before everybody may.
type evidenceLevelView struct {
	Action  string
	Levels  []option
	Problem string
	Lead    string
	Checks  []checkLine
	Marks   []markLine
	NoMarks string // what is said where the document names nobody
	Checked string // who has checked it, and when
}

type checkLine struct {
	Key, Says string
	Chosen    bool
}

type markLine struct{ Name, Value string }

func (s *Server) evidenceEdit(q *request) (answer, error) {
	r, err := s.readOneEvidence(q)
	if err != nil {
		return answer{}, err
	}
	return s.evidenceEditAnswer(q, r, nil, nil, 0)
}

// evidenceUnsaved shows a piece of evidence with a description that is not kept, as the person has typed it.
func (s *Server) evidenceUnsaved(q *request, e assessment.Evidence, typed func(string) string, wrong error) (answer, error) {
	q.SetPathValue("evidence", e.ID)
	q.SetPathValue("kept", "yes")
	r, err := s.readOneEvidence(q)
	if err != nil {
		return answer{}, err
	}
	return s.evidenceEditAnswer(q, r, typed, wrong, refusedStatus(wrong))
}

// evidenceSave keeps what is said of it.
func (s *Server) evidenceSave(q *request) (answer, error) {
	r, err := s.readOneEvidence(q)
	if err != nil {
		return answer{}, err
	}
	if err := r.needToGive(q); err != nil {
		return answer{}, err
	}
	typed := func(name string) string { return q.PostFormValue(name) }
	text := assessment.EvidenceText{Title: typed("title"), Kind: typed("kind"), Dated: typed("dated"), Language: typed("language"), Indicator: typed("indicator"), Note: typed("note")}
	_, err = s.rooms.Assessment.DescribeEvidence(q.Context(), q.actor, r.one.Key, r.one.ID, q.version(), text)
	if err != nil {
		return s.evidenceRefused(q, typed, err)
	}
	return see(r.evidenceAddress(q, "evidence", "changed", "")), nil
}

// evidenceLevel changes who may see it.
func (s *Server) evidenceLevel(q *request) (answer, error) {
	r, err := s.readOneEvidence(q)
	if err != nil {
		return answer{}, err
	}
	if err := r.needToGive(q); err != nil {
		return answer{}, err
	}
	on := q.version() // fills PostForm
	level := assessment.Level(q.PostFormValue("level"))
	if !q.mayLevel(level) {
		return answer{}, fault.New(fault.Forbidden, "%s may not make evidence public", q.actor.Name)
	}
	var confirmed []assessment.Check
	for _, key := range q.PostForm["check"] {
		confirmed = append(confirmed, assessment.Check(key))
	}
	_, err = s.rooms.Assessment.LevelEvidence(q.Context(), q.actor, r.one.Key, r.one.ID, on, level, confirmed)
	if err != nil {
		return s.evidenceRefused(q, nil, err)
	}
	return see(r.evidenceAddress(q, "evidence", "levelled", "")), nil
}

// mayLevel tells whether the reader may choose a level: what everybody sees is decided by somebody with an account.
func (q *request) mayLevel(level assessment.Level) bool {
	return !q.actor.Guest || level != assessment.LevelPublic
}

// version is the version on which a form was filled in; one that no form has where it is not a number.
func (q *request) version() int64 {
	on, err := strconv.ParseInt(q.PostFormValue("version"), 10, 64)
	if err != nil {
		return -1
	}
	return on
}

// evidenceRefused shows what is wrong beside what it says by now.
func (s *Server) evidenceRefused(q *request, typed func(string) string, wrong error) (answer, error) {
	if kind := fault.KindOf(wrong); kind != fault.Invalid && kind != fault.Conflict {
		return answer{}, wrong
	}
	r, err := s.readOneEvidence(q)
	if err != nil {
		return answer{}, err
	}
	return s.evidenceEditAnswer(q, r, typed, wrong, refusedStatus(wrong))
}

func (s *Server) evidenceEditAnswer(q *request, r evidenceRead, typed func(string) string, wrong error, status int) (answer, error) {
	id, e := r.question.Requirement.ID, r.one
	base := under(r.path(q, id, "evidence"), e.ID)
	v := evidenceEditView{
		Kicker: q.locale.Code(id) + " · " + r.Organisation.Name, Title: e.Title, Item: s.evidenceItem(q, r.questionRead, e), Action: base + "/edit",
		Version: strconv.FormatInt(e.Version, 10), Back: link{Text: q.t("evidence.all_of", "ID", q.locale.Code(id)), URL: r.path(q, id, "evidence")},
	}
	if typed == nil {
		kept := map[string]string{"title": e.Title, "kind": e.Kind, "dated": e.Dated, "language": e.Language, "indicator": e.Indicator, "note": e.Note}
		typed = func(name string) string { return kept[name] }
	}
	mayAnswer := r.may(q, account.Answer, true) && e.Removed == 0
	if mayAnswer && r.Cycle.State.TakesEvidence() {
		v.Fields = append(q.describing(r.questionRead, "", typed), q.detailing(r.questionRead, typed)...)
		v.Fields[0].Optional, v.Fields[0].Hint = false, ""
	}
	if mayAnswer {
		level, err := s.evidenceLevels(q, r, base)
		if err != nil {
			return answer{}, err
		}
		v.Level = level
	}
	for _, c := range r.history {
		v.History = append(v.History, q.evidenceChange(r, c))
	}
	if wrong != nil {
		if q.PathValue("kept") != "" {
			v.Said = q.t("evidence.kept_all_the_same")
		}
		v.Problems, _ = q.problems(wrong, v.Fields)
		for i, f := range faults(wrong) {
			if v.Level != nil && (f.Place.Field == "check" || f.Place.Field == "level") {
				v.Level.Problem, v.Problems[i].URL = q.explain(f).S, "#level"
			}
		}
	}
	a := q.answeringPage(r.answering, v.Title, []string{id, "evidence", e.ID, "edit"}, view{Forms: true, Body: evidenceEditPage(q.locale, v),
		Crumbs: q.deskCrumbs(link{Text: q.t("question.list", "Organisation", r.Organisation.Name), URL: r.path(q)}, link{Text: id, URL: r.path(q, id)},
			link{Text: q.t("evidence.title"), URL: v.Back.URL}, link{Text: e.Title})})
	a.status = status
	return a, nil
}

// evidenceLevels makes the form that says who may see it. What a document says of its author is read anew, so that the person sees what they confirm.
func (s *Server) evidenceLevels(q *request, r evidenceRead, base string) (*evidenceLevelView, error) {
	e := r.one
	chosen := cmp.Or(q.PostFormValue("level"), string(e.Level))
	v := &evidenceLevelView{Action: base + "/level", Lead: q.t("evidence.check_lead")}
	for _, level := range slices.DeleteFunc(slices.Clone(assessment.Levels), func(l assessment.Level) bool { return !q.mayLevel(l) }) {
		v.Levels = append(v.Levels, option{Value: string(level), Text: q.t("evidence.level_says." + string(level)), Chosen: string(level) == chosen})
	}
	for _, c := range e.Checks() {
		v.Checks = append(v.Checks, checkLine{Key: string(c), Says: q.t("evidence.check." + string(c)), Chosen: slices.Contains(q.PostForm["check"], string(c))})
	}
	if e.Checked != 0 {
		v.Checked = q.t("evidence.checked_by", "Name", q.nameOf(r.names, e.CheckedBy), "Date", q.day(e.Checked))
	}
	if !slices.Contains(e.Checks(), assessment.CheckMarks) {
		return v, nil
	}
	marks, err := s.rooms.Files.Marks(e.File.Hash, e.File.Media)
	if err != nil && fault.KindOf(err) == "" {
		return nil, err
	}
	for _, m := range marks {
		if m.Name == files.Locked {
			v.NoMarks = q.t("evidence.marks_locked")
			continue
		}
		v.Marks = append(v.Marks, markLine{Name: q.t("evidence.mark." + m.Name), Value: m.Value})
	}
	if len(marks) == 0 {
		v.NoMarks = q.t("evidence.marks_none")
	}
	return v, nil
}

// evidenceChange says an entry of the history.
func (q *request) evidenceChange(r evidenceRead, c assessment.EvidenceChange) string {
	said := q.t("evidence.how."+string(c.How), "Name", q.nameOf(r.names, c.By), "Moment", q.moment(time.UnixMilli(c.At)))
	if c.How == assessment.EvidenceLevelled {
		said += " " + q.t("evidence.level_says."+string(c.Level))
	}
	return said
}
