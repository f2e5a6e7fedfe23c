package run

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// fence matches a fenced block: its language, the name behind it, and what it holds.
var fence = regexp.MustCompile("(?ms)^```([a-z]+)(?: (\\S+))?\n(.*?)^```$")

// Each method's page is an example that runs: its csv blocks are files, and below each command in a console block stands what it prints,
// warnings last.
func TestMethodsPrintWhatTheirPagesShow(t *testing.T) {
	for name, least := range map[string]int{"index": 3, "trend": 1, "feasible": 2} {
		t.Run(name, func(t *testing.T) {
			page, err := os.ReadFile(filepath.Join("../../docs/methods", name+".md"))
			if err != nil {
				t.Fatal(err)
			}
			t.Chdir(t.TempDir())
			ran := 0
			for _, block := range fence.FindAllStringSubmatch(string(page), -1) {
				switch language, file, text := block[1], block[2], block[3]; language {
				case "csv":
					if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
						t.Fatal(err)
					}
				case "console":
					ran += runConsole(t, text)
				default:
					t.Errorf("a block of %s is neither a file nor a command", language)
				}
			}
			if ran < least {
				t.Errorf("the page runs %d commands, not %d or more", ran, least)
			}
		})
	}
}

// runConsole runs the commands of a block and compares what they print; it gives their number.
func runConsole(t *testing.T, text string) (ran int) {
	t.Helper()
	const prompt = "cityrights "
	for _, part := range strings.Split("\n"+text, "\n"+prompt)[1:] {
		line, want, _ := strings.Cut(part, "\n")
		var out, complaints bytes.Buffer
		if status := Main(context.Background(), strings.Fields(line), strings.NewReader(""), &out, &complaints); status != 0 {
			t.Errorf("%s%s ends with %d: %s", prompt, line, status, complaints.String())
		}
		if got := strings.TrimSpace(out.String() + complaints.String()); got != strings.TrimSpace(want) {
			t.Errorf("%s%s prints\n%s\nand the page shows\n%s", prompt, line, got, want)
		}
		ran++
	}
	return ran
}
