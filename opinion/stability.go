package opinion

import (
	"math/rand/v2"
	"slices"
	"sync"
)

// Stability tells how much the groups depend on who happened to take part. Participants are drawn anew, with replacement, as many as there
// are; of each such draw a whole map is made, and the participants of the map are put to the nearest of its groups (Efron, 1979).
type Stability struct {
	Replicates int       `json:"replicates"`
	SameK      float64   `json:"same_k"` // share of draws with as many groups; 1 where the number was asked for
	K          []KShare  `json:"k"`      // by number of groups
	Partition  Quantiles `json:"partition"`
	AtK        Quantiles `json:"partition_at_k"` // with the number of groups held
}

// KShare is the share of draws with a number of groups.
type KShare struct {
	K     int     `json:"k"`
	Share float64 `json:"share"`
}

// Quantiles of the adjusted Rand index between the groups of the map and those of the draws: 1 for the same groups, about 0 for groups that
// have nothing in common.
type Quantiles struct {
	Lower  float64 `json:"lower"` // a twentieth is below
	Median float64 `json:"median"`
	Upper  float64 `json:"upper"` // a twentieth is above
}

const (
	roughly         = 1e-5 // precision of a draw's components
	restartsInDraws = 5
)

// draw is the outcome of one draw.
type draw struct {
	k          int
	rand, atK  float64
	impossible bool // too few different participants were drawn
}

// stability makes the draws; nil where none are asked for or groups were given.
func (out *Map) stability(m *matrix, o *Options) (*Stability, error) {
	if o.Replicates <= 0 || o.Groups != nil || len(out.Participants) < 2 {
		return nil, nil //nolint:nilnil // none is asked for
	}
	grouped, label := out.labels()
	isGrouped := make([]bool, len(out.Participants))
	for _, i := range grouped {
		isGrouped[i] = true
	}
	draws := make([]draw, o.Replicates)
	progress := meter{show: o.Progress}
	inParallel(len(draws), func(i int) {
		if !progress.stopped() {
			draws[i] = m.draw(rand.New(rand.NewPCG(o.Seed, 1<<63|uint64(i))), grouped, isGrouped, label, len(out.Groups), o)
			progress.step()
		}
	})
	if progress.err != nil {
		return nil, progress.err
	}
	draws = slices.DeleteFunc(draws, func(d draw) bool { return d.impossible })
	if len(draws) == 0 {
		return nil, nil //nolint:nilnil // no draw could be grouped
	}
	return summarise(draws, len(out.Groups)), nil
}

// meter counts finished draws and keeps the first error of whoever watches.
type meter struct {
	show func(done int) error
	lock sync.Mutex
	done int
	err  error
}

func (p *meter) step() {
	p.lock.Lock()
	defer p.lock.Unlock()
	if p.done++; p.show != nil && p.err == nil {
		p.err = p.show(p.done)
	}
}

func (p *meter) stopped() bool {
	p.lock.Lock()
	defer p.lock.Unlock()
	return p.err != nil
}

// summarise puts the draws together; k is the number of groups of the map.
func summarise(draws []draw, k int) *Stability {
	s := &Stability{Replicates: len(draws)}
	var free, held []float64
	count := make([]int, mostNamed+1)
	for _, d := range draws {
		count[d.k]++
		free, held = append(free, d.rand), append(held, d.atK)
	}
	for groups, n := range count {
		if n > 0 {
			s.K = append(s.K, KShare{groups, float64(n) / float64(len(draws))})
		}
	}
	s.SameK = float64(count[k]) / float64(len(draws))
	s.Partition, s.AtK = quantiles(free), quantiles(held)
	return s
}

// draw makes the groups of one draw and compares them with those of the map.
func (m *matrix) draw(random *rand.Rand, grouped []int32, isGrouped []bool, label []uint8, k int, o *Options) draw {
	rows := make([]int32, len(m.participants))
	for i := range rows {
		rows[i] = int32(random.IntN(len(rows)))
	}
	slices.Sort(rows)
	drawn := m.resample(rows)
	a := components(newSparse(drawn, rows), drawn.variance(), roughly)
	placed := drawn.project(&a)
	rows = slices.DeleteFunc(rows, func(i int32) bool { return !isGrouped[i] })
	points := pick(placed, rows)
	if len(points) == 0 || places(points, k) < k {
		return draw{impossible: true}
	}
	seed := random.Uint64()
	held := cluster(points, newTree(points), k, restartsInDraws, seed)
	free := held
	if o.K == 0 {
		free = choose(points, restartsInDraws, seed).partition
	}
	everybody := pick(placed, grouped)
	return draw{k: len(free.size), rand: adjustedRand(label, nearest(everybody, free.centre)), atK: adjustedRand(label, nearest(everybody, held.centre))}
}

// resample gives the matrix with the counts and means of the rows drawn; its cells are shared.
func (m *matrix) resample(rows []int32) *matrix {
	drawn := *m
	tally := make([]int, 4*len(m.statements))
	for _, i := range rows {
		for _, vote := range m.row(int(i)) {
			tally[vote]++
		}
	}
	drawn.means(tally)
	return &drawn
}

// nearest gives for each point the number of the centre nearest to it.
func nearest(points, centres []Point) []uint8 {
	label := make([]uint8, len(points))
	for i, at := range points {
		for g, centre := range centres {
			if at.squaredDistance(centre) < at.squaredDistance(centres[label[i]]) {
				label[i] = uint8(g)
			}
		}
	}
	return label
}

// quantiles of some numbers, between those next to each (Hyndman and Fan, 1996, type 7).
func quantiles(values []float64) Quantiles {
	slices.Sort(values)
	at := func(q float64) float64 {
		place := q * float64(len(values)-1)
		below := int(place)
		above := min(below+1, len(values)-1)
		return values[below] + (place-float64(below))*(values[above]-values[below])
	}
	return Quantiles{at(0.05), at(0.5), at(0.95)}
}
