package opinion

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// crowd is more people than are exchanged after every start, with camps of different sizes.
func crowd(t *testing.T) (*Conversation, []Vote) {
	t.Helper()
	votes := invented(6000, 120, 20, 4)
	c := &Conversation{}
	if err := c.Add(votes...); err != nil {
		t.Fatal(err)
	}
	return c, votes
}

func TestVotesOfACrowdGiveTheSameMapInAnyOrderAndInParts(t *testing.T) {
	c, votes := crowd(t)
	want := mapped(t, c, Options{})
	if want.Exact || len(want.Groups) < 2 {
		t.Fatalf("%v: this is no crowd in groups", want)
	}
	random := rand.New(rand.NewPCG(5, 5))
	random.Shuffle(len(votes), func(i, j int) { votes[i], votes[j] = votes[j], votes[i] })
	parts := &Conversation{}
	for part := range slices.Chunk(votes, len(votes)/3) {
		if err := parts.Add(part...); err != nil {
			t.Fatal(err)
		}
		mapped(t, parts, Options{})
	}
	sameMap(t, mapped(t, parts, Options{}), want)
}

func TestHeapsHoldAllPointsAndTheirCentre(t *testing.T) {
	points := crowdPoints()
	var all heap
	list := newTree(points).thin()
	for _, h := range list {
		all.X, all.Y, all.weight = all.X+h.weight*h.X, all.Y+h.weight*h.Y, all.weight+h.weight
	}
	var sum Point
	for _, p := range points {
		sum = Point{sum.X + p.X, sum.Y + p.Y}
	}
	if all.weight != float64(len(points)) || !near(all.X, sum.X, 1e-6) || !near(all.Y, sum.Y, 1e-6) {
		t.Fatalf("%v of %d points with the sum %v", all, len(points), sum)
	}
	if len(list) < heaps/2 || len(list) > 3*heaps {
		t.Fatalf("%d heaps", len(list))
	}
}

// crowdPoints are three clouds of different density, and some points far away.
func crowdPoints() []Point {
	random := rand.New(rand.NewPCG(1, 2))
	points := make([]Point, 20_000)
	for i := range points {
		middle := []Point{{0, 0}, {4, 1}, {-1, 5}}[min(i%5, 2)]
		points[i] = Point{middle.X + random.NormFloat64(), middle.Y + random.NormFloat64()}
		if i%1000 == 0 {
			points[i] = Point{20 * random.NormFloat64(), 20 * random.NormFloat64()}
		}
	}
	return points
}

func TestThinningLosesNothingOfTheSumOfSquares(t *testing.T) {
	points := crowdPoints()
	tree := newTree(points)
	list := tree.thin()
	for k := 2; k <= 7; k++ {
		best := cluster(points, tree, k, 20, 3).wss
		for i := range 20 {
			random := rand.New(rand.NewPCG(3, uint64(k)<<32|uint64(i)))
			if _, wss := tree.settle(seedHeaps(list, k, random), still); wss < best*(1-1e-3) {
				t.Errorf("k %d: %v, where the same start moved among all points ends at %v", k, best, wss)
			}
		}
	}
}

func TestACrowdAtFewPlacesIsGroupedByThem(t *testing.T) {
	points := make([]Point, 6000)
	for i := range points {
		points[i] = Point{float64(min(i, 2)), float64(min(i, 2) % 2)}
	}
	if p := cluster(points, newTree(points), 3, 20, 0); len(p.size) != 3 || p.wss > 1e-9 || slices.Min(p.size) != 1 {
		t.Fatalf("groups of %v, sum of squares %v", p.size, p.wss)
	}
}
