package publication

import (
	"encoding/json"

	"github.com/cityrights/cityrights/measure/scorecard"
)

// Outline is an assessment in the size of its page: of each requirement the state, the first reason and a line for each figure. It repeats
// nothing that the standard says.
type Outline struct {
	Head       Head
	Period     Period
	Dimensions []OutlineDimension
}

// OutlineDimension is a dimension with its requirements in the order of the standard.
type OutlineDimension struct {
	ID           string
	Counts       scorecard.Counts
	Weakest      string // empty: no requirement is known
	Requirements []OutlineRequirement
}

// OutlineRequirement is a requirement's result in two lines.
type OutlineRequirement struct {
	ID      string
	State   scorecard.State
	Reason  scorecard.Reason
	Figures []OutlineFigure
}

// OutlineFigure is what is known of an indicator, by figures or by answers.
type OutlineFigure struct {
	Indicator string
	Value     *scorecard.Number // nil: only groups are known
	Gap       *float64          // where only groups are known, the size of the gap that is told first
	Unit      string
	Period    string
	Fit       string // empty: told by an answer
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
					line.Figures = append(line.Figures, outlineFigure(i))
				}
			}
			row.Requirements = append(row.Requirements, line)
		}
		short.Dimensions = append(short.Dimensions, row)
	}
	return short
}

func outlineFigure(i scorecard.Indicator) OutlineFigure {
	f := OutlineFigure{Indicator: i.ID, Value: i.Value, Unit: i.Unit, Period: i.Period, Fit: i.Fit}
	if gaps := inOrder(i); i.Value == nil && len(gaps) > 0 {
		f.Gap = &gaps[0].Size
	}
	return f
}

// packedOutline is the stored form of an Outline: lists of the same length for what requirements and figures have, because a page reads all
// of them at once, and decoding an object for each would be most of its work.
type packedOutline struct {
	Head       Head              `json:"city"`
	Period     Period            `json:"period"`
	Dimensions []packedDimension `json:"dimensions"`

	// Of the requirements, in the order of the dimensions.
	Requirements []string           `json:"requirements"`
	States       []scorecard.State  `json:"states"`
	Reasons      []scorecard.Reason `json:"reasons"`
	Figures      []int              `json:"figures"` // how many of those below

	// Of their figures.
	Indicators []string    `json:"indicators"`
	Kinds      string      `json:"kinds"`   // a letter for each: see the constants
	Numbers    []float64   `json:"numbers"` // 0 where the kind has none
	Units      packedWords `json:"units"`
	Periods    packedWords `json:"periods"`
	Fits       packedWords `json:"fits"`
}

type packedDimension struct {
	ID           string           `json:"id"`
	Counts       scorecard.Counts `json:"counts"`
	Weakest      string           `json:"weakest,omitempty"`
	Requirements int              `json:"requirements"` // how many
}

// Kinds of figures.
const (
	packedNumber = 'n'
	packedYes    = 'y'
	packedNo     = 'f'
	packedGap    = 'g' // the number is the size of a gap
	packedGroups = '-' // only groups are known
)

// packedWords is a list of words of which few are different: each once, and for each place which one it is.
type packedWords struct {
	Words []string `json:"words"`
	At    []int    `json:"at"`
}

func (p *packedWords) add(word string) {
	for i, known := range p.Words {
		if known == word {
			p.At = append(p.At, i)
			return
		}
	}
	p.At = append(p.At, len(p.Words))
	p.Words = append(p.Words, word)
}

func (p *packedWords) word(i int) string { return p.Words[p.At[i]] }

func packOutline(o Outline) ([]byte, error) {
	packed := packedOutline{Head: o.Head, Period: o.Period}
	var kinds []byte
	for _, d := range o.Dimensions {
		packed.Dimensions = append(packed.Dimensions, packedDimension{d.ID, d.Counts, d.Weakest, len(d.Requirements)})
		for _, q := range d.Requirements {
			packed.Requirements = append(packed.Requirements, q.ID)
			packed.States = append(packed.States, q.State)
			packed.Reasons = append(packed.Reasons, q.Reason)
			packed.Figures = append(packed.Figures, len(q.Figures))
			for _, f := range q.Figures {
				kind, number := packFigure(f)
				kinds = append(kinds, kind)
				packed.Numbers = append(packed.Numbers, number)
				packed.Indicators = append(packed.Indicators, f.Indicator)
				packed.Units.add(f.Unit)
				packed.Periods.add(f.Period)
				packed.Fits.add(f.Fit)
			}
		}
	}
	packed.Kinds = string(kinds)
	return json.Marshal(packed)
}

func packFigure(f OutlineFigure) (kind byte, number float64) {
	switch {
	case f.Value == nil && f.Gap == nil:
		return packedGroups, 0
	case f.Value == nil:
		return packedGap, *f.Gap
	}
	if yes, ok := f.Value.Bool(); ok {
		if yes {
			return packedYes, 0
		}
		return packedNo, 0
	}
	number, _ = f.Value.Float()
	return packedNumber, number
}

func unpackOutline(text []byte) (Outline, error) {
	var packed packedOutline
	if err := json.Unmarshal(text, &packed); err != nil {
		return Outline{}, err
	}
	o := Outline{Head: packed.Head, Period: packed.Period, Dimensions: make([]OutlineDimension, len(packed.Dimensions))}
	requirements := make([]OutlineRequirement, len(packed.Requirements))
	figures := make([]OutlineFigure, len(packed.Indicators))
	for i := range figures {
		figures[i] = packed.figure(i)
	}
	for i := range requirements {
		n := packed.Figures[i]
		requirements[i] = OutlineRequirement{packed.Requirements[i], packed.States[i], packed.Reasons[i], nil}
		if n > 0 {
			requirements[i].Figures = figures[:n:n]
		}
		figures = figures[n:]
	}
	for i, d := range packed.Dimensions {
		n := d.Requirements
		o.Dimensions[i] = OutlineDimension{d.ID, d.Counts, d.Weakest, requirements[:n:n]}
		requirements = requirements[n:]
	}
	return o, nil
}

func (p *packedOutline) figure(i int) OutlineFigure {
	f := OutlineFigure{Indicator: p.Indicators[i], Unit: p.Units.word(i), Period: p.Periods.word(i), Fit: p.Fits.word(i)}
	switch p.Kinds[i] {
	case packedNumber:
		f.Value = scorecard.Numeric(p.Numbers[i])
	case packedYes:
		f.Value = scorecard.YesNo(true)
	case packedNo:
		f.Value = scorecard.YesNo(false)
	case packedGap:
		f.Gap = &p.Numbers[i]
	}
	return f
}
