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

// fence matches a fenced block: its language, the name behind it, and what it holds.
var fence = regexp.MustCompile("(?ms)^```([a-z]*)(?: (\\S+))?\n(.*?)^```$")

// Each method's page is an example that runs: a block headed “csv NAME” or “json NAME” is a file, and below each command in a block headed
// “console” stands what it prints, warnings last. A number may have fewer digits there, and with all of them may differ by rounding.
func TestMethodsPrintWhatTheirPagesShow(t *testing.T) {
	pages, err := filepath.Glob("../../docs/methods/*.md")
	if err != nil || len(pages) < 9 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	for _, path := range pages {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".md"), func(t *testing.T) {
			page, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			folder := t.TempDir()
			t.Chdir(folder)
			ran := 0
			for _, block := range fence.FindAllStringSubmatch(string(page), -1) {
				switch language, file, text := block[1], block[2], block[3]; {
				case (language == "csv" || language == "json") && file != "":
					if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
						t.Fatal(err)
					}
				case language == "console":
					ran += runConsole(t, folder, text)
				default:
					t.Errorf("a block of %q is neither a file nor a command", language)
				}
			}
			if ran == 0 {
				t.Error("the page shows no command with what it prints")
			}
		})
	}
}

// shown is the beginning of a line that is a command: one of the program, or cat, which prints a file that one has written.
var shown = regexp.MustCompile(`(?m)^(cityrights|cat) .*$`)

// runConsole runs the commands of a block in a folder and compares what they print; it gives the number of those of the program.
func runConsole(t *testing.T, folder, text string) (ran int) {
	t.Helper()
	lines := shown.FindAllStringIndex(text, -1)
	for i, at := range lines {
		end := len(text)
		if i+1 < len(lines) {
			end = lines[i+1][0]
		}
		line, want := text[at[0]:at[1]], text[at[1]:end]
		words := strings.Fields(line)
		var out, complaints bytes.Buffer
		if words[0] == "cat" {
			held, err := os.ReadFile(words[1])
			if err != nil {
				t.Fatal(err)
			}
			out.Write(held)
		} else {
			ran++
			if status := Main(t.Context(), words[1:], strings.NewReader(""), &out, &complaints); status != 0 {
				t.Errorf("%s ends with %d: %s", line, status, complaints.String())
			}
		}
		if got := strings.ReplaceAll(out.String()+complaints.String(), folder+"/", ""); !sameFigures(strings.TrimSpace(got), strings.TrimSpace(want)) {
			t.Errorf("%s prints\n%s\nand the page shows%s", line, got, want)
		}
	}
	return ran
}

var figures = regexp.MustCompile(`-?\d+(\.\d+)?(e[-+]?\d+)?`)

// sameFigures compares what lies between numbers to the letter, and numbers to the digits that are wanted: those with all digits to 1e-9, whole
// ones exactly where they are printed whole.
func sameFigures(got, want string) bool {
	if figures.ReplaceAllString(got, "#") != figures.ReplaceAllString(want, "#") {
		return false
	}
	printed := figures.FindAllString(got, -1)
	for i, text := range figures.FindAllString(want, -1) {
		if printed[i] != text && !rounds(printed[i], text) {
			return false
		}
	}
	return true
}

// rounds tells whether text is a number that has more digits, rounded.
func rounds(full, text string) bool {
	mantissa, _, scientific := strings.Cut(text, "e")
	_, digits, _ := strings.Cut(mantissa, ".")
	f, errFull := strconv.ParseFloat(full, 64)
	w, errText := strconv.ParseFloat(text, 64)
	if errFull != nil || errText != nil {
		return false
	}
	if !strings.ContainsAny(full, ".e") {
		return f == w
	}
	if scientific || len(digits) > 9 {
		return math.Abs(f-w) <= 1e-9*max(1, math.Abs(w))
	}
	return math.Abs(f-w) <= 0.500001*math.Pow10(-len(digits))
}

func TestFiguresOfAPageThatAreOff(t *testing.T) {
	for _, c := range []struct {
		got, want string
		same      bool
	}{
		{"a,1.23456", "a,1.23", true}, {"a,1.23456", "a,1.24", false}, {"a,12", "a,12", true}, {"a,12", "a,13", false}, {"a,12.4", "a,12", true}, {"12", "12.00", true},
		{"a,0.12345678901234", "a,0.12345678911234", true}, {"a,0.12345678901234", "a,0.12345680001234", false}, {"b,1", "a,1", false}, {"1,2", "1", false},
	} {
		if same := sameFigures(c.got, c.want); same != c.same {
			t.Errorf("%s for %s: %t", c.got, c.want, same)
		}
	}
}
