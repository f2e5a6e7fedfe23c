package run

import (
	"bytes"
	"context"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Whoever follows the example of the page on surveys must find the figures that it shows: its tables are made files, its commands are run, and
// what they print is compared, numbers to 1e-9.
func TestThePageOnSurveysShowsWhatTheCommandsPrint(t *testing.T) {
	page, err := os.ReadFile("../../docs/methods/survey.md")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	for _, table := range regexp.MustCompile("(?ms)^```csv ([a-z.]+)\n(.*?)^```").FindAllSubmatch(page, -1) {
		if err := os.WriteFile(string(table[1]), table[2], 0o600); err != nil {
			t.Fatal(err)
		}
	}
	commands := 0
	for _, session := range regexp.MustCompile("(?ms)^```console\n(.*?)^```").FindAllSubmatch(page, -1) {
		for _, shown := range strings.Split("\n"+string(session[1]), "\ncityrights ")[1:] {
			commands++
			command, want, _ := strings.Cut(shown, "\n")
			var out, errs bytes.Buffer
			if status := Main(context.Background(), strings.Fields(command), nil, &out, &errs); status != 0 {
				t.Fatalf("%s: status %d: %s", command, status, errs.String())
			}
			if got := out.String(); !sameFigures(strings.TrimSpace(got), strings.TrimSpace(want)) {
				t.Errorf("%s\nprints\n%s\nnot\n%s", command, got, want)
			}
		}
	}
	if commands != 3 {
		t.Errorf("the page shows %d commands, not 3", commands)
	}
}

// sameFigures compares texts of which the numbers may differ by rounding.
func sameFigures(got, want string) bool {
	one, other := strings.FieldsFunc(got, apart), strings.FieldsFunc(want, apart)
	if len(one) != len(other) {
		return false
	}
	for i := range one {
		a, errA := strconv.ParseFloat(one[i], 64)
		b, errB := strconv.ParseFloat(other[i], 64)
		if errA == nil && errB == nil && math.Abs(a-b) <= 1e-9*max(1, math.Abs(b)) {
			continue
		}
		if one[i] != other[i] {
			return false
		}
	}
	return true
}

func apart(r rune) bool { return r == ',' || r == ' ' || r == '\n' }
