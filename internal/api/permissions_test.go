package api

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var updatePermissions = flag.Bool("update-permissions", false, "write the table of the API in docs/permissions.md anew")

// operationsTable says what each address of the API asks for.
func operationsTable() string {
	var b strings.Builder
	b.WriteString("| address | method | asks for |\n|---|---|---|\n")
	for _, o := range operations() {
		asks := "nothing"
		switch o.may.kind {
		case "either":
			asks = "nothing for what is public; a token that may `view` for the rest, answer by answer"
		case "token":
			asks = "a token that may `" + string(o.may.verb) + "` in this city, of a person who may"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", o.path, o.verb(), asks)
	}
	return b.String()
}

func TestTheTableOfPermissionsIsWhatTheAPIAsksFor(t *testing.T) {
	const file, begin, end = "../../docs/permissions.md", "<!-- operations -->\n", "<!-- end of operations -->"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(text), begin)
	inside, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		t.Fatalf("%s has no section for the API", file)
	}
	if *updatePermissions {
		if err := os.WriteFile(file, []byte(before+begin+operationsTable()+end+after), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(inside, operationsTable()); diff != "" {
		t.Errorf("the table is not what the API asks for; go test ./internal/api -run Permissions -update-permissions writes it anew:\n%s", diff)
	}
}
