package opinion

import (
	"cmp"
	"slices"
)

const (
	fewestGroups = 2
	usualGroups  = 5  // numbers of groups up to this are always tried
	mostGroups   = 20 // and up to this while the greatest is the best
)

// Candidate is a number of groups that was tried.
type Candidate struct {
	K          int     `json:"k"`
	Silhouette float64 `json:"silhouette"`
	WSS        float64 `json:"wss"`
	Smallest   int     `json:"smallest"` // participants in the smallest group
	Rejected   bool    `json:"rejected"` // its smallest group is too small
}

// smallestGroup is the least number of participants that is called a group: 3, and 2 in 100 of those grouped.
func smallestGroup(grouped int) int { return max(3, (grouped+49)/50) }

// choice is the outcome of the search for groups.
type choice struct {
	partition  partition
	silhouette float64
	exact      bool // the form of the silhouettes
	tried      []Candidate
	found      bool // false: no number of groups is supported, and everybody is in one
}

// choose finds the number of groups, and the groups, with the greatest mean silhouette: 2 to 5, and further as long as the greatest number tried is
// the best. Numbers whose best partition has too small a group are out. Of equal silhouettes the smaller number wins.
func choose(points []Point, restarts int, seed uint64) (c choice) {
	least, t := smallestGroup(len(points)), newTree(points)
	most := min(mostGroups, len(points)/least, places(points, mostGroups))
	best := 0
	for from, to := fewestGroups, min(usualGroups, most); from <= to; from, to = to+1, min(to+1, most) {
		partitions := make([]partition, 0, to-from+1)
		for k := from; k <= to; k++ {
			partitions = append(partitions, cluster(points, t, k, restarts, seed))
		}
		var widths []float64
		widths, c.exact = silhouettes(points, partitions)
		for i, p := range partitions {
			candidate := Candidate{K: len(p.size), Silhouette: widths[i], WSS: p.wss, Smallest: slices.Min(p.size)}
			candidate.Rejected = candidate.Smallest < least
			c.tried = append(c.tried, candidate)
			if !candidate.Rejected && (!c.found || widths[i] > c.silhouette) {
				c.found, c.silhouette, c.partition, best = true, widths[i], p, candidate.K
			}
		}
		if to == most || best != to {
			break
		}
	}
	if !c.found {
		c.partition = together(points)
	}
	c.partition.relabel()
	return c
}

// together puts all points into one group.
func together(points []Point) partition { return lloyd(points, []Point{{}}) }

// relabel numbers the groups by size, the largest first, and those of the same size by their centres, from left to right and from below.
func (p *partition) relabel() {
	order := make([]int, len(p.size))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(p.size[b]-p.size[a], cmp.Compare(p.centre[a].X, p.centre[b].X), cmp.Compare(p.centre[a].Y, p.centre[b].Y))
	})
	was := partition{centre: slices.Clone(p.centre), size: slices.Clone(p.size)}
	number := make([]uint8, len(order))
	for now, old := range order {
		number[old] = uint8(now)
		p.centre[now], p.size[now] = was.centre[old], was.size[old]
	}
	for i, label := range p.label {
		p.label[i] = number[label]
	}
}
