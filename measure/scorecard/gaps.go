package scorecard

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// member is a group with one of its points, nil where it has none.
type member struct {
	*GroupSeries
	at *Point
}

func (m member) figure() Group {
	return Group{Dimension: m.Dimension, Group: m.Group, Value: m.at.Value, Period: m.at.Period, Interval: m.at.Interval}
}

// groupsAndGaps gives each group's latest figure, and for each dimension the gap in the latest period in which two of its groups have one;
// the widest gap first.
func groupsAndGaps(series []GroupSeries, end int) (groups []Group, gaps []Gap) {
	members := make([]member, 0, len(series))
	for i := range series {
		if p := latest(series[i].Points, end); p != nil {
			members = append(members, member{&series[i], p})
		}
	}
	slices.SortFunc(members, func(a, b member) int {
		return cmp.Or(byName(a.figure(), b.figure()), cmp.Compare(a.at.Value, b.at.Value))
	})
	groups = make([]Group, len(members))
	for i, m := range members {
		groups[i] = m.figure()
	}
	for len(members) > 0 {
		n := 1
		for n < len(members) && members[n].Dimension == members[0].Dimension {
			n++
		}
		if gap, ok := gapOf(members[:n], end); ok && finite(gap.Size) {
			gaps = append(gaps, gap)
		}
		members = members[n:]
	}
	slices.SortStableFunc(gaps, func(a, b Gap) int { return cmp.Compare(b.Size, a.Size) })
	return groups, gaps
}

// gapOf gives the gap of one dimension, whose members stand at their latest points; false where no two have a figure of the same period.
func gapOf(members []member, end int) (Gap, bool) {
	period := members[0].at
	for _, m := range members {
		if comparePeriods(m.at, period) > 0 {
			period = m.at
		}
	}
	if gap, n := gapIn(members, period); n > 1 {
		return gap, true
	}
	// One group only has a figure that late.
	if period = sharedPeriod(members, end); period == nil {
		return Gap{}, false
	}
	var then []member
	for _, m := range members {
		for i := range m.Points {
			if p := &m.Points[i]; comparePeriods(p, period) == 0 {
				then = append(then, member{m.GroupSeries, p})
			}
		}
	}
	gap, _ := gapIn(then, period)
	return gap, true
}

// sharedPeriod gives a point of the latest period in which two groups have a figure; nil where there is none.
func sharedPeriod(members []member, end int) *Point {
	var shared *Point
	first := map[[2]int]int{} // the first group that has a figure of the period
	for i, m := range members {
		for j := range m.Points {
			p := &m.Points[j]
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

// gapIn gives the gap between those of the members that stand in the period, and their number.
func gapIn(members []member, period *Point) (gap Gap, n int) {
	for _, m := range members {
		if comparePeriods(m.at, period) != 0 {
			continue
		}
		f := m.figure()
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
	return cmp.Or(strings.Compare(a.Dimension, b.Dimension), strings.Compare(a.Group, b.Group), strings.Compare(a.Period, b.Period),
		a.compare(b.Interval))
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
