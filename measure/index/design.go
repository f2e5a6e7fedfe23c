package index

import (
	"errors"
	"fmt"
	"math/rand/v2"
)

// Alternatives are the choices that could have been made as well when an index was built.
type Alternatives struct {
	Treat     []Treatment
	Normalise []Normalisation
	Aggregate [][]Aggregation // each as in Method: one for all levels, or one for each
}

// Draw is one choice of each, by place in Alternatives, with weights in the order of Structure.Nodes.
type Draw struct {
	Treat, Normalise, Aggregate int
	Weights                     []float64
}

// Design says which choices each replication makes. It is asked by several goroutines at a time, and answers the same for the same replication.
type Design interface {
	// Len is the number of replications.
	Len() int
	// Draw fills in the choices of a replication, from 0. Weights already holds those of the structure, and may be changed in place.
	Draw(replication int, into *Draw)
	// Varies tells whether some replication changes the weight of a node, by its place in Structure.Nodes.
	Varies(node int) bool
}

// Given is a design that was written down. A draw without weights keeps those of the structure.
type Given []Draw

// Len is the number of draws.
func (g Given) Len() int { return len(g) }

// Draw gives the draw of a replication.
func (g Given) Draw(replication int, into *Draw) {
	d := g[replication]
	into.Treat, into.Normalise, into.Aggregate = d.Treat, d.Normalise, d.Aggregate
	copy(into.Weights, d.Weights)
}

// Varies tells whether two draws give the node different weights.
func (g Given) Varies(node int) bool {
	for _, d := range g {
		if len(d.Weights) != len(g[0].Weights) || len(d.Weights) > 0 && d.Weights[node] != g[0].Weights[node] {
			return true
		}
	}
	return false
}

func (g Given) check(a Alternatives, s *Structure) error {
	among := func(choice, of int) bool { return choice >= 0 && choice < of }
	for i, d := range g {
		if !among(d.Treat, len(a.Treat)) || !among(d.Normalise, len(a.Normalise)) || !among(d.Aggregate, len(a.Aggregate)) {
			return &ReplicationError{i, errors.New("it chooses what is not among the alternatives")}
		}
		if len(d.Weights) > 0 && len(d.Weights) != len(s.nodes) {
			return &ReplicationError{i, fmt.Errorf("%d weights for %d nodes", len(d.Weights), len(s.nodes))}
		}
		for node, w := range d.Weights {
			if !finite(w) || w <= 0 {
				return &ReplicationError{i, fmt.Errorf("the weight of %s is %v: it must be above 0", s.nodes[node].Code, w)}
			}
		}
	}
	return nil
}

// Random is a design that draws each choice evenly, and each weight evenly between (1-Noise) and (1+Noise) times what it is. The draw of a
// replication depends on Seed and its number alone, so that it is the same on any machine and any number of cores.
type Random struct {
	Alternatives Alternatives
	Noise        float64 // 0 to below 1
	Replications int
	Seed         uint64
}

// Len is the number of replications.
func (r Random) Len() int { return r.Replications }

// Varies tells whether there is noise.
func (r Random) Varies(int) bool { return r.Noise > 0 }

// Draw draws.
func (r Random) Draw(replication int, into *Draw) {
	source := stream(r.Seed, uint64(replication))
	into.Treat = pickFrom(source, len(r.Alternatives.Treat))
	into.Normalise = pickFrom(source, len(r.Alternatives.Normalise))
	into.Aggregate = pickFrom(source, len(r.Alternatives.Aggregate))
	r.shake(source, into.Weights)
}

// stream gives the random numbers of one draw. Numbers are mixed first (Steele, Lea and Flood, 2014), since those of neighbours hardly differ.
func stream(seed, number uint64) *rand.Rand {
	number = (number ^ number>>30) * 0xbf58476d1ce4e5b9
	number = (number ^ number>>27) * 0x94d049bb133111eb
	return rand.New(rand.NewPCG(seed, number^number>>31))
}

// pickFrom takes one number from the source however many there are to choose from, so that a longer list does not move the draws behind it.
func pickFrom(source *rand.Rand, n int) int { return min(int(source.Float64()*float64(n)), n-1) }

func (r Random) shake(source *rand.Rand, weights []float64) {
	if r.Noise == 0 {
		return
	}
	for i := range weights {
		weights[i] *= 1 + r.Noise*(2*source.Float64()-1)
	}
}

// check says what is wrong with alternatives for an index of these indicators.
func (a Alternatives) check(r *Result) error {
	if len(a.Treat) == 0 || len(a.Normalise) == 0 || len(a.Aggregate) == 0 {
		return errors.New("there must be at least one treatment, one normalisation and one aggregation")
	}
	for _, n := range a.Normalise {
		if err := n.ready(r.Imputed, r.Structure); err != nil {
			return err
		}
	}
	for _, list := range a.Aggregate {
		if _, err := perLevel(list, r.Structure.top); err != nil {
			return err
		}
	}
	return nil
}

// checkNoise says whether weights stay above 0.
func checkNoise(noise float64) error {
	if !(noise >= 0 && noise < 1) {
		return fmt.Errorf("the noise of weights is %v: it goes from 0 to below 1", noise)
	}
	return nil
}

// checkDesign says what is wrong with a design of this package.
func checkDesign(design Design, a Alternatives, s *Structure) error {
	if design.Len() < 1 {
		return errNoReplications
	}
	switch d := design.(type) {
	case Given:
		return d.check(a, s)
	case Random:
		return checkNoise(d.Noise)
	case Sobol:
		return checkNoise(d.Noise)
	}
	return nil
}
