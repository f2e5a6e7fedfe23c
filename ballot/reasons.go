package ballot

import (
	"maps"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/wording"
)

// Codes of reasons. Pages translate them; the English text of each stands in english, with its arguments in braces.
const (
	Carried           = "carried"
	Lapses            = "lapses"
	QuorumMissed      = "quorum_missed"
	OnlyAbstentions   = "only_abstentions"
	Tie               = "tie"
	ChamberMajority   = "chamber_majority"
	OverallMissed     = "overall_missed"
	LoweringMissed    = "lowering_missed"
	NoImpactStatement = "no_impact_statement"
	ObjectionOpen     = "objection_open"
)

// english holds the text of every code. Shares are percentages; thresholds are fractions.
var english = map[string]string{
	Carried:           "Every chamber has a quorum and a majority, and the mean of the chambers is {mean}%, of {needed} needed.",
	Lapses:            "As an urgent change it lapses after {months} months unless it is ratified in full.",
	QuorumMissed:      "Turnout in the chamber {chamber} is {turnout}%; it must be above {quorum}.",
	OnlyAbstentions:   "In the chamber {chamber} nobody voted yes or no.",
	Tie:               "In the chamber {chamber} there are as many no as yes.",
	ChamberMajority:   "In the chamber {chamber} {yes}% voted yes; it must be more than half.",
	OverallMissed:     "The mean of the chambers is {mean}%; it must be at least {needed}.",
	LoweringMissed:    "The change lowers a minimum, and in the chamber {chamber} {yes}% voted yes; it must be at least {needed}.",
	NoImpactStatement: "The change lowers a minimum, and there is no impact statement.",
	ObjectionOpen:     "Objections that are still open: {count}.",
}

// ReasonCodes lists all codes, sorted.
func ReasonCodes() []string { return slices.Sorted(maps.Keys(english)) }

// Reason is why a decision is as it is.
type Reason struct {
	Code string            `json:"code"`
	Args map[string]string `json:"args,omitempty"`
}

// English gives the reason as a sentence.
func (r Reason) English() string {
	args := r.Args
	if chamber, ok := args["chamber"]; ok {
		args = maps.Clone(args)
		args["chamber"] = strings.ReplaceAll(chamber, "_", " ")
	}
	return wording.Fill(english[r.Code], args)
}

// reason makes a reason from a code and pairs of an argument's name and value.
func reason(code string, pairs ...string) Reason {
	return Reason{Code: code, Args: wording.Args(pairs...)}
}

func inSentences(reasons []Reason) string {
	texts := make([]string, len(reasons))
	for i, r := range reasons {
		texts[i] = r.English()
	}
	return strings.Join(texts, " ")
}
