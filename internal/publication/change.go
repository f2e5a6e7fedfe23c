package publication

import "github.com/cityrights/cityrights/measure/scorecard"

// Change says how the states of requirements differ from those of the assessment before it, as numbers of requirements that both asked for.
// Grades under different versions of the standard are not compared.
type Change struct {
	Since      string `json:"since"` // period of the assessment before
	NewlyMet   int    `json:"newly_met,omitempty"`
	NoLonger   int    `json:"no_longer_met,omitempty"` // met before, and neither met nor unknown now
	NowKnown   int    `json:"now_known,omitempty"`     // unknown before, and known now without being met
	NowUnknown int    `json:"now_unknown,omitempty"`
	Otherwise  int    `json:"otherwise,omitempty"` // between partly met, not met, disputed and outside the city's powers
}

// None tells whether no state is another than before.
func (c Change) None() bool { return c == Change{Since: c.Since} }

func (c *Change) count(before, now scorecard.State) {
	switch {
	case before == now:
	case now == scorecard.Met:
		c.NewlyMet++
	case now == scorecard.Unknown:
		c.NowUnknown++
	case before == scorecard.Met:
		c.NoLonger++
	case before == scorecard.Unknown:
		c.NowKnown++
	default:
		c.Otherwise++
	}
}

// since compares a summary with the assessment before it.
func (s *Summary) since(before scorecard.Scorecard) {
	if s.Standard != before.Standard {
		return
	}
	was := map[string]scorecard.State{}
	for _, d := range before.Dimensions {
		for _, q := range d.Requirements {
			was[q.ID] = q.State
		}
	}
	s.Change = &Change{Since: before.Period}
	for i := range s.Dimensions {
		d := &s.Dimensions[i]
		d.Change = &Change{Since: before.Period}
		for j := range d.Requirements {
			q := &d.Requirements[j]
			if state, asked := was[q.ID]; asked {
				q.Before = state
				d.Change.count(state, q.State)
				s.Change.count(state, q.State)
			}
		}
	}
}
