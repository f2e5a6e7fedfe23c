package feasible

import (
	"cmp"
	"slices"
)

// MaxAge is how many years old the value of a component may be.
const MaxAge = 10

// Observation is a value of an indicator for a unit in a year.
type Observation struct {
	Unit, Indicator string
	Year            float64
	Value           float64
	Resources       *float64 // per head, in the unit of the peaks; nil: unknown
}

// RightScore is what a unit achieves of a right.
type RightScore struct {
	Unit, Right string
	Score       float64  // mean of the components; means nothing where one is absent
	Components  int      // that the reference table has for the right
	Absent      []string // components without a score at most MaxAge years old; empty: Score holds
	Oldest      float64  // year of the oldest component; 0 where none is there
}

// Known tells whether every component is there.
func (r RightScore) Known() bool { return len(r.Absent) == 0 }

// Rights gives for each unit and right the mean over all components of the right, each at its latest score that is at most MaxAge years older than
// asOf and not younger than it. Where a component is absent there is no value: a right is not known by a part of it. Units stand in the order of the
// observations, rights in that of the benchmarks.
func Rights(observations []Observation, reference []Benchmark, asOf float64) []RightScore {
	type key struct{ unit, indicator string }
	type latest struct{ year, score float64 }
	known := make(map[string]Benchmark, len(reference))
	components := map[string][]string{}
	var rights, units []string
	for _, b := range reference {
		known[b.Indicator] = b
		if b.Right == "" {
			continue
		}
		if components[b.Right] == nil {
			rights = append(rights, b.Right)
		}
		components[b.Right] = append(components[b.Right], b.Indicator)
	}
	best := map[key]latest{}
	seen := map[string]bool{}
	for _, o := range sortedByYear(observations) {
		if b, ok := known[o.Indicator]; ok && o.Year <= asOf && asOf-o.Year <= MaxAge {
			if score, ok := b.Score(o.Value, o.Resources); ok {
				best[key{o.Unit, o.Indicator}] = latest{o.Year, score}
			}
		}
	}
	for _, o := range observations {
		if !seen[o.Unit] {
			seen[o.Unit] = true
			units = append(units, o.Unit)
		}
	}
	made := make([]RightScore, 0, len(units)*len(rights))
	for _, unit := range units {
		for _, right := range rights {
			r := RightScore{Unit: unit, Right: right, Components: len(components[right])}
			sum := 0.0
			for _, indicator := range components[right] {
				at, ok := best[key{unit, indicator}]
				if !ok {
					r.Absent = append(r.Absent, indicator)
					continue
				}
				sum += at.score
				if r.Oldest == 0 || at.year < r.Oldest {
					r.Oldest = at.year
				}
			}
			if r.Known() {
				r.Score = sum / float64(r.Components)
			}
			made = append(made, r)
		}
	}
	return made
}

func sortedByYear(observations []Observation) []Observation {
	return slices.SortedStableFunc(slices.Values(observations), func(a, b Observation) int { return cmp.Compare(a.Year, b.Year) })
}
