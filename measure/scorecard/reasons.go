package scorecard

import (
	"maps"
	"slices"
	"strings"
)

// Codes of reasons. Pages translate them; the English text of each stands in english, with its arguments in braces.
const (
	// Who said what.
	Unanswered            = "unanswered"
	SaysNotAvailable      = "says_not_available"
	SaysNotApplicable     = "says_not_applicable"
	SaysNotLocal          = "says_not_local"
	GradesDisagree        = "grades_disagree"
	ScopeDisagrees        = "scope_disagrees"
	OneGrade              = "one_grade"
	LowestGrade           = "lowest_grade"
	VerifiedGrade         = "verified_grade"
	VerifiedNotAvailable  = "verified_not_available"
	VerifiedNotApplicable = "verified_not_applicable"
	VerifiedNotLocal      = "verified_not_local"
	AgreedGrade           = "reconciled_grade"
	AgreedNotAvailable    = "reconciled_not_available"
	AgreedNotApplicable   = "reconciled_not_applicable"
	AgreedNotLocal        = "reconciled_not_local"

	// What the settled grade says.
	GradeMeansNotMet = "grade_means_not_met"
	GradeMeansPartly = "grade_means_partly"
	GroundsHold      = "grounds_hold"
	NoGrounds        = "no_grounds"

	// What is missing for "met".
	StructureUnanswered      = "structure_unanswered"
	StructureNo              = "structure_no"
	StructureWithoutEvidence = "structure_without_evidence"
	StructureContested       = "structure_contested"
	MinimumMissed            = "minimum_missed"
	MinimumWithoutValue      = "minimum_without_value"
	MinimumCloseFit          = "minimum_close_fit"
	MinimumOtherUnit         = "minimum_other_unit"
	MinimumContested         = "minimum_contested"

	// What a reader should know besides.
	SelfAssessed   = "self_assessed"
	ServicesNotOwn = "services_not_own"
)

// english holds the text of every code.
var english = map[string]string{
	Unanswered:            "No organisation has answered yet.",
	SaysNotAvailable:      "The information is not available, according to: {organisations}.",
	SaysNotApplicable:     "It does not apply to this city, according to: {organisations}.",
	SaysNotLocal:          "It is not within the powers of this city, according to: {organisations}.",
	GradesDisagree:        "The grades stand on both sides of the minimum: {lowest} ({lowest_by}) and {highest} ({highest_by}).",
	ScopeDisagrees:        "Some place it outside the city ({outside_by}), others grade it ({graded_by}).",
	OneGrade:              "{organisation} gives grade {grade}.",
	LowestGrade:           "All grades stand on the same side of the minimum; the lowest of {organisations} counts: {grade}.",
	VerifiedGrade:         "Independent verification settled on grade {grade}.",
	VerifiedNotAvailable:  "Independent verification found that the information is not available.",
	VerifiedNotApplicable: "Independent verification found that it does not apply to this city.",
	VerifiedNotLocal:      "Independent verification found that it is not within the powers of this city.",
	AgreedGrade:           "The organisations agreed on grade {grade}.",
	AgreedNotAvailable:    "The organisations agreed that the information is not available.",
	AgreedNotApplicable:   "The organisations agreed that it does not apply to this city.",
	AgreedNotLocal:        "The organisations agreed that it is not within the powers of this city.",

	GradeMeansNotMet: "Grade {grade} means that the minimum is not met.",
	GradeMeansPartly: "Grade {grade} means that the minimum is met in part.",
	GroundsHold:      "Every yes-or-no structure indicator is true with evidence, and every declared minimum is reached.",
	NoGrounds:        "No indicator judges here, so the grade alone decides.",

	StructureUnanswered:      "{indicator} “{title}” is not answered.",
	StructureNo:              "{indicator} “{title}” is answered with no.",
	StructureWithoutEvidence: "{indicator} “{title}” is answered with yes, but without evidence.",
	StructureContested:       "{indicator} “{title}” is answered with yes by some and with no by others.",
	MinimumMissed:            "{indicator} “{title}” is at {value} in {period}; the minimum is {minimum}.",
	MinimumWithoutValue:      "{indicator} “{title}” has no value, so its minimum of {minimum} is not shown to be reached.",
	MinimumCloseFit:          "{indicator} “{title}” has a figure of something close only, so its minimum of {minimum} is not judged and not shown to be reached.",
	MinimumOtherUnit:         "{indicator} “{title}” has a figure in another unit ({unit}), so its minimum of {minimum} is not judged and not shown to be reached.",
	MinimumContested:         "{indicator} “{title}” is given different values, so its minimum of {minimum} is not shown to be reached.",

	SelfAssessed:   "Self-assessed: one organisation only has answered.",
	ServicesNotOwn: "None of the services concerned is the city's own: {services}.",
}

// ReasonCodes lists all codes, sorted.
func ReasonCodes() []string { return slices.Sorted(maps.Keys(english)) }

// English gives the reason in words.
func (r Reason) English() string {
	text := english[r.Code]
	pairs := make([]string, 0, 2*len(r.Args))
	for name, value := range r.Args {
		pairs = append(pairs, "{"+name+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// reason makes a reason from a code and pairs of an argument's name and value.
func reason(code string, pairs ...string) Reason {
	r := Reason{Code: code}
	if len(pairs) > 0 {
		r.Args = make(map[string]string, len(pairs)/2)
	}
	for i := 0; i < len(pairs); i += 2 {
		r.Args[pairs[i]] = pairs[i+1]
	}
	return r
}

func inWords(reasons []Reason) string {
	words := make([]string, len(reasons))
	for i, r := range reasons {
		words[i] = r.English()
	}
	return strings.Join(words, " ")
}
