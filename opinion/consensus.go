package opinion

import (
	"cmp"
	"math"
	"slices"
)

// Shared is a statement that most of all voters, grouped or not, agree or disagree with.
type Shared struct {
	Statement string  `json:"statement"`
	Votes     int     `json:"votes"`
	Seen      int     `json:"seen"`
	Share     float64 `json:"share"` // estimated: (votes+1)/(seen+2)
	ShareTest float64 `json:"share_test"`
}

// Consensus lists up to five statements of each side.
type Consensus struct {
	Agree    []Shared `json:"agree"`
	Disagree []Shared `json:"disagree"`
}

// consensus lists what more than half of all voters share beyond chance, the surest first.
func (m *matrix) consensus() Consensus {
	side := func(votes func(Counts) int) []Shared {
		list := []Shared{}
		for j, id := range m.statements {
			n, seen := votes(m.counts[j]), m.counts[j].Seen
			s := Shared{id, n, seen, probability(n, seen), aboveHalf(n, seen)}
			if m.open(j) && s.Share > 0.5 && s.ShareTest > significant {
				list = keepBest(list, s, mostListed, func(s *Shared) float64 { return s.Share * s.ShareTest })
			}
		}
		return list
	}
	return Consensus{side(func(c Counts) int { return c.Agree }), side(func(c Counts) int { return c.Disagree })}
}

// keepBest puts one more into a list that is sorted by score, the greatest first and of equal ones the earlier first, and holds so many at most.
func keepBest[T any](list []T, one T, most int, score func(*T) float64) []T {
	at := len(list)
	for mine := score(&one); at > 0 && score(&list[at-1]) < mine; at-- {
	}
	if at == most {
		return list
	}
	return slices.Insert(list[:min(len(list), most-1)], at, one)
}

// informed gives the group-informed consensus of a statement: the product over the groups of (agree+1)/(seen+2). One group that does not agree
// brings it down, however small the group.
func informed(counts [][]Counts, j int) float64 {
	product := 1.0
	for g := range counts {
		product *= probability(counts[g][j].Agree, counts[g][j].Seen)
	}
	return product
}

// ranks numbers values from the greatest on, 1 for the first; of equal ones the first comes first, so that every rank is given once. What is not in
// has rank 0.
func ranks(values []float64, in func(int) bool) []int {
	var order []int
	for j := range values {
		if in(j) {
			order = append(order, j)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(values[b], values[a]) })
	out := make([]int, len(values))
	for i, j := range order {
		out[j] = i + 1
	}
	return out
}

// geometricMean gives that of the factors of a product over groups: with it statements rank alike whatever the number of groups.
func geometricMean(product float64, groups int) float64 { return math.Pow(product, 1/float64(groups)) }
