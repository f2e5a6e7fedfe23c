package opinion

import (
	"math"
	"math/rand/v2"
)

// partition is points in groups.
type partition struct {
	label  []uint8 // by point
	centre []Point // by label: the mean of its points
	size   []int   // by label
	wss    float64 // sum of the squared distances of the points to their centres
}

const mostIterations = 1000

// mostExchanged is the number of points up to which every start is followed by single exchanges, and not only the best one.
const mostExchanged = 5000

// cluster partitions the points of a tree into k groups: k-means++ starts from seeded restarts, Lloyd's iterations and single exchanges from each, and
// the partition with the lowest sum of squares; of equal ones the first. Points must have at least k different places. Of many points the starts first
// move among heaps of them (see thin), those that end at the same place go on as one, and only the best is exchanged.
func cluster(points []Point, t *tree, k, restarts int, seed uint64) partition {
	many := len(points) > mostExchanged
	var from [][]Point
	if list := t.thin(); many && len(list) >= heaps/2 { // else most stand at few places, where nothing is to be saved
		from = t.ends(list, k, restarts, seed)
	} else {
		from = t.starts(points, k, restarts, seed)
	}
	ends := make([]partition, len(from))
	inParallel(len(ends), func(i int) {
		end := &ends[i]
		if many {
			end.centre, end.wss = t.settle(from[i], nearly)
			return
		}
		*end = lloyd(points, from[i])
		end.exchange(points)
	})
	best := &ends[0]
	for i := range ends {
		if ends[i].wss < best.wss {
			best = &ends[i]
		}
	}
	if many {
		*best = lloyd(points, best.centre)
		best.exchange(points)
	}
	return *best
}

// starts gives where Lloyd's iterations end from all starts, each place once, in the order of the starts.
func (t *tree) starts(points []Point, k, restarts int, seed uint64) [][]Point {
	all := make([][]Point, restarts)
	inParallel(restarts, func(i int) {
		random := rand.New(rand.NewPCG(seed, uint64(k)<<32|uint64(i)))
		all[i], _ = t.settle(seedCentres(points, k, random), still)
		sortCentres(all[i])
	})
	const same = 1e-10 // of the mean squared distance
	return t.different(all, same)
}

// seedCentres draws k points as first centres, each with a probability in proportion to its squared distance from the nearest one before it
// (Arthur and Vassilvitskii, 2007).
func seedCentres(points []Point, k int, random *rand.Rand) []Point {
	centres := []Point{points[random.IntN(len(points))]}
	nearest := make([]float64, len(points))
	for i := range nearest {
		nearest[i] = math.Inf(1)
	}
	for len(centres) < k {
		last, sum := centres[len(centres)-1], 0.0
		for i, p := range points {
			if d := p.squaredDistance(last); d < nearest[i] {
				nearest[i] = d
			}
			sum += nearest[i]
		}
		target, chosen := random.Float64()*sum, -1
		for i, d := range nearest {
			if d > 0 {
				chosen = i // rounding must not choose a point that is a centre already
				if target -= d; target < 0 {
					break
				}
			}
		}
		if chosen < 0 {
			return centres // fewer different places than k
		}
		centres = append(centres, points[chosen])
	}
	return centres
}

// lloyd moves centres to the means of the points nearest to them until no point changes its group (Lloyd, 1982). Of centres at the same distance the
// first is the nearest. A group that loses all its points takes the point farthest from its centre.
func lloyd(points []Point, centres []Point) partition {
	p := partition{label: make([]uint8, len(points)), centre: append([]Point(nil), centres...), size: make([]int, len(centres))}
	for i := range p.label {
		p.label[i] = math.MaxUint8
	}
	for range mostIterations {
		if !p.assign(points) {
			break
		}
	}
	p.measure(points)
	return p
}

// measure adds up the squared distances.
func (p *partition) measure(points []Point) {
	p.wss = 0
	for i, at := range points {
		p.wss += at.squaredDistance(p.centre[p.label[i]])
	}
}

// assign puts each point to its nearest centre and moves the centres; it tells whether a point changed its group.
func (p *partition) assign(points []Point) (changed bool) {
	var sum [math.MaxUint8]Point
	clear(p.size)
	for i, at := range points {
		best, least := 0, at.squaredDistance(p.centre[0])
		for g := 1; g < len(p.centre); g++ {
			if d := at.squaredDistance(p.centre[g]); d < least {
				best, least = g, d
			}
		}
		if p.label[i] != uint8(best) {
			p.label[i], changed = uint8(best), true
		}
		p.size[best]++
		sum[best].X += at.X
		sum[best].Y += at.Y
	}
	for g, n := range p.size {
		if n > 0 {
			p.centre[g] = Point{sum[g].X / float64(n), sum[g].Y / float64(n)}
		}
	}
	for g, n := range p.size {
		if n == 0 {
			changed = p.refill(points, g) || changed
		}
	}
	return changed
}

// refill moves the centre of an empty group to the point farthest from its own; false where all points are at their centres.
func (p *partition) refill(points []Point, empty int) bool {
	farthest, most := -1, 0.0
	for i, at := range points {
		if d := at.squaredDistance(p.centre[p.label[i]]); d > most && p.size[p.label[i]] > 1 {
			farthest, most = i, d
		}
	}
	if farthest < 0 {
		return false
	}
	p.centre[empty] = points[farthest]
	return true
}

// places counts the different places of points, up to a number beyond which it does not matter.
func places(points []Point, upTo int) int {
	seen := map[Point]bool{}
	for _, p := range points {
		if seen[p] = true; len(seen) >= upTo {
			break
		}
	}
	return len(seen)
}
