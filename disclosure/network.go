package disclosure

// network sees a two-way table as a circulation: every cell is an arc, and whatever an attacker may suppose of the hidden cells is a flow on
// their arcs that leaves every node in balance (Cox 1995; Castro 2006).
//
// The grand total runs from the total row to the total column, a row's total from the total column to its row, an inner cell from its row to
// its column, and a column's total from its column to the total row.
type network struct {
	nodes      int
	tail, head []int32 // of each cell's arc
}

func grid(rows, columns int) *network {
	n := &network{nodes: rows + columns, tail: make([]int32, 0, rows*columns), head: make([]int32, 0, rows*columns)}
	row := func(i int) int32 { return int32(i) }
	column := func(j int) int32 { return int32(rows + j) }
	for i := range rows {
		for j := range columns {
			from, to := row(i), column(j)
			if (i == rows-1) != (j == columns-1) { // a total runs the other way
				from, to = to, from
			}
			n.tail, n.head = append(n.tail, from), append(n.head, to)
		}
	}
	return n
}

// flow finds the greatest flow between two nodes (Dinic 1970). Each arc can be raised and lowered within bounds of its own; raising is
// flow from tail to head, lowering the other way.
type flow struct {
	net      *network
	arcs     []int32   // cells in use
	start    []int32   // of each node's list in edges, and its end
	edges    []int32   // 2*k for the k-th arc in use from its tail, 2*k+1 from its head
	raise    []float64 // bound, by arc in use
	lower    []float64
	left     []float64 // what is left of them, by edge
	level    []int32
	next     []int32
	queue    []int32
	shutArc  int32 // the arc that is left out, -1: none
	smallest float64
}

const enough = 1e-9 // differences below this are none

// newFlow takes the arcs of the cells that use names, in order.
func newFlow(net *network, arcs []int32) *flow {
	f := &flow{
		net: net, arcs: arcs, start: make([]int32, net.nodes+1), edges: make([]int32, 2*len(arcs)),
		raise: make([]float64, len(arcs)), lower: make([]float64, len(arcs)), left: make([]float64, 2*len(arcs)),
		level: make([]int32, net.nodes), next: make([]int32, net.nodes), smallest: enough,
	}
	for _, c := range arcs {
		f.start[net.tail[c]+1]++
		f.start[net.head[c]+1]++
	}
	for i := range net.nodes {
		f.start[i+1] += f.start[i]
	}
	at := append([]int32(nil), f.start...)
	for k, c := range arcs {
		f.edges[at[net.tail[c]]] = int32(2 * k)
		at[net.tail[c]]++
		f.edges[at[net.head[c]]] = int32(2*k + 1)
		at[net.head[c]]++
	}
	return f
}

// greatest is the greatest flow from one node to another without the arc shut, or limit if it is more.
func (f *flow) greatest(from, to, shut int32, limit float64) float64 {
	f.shutArc = shut
	for k := range f.arcs {
		f.left[2*k], f.left[2*k+1] = f.raise[k], f.lower[k]
	}
	total := 0.0
	for total < limit-f.smallest && f.levels(from, to) {
		copy(f.next, f.start[:f.net.nodes])
		for total < limit-f.smallest {
			pushed := f.push(from, to, limit-total)
			if pushed <= f.smallest {
				break
			}
			total += pushed
		}
	}
	return total
}

// levels numbers the nodes by their distance from one; false where the other cannot be reached.
func (f *flow) levels(from, to int32) bool {
	for i := range f.level {
		f.level[i] = -1
	}
	f.level[from] = 0
	f.queue = append(f.queue[:0], from)
	for i := 0; i < len(f.queue); i++ {
		node := f.queue[i]
		for _, e := range f.edges[f.start[node]:f.start[node+1]] {
			if f.arcs[e>>1] == f.shutArc || f.left[e] <= f.smallest {
				continue
			}
			if end := f.end(e); f.level[end] < 0 {
				f.level[end] = f.level[node] + 1
				f.queue = append(f.queue, end)
			}
		}
	}
	return f.level[to] >= 0
}

func (f *flow) push(node, to int32, most float64) float64 {
	if node == to {
		return most
	}
	for ; f.next[node] < f.start[node+1]; f.next[node]++ {
		e := f.edges[f.next[node]]
		end := f.end(e)
		if f.arcs[e>>1] == f.shutArc || f.left[e] <= f.smallest || f.level[end] != f.level[node]+1 {
			continue
		}
		if pushed := f.push(end, to, min(most, f.left[e])); pushed > f.smallest {
			f.left[e] -= pushed
			f.left[e^1] += pushed
			return pushed
		}
	}
	return 0
}

// end is the node an edge leads to.
func (f *flow) end(e int32) int32 {
	if e&1 == 0 {
		return f.net.head[f.arcs[e>>1]]
	}
	return f.net.tail[f.arcs[e>>1]]
}

// reached tells whether a node lies on the near side of the least cut, after greatest ended below its limit.
func (f *flow) reached(node int32) bool { return f.level[node] >= 0 }

// used lists the cells that the last flow changed.
func (f *flow) used() (cells []int32) {
	for k, c := range f.arcs {
		if change := f.raise[k] - f.left[2*k]; change > enough || change < -enough {
			cells = append(cells, c)
		}
	}
	return cells
}
