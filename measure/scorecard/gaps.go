package scorecard

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// groupsAndGaps gives each group's latest figure, and for each dimension the gap in the latest period in which two of its groups have one.
func groupsAndGaps(series []GroupSeries, end int) (groups []Group, gaps []Gap) {
	sorted := make([]*GroupSeries, 0, len(series))
	for i := range series {
		sorted = append(sorted, &series[i])
	}
	slices.SortStableFunc(sorted, func(a, b *GroupSeries) int {
		return cmp.Or(strings.Compare(a.Dimension, b.Dimension), strings.Compare(a.Group, b.Group))
	})
	groups = make([]Group, 0, len(series))
	var last []*Point // the latest points of the groups of one dimension
	for len(sorted) > 0 {
		n := 1
		for n < len(sorted) && sorted[n].Dimension == sorted[0].Dimension {
			n++
		}
		last = last[:0]
		for _, g := range sorted[:n] {
			p := latest(g.Points, end)
			last = append(last, p)
			if p != nil {
				groups = append(groups, figure(g, p))
			}
		}
		if gap, ok := gapOf(sorted[:n], last, end); ok {
			gaps = append(gaps, gap)
		}
		sorted = sorted[n:]
	}
	slices.SortFunc(groups, func(a, b Group) int { // for groups that share a name
		return cmp.Or(byName(a, b), cmp.Compare(a.Value, b.Value))
	})
	return groups, gaps
}

func figure(g *GroupSeries, p *Point) Group {
	return Group{Dimension: g.Dimension, Group: g.Group, Value: p.Value, Period: p.Period}
}

// gapOf gives the gap of one dimension; false where no two groups have a figure of the same period. last holds the groups' latest points,
// nil where a group has none.
func gapOf(groups []*GroupSeries, last []*Point, end int) (Gap, bool) {
	var period *Point
	for _, p := range last {
		if p != nil && (period == nil || comparePeriods(p, period) > 0) {
			period = p
		}
	}
	if period == nil {
		return Gap{}, false
	}
	if gap, n := gapIn(groups, last, period); n > 1 {
		return gap, true
	}
	// One group only has a figure that late.
	if period = sharedPeriod(groups, end); period == nil {
		return Gap{}, false
	}
	then := make([]*Point, len(groups))
	for i, g := range groups {
		for j := range g.Points {
			if p := &g.Points[j]; comparePeriods(p, period) == 0 && (then[i] == nil || byPeriod(p, then[i]) > 0) {
				then[i] = p
			}
		}
	}
	gap, _ := gapIn(groups, then, period)
	return gap, true
}

// sharedPeriod gives a point of the latest period in which two groups have a figure; nil where there is none.
func sharedPeriod(groups []*GroupSeries, end int) *Point {
	var shared *Point
	first := map[[2]int]int{} // the first group that has a figure of the period
	for i, g := range groups {
		for j := range g.Points {
			p := &g.Points[j]
			if p.End > end || shared != nil && comparePeriods(p, shared) <= 0 {
				continue
			}
			period := [2]int{p.Start, p.End}
			if group, seen := first[period]; !seen {
				first[period] = i
			} else if group != i {
				shared = p
			}
		}
	}
	return shared
}

// gapIn gives the gap between those of the points that are of the period, and their number.
func gapIn(groups []*GroupSeries, points []*Point, period *Point) (gap Gap, n int) {
	for i, p := range points {
		if p == nil || comparePeriods(p, period) != 0 {
			continue
		}
		f := figure(groups[i], p)
		if n == 0 || cmp.Or(cmp.Compare(f.Value, gap.Lowest.Value), byName(f, gap.Lowest)) < 0 {
			gap.Lowest = f
		}
		if n == 0 || cmp.Or(cmp.Compare(gap.Highest.Value, f.Value), byName(f, gap.Highest)) < 0 {
			gap.Highest = f
		}
		n++
	}
	gap.Dimension, gap.Period = gap.Lowest.Dimension, gap.Lowest.Period
	gap.Size = subtract(gap.Highest.Value, gap.Lowest.Value)
	return gap, n
}

func byName(a, b Group) int {
	return cmp.Or(strings.Compare(a.Dimension, b.Dimension), strings.Compare(a.Group, b.Group), strings.Compare(a.Period, b.Period))
}

func comparePeriods(a, b *Point) int { return cmp.Or(a.End-b.End, a.Start-b.Start) }

// subtract gives a - b as one would on paper: 85.7 - 32.9 is 52.8, without the remainder that binary floats leave.
func subtract(a, b float64) float64 {
	places := max(decimals(a), decimals(b))
	if difference, err := strconv.ParseFloat(strconv.FormatFloat(a-b, 'f', places, 64), 64); err == nil {
		return difference
	}
	return a - b
}

// decimals counts the places behind the point of the shortest text that reads back as v.
func decimals(v float64) int {
	text := strconv.FormatFloat(v, 'f', -1, 64)
	if point := strings.IndexByte(text, '.'); point >= 0 {
		return len(text) - point - 1
	}
	return 0
}
