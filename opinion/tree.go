package opinion

// tree holds points by where they are, so that an iteration of Lloyd looks at the borders between groups only: what lies wholly within a group is
// added up at once (T. Kanungo, D. Mount, N. Netanyahu, C. Piatko, R. Silverman and A. Wu, An efficient k-means clustering algorithm, IEEE
// Transactions on Pattern Analysis and Machine Intelligence 24, 2002). It is built once for all restarts and numbers of groups.
type tree struct {
	points []Point // in the order of the leaves
	nodes  []node  // the root first
}

// node is a box with its points.
type node struct {
	low, high   Point // corners of the smallest box around the points
	sum         Point
	squares     float64 // sum of the squared distances of the points to the origin
	from, to    int32   // of the points
	left, right int32   // 0: a leaf
}

const leafSize = 8

func newTree(points []Point) *tree {
	t := &tree{points: append([]Point(nil), points...), nodes: make([]node, 0, len(points)/2+1)}
	t.build(0, int32(len(points)))
	return t
}

// build makes the node of a range of points and all below it, and gives its number.
func (t *tree) build(from, to int32) int32 {
	n := node{low: t.points[from], high: t.points[from], from: from, to: to}
	for _, p := range t.points[from:to] {
		n.low = Point{min(n.low.X, p.X), min(n.low.Y, p.Y)}
		n.high = Point{max(n.high.X, p.X), max(n.high.Y, p.Y)}
		n.sum = Point{n.sum.X + p.X, n.sum.Y + p.Y}
		n.squares += p.X*p.X + p.Y*p.Y
	}
	number := int32(len(t.nodes))
	t.nodes = append(t.nodes, n)
	if to-from > leafSize && n.low != n.high {
		if middle := t.split(&n); middle > from && middle < to {
			left := t.build(from, middle)
			right := t.build(middle, to)
			t.nodes[number].left, t.nodes[number].right = left, right
		}
	}
	return number
}

// split moves the points of one half of a box, along its longer side, before those of the other, and gives where these begin.
func (t *tree) split(n *node) int32 {
	along := func(p Point) float64 { return p.X }
	if n.high.Y-n.low.Y > n.high.X-n.low.X {
		along = func(p Point) float64 { return p.Y }
	}
	border := along(n.low) + (along(n.high)-along(n.low))/2
	next := n.from
	for i := n.from; i < n.to; i++ {
		if along(t.points[i]) <= border {
			t.points[i], t.points[next] = t.points[next], t.points[i]
			next++
		}
	}
	return next
}

// walk is an iteration: the sums over the points nearest to each centre.
type walk struct {
	t       *tree
	centres []Point
	sum     []Point
	size    []int
	before  []Point // centres before the step
	stack   []uint8 // centres that may be the nearest within the nodes on the way down
}

// A move of centres that changes no group worth the name, squared, in parts of the mean squared distance; and one that is small enough to tell which
// of several ends is best.
const (
	still  = 1e-14
	nearly = 1e-9
)

// settle iterates from centres until their moves are small, and gives where they end with the sum of squares there. The result is that of Lloyd's
// iterations up to such moves.
func (t *tree) settle(centres []Point, small float64) ([]Point, float64) {
	w := walk{t: t, centres: append([]Point(nil), centres...), sum: make([]Point, len(centres)), size: make([]int, len(centres))}
	root := &t.nodes[0]
	least := small * t.spread()
	for range mostIterations {
		if w.step() <= least {
			break
		}
	}
	wss := root.squares
	for g, n := range w.size {
		if n > 0 {
			wss -= (w.sum[g].X*w.sum[g].X + w.sum[g].Y*w.sum[g].Y) / float64(n)
		}
	}
	return w.centres, wss
}

// step moves the centres once and gives the square of the longest move.
func (w *walk) step() (longest float64) {
	clear(w.sum)
	clear(w.size)
	w.stack = w.stack[:0]
	for g := range w.centres {
		w.stack = append(w.stack, uint8(g))
	}
	w.visit(0, 0)
	w.before = append(w.before[:0], w.centres...)
	empty := false
	for g, n := range w.size {
		if empty = empty || n == 0; n > 0 {
			moved := Point{w.sum[g].X / float64(n), w.sum[g].Y / float64(n)}
			longest = max(longest, moved.squaredDistance(w.centres[g]))
			w.centres[g] = moved
		}
	}
	if empty {
		longest = max(longest, w.refill(w.before))
	}
	return longest
}

// refill does what partition.refill does, for all groups that have lost their points from centres before, and gives the square of the longest move.
func (w *walk) refill(before []Point) (longest float64) {
	farthest, most := -1, 0.0
	for i, p := range w.t.points {
		own, least := 0, p.squaredDistance(before[0])
		for g := 1; g < len(before); g++ {
			if d := p.squaredDistance(before[g]); d < least {
				own, least = g, d
			}
		}
		if d := p.squaredDistance(w.centres[own]); d > most && w.size[own] > 1 {
			farthest, most = i, d
		}
	}
	if farthest < 0 {
		return 0
	}
	for g, n := range w.size {
		if n == 0 {
			longest = max(longest, w.t.points[farthest].squaredDistance(w.centres[g]))
			w.centres[g] = w.t.points[farthest]
		}
	}
	return longest
}

// visit adds up the points of a node. The centres that may be the nearest to some of them stand on the stack from a place on.
func (w *walk) visit(number int32, from int) {
	n := &w.t.nodes[number]
	to := len(w.stack)
	nearest := w.nearest(Point{(n.low.X + n.high.X) / 2, (n.low.Y + n.high.Y) / 2}, from, to)
	for i := from; i < to; i++ {
		if g := w.stack[i]; g == nearest || !w.beyond(n, g, nearest) {
			w.stack = append(w.stack, g)
		}
	}
	switch {
	case len(w.stack) == to+1:
		w.take(nearest, n.sum, int(n.to-n.from))
	case n.left == 0:
		for _, p := range w.t.points[n.from:n.to] {
			w.take(w.nearest(p, to, len(w.stack)), p, 1)
		}
	default:
		w.visit(n.left, to)
		w.visit(n.right, to)
	}
	w.stack = w.stack[:to]
}

func (w *walk) take(g uint8, sum Point, n int) {
	w.sum[g] = Point{w.sum[g].X + sum.X, w.sum[g].Y + sum.Y}
	w.size[g] += n
}

// nearest gives which of the centres on a part of the stack is nearest to a place, the first of several.
func (w *walk) nearest(p Point, from, to int) uint8 {
	best := w.stack[from]
	least := p.squaredDistance(w.centres[best])
	for _, g := range w.stack[from+1 : to] {
		if d := p.squaredDistance(w.centres[g]); d < least {
			best, least = g, d
		}
	}
	return best
}

// beyond tells whether no place of a box is nearer to a centre than to another: not even the corner that lies farthest in its direction.
func (w *walk) beyond(n *node, g, nearest uint8) bool {
	c, other := w.centres[g], w.centres[nearest]
	corner := n.low
	if c.X > other.X {
		corner.X = n.high.X
	}
	if c.Y > other.Y {
		corner.Y = n.high.Y
	}
	return corner.squaredDistance(c) >= corner.squaredDistance(other)
}
