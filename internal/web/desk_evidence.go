package web

import (
	"context"
	"net/http"
	"strings"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/files"
)

// formRoom is how many bytes a form may have beside its files.
const formRoom = 1 << 20

// acceptedFiles are the endings by which a browser lets people choose; what counts is the content.
var acceptedFiles = strings.Join(files.Endings(), ",")

// evidenceRoutes are the pages on which evidence is given to the answer to one question, and on which that of a cycle is looked through.
func (s *Server) evidenceRoutes() []route {
	const all = "/{lang}/desk/cities/{city}/cycles/{period}/{organisation}/{requirement}/evidence"
	const one = all + "/{evidence}"
	return []route{
		{"GET", "/{lang}/desk/cities/{city}/cycles/{period}/evidence", signedIn, s.evidenceLibrary},
		{"GET", all, can(account.View, namedAnswers), s.evidencePage},
		{"POST", all, can(account.Answer, namedAnswers).withUpload(), s.evidenceAdd},
		{"POST", all + "/link", can(account.Answer, namedAnswers), s.evidenceLink},
		{"GET", one, can(account.View, namedAnswers), s.evidenceOpen},
		{"GET", one + "/edit", can(account.View, namedAnswers), s.evidenceEdit},
		{"POST", one + "/edit", can(account.Answer, namedAnswers), s.evidenceSave},
		{"POST", one + "/level", can(account.Answer, namedAnswers), s.evidenceLevel},
		{"POST", one + "/remove", can(account.Answer, namedAnswers), s.evidenceRemove},
		{"POST", one + "/restore", can(account.Answer, namedAnswers), s.evidenceRestore},
	}
}

// evidenceRead is what the page of one piece of evidence is made from.
type evidenceRead struct {
	questionRead
	one     assessment.Evidence
	history []assessment.EvidenceChange
}

// readOneEvidence finds the evidence that the address names. Returns NotFound also where the reader may not see it: not even that it is there.
func (s *Server) readOneEvidence(q *request) (r evidenceRead, err error) {
	err = s.rooms.View(q.Context(), func(tx database.Tx) (err error) {
		ctx := q.Context()
		if err := s.readQuestionIn(ctx, tx, q, &r.questionRead); err != nil {
			return err
		}
		if r.one, err = s.rooms.Assessment.OneEvidence(ctx, tx, r.key(r.question.Requirement.ID), q.PathValue("evidence")); err != nil {
			return err
		}
		r.history, err = s.rooms.Assessment.EvidenceHistory(ctx, tx, r.one)
		return err
	})
	if err == nil && !r.sees(q, r.one.Level) {
		err = fault.Said(fault.NotFound, "error.evidence.none", "there is no such evidence for {Requirement}", "Requirement", r.question.Requirement.ID)
	}
	return r, err
}

// evidenceOpen sends a file to somebody who may see it; a page that is evidence is where its address leads.
func (s *Server) evidenceOpen(q *request) (answer, error) {
	r, err := s.readOneEvidence(q)
	switch {
	case err != nil:
		return answer{}, err
	case r.one.Removed != 0:
		return q.withdrawnEvidence(r.path(q, r.one.Requirement), r.one.Requirement), nil
	case !r.one.IsFile():
		return answer{redirect: r.path(q, r.one.Requirement, "evidence") + "#e" + r.one.ID}, nil
	}
	f, err := s.rooms.Files.Open(r.one.File.Hash)
	if err != nil {
		return answer{}, err
	}
	return answer{file: &sentFile{File: f, hash: r.one.File.Hash, name: r.one.File.Name, media: r.one.File.Media, language: r.one.Language}}, nil
}

// evidenceRemove takes evidence away; the page that follows offers to bring it back.
func (s *Server) evidenceRemove(q *request) (answer, error) {
	return s.evidenceDo(q, "removed", s.rooms.Assessment.RemoveEvidence)
}

// evidenceRestore brings it back.
func (s *Server) evidenceRestore(q *request) (answer, error) {
	return s.evidenceDo(q, "restored", s.rooms.Assessment.RestoreEvidence)
}

func (s *Server) evidenceDo(q *request, done string, do func(context.Context, account.Actor, assessment.Key, string) error) (answer, error) {
	r, err := s.readOneEvidence(q)
	if err != nil {
		return answer{}, err
	}
	if err := r.needToGive(q); err != nil {
		return answer{}, err
	}
	if err := do(q.Context(), q.actor, r.one.Key, r.one.ID); err != nil {
		return answer{}, err
	}
	return see(r.evidenceAddress(q, q.PostFormValue("back"), done, r.one.ID)), nil
}

// needToGive returns Forbidden where the reader may not answer for the organisation, and so give no evidence either.
func (r questionRead) needToGive(q *request) error {
	if r.may(q, account.Answer, true) {
		return nil
	}
	return fault.New(fault.Forbidden, "%s may give no evidence for %s", q.actor.Name, r.Organisation.ID)
}

// evidenceAddress is where a form goes on to: back to the question, or to the page of its evidence; done is what is said there.
func (r questionRead) evidenceAddress(q *request, back, done, id string) string {
	address := r.path(q, r.question.Requirement.ID)
	if back != "question" {
		address = r.path(q, r.question.Requirement.ID, "evidence")
	}
	address += "?evidence=" + done
	if id != "" {
		address += "&id=" + id
	}
	return address + "#evidence"
}

// refusedStatus is the status of a page that says what is wrong with a form.
func refusedStatus(err error) int {
	switch fault.KindOf(err) {
	case fault.TooMuch:
		return http.StatusRequestEntityTooLarge
	case fault.Conflict:
		return http.StatusConflict
	}
	return http.StatusUnprocessableEntity
}
