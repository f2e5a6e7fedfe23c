package index

import "fmt"

// Screening leaves out units that have too little data. The zero value leaves out none.
type Screening struct {
	Available float64 // smallest share of values that must be there, 0 to 1
	NonZero   float64 // smallest share of values other than 0 among those that are there, 0 to 1
}

// Availability is how much data a row has.
type Availability struct {
	Unit                string
	Missing, Zero       int
	Available           float64 // share of values that are there
	NonZero             float64 // share of values other than 0 among them; 0 where there is none
	LowData, LowNonZero bool    // below Screening.Available; below Screening.NonZero
}

// Included tells whether the row stays.
func (a Availability) Included() bool { return !a.LowData && !a.LowNonZero }

// Screen gives the rows that have enough data, and what every row has. A panel is screened row by row.
func (s Screening) Screen(t *Table) (*Table, []Availability, error) {
	for _, one := range []struct {
		name  string
		share float64
	}{{"available data", s.Available}, {"values other than 0", s.NonZero}} {
		if !(one.share >= 0 && one.share <= 1) {
			return nil, nil, fmt.Errorf("the share of %s is %v: it goes from 0 to 1", one.name, one.share)
		}
	}
	found := make([]Availability, t.Rows())
	kept := make([]int, 0, t.Rows())
	for i := range found {
		a := Availability{Unit: t.units[i]}
		for _, column := range t.columns {
			switch v := column[i]; {
			case isMissing(v):
				a.Missing++
			case v == 0:
				a.Zero++
			}
		}
		if all := len(t.columns); all > 0 {
			a.Available = float64(all-a.Missing) / float64(all)
		}
		if there := len(t.columns) - a.Missing; there > 0 {
			a.NonZero = float64(there-a.Zero) / float64(there)
		}
		a.LowData, a.LowNonZero = a.Available < s.Available, a.NonZero < s.NonZero
		found[i] = a
		if a.Included() {
			kept = append(kept, i)
		}
	}
	if len(kept) == t.Rows() {
		return t, found, nil
	}
	return t.keep(kept), found, nil
}
