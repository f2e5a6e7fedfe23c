package statistics

import (
	"encoding/json"
	"slices"
	"strings"
)

// Revision is a figure that was changed or withdrawn.
type Revision struct {
	ID         string            `json:"id"`
	Source     string            `json:"source"`     // code of the source indicator
	Dimensions map[string]string `json:"dimensions"` // column to cell, the filled ones
	Period     Period            `json:"period"`
	Old        *float64          `json:"old"`                 // null: a mark stood in its place
	New        *float64          `json:"new"`                 // null: withdrawn, or a mark stands in its place
	OldLower   *float64          `json:"old_lower,omitempty"` // bounds of the two values' intervals; null: not known
	OldUpper   *float64          `json:"old_upper,omitempty"`
	NewLower   *float64          `json:"new_lower,omitempty"`
	NewUpper   *float64          `json:"new_upper,omitempty"`
	OldText    string            `json:"old_text,omitempty"`
	NewText    string            `json:"new_text,omitempty"` // mark or status
	Withdrawn  bool              `json:"withdrawn"`
	Reason     string            `json:"reason"`
	At         int64             `json:"at"` // unix milliseconds
	Actor      string            `json:"actor"`
	Import     string            `json:"import"`
}

// compare counts what is new, changed, unchanged and gone between two states of a source indicator, either of which may be nil, and
// gives a revision for each figure that was changed or withdrawn. Revisions come in the order of the old state.
func compare(old, now *Raw, totals *Totals) []Revision {
	if old == nil {
		totals.New += len(now.Observations)
		return nil
	}
	type figure struct {
		o    Observation
		seen bool
	}
	after := map[string]*figure{}
	if now != nil {
		for _, o := range now.Observations {
			after[now.identity(o)] = &figure{o: o}
		}
	}
	var list []Revision
	for _, o := range old.Observations {
		f := after[old.identity(o)]
		if f == nil {
			totals.Withdrawn++
			list = append(list, old.revision(o, nil))
			continue
		}
		f.seen = true
		if sameFigure(o, f.o) {
			totals.Unchanged++
			continue
		}
		totals.Changed++
		list = append(list, old.revision(o, &f.o))
	}
	for _, f := range after {
		if !f.seen {
			totals.New++
		}
	}
	return list
}

// identity names a figure of a source indicator, whatever the order and spelling of its columns.
func (r *Raw) identity(o Observation) string {
	parts := make([]string, 0, len(r.Columns)+1)
	for c, cell := range r.Keys[o.Key].Cells {
		if cell != "" {
			parts = append(parts, foldName(r.Columns[c].Name)+"="+fold(cell))
		}
	}
	slices.Sort(parts)
	return strings.Join(append(parts, itoa(o.Period.Start), itoa(o.Period.End)), "\x00")
}

func sameFigure(a, b Observation) bool {
	return a.Mark == b.Mark && a.Value == b.Value && a.Status == b.Status && equal(a.Count, b.Count) && equal(a.Lower, b.Lower) && equal(a.Upper, b.Upper)
}

// equal tells whether two values are the same, or both not known.
func equal[V comparable](a, b *V) bool { return (a == nil) == (b == nil) && (a == nil || *a == *b) }

func (r *Raw) revision(o Observation, now *Observation) Revision {
	rev := Revision{Source: r.Code, Dimensions: map[string]string{}, Period: o.Period, Withdrawn: now == nil}
	for c, cell := range r.Keys[o.Key].Cells {
		if cell != "" {
			rev.Dimensions[r.Columns[c].Name] = cell
		}
	}
	rev.Old, rev.OldText = o.given()
	rev.OldLower, rev.OldUpper = o.Lower, o.Upper
	if now != nil {
		rev.New, rev.NewText = now.given()
		rev.NewLower, rev.NewUpper = now.Lower, now.Upper
	}
	return rev
}

// given gives the value, if there is one, and the mark or status.
func (o Observation) given() (*float64, string) {
	if o.Mark != "" {
		return nil, o.Mark
	}
	return &o.Value, o.Status
}

func (rev Revision) dimensionsJSON() (string, error) {
	data, err := json.Marshal(rev.Dimensions)
	return string(data), err
}
