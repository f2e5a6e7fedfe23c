package assessment

import (
	"context"
	"slices"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/standard"
)

// Question is a requirement as a cycle asks it.
type Question struct {
	Standard       *standard.Standard
	Dimension      *standard.Dimension
	Requirement    standard.Requirement // with the indicators that the profile asks for, and the city's own
	OwnLanguage    string               // BCP 47, of the texts of the city's own indicators
	Previous, Next string               // ids; empty at the ends
	Number, Of     int                  // its place among all that are asked, from 1
}

// Question gives a requirement as a cycle asks it. Returns NotFound where it does not.
func (r *Room) Question(ctx context.Context, tx database.Tx, c Cycle, id string) (question Question, err error) {
	std, profile, err := r.standardOf(c)
	if err != nil {
		return question, err
	}
	asked, err := r.Requirements(c)
	if err != nil {
		return question, err
	}
	at := slices.Index(asked, id)
	own, err := r.cities.Additions(ctx, tx, c.City)
	if err != nil {
		return question, err
	}
	if at < 0 {
		return question, notAsked(c, id)
	}
	question = Question{Standard: std, OwnLanguage: own.Language, Number: at + 1, Of: len(asked)}
	if at > 0 {
		question.Previous = asked[at-1]
	}
	if at+1 < len(asked) {
		question.Next = asked[at+1]
	}
	for d := range std.Dimensions {
		for i := range std.Dimensions[d].Requirements {
			if q := &std.Dimensions[d].Requirements[i]; q.ID == id {
				question.Dimension = &std.Dimensions[d]
				alone := &standard.Standard{ID: std.ID, Dimensions: []standard.Dimension{{ID: q.Dimension, Requirements: []standard.Requirement{*q}}}}
				question.Requirement = own.Under(alone).Select(profile)[0].Requirements[0]
			}
		}
	}
	return question, nil
}

// Dimensions gives the dimensions with the requirements that a cycle asks for, and the standard that they are from. Nothing in them is to be changed.
func (r *Room) Dimensions(c Cycle) (*standard.Standard, []standard.Dimension, error) {
	std, profile, err := r.standardOf(c)
	if err != nil {
		return nil, nil, err
	}
	return std, std.Select(profile), nil
}
