package publication

import (
	"slices"

	"github.com/cityrights/cityrights/measure/scorecard"
)

// These are the public documents: what passed the gate, as it is stored and as public pages, files and the API show it. Nothing else leaves
// the node. Each is one row, read by its key.

// Head says which city a document is about.
type Head struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Country   string `json:"country"` // ISO 3166-1 alpha-2
	Fictional bool   `json:"fictional,omitempty"`
}

// City is a city with a summary of its newest assessment.
type City struct {
	Head
	Population     *int64   `json:"population"`
	PopulationYear int      `json:"population_year,omitempty"`
	Languages      []string `json:"languages"`
	Latitude       *float64 `json:"latitude,omitempty"`
	Longitude      *float64 `json:"longitude,omitempty"`
	Since          string   `json:"since,omitempty"`
	About          string   `json:"about,omitempty"`
	AboutLanguage  string   `json:"about_language,omitempty"` // BCP 47
	Periods        []Period `json:"periods"`                  // newest first
	Newest         *Summary `json:"newest,omitempty"`         // nil: nothing is published yet
	Changed        int64    `json:"changed"`                  // unix milliseconds of the last change of public content
}

// Period is one assessment of a city.
type Period struct {
	Period   string `json:"period"`
	State    string `json:"state"` // of the cycle; "statistics" where there is none
	Standard string `json:"standard"`
	Profile  string `json:"profile"`
}

// Summary is an assessment in the size of a page's first screen.
type Summary struct {
	Period
	Dimensions []DimensionSummary `json:"dimensions"`
	Figures    []Figure           `json:"figures"`          // all indicators with a public figure: the widest gap relative to the values first, then in the order of the standard, then those that the assessment does not ask for
	Asked      int                `json:"asked"`            // indicators that the profile asks for
	Missing    int                `json:"missing"`          // of these without a public figure or answer
	Change     *Change            `json:"change,omitempty"` // nil: there is no assessment before it under the same standard
}

// DimensionSummary is a dimension's strip of states.
type DimensionSummary struct {
	ID           string             `json:"id"`
	Counts       scorecard.Counts   `json:"counts"`
	Weakest      *string            `json:"weakest"`
	Requirements []RequirementState `json:"requirements"`
	WithFigures  int                `json:"with_figures"` // requirements that have at least one public figure
	Change       *Change            `json:"change,omitempty"`
}

// RequirementState is one mark of the strip.
type RequirementState struct {
	ID     string          `json:"id"`
	State  scorecard.State `json:"state"`
	Before scorecard.State `json:"before,omitempty"` // in the assessment before; empty where that did not ask for it
}

// Figure is an indicator's latest figure in one line.
type Figure struct {
	Indicator string            `json:"indicator"`
	Value     *scorecard.Number `json:"value"` // null where only groups are known
	Unit      string            `json:"unit"`
	Period    string            `json:"period"`
	Fit       string            `json:"fit"`
	Gap       *scorecard.Gap    `json:"gap,omitempty"` // told of the first dozen figures
	Trend     string            `json:"trend"`
	Own       *Own              `json:"own,omitempty"` // of a city's own indicator
}

// Own says what a city's own indicator is, since no standard does: it informs and never judges.
type Own struct {
	Requirement string `json:"requirement"` // on which it hangs
	Title       string `json:"title"`
	Question    string `json:"question,omitempty"`
	Note        string `json:"note,omitempty"`
	Language    string `json:"language,omitempty"` // BCP 47, of its texts
}

// Assessment is a city's scorecard in a period, as far as it is public.
type Assessment struct {
	Head      Head                `json:"city"`
	Scorecard scorecard.Scorecard `json:"scorecard"`
}

// Requirement is one requirement's result with all its grounds.
type Requirement struct {
	Head   Head                  `json:"city"`
	Period Period                `json:"period"`
	Result scorecard.Requirement `json:"result"`
	// Withdrawn are the ids of evidence that was checked for the public and is not shown any more.
	Withdrawn []string `json:"withdrawn,omitempty"`
}

// Evidence gives a piece of evidence by its id; gone tells that it was withdrawn. ok is false for what was never public.
func (r Requirement) Evidence(id string) (e scorecard.Evidence, gone, ok bool) {
	for _, a := range r.Result.Answers {
		for _, e := range a.Evidence {
			if e.ID == id && id != "" {
				return e, false, true
			}
		}
	}
	return e, true, slices.Contains(r.Withdrawn, id)
}

// Series is all that is public about one indicator of a city.
type Series struct {
	Head      Head               `json:"city"`
	Indicator string             `json:"indicator"`
	Own       *Own               `json:"own,omitempty"` // of a city's own indicator
	Unit      string             `json:"unit"`
	Fit       string             `json:"fit"`
	Note      string             `json:"note,omitempty"`      // of the mapping
	Transform string             `json:"transform,omitempty"` // of the mapping, if the values were changed
	Sources   []Source           `json:"sources"`
	Bases     []Source           `json:"bases,omitempty"` // of the denominators of rates; one without a code is the city's own record
	Headline  []Point            `json:"headline"`        // by rising period; empty where only groups are known
	Groups    []Group            `json:"groups"`
	Trend     string             `json:"trend"`
	Slope     *scorecard.Slope   `json:"slope,omitempty"`
	Gaps      []scorecard.Gap    `json:"gaps,omitempty"` // the widest first
	Minimum   *scorecard.Minimum `json:"minimum,omitempty"`
	Grounds   Grounds            `json:"grounds"`
	Hidden    int                `json:"hidden,omitempty"`    // values hidden because too few people stand behind them
	Revisions []Revision         `json:"revisions,omitempty"` // newest first, the latest fifty
}

// Source says where figures come from.
type Source struct {
	Code           string `json:"code"`
	Title          string `json:"title"`
	Publisher      string `json:"publisher"`
	URL            string `json:"url"`
	URLText        string `json:"url_text,omitempty"`
	Licence        string `json:"licence,omitempty"`
	Periodicity    string `json:"periodicity,omitempty"`
	Released       string `json:"released,omitempty"`
	Classification string `json:"classification,omitempty"`
	Method         string `json:"method,omitempty"`
	Coverage       string `json:"coverage,omitempty"`
	Retrieved      int64  `json:"retrieved"` // unix milliseconds
}

// Point is one public value.
type Point struct {
	Period string   `json:"period"`
	Start  int      `json:"start"` // first day as yyyymmdd
	End    int      `json:"end"`   // last day as yyyymmdd
	Value  float64  `json:"value"`
	Count  *int64   `json:"count,omitempty"`
	Status string   `json:"status,omitempty"`
	Lower  *float64 `json:"lower,omitempty"` // bounds of the value's interval, as the source gives them
	Upper  *float64 `json:"upper,omitempty"`
	Base   *Base    `json:"base,omitempty"` // of a rate
}

// Base is what a rate was made of: Cases / Value × the factor in its unit.
type Base struct {
	Cases  float64 `json:"cases"`           // people or events that were counted
	Value  float64 `json:"value"`           // people, households or births that they are of
	Period string  `json:"period"`          // of Value
	Older  int     `json:"older,omitempty"` // years by which Value is older than Cases
}

// Group is a part of the population.
type Group struct {
	Ground    string  `json:"ground,omitempty"` // key of the standard's grounds; empty: none fits
	Dimension string  `json:"dimension"`        // the source's own name
	Name      string  `json:"name"`
	Code      string  `json:"code,omitempty"`
	Points    []Point `json:"points"`
}

// Grounds compares the breakdowns that the standard asks for with those that are public.
type Grounds struct {
	Present []string `json:"present"`
	Missing []string `json:"missing"`
}

// Revision is a value that was changed after it had been public.
type Revision struct {
	Period   string   `json:"period"`
	Group    string   `json:"group,omitempty"`     // empty: the whole city
	Old      *float64 `json:"old"`                 // null: it was not there
	New      *float64 `json:"new"`                 // null: withdrawn by the source
	OldLower *float64 `json:"old_lower,omitempty"` // bounds of the two values' intervals
	OldUpper *float64 `json:"old_upper,omitempty"`
	NewLower *float64 `json:"new_lower,omitempty"`
	NewUpper *float64 `json:"new_upper,omitempty"`
	Reason   string   `json:"reason"`
	At       int64    `json:"at"` // unix milliseconds
}

// Held is what the gate kept back, with the reason; only the desk shows it.
type Held struct {
	Indicator string `json:"indicator"`        // or a requirement; empty for a whole assessment
	Reason    string `json:"reason"`           // one of HeldReasons
	Detail    string `json:"detail,omitempty"` // the period of the assessment, where it is about one
	Figures   int    `json:"figures"`          // how many
}

// Answering is a city whose newest assessment has something to say about a requirement.
type Answering struct {
	Head
	Period string
}
