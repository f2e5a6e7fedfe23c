package opinion

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// heap is points that lie together, as one at their centre.
type heap struct {
	Point
	weight float64 // points in it
}

// heaps is about how many a thinned tree has, give or take one half.
const heaps = 1000

// thin gives the points of a tree as heaps: the nodes that have few enough of them. Starts of k-means move from heap to heap for a small part of the
// cost, and only where different starts end is looked at with all points.
func (t *tree) thin() []heap {
	few := max(1, int32(len(t.points)/heaps))
	out := make([]heap, 0, 2*heaps)
	var visit func(number int32)
	visit = func(number int32) {
		n := &t.nodes[number]
		if size := n.to - n.from; size <= few || n.left == 0 {
			out = append(out, heap{Point{n.sum.X / float64(size), n.sum.Y / float64(size)}, float64(size)})
			return
		}
		visit(n.left)
		visit(n.right)
	}
	visit(0)
	return out
}

// seedHeaps is seedCentres among heaps, each as likely as its points together.
func seedHeaps(list []heap, k int, random *rand.Rand) []Point {
	nearest := make([]float64, len(list))
	for i := range nearest {
		nearest[i] = 1 // at first only the weight counts
	}
	var centres []Point
	for len(centres) < k {
		sum := 0.0
		for i := range list {
			sum += list[i].weight * nearest[i]
		}
		target, chosen := random.Float64()*sum, -1
		for i := range list {
			if share := list[i].weight * nearest[i]; share > 0 {
				chosen = i
				if target -= share; target < 0 {
					break
				}
			}
		}
		if chosen < 0 {
			return centres // fewer heaps than k
		}
		if len(centres) == 0 {
			for i := range nearest {
				nearest[i] = math.Inf(1)
			}
		}
		centre := list[chosen].Point
		centres = append(centres, centre)
		for i := range list {
			nearest[i] = min(nearest[i], list[i].squaredDistance(centre))
		}
	}
	return centres
}

// settleHeaps moves centres to the means of the heaps nearest to them until they hardly move. It gives them, sorted, with the sum of the squared
// distances of heaps to them.
func settleHeaps(list []heap, centres []Point, small float64) (sorted []Point, squares float64) {
	sum, weight := make([]Point, len(centres)), make([]float64, len(centres))
	for range mostIterations {
		clear(sum)
		clear(weight)
		squares = 0
		for i := range list {
			h := &list[i]
			best, least := 0, h.squaredDistance(centres[0])
			for g := 1; g < len(centres); g++ {
				if d := h.squaredDistance(centres[g]); d < least {
					best, least = g, d
				}
			}
			sum[best] = Point{sum[best].X + h.weight*h.X, sum[best].Y + h.weight*h.Y}
			weight[best] += h.weight
			squares += h.weight * least
		}
		moved := 0.0
		for g, w := range weight {
			if w > 0 {
				to := Point{sum[g].X / w, sum[g].Y / w}
				moved = max(moved, to.squaredDistance(centres[g]))
				centres[g] = to
			}
		}
		if moved <= small {
			break
		}
	}
	sortCentres(centres)
	return centres, squares
}

// ends gives where the starts end among heaps, each place once, in the order of the starts. Of those whose sum of squares lies further above the
// lowest than moving on among all points could make up for there are none.
func (t *tree) ends(list []heap, k, restarts int, seed uint64) [][]Point {
	const same, worth = 1e-4, 1.1 // of the mean squared distance; times the lowest sum of squares
	all, sums := make([][]Point, restarts), make([]float64, restarts)
	inParallel(restarts, func(i int) {
		random := rand.New(rand.NewPCG(seed, uint64(k)<<32|uint64(i)))
		all[i], sums[i] = settleHeaps(list, seedHeaps(list, k, random), nearly*t.spread())
	})
	lowest := slices.Min(sums)
	var good [][]Point
	for i, end := range all {
		if sums[i] <= worth*lowest {
			good = append(good, end)
		}
	}
	return t.different(good, same)
}

// different gives those of some lists of centres, each sorted, that lie apart, the first of any that do not; same is a squared distance in parts of the
// mean one.
func (t *tree) different(lists [][]Point, same float64) (kept [][]Point) {
	within := same * t.spread()
	for _, list := range lists {
		if !slices.ContainsFunc(kept, func(other []Point) bool {
			return slices.EqualFunc(list, other, func(a, b Point) bool { return a.squaredDistance(b) <= within })
		}) {
			kept = append(kept, list)
		}
	}
	return kept
}

// spread is the mean squared distance of the points to the origin.
func (t *tree) spread() float64 { return t.nodes[0].squares / float64(len(t.points)) }

func sortCentres(centres []Point) {
	slices.SortFunc(centres, func(a, b Point) int { return cmp.Or(cmp.Compare(a.X, b.X), cmp.Compare(a.Y, b.Y)) })
}
