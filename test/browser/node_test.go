package browser

import (
	"context"
	"io"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/run"
	"github.com/cityrights/cityrights/internal/web"
)

// startNode serves a node with the invented city.
func startNode(t *testing.T) (address string, rooms *cli.Rooms) {
	t.Helper()
	return startNodeIn(t, t.TempDir())
}

func startNodeIn(t *testing.T, data string) (address string, rooms *cli.Rooms) {
	t.Helper()
	ctx := context.Background()
	rooms, err := run.Open(ctx, cli.Node{Data: data})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = rooms.DB.Close() })
	if err := run.FillDemo(ctx, rooms, "arvenholt"); err != nil {
		t.Fatal(err)
	}
	handler, err := run.Handler(rooms, web.Node{Name: "cityrights test", Operator: "the tests"}, data, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL, rooms
}

// importBristol brings in the real statistics of ../shared/reference by the command line, as an officer would; false where they are not there.
func importBristol(t *testing.T, data string) bool {
	t.Helper()
	shared := os.Getenv("CITYRIGHTS_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	folder := filepath.Join(shared, "reference", "data", "bristol")
	if _, err := os.Stat(folder); err != nil {
		return false
	}
	for _, line := range []string{
		"city add bristol --name Bristol --country GB --population 472400 --location 51.45,-2.59 --data " + data,
		"import statistics --city bristol --from opensdg --mapping " + filepath.Join(shared, "reference", "standard", "mapping-bristol.csv") + " --data " + data + " " + folder,
	} {
		var errs strings.Builder
		if status := run.Main(context.Background(), strings.Fields(line), strings.NewReader(""), io.Discard, &errs); status != 0 {
			t.Fatalf("cityrights %s: status %d\n%s", line, status, errs.String())
		}
	}
	return true
}
