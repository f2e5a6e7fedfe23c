package index

import (
	"fmt"
	"maps"
	"slices"

	"github.com/cityrights/cityrights/measure/internal/mistakes"
)

// WithWeights gives the same tree with other weights, by code. Codes that are left out keep theirs. A code that is not in the tree, and a
// weight that is not above 0, are an InvalidError.
func (s *Structure) WithWeights(weights map[string]float64) (*Structure, error) {
	nodes := slices.Clone(s.nodes)
	var wrong mistakes.List
	for _, code := range slices.Sorted(maps.Keys(weights)) {
		i, ok := s.place[code]
		if !ok {
			wrong.Add(&InvalidError{Item: -1, Code: code, Field: "iCode", Text: "there is no indicator and no aggregate of this code"})
			continue
		}
		if w := weights[code]; !finite(w) || w <= 0 {
			wrong.Add(&InvalidError{Item: -1, Code: code, Field: "Weight", Text: fmt.Sprintf("%v is no weight: it must be above 0", w)})
			continue
		}
		nodes[i].Weight = weights[code]
	}
	if len(wrong) > 0 {
		return nil, wrong.Joined()
	}
	other := *s
	other.nodes = nodes
	return &other, nil
}

// Weights gives each node's weight in the order of Nodes.
func (s *Structure) Weights() []float64 {
	weights := make([]float64, len(s.nodes))
	for i, n := range s.nodes {
		weights[i] = n.Weight
	}
	return weights
}

// EffectiveWeights gives what each node finally counts, in the order of Nodes: its share within its group, times the share of the group
// within the next one, and so on. Those of the indicators below a top sum to 1.
func (s *Structure) EffectiveWeights() []float64 {
	effective := make([]float64, len(s.nodes))
	for i, parent := range s.parent {
		if parent < 0 {
			effective[i] = 1
		}
	}
	for _, at := range slices.Backward(s.upward) {
		total := 0.0
		for _, child := range s.children[at] {
			total += s.nodes[child].Weight
		}
		for _, child := range s.children[at] {
			effective[child] = effective[at] * s.nodes[child].Weight / total
		}
	}
	return effective
}
