package scorecard

import "slices"

// State is what an assessment says of a requirement.
type State string

const (
	Met      State = "met"
	Partly   State = "partly"
	NotMet   State = "not_met"
	Disputed State = "disputed"
	Unknown  State = "unknown"
	Outside  State = "outside" // not applicable, or not a local competence
)

// States lists all states in the order in which they are shown.
var States = []State{Met, Partly, NotMet, Disputed, Unknown, Outside}

// Scorecard is the result of a city in a period. It has no total.
type Scorecard struct {
	City       string      `json:"city"`
	Name       string      `json:"city_name,omitempty"` // as Country and Fictional: handed through, so that a file says what it is about
	Country    string      `json:"country,omitempty"`   // ISO 3166-1 alpha-2
	Fictional  bool        `json:"fictional,omitempty"` // the city is invented
	Period     string      `json:"period"`
	Standard   string      `json:"standard"` // hrc-ms@0.2
	Profile    string      `json:"profile"`
	State      string      `json:"state"` // of the cycle; "statistics" where there is none
	Dimensions []Dimension `json:"dimensions"`
}

// HasFigures tells whether any indicator has a figure, of the city or of a group, or a statement that an answer made.
func (c *Scorecard) HasFigures() bool {
	for _, d := range c.Dimensions {
		for _, q := range d.Requirements {
			if slices.ContainsFunc(q.Indicators, func(i Indicator) bool { return i.Value != nil || len(i.Groups) > 0 }) {
				return true
			}
		}
	}
	return false
}

// Dimension shows how its requirements are distributed over the states, and the weakest one.
type Dimension struct {
	ID           string        `json:"id"`
	Title        string        `json:"title"`
	Counts       Counts        `json:"counts"`
	Weakest      *string       `json:"weakest"` // id of a requirement; null where none was graded
	Requirements []Requirement `json:"requirements"`
}

// Counts of requirements by state.
type Counts struct {
	Met      int `json:"met"`
	Partly   int `json:"partly"`
	NotMet   int `json:"not_met"`
	Disputed int `json:"disputed"`
	Unknown  int `json:"unknown"`
	Outside  int `json:"outside"`
}

// Requirement is the result for one requirement, with its grounds.
type Requirement struct {
	ID         string      `json:"id"`
	Title      string      `json:"title"`
	State      State       `json:"state"`
	Settled    *int        `json:"settled,omitempty"` // the settled grade, if there is one
	SelfOnly   bool        `json:"self_assessed"`     // one organisation only has answered
	Reason     string      `json:"reason"`            // in English words
	Reasons    []Reason    `json:"reasons"`           // the same as data, for other languages
	Links      []string    `json:"links"`
	Answers    []Answer    `json:"answers"`
	Indicators []Indicator `json:"indicators"`
}

// Reason is one ground of a state: a code with its arguments. The codes are listed in reasons.go.
type Reason struct {
	Code string            `json:"code"`
	Args map[string]string `json:"args,omitempty"`
}

// Answer is what one organisation, or the residents, say about a requirement.
type Answer struct {
	Party        string     `json:"party"` // authority, civil_society or residents
	Organisation string     `json:"organisation"`
	Grade        *int       `json:"grade"`           // 0–4; null for an honest value and for residents
	Value        string     `json:"value"`           // "", not_available, not_applicable, not_local
	Whose        string     `json:"whose,omitempty"` // of not_local: who has the power, in the organisation's words
	Share        *Share     `json:"share,omitempty"`
	Reasons      string     `json:"reasons,omitempty"`
	Language     string     `json:"language,omitempty"` // BCP 47, of Reasons
	Evidence     []Evidence `json:"evidence"`
	MoreEvidence int        `json:"more_evidence,omitempty"` // pieces that are not shown here
	// Translations of Reasons; the original counts.
	Translations []Translation `json:"translations,omitempty"`
	Indicators   []Indicated   `json:"-"` // what the answer says of indicators: yes or no with evidence, or a number
}

// Translation is what an answer says, in another language.
type Translation struct {
	Language string `json:"language"` // BCP 47
	Text     string `json:"text"`
	Machine  bool   `json:"machine,omitempty"` // made by a machine
}

// Share is the residents' answer: the part that said yes, with its interval, in per cent.
type Share struct {
	Yes   float64 `json:"yes"`
	Lower float64 `json:"lower"`
	Upper float64 `json:"upper"`
	N     int     `json:"n"`
}

// Evidence behind an answer.
type Evidence struct {
	Title string `json:"title"`
	URL   string `json:"url,omitempty"`
	Kind  string `json:"kind,omitempty"`
	Dated string `json:"dated,omitempty"` // of the document: a year, a month as 2025-03 or a day as 2025-03-31
	// Language is that of the document, BCP 47.
	Language string `json:"language,omitempty"`
	ID       string `json:"id,omitempty"`   // of what its node keeps
	File     *File  `json:"file,omitempty"` // of what its node keeps as a file
}

// File is a document that a node keeps.
type File struct {
	Name   string `json:"name"`
	Media  string `json:"media_type"`
	Size   int64  `json:"size"`   // bytes
	SHA256 string `json:"sha256"` // hexadecimal
}

// Indicated is an answer's statement on one indicator.
type Indicated struct {
	Indicator string   `json:"indicator"`
	Yes       *bool    `json:"yes,omitempty"`      // for bool indicators
	Value     *float64 `json:"value,omitempty"`    // for the others
	Evidence  bool     `json:"evidence,omitempty"` // whether there is evidence for it
}

// Indicator is an indicator's latest figures. One that is local is a city's own: it is no part of the standard, and nothing in the card but
// its own lines depends on it.
type Indicator struct {
	ID       string  `json:"id"`
	Local    bool    `json:"local,omitempty"`
	Title    string  `json:"title"`
	Language string  `json:"language,omitempty"` // BCP 47, of the title of a local one, where the caller of Compute has said it
	Value    *Number `json:"value"`              // the latest value; true, false or a number; null where there is none
	Interval
	Unit    string   `json:"unit"`              //
	Period  string   `json:"period"`            // of the latest value
	Source  string   `json:"source"`            // publisher, title and address in one line
	URL     string   `json:"url,omitempty"`     // where the source has published it, and
	Licence string   `json:"licence,omitempty"` // under which licence; several by semicolon
	Fit     string   `json:"fit"`               // exact or close; empty where there is no series
	Groups  []Group  `json:"groups"`            // the latest figures of groups
	Gap     *float64 `json:"gap"`               // the widest of Gaps, which is the first; null where no two groups can be compared
	Gaps    []Gap    `json:"gaps,omitempty"`
	Trend   string   `json:"trend"` // better, worse, no_clear_change, too_little_data
	Slope   *Slope   `json:"slope,omitempty"`
	Minimum *Minimum `json:"minimum,omitempty"`
}

// Group is a figure for a part of the population.
type Group struct {
	Dimension string  `json:"dimension"`
	Group     string  `json:"group"`
	Value     float64 `json:"value"`
	Period    string  `json:"period"`
	Interval
}

// Gap is the difference between the highest and the lowest group of a dimension in one period.
type Gap struct {
	Dimension string  `json:"dimension"`
	Period    string  `json:"period"`
	Lowest    Group   `json:"lowest"`
	Highest   Group   `json:"highest"`
	Size      float64 `json:"size"`
}

// Slope is the change per year with its 95 per cent interval, in the indicator's unit.
type Slope struct {
	PerYear float64 `json:"per_year"`
	Lower   float64 `json:"lower"`
	Upper   float64 `json:"upper"`
	N       int     `json:"n"`
}

// Minimum is the indicator's declared minimum and whether the latest value reaches it.
type Minimum struct {
	Value   float64 `json:"value"`
	Source  string  `json:"source"`
	Reached *bool   `json:"reached"` // null: no value
}
