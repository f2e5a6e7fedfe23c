package opinion

import (
	"cmp"
	"slices"
)

const (
	enoughVotes = 7  // given by a participant who is grouped, if there are as many statements
	fewest      = 15 // participants grouped, if there are as many
)

// grouped lists, in order, the participants who have given enough votes to be placed: at least 7, or all there are. Where fewer than 15 have,
// those with the most votes join them.
func (m *matrix) grouped() []int32 {
	given := func(i int32) int { return len(m.rows[i]) }
	var in, rest []int32
	for i := range int32(len(m.participants)) {
		if given(i) >= min(enoughVotes, m.columns) && given(i) > 0 {
			in = append(in, i)
		} else {
			rest = append(rest, i)
		}
	}
	if missing := min(fewest-len(in), len(rest)); missing > 0 {
		slices.SortStableFunc(rest, func(a, b int32) int { return cmp.Compare(given(b), given(a)) })
		for _, i := range rest[:missing] {
			if given(i) > 0 {
				in = append(in, i)
			}
		}
		slices.Sort(in)
	}
	return in
}
