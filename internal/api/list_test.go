package api

import (
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

func itself(s string) string { return s }

// Whatever the length of the pages, whoever follows next reads every item once and in order, and one that comes or goes meanwhile moves no
// other.
func TestPagesAreTheWholeListWhateverTheirLength(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items := rapid.SliceOfDistinct(rapid.StringMatching(`[a-z\-é]{1,4}`), itself).Draw(t, "items")
		slices.Sort(items)
		limit := rapid.IntRange(1, 5).Draw(t, "limit")
		gone := rapid.StringMatching(`[a-z]{1,4}`).Draw(t, "an item that is gone after the first page")
		var read []string
		asked := Paging{Limit: limit}
		list := items
		for {
			part, err := page(asked, list, itself, rising)
			if err != nil {
				t.Fatal(err)
			}
			if len(part.Items) > limit || part.Items == nil {
				t.Fatalf("a page has %d items of at most %d", len(part.Items), limit)
			}
			read = append(read, part.Items...)
			if asked.Cursor == "" && !slices.Contains(read, gone) {
				list = slices.DeleteFunc(slices.Clone(items), func(s string) bool { return s == gone })
			}
			if asked.Cursor = part.Next; asked.Cursor == "" {
				break
			}
		}
		want := items
		if len(items) > limit {
			want = list
		}
		if !slices.Equal(read, want) {
			t.Fatalf("read %q of %q", read, want)
		}
	})
}

func TestACursorThatIsNoneIsRefused(t *testing.T) {
	for _, cursor := range []string{"!", "a b", "%%", "="} {
		if _, err := page(Paging{Limit: 10, Cursor: cursor}, []string{"a"}, itself, rising); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%q: %v", cursor, err)
		}
	}
}

func TestPeriodsStandFromTheNewest(t *testing.T) {
	want := []string{"2026", "2025-2026", "2025", "2024-2025", "2024"}
	for i := range want {
		for j := range want {
			if got := newestFirst(want[i], want[j]); got != (i < j) {
				t.Errorf("%s before %s: %v", want[i], want[j], got)
			}
		}
	}
}

func TestADayIsWrittenAsISO8601Does(t *testing.T) {
	for number, want := range map[int]string{20260109: "2026-01-09", 9990101: "0999-01-01", 20251231: "2025-12-31"} {
		if got := day(number); got != want {
			t.Errorf("%s becomes %s, want %s", strconv.Itoa(number), got, want)
		}
	}
}
