package api

import (
	"cmp"
	"context"
	"io"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/publication"
	"github.com/cityrights/cityrights/measure/scorecard"
)

// Assessment is one assessment of a city.
type Assessment struct {
	Period   string `json:"period" doc:"A year or a span of years."`
	State    string `json:"state" doc:"Of the cycle; statistics where there is none, and every requirement is unknown."`
	Standard string `json:"standard" doc:"By which it was made, as ID@VERSION."`
	Profile  string `json:"profile" doc:"Of the standard: which of its requirements were asked."`
}

// Answer is what one organisation, or the residents, say about a requirement.
type Answer struct {
	Requirement string `json:"requirement"`
	scorecard.Answer
}

// AssessmentPath names an assessment in an address.
type AssessmentPath struct {
	CityPath
	Period string `path:"period" example:"2025" doc:"A year or a span of years."`
}

func assessmentsOf(c publication.City) []Assessment {
	all := make([]Assessment, len(c.Periods))
	for i, p := range c.Periods {
		all[i] = Assessment(p)
	}
	return all
}

func (s *Server) assessments(ctx context.Context, in *struct {
	CityPath
	Paging
}) (List[Assessment], error) {
	c, err := s.rooms.Publication.City(ctx, in.City)
	if err != nil {
		return List[Assessment]{}, err
	}
	return page(in.Paging, assessmentsOf(c), func(a Assessment) string { return a.Period }, newestFirst)
}

// newestFirst is the order of periods from the one that ends last.
func newestFirst(a, b string) bool {
	aStart, aEnd, _ := scorecard.Span(a)
	bStart, bEnd, _ := scorecard.Span(b)
	return cmp.Or(bEnd-aEnd, bStart-aStart, strings.Compare(a, b)) < 0
}

func (s *Server) scorecard(ctx context.Context, in *AssessmentPath) (scorecard.Scorecard, error) {
	a, err := s.rooms.Publication.Assessment(ctx, in.City, in.Period)
	return a.Scorecard, err
}

func (s *Server) scorecardTable(ctx context.Context, in *AssessmentPath) (func(io.Writer) error, error) {
	a, err := s.rooms.Publication.Assessment(ctx, in.City, in.Period)
	return func(w io.Writer) error { return scorecard.WriteCSV(w, a.Scorecard) }, err
}

func (s *Server) answers(ctx context.Context, in *struct {
	AssessmentPath
	Paging
}) (List[Answer], error) {
	a, err := s.rooms.Publication.Assessment(ctx, in.City, in.Period)
	if err != nil {
		return List[Answer]{}, err
	}
	all := answersOf(a)
	key := func(a Answer) string { return a.Requirement + "\x00" + a.Party + "\x00" + a.Organisation }
	slices.SortStableFunc(all, func(a, b Answer) int { return strings.Compare(key(a), key(b)) })
	return page(in.Paging, all, key, rising)
}

func answersOf(a publication.Assessment) (all []Answer) {
	for _, d := range a.Scorecard.Dimensions {
		for _, q := range d.Requirements {
			for _, said := range q.Answers {
				all = append(all, Answer{q.ID, said})
			}
		}
	}
	return all
}
