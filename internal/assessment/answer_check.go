package assessment

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/measure/scorecard"
	"github.com/cityrights/cityrights/standard"
)

var errNoRequirement = errors.New("the standard has no such requirement")

const (
	longestReasons = 20_000 // characters
	longestWhose   = 200
)

// asked gives the requirement with the indicators that the profile asks for, the city's own among them where the answer speaks of one.
// Returns Invalid where the profile does not ask for it.
func (r *Room) asked(ctx context.Context, tx database.Tx, c Cycle, a Answer) (*standard.Requirement, error) {
	_, profile, err := r.standardOf(c)
	if err != nil {
		return nil, err
	}
	std, err := r.underOwn(ctx, tx, c, a)
	if err != nil {
		return nil, err
	}
	q, ok := std.Requirement(a.Requirement)
	if !ok || profile.Requirements != nil && !slices.Contains(profile.Requirements, a.Requirement) {
		return nil, notAsked(c, a.Requirement)
	}
	return q, nil
}

func notAsked(c Cycle, requirement string) error {
	return fault.Said(fault.NotFound, "error.answer.not_asked", "the assessment of {City} for {Period} does not ask for {Requirement}",
		"City", c.City, "Period", c.Period, "Requirement", requirement)
}

// underOwn gives the standard of a cycle, with the city's own indicators where an answer speaks of one.
func (r *Room) underOwn(ctx context.Context, tx database.Tx, c Cycle, a Answer) (*standard.Standard, error) {
	std, _, err := r.standardOf(c)
	if err != nil || !slices.ContainsFunc(a.Indicators, func(i scorecard.Indicated) bool { return standard.IsLocal(i.Indicator) }) {
		return std, err
	}
	own, err := r.cities.Additions(ctx, tx, c.City)
	return own.Under(std), err
}

// checkText gives an answer in the form in which it is kept, or what is wrong in it, one fault for each field. An unfinished answer is right.
func checkText(a Answer, party string, q *standard.Requirement) (Answer, error) {
	var wrong []error
	a.Reasons = strings.TrimRight(strings.ReplaceAll(a.Reasons, "\r\n", "\n"), "\n")
	if utf8.RuneCountInString(a.Reasons) > longestReasons {
		wrong = append(wrong, fault.SaidOf("reasons", "error.answer.long", "this is longer than {Most} characters", "Most", longestReasons))
	}
	if a.Language != "" {
		tag, err := language.Parse(a.Language)
		if err != nil {
			wrong = append(wrong, fault.SaidOf("language", "error.language", `"{Language}" is not a language; write a BCP 47 tag, as in en`, "Language", a.Language))
		}
		a.Language = tag.String()
	}
	if a.Value != scorecard.NotLocal {
		a.Whose = ""
	}
	a.Whose = strings.Join(strings.Fields(a.Whose), " ")
	if utf8.RuneCountInString(a.Whose) > longestWhose {
		wrong = append(wrong, fault.SaidOf("whose", "error.answer.long", "this is longer than {Most} characters", "Most", longestWhose))
	}
	if !utf8.ValidString(a.Reasons + a.Whose) {
		wrong = append(wrong, fault.SaidOf("reasons", "error.answer.not_text", "this is no text"))
	}
	if err := checkAlone(a, party, q); err != nil && !saysNothing(a) {
		wrong = append(wrong, fault.SaidOf("grade", "error.answer.unfit", "the answer does not fit the standard").Because(err))
	}
	return a, errors.Join(wrong...)
}

// checkWhole says what is missing in an answer that is to be handed in.
func checkWhole(a Answer, party string) error {
	switch {
	case party != scorecard.Authority && a.Grade == nil && a.Value == "" && len(a.Indicators) > 0:
		return nil // as a registry: it knows figures and stands behind no grade
	case a.Grade == nil && a.Value == "":
		return fault.SaidOf("grade", "error.answer.empty", "choose a grade, or say why there is none")
	case a.Value == scorecard.NotLocal && a.Whose == "":
		return fault.SaidOf("whose", "error.answer.whose", "say who has the power")
	}
	return nil
}

func saysNothing(a Answer) bool {
	return a.Grade == nil && a.Value == "" && a.Share == nil && len(a.Indicators) == 0
}

// checkAlone is scorecard.Given.Check under a standard that has this one requirement: an index over a whole standard for each key that
// somebody presses is not worth it.
func checkAlone(a Answer, party string, q *standard.Requirement) error {
	given := scorecard.Given{Requirement: a.Requirement, Answer: scorecard.Answer{Party: party, Grade: a.Grade, Value: a.Value, Share: a.Share, Indicators: a.Indicators}}
	return given.Check(&standard.Standard{Dimensions: []standard.Dimension{{ID: q.Dimension, Requirements: []standard.Requirement{*q}}}})
}
