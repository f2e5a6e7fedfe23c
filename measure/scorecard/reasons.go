package scorecard

import (
	"maps"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/wording"
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
	SaysNotAvailable:      "The information is not available, according to {organisations}.",
	SaysNotApplicable:     "This does not apply to this city, according to {organisations}.",
	SaysNotLocal:          "The city cannot decide on this, according to {organisations}.",
	GradesDisagree:        "The organisations disagree on whether the minimum is reached. No: {lowest_by} (grade {lowest} of 4). Yes: {highest_by} (grade {highest} of 4).",
	ScopeDisagrees:        "The organisations disagree on whether this can be asked of the city. No, it does not apply or is not for the city to decide: {outside_by}. Yes, and they give a grade: {graded_by}.",
	OneGrade:              "{organisation} gives grade {grade} of 4.",
	LowestGrade:           "All who gave a grade agree on whether the minimum is reached: {organisations}. The lowest grade counts: {grade} of 4.",
	VerifiedGrade:         "An independent check found grade {grade} of 4.",
	VerifiedNotAvailable:  "An independent check found that the information is not available.",
	VerifiedNotApplicable: "An independent check found that this does not apply to this city.",
	VerifiedNotLocal:      "An independent check found that the city cannot decide on this.",
	AgreedGrade:           "The organisations agreed on grade {grade} of 4.",
	AgreedNotAvailable:    "The organisations agreed that the information is not available.",
	AgreedNotApplicable:   "The organisations agreed that this does not apply to this city.",
	AgreedNotLocal:        "The organisations agreed that the city cannot decide on this.",

	GradeMeansNotMet: "With grade {grade} the minimum is not met.",
	GradeMeansPartly: "With grade {grade} the minimum is met in part.",
	GroundsHold:      "Where the standard asks for a rule, plan, body or the like, it is in place, with evidence. Where it sets a minimum for a figure, the figure reaches it.",
	NoGrounds:        "No figure and no yes-or-no question decides here. The grade alone counts.",

	StructureUnanswered:      "{indicator} “{title}”: nobody has answered.",
	StructureNo:              "{indicator} “{title}”: the answer is no.",
	StructureWithoutEvidence: "{indicator} “{title}”: the answer is yes, but no evidence is given.",
	StructureContested:       "{indicator} “{title}”: some answer yes, others no.",
	MinimumMissed:            "{indicator} “{title}”: {value} in {period}. The standard asks for {minimum}.",
	MinimumWithoutValue:      "{indicator} “{title}”: there is no figure. The standard asks for {minimum}, and nobody can see whether that is reached.",
	MinimumCloseFit:          "{indicator} “{title}”: the figure measures only something similar. The standard asks for {minimum}, and the figure cannot show whether that is reached.",
	MinimumOtherUnit:         "{indicator} “{title}”: the figure is in another unit ({unit}). The standard asks for {minimum}, and the figure cannot show whether that is reached.",
	MinimumContested:         "{indicator} “{title}”: the organisations give different figures. The standard asks for {minimum}, and nobody can see whether that is reached.",

	SelfAssessed:   "Only one organisation has answered. No other one has said whether that is right.",
	ServicesNotOwn: "The city itself runs none of these services: {services}.",
}

// ReasonCodes lists all codes, sorted.
func ReasonCodes() []string { return slices.Sorted(maps.Keys(english)) }

// English gives the reason in words.
func (r Reason) English() string {
	return wording.Fill(english[r.Code], r.Args)
}

// reason makes a reason from a code and pairs of an argument's name and value.
func reason(code string, pairs ...string) Reason {
	return Reason{Code: code, Args: wording.Args(pairs...)}
}

func inWords(reasons []Reason) string {
	words := make([]string, len(reasons))
	for i, r := range reasons {
		words[i] = r.English()
	}
	return strings.Join(words, " ")
}
