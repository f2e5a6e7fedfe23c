package survey

import (
	"cmp"
	"slices"
)

// Shortfall is a category of which fewer have answered than there are in the population.
type Shortfall struct {
	Column      string  `json:"column"`
	Category    string  `json:"category"`
	Respondents int     `json:"respondents"` // unweighted
	Population  float64 `json:"population"`  // share of the population, 0 to 1
	Sample      float64 `json:"sample"`      // share of the sample by the weights of the sampling alone, 0 to 1
	Missing     float64 `json:"missing"`     // Population less Sample, above 0
}

// Coverage says who is missing among those who answered. Adjusting weights makes the shares right and does not bring these people back: it
// lets the few who answered speak for the others.
type Coverage struct {
	Compared   []string    `json:"compared"`              // columns of the margins that were looked at
	Shortfalls []Shortfall `json:"shortfalls"`            // largest first
	Unplaced   int         `json:"unplaced"`              // respondents without a category in some margin; they count in no share of it
	Unreached  []string    `json:"unreached,omitempty"`   // groups that the survey could not reach at all, in the words of its makers
	SelfChosen bool        `json:"self_chosen,omitempty"` // people came by themselves, nobody drew them: no figure can say for how many they speak
}

// Coverage compares the respondents to the population. It uses the weights before calibration, so that a group that was drawn on purpose
// more often does not look well covered. Unlike Rake it accepts categories in which nobody answered: they are what it looks for. Its errors
// are an *InputError or a *MarginError.
func (d *Design) Coverage(margins []Margin) (Coverage, error) {
	out := Coverage{Compared: []string{}, Shortfalls: []Shortfall{}}
	weights := d.weights
	if d.sampling != nil {
		weights = d.sampling
	}
	unplaced := make([]bool, d.Len())
	for i := range margins {
		m := &margins[i]
		if err := perRespondent(Known, m.Column, len(m.Answers), d.Len()); err != nil {
			return Coverage{}, err
		}
		at, err := m.names()
		if err != nil {
			return Coverage{}, err
		}
		out.Compared = append(out.Compared, m.Column)
		counts, sums, whole := make([]int, len(at)), make([]accumulator, len(at)), accumulator{}
		for r, answer := range m.Answers {
			k, ok := at[answer]
			if !ok {
				unplaced[r] = true
				continue
			}
			counts[k]++
			sums[k].add(weights[r])
			whole.add(weights[r])
		}
		for k, c := range m.Categories {
			s := Shortfall{Column: m.Column, Category: c.Name, Respondents: counts[k], Population: c.Total / m.sum()}
			if whole.value() > 0 {
				s.Sample = sums[k].value() / whole.value()
			}
			if s.Missing = s.Population - s.Sample; s.Missing > tied {
				out.Shortfalls = append(out.Shortfalls, s)
			}
		}
	}
	for _, lacks := range unplaced {
		if lacks {
			out.Unplaced++
		}
	}
	slices.SortFunc(out.Shortfalls, func(a, b Shortfall) int {
		return cmp.Or(cmp.Compare(b.Missing, a.Missing), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Category, b.Category))
	})
	return out, nil
}
