package web

import (
	"io"

	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/measure/scorecard"
)

// requirementTable is the part of an assessment's table that is about one requirement.
func (s *Server) requirementTable(q *request, id, kind string) (answer, error) {
	a, err := s.rooms.Publication.Assessment(q.Context(), q.PathValue("city"), q.PathValue("period"))
	if err != nil {
		return answer{}, err
	}
	card := a.Scorecard
	for _, d := range card.Dimensions {
		for _, r := range d.Requirements {
			if r.ID == id {
				d.Requirements = []scorecard.Requirement{r}
				card.Dimensions = []scorecard.Dimension{d}
				return tableFile(kind, func(w io.Writer) error { return scorecard.WriteCSV(w, card) }, card.City, card.Period, id)
			}
		}
	}
	return answer{}, fault.Said(fault.NotFound, "error.public.result", "{City} has no public result on {Requirement} for {Period}", "City", card.City, "Requirement", id, "Period", card.Period)
}
