package run

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/web"
)

// command runs a command line in this process, as main does.
func command(t *testing.T, args ...string) (status int, out, errs string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	status = Main(t.Context(), args, strings.NewReader(""), &stdout, &stderr)
	return status, stdout.String(), stderr.String()
}

// must is command for one that has to succeed; it gives what the command printed.
func must(t *testing.T, args ...string) string {
	t.Helper()
	status, out, errs := command(t, args...)
	if status != 0 {
		t.Fatalf("cityrights %s: exit status %d\n%s", strings.Join(args, " "), status, errs)
	}
	return out
}

// wantContents fails where the database at url does not hold what it held before.
func wantContents(t *testing.T, url, before, after string) {
	t.Helper()
	if now := contentsOf(t, url); now != before {
		t.Errorf("the database has changed by %s:\n%s\nbefore:\n%s", after, now, before)
	}
}

func contentsOf(t *testing.T, url string) string {
	t.Helper()
	text, err := contents(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// pages serves a node's pages until the test ends, and gives a function that fetches one of them.
func pages(t *testing.T, node cli.Node) func(path string) string {
	t.Helper()
	rooms, err := Open(t.Context(), node)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = rooms.DB.Close() })
	handler, err := Handler(rooms, web.Node{Name: "test", Operator: "the tests"}, node.Data, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return func(path string) string {
		t.Helper()
		status, body := fetch(t, server.URL+path)
		if status != http.StatusOK {
			t.Fatalf("GET %s: status %d", path, status)
		}
		return body
	}
}

// fetch gets a page and follows no redirect.
func fetch(t *testing.T, url string) (status int, body string) {
	t.Helper()
	request, err := http.NewRequestWithContext(context.WithoutCancel(t.Context()), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{DisableKeepAlives: true}
	defer transport.CloseIdleConnections()
	answer, err := transport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if to := answer.Header.Get("Location"); to != "" {
		return answer.StatusCode, to
	}
	return answer.StatusCode, string(data)
}

// lakeview gives a copy of the invented city's files, which a test may change.
func lakeview(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS("testdata/lakeview")); err != nil {
		t.Fatal(err)
	}
	return folder
}

// edit replaces a text that the file must have.
func edit(t *testing.T, file, old, changed string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(data), old) {
		t.Fatalf("%s does not hold %q", file, old)
	}
	if err := os.WriteFile(file, []byte(strings.ReplaceAll(string(data), old, changed)), 0o600); err != nil {
		t.Fatal(err)
	}
}
