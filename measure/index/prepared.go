package index

import (
	"fmt"
	"sync"
)

// prepared holds every column that replications share, each made the first time it is asked for. A treatment that leaves an indicator as another
// does, a normalisation, and the transformation that the mean above needs are done once, not once in each replication.
type prepared struct {
	s            *Structure
	table        *Table
	alternatives Alternatives
	levels       [][]Aggregation // of each alternative, by level
	threshold    float64
	leaves       []leaf               // by place in Structure.leaves
	leafOf       []int                // place in leaves of each node; -1 of aggregates
	fixed        []map[choice]*shared // of aggregates below which no weight varies; nil of others
	settled      []bool               // whether a node's value depends on the choices alone, not on weights
	weights      []float64
	means        []Aggregation // all that are not straight
}

// choice is what a fixed aggregate depends on.
type choice struct{ treat, normalise, aggregate int }

// leaf is an indicator in all its treatments.
type leaf struct {
	variant   []int // of each treatment
	columns   [][]float64
	normalise [][]*shared // by variant and normalisation
}

// shared is a column with what several replications need of it. It is made once.
type shared struct {
	once     sync.Once
	values   []float64
	complete bool
	err      error
	ready    []transformed // by place in prepared.means
}

type transformed struct {
	once   sync.Once
	values []float64
	bad    int // row of a value that cannot be transformed, or -1
}

// The most that replications share, in values of 8 bytes: of aggregates, which are else computed each time, and of indicators, which cannot be
// had again so cheaply, so that a design that draws from too many scales is refused.
const (
	maxSharedAggregates = 1 << 27
	maxSharedIndicators = 1 << 30
)

// prepare makes ready what a design's replications share.
func prepare(r *Result, a Alternatives, threshold float64, design Design) (*prepared, error) {
	if err := a.check(r); err != nil {
		return nil, err
	}
	if err := checkDesign(design, a, r.Structure); err != nil {
		return nil, err
	}
	p := &prepared{s: r.Structure, table: r.Imputed, alternatives: a, threshold: threshold}
	for _, list := range a.Aggregate {
		per, err := perLevel(list, p.s.top)
		if err != nil {
			return nil, err
		}
		p.levels = append(p.levels, per)
		for _, mean := range per[2:] {
			if !mean.straight() && p.mean(mean) < 0 {
				p.means = append(p.means, mean)
			}
		}
	}
	var first Draw
	first.Weights = p.s.Weights()
	design.Draw(0, &first)
	p.weights = first.Weights
	p.settle(design)
	return p, p.treatAll()
}

// treatAll gives every indicator in all treatments.
func (p *prepared) treatAll() error {
	p.leafOf = make([]int, len(p.s.nodes))
	for i := range p.leafOf {
		p.leafOf[i] = -1
	}
	p.leaves = make([]leaf, len(p.s.leaves))
	scales, columns := len(p.alternatives.Normalise), 0
	for k, node := range p.s.leaves {
		p.leafOf[node] = k
		p.leaves[k] = p.treat(p.table.columns[k])
		columns += len(p.leaves[k].columns) * scales * (1 + len(p.means))
	}
	if rows := p.table.Rows(); columns > maxSharedIndicators/max(rows, 1) {
		return fmt.Errorf("%d normalisations of %d indicators in all their treatments are %d columns of %d rows, which is too much: choose from fewer",
			scales, len(p.leaves), columns, rows)
	}
	for k := range p.leaves {
		p.leaves[k].normalise = p.shares(len(p.leaves[k].columns))
	}
	return nil
}

// shares makes room for every normalisation of some variants.
func (p *prepared) shares(variants int) [][]*shared {
	rows := make([][]*shared, variants)
	for v := range rows {
		for range p.alternatives.Normalise {
			rows[v] = append(rows[v], p.share())
		}
	}
	return rows
}

// mean gives the place of an aggregation among those that need a transformation; -1 where it is not there.
func (p *prepared) mean(a Aggregation) int {
	for k, known := range p.means {
		if a == known {
			return k
		}
	}
	return -1
}

// settle finds the aggregates that no varying weight reaches.
func (p *prepared) settle(design Design) {
	p.settled = make([]bool, len(p.s.nodes))
	p.fixed = make([]map[choice]*shared, len(p.s.nodes))
	for _, node := range p.s.leaves {
		p.settled[node] = true
	}
	a := p.alternatives
	combinations := len(a.Treat) * len(a.Normalise) * len(a.Aggregate)
	if combinations > maxSharedAggregates/max(1, len(p.s.inner)*p.table.Rows()*(1+len(p.means))) {
		return
	}
	for _, at := range p.s.upward {
		p.settled[at] = true
		for _, child := range p.s.children[at] {
			p.settled[at] = p.settled[at] && p.settled[child] && !design.Varies(child)
		}
		if !p.settled[at] {
			continue
		}
		p.fixed[at] = map[choice]*shared{}
		for t := range a.Treat {
			for n := range a.Normalise {
				for m := range a.Aggregate {
					p.fixed[at][choice{t, n, m}] = p.share()
				}
			}
		}
	}
}

func (p *prepared) share() *shared { return &shared{ready: make([]transformed, len(p.means))} }

// treat gives an indicator in all treatments, those with the same result once.
func (p *prepared) treat(column []float64) leaf {
	var l leaf
	type result struct {
		low, high int
		logarithm bool
	}
	known := map[result]int{}
	for _, t := range p.alternatives.Treat {
		treated, outcome := t.column(column)
		did := result{len(outcome.Low), len(outcome.High), outcome.Logarithm}
		v, ok := known[did]
		if !ok {
			v = len(l.columns)
			known[did] = v
			l.columns = append(l.columns, treated)
		}
		l.variant = append(l.variant, v)
	}
	return l
}

// column gives the values of an indicator or of a fixed aggregate under a choice.
func (p *prepared) column(node int, c choice) *shared {
	if k := p.leafOf[node]; k >= 0 {
		l := &p.leaves[k]
		v := l.variant[c.treat]
		made := l.normalise[v][c.normalise]
		made.once.Do(func() {
			made.values, _ = p.alternatives.Normalise[c.normalise].column(l.columns[v], p.s.nodes[node], p.table)
			made.complete = complete(made.values)
		})
		return made
	}
	made := p.fixed[node][c]
	made.once.Do(func() {
		w := p.newWorker()
		made.values = make([]float64, p.table.Rows())
		made.complete, made.err = w.aggregate(node, c, p.weights, made.values)
	})
	return made
}

// operand gives a shared column as the mean of the level above needs it.
func (p *prepared) operand(node int, c choice, a Aggregation) (operand, error) {
	made := p.column(node, c)
	if made.err != nil {
		return operand{}, made.err
	}
	o := operand{values: made.values, complete: made.complete}
	k := p.mean(a)
	if k < 0 {
		return o, nil
	}
	ready := &made.ready[k]
	ready.once.Do(func() {
		ready.values = make([]float64, len(made.values))
		ready.bad = a.transform(made.values, ready.values)
	})
	if ready.bad >= 0 {
		return o, &NotPositiveError{Row: ready.bad, Unit: p.table.units[ready.bad], Code: p.s.nodes[node].Code, Value: made.values[ready.bad], Mean: a}
	}
	o.ready = ready.values
	return o, nil
}
