package run

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/cli"
)

func TestProgressIsShownOnATerminalOnly(t *testing.T) {
	files, data := lakeview(t), t.TempDir()
	must(t, "city", "add", "lake", "--name", "Lakeview", "--country", "XA", "--fictional", "--data", data)
	args := []string{"import", "statistics", "--city", "lake", "--from", "opensdg", "--dry-run", "--data", data, filepath.Join(files, "sdg")}
	for terminal, want := range map[bool]string{true: "4 of 4 ", false: ""} {
		var out, errs bytes.Buffer
		status := cli.Main(t.Context(), cli.World{Stdout: &out, Stderr: &errs, Stdin: strings.NewReader(""), Terminal: terminal, Open: Open}, args)
		shown := strings.Contains(errs.String(), " of 4 ")
		if status != 0 || shown != terminal || !strings.Contains(errs.String(), want) || strings.Contains(out.String(), " of 4 ") {
			t.Errorf("terminal %v: status %d, errors %q", terminal, status, &errs)
		}
	}
}

func TestACommandThatIsStoppedSaysSoAndKeepsNothing(t *testing.T) {
	files, data := lakeview(t), t.TempDir()
	must(t, "city", "add", "lake", "--name", "Lakeview", "--country", "XA", "--fictional", "--data", data)
	url := "sqlite:" + data + "/cityrights.sqlite"
	before := contentsOf(t, url)
	ctx, stop := context.WithCancel(t.Context())
	rooms := func(ctx context.Context, n cli.Node) (*cli.Rooms, error) {
		opened, err := Open(ctx, n)
		stop() // the person presses Ctrl-C while the import begins
		return opened, err
	}
	var out, errs bytes.Buffer
	status := cli.Main(ctx, cli.World{Stdout: &out, Stderr: &errs, Stdin: strings.NewReader(""), Open: rooms},
		[]string{"import", "statistics", "--city", "lake", "--from", "opensdg", "--mapping", files + "/mapping.csv", "--data", data, files + "/sdg"})
	if status != 1 || out.Len() > 0 || errs.String() != "cityrights: stopped before it was done\n" {
		t.Errorf("status %d, output %q, errors %q", status, &out, &errs)
	}
	wantContents(t, url, before, "an import that was stopped")
}
