package run

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// The worked examples of docs/methods are run as they stand there: a block headed "csv NAME" is a file, a block headed "console" holds a command
// and what it prints, warnings last. A number may be printed there with fewer digits.
func TestWorkedExamplesOfMethodsPrintWhatTheySay(t *testing.T) {
	for _, name := range []string{"agreement.md", "inequality.md"} {
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join("../../docs/methods", name))
			if err != nil {
				t.Fatal(err)
			}
			folder := t.TempDir()
			t.Chdir(folder)
			commands := 0
			for _, block := range regexp.MustCompile("(?ms)^```(csv|console) ?(\\S*)\n(.*?)^```$").FindAllStringSubmatch(string(text), -1) {
				if block[1] == "csv" {
					if err := os.WriteFile(block[2], []byte(block[3]), 0o600); err != nil {
						t.Fatal(err)
					}
					continue
				}
				line, want, _ := strings.Cut(block[3], "\n")
				args := strings.Fields(strings.TrimPrefix(line, "cityrights "))
				var out, errs bytes.Buffer
				if status := Main(t.Context(), args, strings.NewReader(""), &out, &errs); status != 0 {
					t.Errorf("%s ended with %d: %s", line, status, errs.String())
				}
				commands++
				compareTexts(t, line, strings.ReplaceAll(out.String()+errs.String(), folder+"/", ""), want)
			}
			if commands < 2 {
				t.Errorf("ran %d examples, want two or more", commands)
			}
		})
	}
}

var decimals = regexp.MustCompile(`-?\d+(\.\d+)?(e-?\d+)?`)

// compareTexts compares what lies between numbers to the letter, and numbers to the digits that are wanted.
func compareTexts(t *testing.T, name, got, want string) {
	t.Helper()
	if g, w := decimals.ReplaceAllString(got, "#"), decimals.ReplaceAllString(want, "#"); g != w {
		t.Errorf("%s printed\n%s\nwant\n%s", name, got, want)
		return
	}
	numbers := decimals.FindAllString(got, -1)
	for i, text := range decimals.FindAllString(want, -1) {
		_, part, _ := strings.Cut(text, ".")
		w, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Fatal(err)
		}
		g, err := strconv.ParseFloat(numbers[i], 64)
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(g-w) > 0.500001*math.Pow10(-len(part)) {
			t.Errorf("%s printed %s, want %s", name, numbers[i], text)
		}
	}
}
