package publication

import (
	"github.com/cityrights/cityrights/disclosure"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/statistics"
)

// byCounts lets pass the figures behind which enough people stand. Uncounted are those of which it is not known, hidden those that are too
// small or would give away one that is. The values of some indicators are counts themselves; then the smaller number decides.
func (g gate) byCounts(s statistics.Series, valuesAreCounts bool) (shown statistics.Series, uncounted, hidden int) {
	type figure struct {
		group int
		span  [2]int
	}
	behind := func(p statistics.Point) *int64 {
		if n := p.Count; n != nil && valuesAreCounts && p.Value < float64(*n) {
			return new(int64(p.Value))
		}
		return p.Count
	}
	refused := map[figure]bool{}
	total := map[[2]int]*int64{}
	for _, p := range s.Headline {
		span := [2]int{p.Start, p.End}
		total[span] = behind(p)
		refused[figure{-1, span}] = g.threshold.HidesFigure(behind(p))
	}
	for _, b := range breakdowns(s) {
		counts := make([]*int64, len(b.points))
		sum := int64(0)
		for i, p := range b.points {
			if counts[i] = behind(p); counts[i] != nil {
				sum += *counts[i]
			}
		}
		whole := total[b.span]
		if whole == nil {
			whole = &sum // attackers may know the figure of the whole from elsewhere
		}
		decided := g.threshold.Figures(counts, whole)
		for i, group := range b.groups {
			if decided.Groups[i] != disclosure.Shown {
				refused[figure{group, b.span}] = true
			}
		}
		if decided.Total != disclosure.Shown {
			refused[figure{-1, b.span}] = true
		}
	}
	shown = filtered(s, func(group int, p statistics.Point) bool {
		switch {
		case !refused[figure{group, [2]int{p.Start, p.End}}]:
			return true
		case p.Count == nil:
			uncounted++
		default:
			hidden++
		}
		return false
	})
	return shown, uncounted, hidden
}

// breakdown is what the groups of one dimension and ground have in one period.
type breakdown struct {
	span   [2]int
	groups []int // index in the series
	points []statistics.Point
}

// breakdowns lists the breakdowns of a series in the order of its groups.
func breakdowns(s statistics.Series) []*breakdown {
	type key struct {
		name string
		span [2]int
	}
	by := map[key]*breakdown{}
	var list []*breakdown
	for i, group := range s.Groups {
		name := assessment.Breakdown(s.Groups, group)
		for _, p := range group.Points {
			k := key{name, [2]int{p.Start, p.End}}
			b := by[k]
			if b == nil {
				b = &breakdown{span: k.span}
				by[k] = b
				list = append(list, b)
			}
			if len(b.groups) == 0 || b.groups[len(b.groups)-1] != i {
				b.groups, b.points = append(b.groups, i), append(b.points, p)
			}
		}
	}
	return list
}
