package web

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"slices"
	"time"

	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/files"
)

const (
	uploadWait  = 30 * time.Minute // for a slow line: 50 MB at 250 kbit/s
	partsMost   = 200              // of a form: files and fields
	fieldLength = 8 << 10          // bytes of a field beside files
	filesField  = "files"          // of a form
)

// evidenceAdd takes files as they come, each examined and kept before the next is read. Those that cannot be taken are named, with the reason; the
// others are kept.
func (s *Server) evidenceAdd(q *request) (answer, error) {
	r, err := s.readQuestion(q)
	if err != nil {
		return answer{}, err
	}
	if err := r.needToGive(q); err != nil {
		return answer{}, err
	}
	if !r.Cycle.State.TakesEvidence() { // before anything is sent in vain
		return s.evidenceAnswer(q, r, nil, []error{closedForEvidence(r)}, http.StatusConflict), nil
	}
	sent := s.receive(q)
	typed := func(name string) string { return sent.fields[name] }
	text := assessment.EvidenceText{Title: typed("title"), Kind: typed("kind"), Dated: typed("dated"), Language: typed("language"), Indicator: typed("indicator"), Note: typed("note")}
	wrong := sent.wrong
	var last assessment.Evidence
	for _, file := range sent.files {
		one := text
		if len(sent.files) > 1 {
			one.Title = "" // each has its own name
		}
		e, left, err := s.addFile(q, assessment.Evidence{Key: r.key(r.question.Requirement.ID), EvidenceText: one, File: file, Level: assessment.Level(typed("level"))})
		if fault.KindOf(err) == fault.TooMuch || fault.KindOf(err) == fault.Conflict {
			wrong = append(wrong, err)
			break
		}
		if err != nil {
			return answer{}, err
		}
		if last = e; left != nil && !slices.ContainsFunc(wrong, func(other error) bool { return other.Error() == left.Error() }) {
			wrong = append(wrong, left)
		}
	}
	if len(wrong) == 0 && len(sent.files) == 0 {
		wrong = append(wrong, fault.SaidOf("file", "error.evidence.no_file", "choose a file first"))
	}
	if len(wrong) == 0 {
		return see(r.evidenceAddress(q, typed("back"), "added", last.ID)), nil
	}
	if len(sent.files) == 1 && len(sent.wrong) == 0 && last.ID != "" { // it is kept; what is wrong in its description is mended on its own page
		return s.evidenceUnsaved(q, last, typed, errors.Join(wrong...))
	}
	if r, err = s.readQuestion(q); err != nil { // with what was added
		return answer{}, err
	}
	return s.evidenceAnswer(q, r, typed, wrong, refusedStatus(wrong[0])), nil
}

// addFile adds a file whatever is wrong in its description, because it was sent already: what is wrong is left out and told.
func (s *Server) addFile(q *request, e assessment.Evidence) (added assessment.Evidence, left, err error) {
	added, err = s.rooms.Assessment.AddEvidence(q.Context(), q.actor, e)
	if fault.KindOf(err) != fault.Invalid {
		return added, nil, err
	}
	left = err
	for _, f := range faults(err) {
		switch f.Place.Field {
		case "title":
			e.Title = ""
		case "kind":
			e.Kind = ""
		case "dated":
			e.Dated = ""
		case "language":
			e.Language = ""
		case "indicator":
			e.Indicator = ""
		case "note":
			e.Note = ""
		}
	}
	added, err = s.rooms.Assessment.AddEvidence(q.Context(), q.actor, e)
	return added, left, err
}

func closedForEvidence(r questionRead) error {
	return fault.Said(fault.Conflict, "error.evidence.closed",
		"the assessment of {City} for {Period} takes evidence while it is open, under review or replied to; it is in the state {State}",
		"City", r.City.Name, "Period", r.Cycle.Period, "State", string(r.Cycle.State))
}

// received is what came with a form: its fields, the files that are kept, and what was wrong with the others.
type received struct {
	fields map[string]string
	files  []files.File
	wrong  []error
}

// receive reads a form part by part, so that a file goes to the disk as it comes and no further than the limit. Of a form that says that it is larger,
// only the fields before the files are read, so that they stand in it again.
func (s *Server) receive(q *request) (sent received) {
	sent.fields = map[string]string{}
	most := s.rooms.Files.Limits().Bytes + formRoom
	tooLarge := fault.Said(fault.TooMuch, "error.evidence.together", "these files are together larger than {Most} MB; send them one after the other, or make them smaller", "Most", int(s.rooms.Files.Limits().Bytes>>20))
	beyond := q.ContentLength > most
	if beyond {
		most = formRoom
	}
	control := http.NewResponseController(q.writer)
	deadline := time.Now().Add(uploadWait)
	_, _ = control.SetReadDeadline(deadline), control.SetWriteDeadline(deadline) // a connection that knows of no deadlines has none to lengthen
	q.Body = http.MaxBytesReader(q.writer, q.Body, most)
	form, err := q.MultipartReader()
	if err != nil {
		return sent // no file, then
	}
	for range partsMost {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return sent
		}
		if err == nil && beyond && part.FormName() == filesField {
			err = &http.MaxBytesError{Limit: most}
		}
		if err == nil {
			err = s.receivePart(q, part, &sent)
		}
		var large *http.MaxBytesError
		switch {
		case errors.As(err, &large):
			sent.wrong = append(sent.wrong, tooLarge)
			return sent
		case err != nil:
			sent.wrong = append(sent.wrong, fault.SaidOf("file", "error.evidence.broken_off", "the line broke off before all was sent; send again what is missing in the list").Because(err))
			return sent
		}
	}
	if _, err := form.NextPart(); !errors.Is(err, io.EOF) { // nothing is left out unsaid
		sent.wrong = append(sent.wrong, fault.Said(fault.TooMuch, "error.evidence.many", "an answer takes at most {Most} pieces of evidence; remove some first, or join them", "Most", partsMost))
	}
	return sent
}

// receivePart keeps a file, or notes a field. The error is of reading only: what is wrong with a file is noted.
func (s *Server) receivePart(q *request, part *multipart.Part, sent *received) error {
	if part.FormName() != filesField {
		text, err := io.ReadAll(io.LimitReader(part, fieldLength))
		sent.fields[part.FormName()] = string(text)
		return err
	}
	name := part.FileName()
	if name == "" {
		return nil // no file was chosen
	}
	file, err := s.rooms.Files.Keep(q.Context(), name, part)
	switch fault.KindOf(err) {
	case fault.Invalid, fault.TooMuch, fault.Unavailable:
		sent.wrong = append(sent.wrong, err)
		return nil
	}
	if err == nil {
		sent.files = append(sent.files, file)
	}
	return err
}

// evidenceLink adds a page. It is never looked at: its title and its date are what the person says.
func (s *Server) evidenceLink(q *request) (answer, error) {
	r, err := s.readQuestion(q)
	if err != nil {
		return answer{}, err
	}
	if err := r.needToGive(q); err != nil {
		return answer{}, err
	}
	typed := func(name string) string { return q.PostFormValue(name) }
	e, err := s.rooms.Assessment.AddEvidence(q.Context(), q.actor, assessment.Evidence{
		Key: r.key(r.question.Requirement.ID), URL: typed(linkPrefix + "url"), Level: assessment.Level(typed(linkPrefix + "level")),
		EvidenceText: assessment.EvidenceText{Title: typed(linkPrefix + "title"), Kind: typed(linkPrefix + "kind"), Dated: typed(linkPrefix + "dated")},
	})
	if err != nil {
		if fault.KindOf(err) == "" || fault.KindOf(err) == fault.NotFound {
			return answer{}, err
		}
		return s.evidenceAnswer(q, r, typed, []error{prefixed(err, linkPrefix)}, refusedStatus(err)), nil
	}
	return see(r.evidenceAddress(q, typed("back"), "added", e.ID)), nil
}
