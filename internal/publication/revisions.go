package publication

import (
	"maps"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/statistics"
)

// revisionsShown is how many revisions of a series its document tells, the latest ones.
const revisionsShown = 50

// revisionsOf gives those revisions of the source that concern a series, in its unit; where the series is a difference of two of the source's
// figures, a revision of one of them stays in the source's. Only figures that their source has published itself
// have public revisions: of others, an old value might give away what is hidden now.
func revisionsOf(s statistics.Series, mapping statistics.Mapping, revisions []statistics.Revision) (public []Revision) {
	if !official(s) {
		return nil
	}
	for _, revision := range revisions {
		if revision.Source == s.Indicator { // of rates, which stand as they are shown
			public = append(public, Revision{Period: revision.Period.Text, Group: groupOf(statistics.MappingRow{}, revision.Dimensions), Old: revision.Old, New: revision.New,
				OldLower: revision.OldLower, OldUpper: revision.OldUpper, NewLower: revision.NewLower, NewUpper: revision.NewUpper, Reason: revision.Reason, At: revision.At})
			if len(public) == revisionsShown {
				break
			}
			continue
		}
		at := slices.IndexFunc(mapping, func(row statistics.MappingRow) bool {
			return row.Indicator == s.Indicator && row.Source == revision.Source && row.Fit == s.Fit && (row.Unit == "" || row.Unit == s.Unit) &&
				selects(row, revision.Dimensions)
		})
		if at < 0 || mapping[at].Transform.Kind == statistics.RateTransform {
			continue
		}
		transform := mapping[at].Transform
		one := Revision{Period: revision.Period.Text, Group: groupOf(mapping[at], revision.Dimensions),
			Old: transform.Value(revision.Old), New: transform.Value(revision.New), Reason: revision.Reason, At: revision.At}
		one.OldLower, one.OldUpper = transform.Bounds(revision.OldLower, revision.OldUpper)
		one.NewLower, one.NewUpper = transform.Bounds(revision.NewLower, revision.NewUpper)
		public = append(public, one)
		if len(public) == revisionsShown {
			break
		}
	}
	return public
}

// selects tells whether a row of the mapping takes figures with these cells.
func selects(row statistics.MappingRow, cells map[string]string) bool {
	return !slices.ContainsFunc(row.Select, func(c statistics.Condition) bool {
		return c.Value != "*" && !same(cellOf(cells, c.Column), c.Value)
	})
}

func cellOf(cells map[string]string, column string) string {
	for name, cell := range cells {
		if same(name, column) {
			return cell
		}
	}
	return ""
}

func same(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) }

// groupOf names the group by the cells that the row does not select; empty for the whole city.
func groupOf(row statistics.MappingRow, cells map[string]string) string {
	var names []string
	for _, column := range slices.Sorted(maps.Keys(cells)) {
		selected := slices.ContainsFunc(row.Select, func(c statistics.Condition) bool { return same(c.Column, column) })
		if cell := cells[column]; cell != "" && !selected {
			names = append(names, cell)
		}
	}
	return strings.Join(names, ", ")
}
