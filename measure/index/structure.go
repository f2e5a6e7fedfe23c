package index

import (
	"fmt"
	"slices"

	"github.com/cityrights/cityrights/measure/internal/mistakes"
)

// Node is a line of the tree: an indicator at level 1, an aggregate above.
type Node struct {
	Level       int // 1 for indicators
	Code, Name  string
	Direction   int     // 1: more is better, -1: less is better; of an aggregate 1
	Weight      float64 // among those with the same parent; above 0, any scale
	Parent      string  // code of the aggregate that it belongs to; empty at the top level
	Target      *float64
	Denominator string // code of the column to divide by; empty: none
}

// Structure is a checked tree of indicators and aggregates. It does not change.
type Structure struct {
	nodes    []Node
	place    map[string]int
	parent   []int // -1 at the top
	children [][]int
	leaves   []int // indicators, in the order given
	inner    []int // aggregates, in the order given
	upward   []int // aggregates, each behind its children
	top      int   // the highest level
}

// maxLevel bounds the depth of a tree; no index that a person can read comes near.
const maxLevel = 64

// NewStructure checks a tree: codes stand once, levels begin at 1, each parent is there and on a higher level, only the highest level has no
// parent, every aggregate has children, weights are above 0. What is wrong with a node is an InvalidError; all of them are joined.
func NewStructure(nodes []Node) (*Structure, error) {
	s := &Structure{nodes: slices.Clone(nodes), place: make(map[string]int, len(nodes))}
	var wrong mistakes.List
	for i := range s.nodes {
		n := &s.nodes[i]
		say := func(field, format string, args ...any) {
			wrong.Add(&InvalidError{Item: i, Code: n.Code, Field: field, Text: fmt.Sprintf(format, args...)})
		}
		if _, twice := s.place[n.Code]; twice {
			say("iCode", "the code stands twice")
			continue
		}
		if n.Code == "" {
			say("iCode", "the code is missing")
			continue
		}
		s.place[n.Code] = i
		if n.Level < 1 || n.Level > maxLevel {
			say("Level", "%d is no level: indicators have 1, aggregates 2 to %d", n.Level, maxLevel)
			continue
		}
		if n.Direction != 1 && n.Direction != -1 {
			say("Direction", "%d is no direction: write 1 where more is better, -1 where less is better", n.Direction)
		} else if n.Direction == -1 && n.Level > 1 {
			say("Direction", "an aggregate is made so that more is better: its direction is 1")
		}
		if !finite(n.Weight) || n.Weight <= 0 {
			say("Weight", "%v is no weight: it must be above 0", n.Weight)
		}
		s.top = max(s.top, n.Level)
	}
	if len(nodes) == 0 {
		return nil, &InvalidError{Field: "iCode", Text: "there is no indicator"}
	}
	if len(wrong) == 0 {
		s.link(&wrong)
	}
	if len(wrong) > 0 {
		return nil, wrong.Joined()
	}
	return s, nil
}

// link finds parents and children.
func (s *Structure) link(wrong *mistakes.List) {
	s.parent, s.children = make([]int, len(s.nodes)), make([][]int, len(s.nodes))
	for i, n := range s.nodes {
		s.parent[i] = -1
		if n.Level == 1 {
			s.leaves = append(s.leaves, i)
		} else {
			s.inner = append(s.inner, i)
		}
		if n.Parent == "" {
			if n.Level < s.top {
				wrong.Add(&InvalidError{Item: i, Code: n.Code, Field: "Parent", Text: "the parent is missing; only the highest level has none"})
			}
			continue
		}
		parent, known := s.place[n.Parent]
		if !known {
			wrong.Add(&InvalidError{Item: i, Code: n.Code, Field: "Parent", Text: fmt.Sprintf("there is no %q", n.Parent)})
			continue
		}
		s.parent[i] = parent
		s.children[parent] = append(s.children[parent], i)
	}
	for i, n := range s.nodes {
		switch parent := s.parent[i]; {
		case s.circular(i):
			wrong.Add(&InvalidError{Item: i, Code: n.Code, Field: "Parent", Text: "the parents form a circle: it would be a part of itself"})
		case parent >= 0 && s.nodes[parent].Level <= n.Level:
			wrong.Add(&InvalidError{Item: i, Code: n.Code, Field: "Parent", Text: fmt.Sprintf("%s is on level %d, which is not above level %d", n.Parent, s.nodes[parent].Level, n.Level)})
		case n.Level > 1 && len(s.children[i]) == 0:
			wrong.Add(&InvalidError{Item: i, Code: n.Code, Field: "iCode", Text: "nothing belongs to this aggregate"})
		}
	}
	if len(s.leaves) == 0 {
		wrong.Add(&InvalidError{Field: "Level", Text: "there is no indicator (level 1)"})
	}
	s.upward = slices.Clone(s.inner)
	slices.SortStableFunc(s.upward, func(a, b int) int { return s.nodes[a].Level - s.nodes[b].Level })
}

// circular tells whether a node is among its own parents.
func (s *Structure) circular(i int) bool {
	steps := 0
	for at := s.parent[i]; at >= 0 && steps <= len(s.nodes); at = s.parent[at] {
		if at == i {
			return true
		}
		steps++
	}
	return false
}

// Nodes gives the nodes in the order given.
func (s *Structure) Nodes() []Node { return slices.Clone(s.nodes) }

// Node gives the node of a code; false where there is none.
func (s *Structure) Node(code string) (Node, bool) {
	i, ok := s.place[code]
	if !ok {
		return Node{}, false
	}
	return s.nodes[i], true
}

// Indicators gives the codes of level 1 in the order given.
func (s *Structure) Indicators() []string { return s.codes(s.leaves) }

// Aggregates gives the codes above level 1 in the order given.
func (s *Structure) Aggregates() []string { return s.codes(s.inner) }

// Levels is the highest level.
func (s *Structure) Levels() int { return s.top }

// Tops gives the codes without a parent.
func (s *Structure) Tops() []string {
	var tops []int
	for i, parent := range s.parent {
		if parent < 0 {
			tops = append(tops, i)
		}
	}
	return s.codes(tops)
}

func (s *Structure) codes(places []int) []string {
	list := make([]string, len(places))
	for k, i := range places {
		list[k] = s.nodes[i].Code
	}
	return list
}
