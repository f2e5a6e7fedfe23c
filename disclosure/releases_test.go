package disclosure

import (
	"slices"
	"strings"
	"testing"
)

// release is a table of two rows and three columns with the hidden cells by name.
func release(t *testing.T, hidden string, values ...[]int64) Release {
	t.Helper()
	table, err := TwoWay(values, strings.Fields("a b c abc d e f def ad be cf all"))
	if err != nil {
		t.Fatal(err)
	}
	r := Release{table, make([]bool, len(table.Cells))}
	for i, c := range table.Cells {
		r.Hidden[i] = slices.Contains(strings.Fields(hidden), c.Name)
	}
	return r
}

func TestTwoReleasesTellMoreThanEach(t *testing.T) {
	rows := [][]int64{{4, 30, 40, 74}, {60, 50, 70, 180}, {64, 80, 110, 254}}
	grown := [][]int64{{4, 30, 40, 74}, {60, 53, 70, 183}, {64, 83, 110, 257}}
	risen := [][]int64{{14, 30, 40, 84}, {60, 50, 70, 180}, {74, 80, 110, 264}}
	much := [][]int64{{4, 90, 40, 134}, {60, 150, 70, 280}, {64, 240, 110, 414}}
	for _, test := range []struct {
		name          string
		before, after Release
		want          []string // cell and reason
	}{
		{"the same pattern of the same numbers", release(t, "a b d e", rows...), release(t, "a b d e", rows...), nil},
		{"a hidden number that is shown later", release(t, "a b d e", rows...), release(t, "", rows...), []string{"a: shown elsewhere"}},
		{"a hidden number that has risen, and gives itself away by its neighbour", release(t, "a b d e", rows...), release(t, "", risen...),
			[]string{"a: both releases together"}},
		{"another pattern", release(t, "a b d e", rows...), release(t, "a c d f", rows...), []string{"a: both releases together"}},
		{"a few people more", release(t, "a c d f", rows...), release(t, "a c d f", grown...), []string{"e: small change", "def: small change", "be: small change", "all: small change"}},
		{"many people more", release(t, "a c d f", rows...), release(t, "a c d f", much...), nil},
		{"another pattern, but the neighbours have changed", release(t, "a b d e", rows...), release(t, "a c d f", much...), []string{"a: both releases together"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			found, err := Threshold{}.Difference(test.before, test.after)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, e := range found {
				got = append(got, e.Cell+": "+string(e.Reason))
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("exposed: %q, want %q", got, test.want)
			}
		})
	}
}
