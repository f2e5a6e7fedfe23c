package web

import (
	"context"
	"slices"

	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/platform/database"
)

// amongOwn sets the neighbours and the place of a question among those of a guest, who has no way to the others.
func (s *Server) amongOwn(ctx context.Context, tx database.Tx, q *request, question *assessment.Question) error {
	tasks, err := s.rooms.Assessment.AssignedTo(ctx, tx, q.actor.Person)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(tasks, func(t assessment.Task) bool { return t.Requirement == question.Requirement.ID })
	question.Number, question.Of, question.Previous, question.Next = at+1, len(tasks), "", ""
	if at > 0 {
		question.Previous = tasks[at-1].Requirement
	}
	if at >= 0 && at+1 < len(tasks) {
		question.Next = tasks[at+1].Requirement
	}
	return nil
}
