package index

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

// ReplicationError is a replication that could not be computed.
type ReplicationError struct {
	Replication int // from 0
	Err         error
}

func (e *ReplicationError) Error() string {
	return fmt.Sprintf("replication %d: %v", e.Replication+1, e.Err)
}

func (e *ReplicationError) Unwrap() error { return e.Err }

// Options say how replications are run; they change no result.
type Options struct {
	Workers  int                  // goroutines; 0 for one on each core
	Progress func(done int) error // called by one goroutine at a time with the number of replications done; an error ends the run
}

// worker computes replications, one after the other, in memory of its own.
type worker struct {
	p        *prepared
	combiner combiner
	values   [][]float64 // of aggregates that weights reach
	complete []bool
	operands []operand
	of       []float64
	draw     Draw
	ranks    []int32
	ranker   *ranker
}

func (p *prepared) newWorker() *worker {
	groups := p.table.samePeriod()
	return &worker{
		p: p, combiner: combiner{threshold: p.threshold, groups: groups}, values: make([][]float64, len(p.s.nodes)), complete: make([]bool, len(p.s.nodes)),
		draw: Draw{Weights: make([]float64, len(p.s.nodes))}, ranks: make([]int32, p.table.Rows()), ranker: newRanker(groups),
	}
}

// aggregate computes one aggregate from what lies directly below.
func (w *worker) aggregate(at int, c choice, weights, out []float64) (whole bool, err error) {
	mean := w.p.levels[c.aggregate][w.p.s.nodes[at].Level]
	w.operands, w.of = w.operands[:0], w.of[:0]
	for _, child := range w.p.s.children[at] {
		o := operand{values: w.values[child], complete: w.complete[child]}
		if w.p.settled[child] {
			if o, err = w.p.operand(child, c, mean); err != nil {
				return false, err
			}
		}
		w.operands = append(w.operands, o)
		w.of = append(w.of, weights[child])
	}
	whole, bad := w.combiner.combine(mean, w.operands, w.of, out)
	if bad != nil {
		child := w.p.s.children[at][bad.operand]
		return false, &NotPositiveError{Row: bad.row, Unit: w.p.table.units[bad.row], Code: w.p.s.nodes[child].Code, Value: w.operands[bad.operand].values[bad.row], Mean: mean}
	}
	return whole, nil
}

// replicate computes one replication up to the target: its scores, and into w.ranks its ranks. The scores are good until the next one.
func (w *worker) replicate(replication int, design Design, plan []int, target int) ([]float64, error) {
	for i := range w.draw.Weights {
		w.draw.Weights[i] = w.p.s.nodes[i].Weight
	}
	design.Draw(replication, &w.draw)
	c := choice{w.draw.Treat, w.draw.Normalise, w.draw.Aggregate}
	for _, at := range plan {
		if w.values[at] == nil {
			w.values[at] = make([]float64, w.p.table.Rows())
		}
		whole, err := w.aggregate(at, c, w.draw.Weights, w.values[at])
		if err != nil {
			return nil, err
		}
		w.complete[at] = whole
	}
	scores := w.values[target]
	if w.p.settled[target] {
		made := w.p.column(target, c)
		if made.err != nil {
			return nil, made.err
		}
		scores = made.values
	}
	w.ranker.descending(scores, w.ranks)
	return scores, nil
}

// plan gives the aggregates at or below a target that weights reach, each behind its children.
func (p *prepared) plan(target int) []int {
	var plan []int
	for _, at := range p.s.upward {
		if p.settled[at] {
			continue
		}
		for up := at; up >= 0; up = p.s.parent[up] {
			if up == target {
				plan = append(plan, at)
				break
			}
		}
	}
	return plan
}

// run computes all replications and hands each to keep, which several goroutines call at a time, each for another replication.
func (p *prepared) run(design Design, target int, o Options, keep func(replication int, scores []float64, ranks []int32)) error {
	workers := o.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	total, plan := design.Len(), p.plan(target)
	var next, done atomic.Int64
	var guard sync.Mutex // of failed and of Progress
	var failed *ReplicationError
	var stopped error
	fail := func(replication int, err error) {
		guard.Lock()
		defer guard.Unlock()
		if failed == nil || replication < failed.Replication {
			failed = &ReplicationError{replication, err}
		}
		next.Store(int64(total)) // all before it have begun and are finished, so the first failure is always the same one
	}
	var all sync.WaitGroup
	for range min(workers, total) {
		all.Go(func() {
			w := p.newWorker()
			for {
				replication := int(next.Add(1) - 1)
				if replication >= total {
					return
				}
				scores, err := w.replicate(replication, design, plan, target)
				if err != nil {
					fail(replication, err)
					return
				}
				keep(replication, scores, w.ranks)
				finished := done.Add(1)
				if o.Progress == nil {
					continue
				}
				guard.Lock()
				if err := o.Progress(int(finished)); err != nil && stopped == nil {
					stopped = err
					next.Store(int64(total))
				}
				guard.Unlock()
			}
		})
	}
	all.Wait()
	switch {
	case stopped != nil:
		return stopped
	case failed != nil:
		return failed
	}
	return nil
}

// target finds the aggregate whose ranks are looked at.
func (s *Structure) target(code string) (int, error) {
	if code == "" {
		tops := s.Tops()
		if len(tops) != 1 {
			return 0, fmt.Errorf("the tree has %d aggregates at the top: name the one to look at", len(tops))
		}
		code = tops[0]
	}
	i, ok := s.place[code]
	if !ok || s.nodes[i].Level < 2 {
		return 0, fmt.Errorf("there is no aggregate %q", code)
	}
	return i, nil
}
