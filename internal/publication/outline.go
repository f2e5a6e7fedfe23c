package publication

import "github.com/cityrights/cityrights/measure/scorecard"

// Outline is an assessment in the size of its page: of each requirement the state, the first reason and a line for each figure. It repeats
// nothing that the standard says.
type Outline struct {
	Head       Head               `json:"city"`
	Period     Period             `json:"period"`
	Dimensions []OutlineDimension `json:"dimensions"`
}

// OutlineDimension is a dimension with its requirements in the order of the standard.
type OutlineDimension struct {
	ID           string               `json:"id"`
	Counts       scorecard.Counts     `json:"counts"`
	Weakest      string               `json:"weakest,omitempty"` // empty: no requirement is known
	Requirements []OutlineRequirement `json:"requirements"`
}

// OutlineRequirement is a requirement's result in two lines.
type OutlineRequirement struct {
	ID      string           `json:"id"`
	State   scorecard.State  `json:"state"`
	Reason  scorecard.Reason `json:"reason"`
	Figures []OutlineFigure  `json:"figures,omitempty"`
}

// OutlineFigure is what is known of an indicator, by figures or by answers.
type OutlineFigure struct {
	Indicator string            `json:"id"`
	Title     string            `json:"title,omitempty"`    // of a city's own indicator, which is no part of the standard; else empty
	Language  string            `json:"language,omitempty"` // of the title, BCP 47
	Value     *scorecard.Number `json:"value,omitempty"`    // nil: only groups are known
	Gap       *float64          `json:"gap,omitempty"`      // where only groups are known, the size of the gap that is told first
	Unit      string            `json:"unit,omitempty"`
	Period    string            `json:"period,omitempty"` // where it is not that of the assessment
	Close     bool              `json:"close,omitempty"`  // the source measures something near, not the same
	Told      bool              `json:"told,omitempty"`   // by an answer: there is no series behind it
}

// outlineOf shortens a scorecard to what a page lists.
func outlineOf(head Head, card scorecard.Scorecard) Outline {
	short := Outline{Head: head, Period: periodOf(card)}
	for _, d := range card.Dimensions {
		row := OutlineDimension{ID: d.ID, Counts: d.Counts}
		if d.Weakest != nil {
			row.Weakest = *d.Weakest
		}
		for _, q := range d.Requirements {
			line := OutlineRequirement{ID: q.ID, State: q.State}
			if len(q.Reasons) > 0 {
				line.Reason = q.Reasons[0]
			}
			for _, i := range q.Indicators {
				if i.Value != nil || len(i.Groups) > 0 {
					line.Figures = append(line.Figures, outlineFigure(card.Period, i))
				}
			}
			row.Requirements = append(row.Requirements, line)
		}
		short.Dimensions = append(short.Dimensions, row)
	}
	return short
}

func outlineFigure(period string, i scorecard.Indicator) OutlineFigure {
	f := OutlineFigure{Indicator: i.ID, Value: i.Value, Unit: i.Unit, Close: i.Fit == scorecard.Close, Told: i.Fit == ""}
	if i.Period != period {
		f.Period = i.Period
	}
	if i.Local {
		f.Title, f.Language = i.Title, i.Language
	}
	if gaps := inOrder(i); i.Value == nil && len(gaps) > 0 {
		f.Gap = &gaps[0].Size
	}
	return f
}
