package run

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A folder that may not be written is tried by somebody who is not root, since root may write everywhere.
func TestADataFolderThatMayNotBeWrittenIsNamed(t *testing.T) {
	empty, filled := t.TempDir(), t.TempDir()
	must(t, "city", "add", "lake", "--name", "Lakeview", "--country", "XA", "--fictional", "--data", filled)
	mapping, err := filepath.Abs("testdata/lakeview/tidy-mapping.csv")
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{empty, filled} {
		if err := os.Chmod(filepath.Dir(folder), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(folder, 0o555); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.Chmod(folder, 0o755) })
	}
	before := contentsOf(t, "sqlite:"+filled+"/cityrights.sqlite?mode=ro")
	for name, args := range map[string][]string{
		"an empty folder":         {"city", "add", "bay", "--name", "Bay", "--country", "XA", "--fictional", "--data", empty},
		"a folder inside it":      {"city", "list", "--data", filepath.Join(empty, "node")},
		"a node":                  {"city", "add", "bay", "--name", "Bay", "--country", "XA", "--fictional", "--data", filled},
		"a node, by an import":    {"import", "statistics", "--city", "lake", "--from", "csv", "--mapping", mapping, "--data", filled, filepath.Dir(mapping)},
		"a node, to be served":    {"serve", "--listen", "127.0.0.1:0", "--data", filled},
		"an empty one, by a demo": {"serve", "--demo", "--listen", "127.0.0.1:0", "--data", empty},
	} {
		status, out, errs := asNobody(t, args)
		if status != 1 || out != "" || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, "cityrights: ") ||
			!strings.Contains(errs, empty) && !strings.Contains(errs, filled) {
			t.Errorf("%s: status %d, output %q, errors %q", name, status, out, errs)
		}
	}
	wantContents(t, "sqlite:"+filled+"/cityrights.sqlite?mode=ro", before, "commands that could not write")
}

// asNobody runs a command line in a process of its own, as the user nobody where the test runs as root.
func asNobody(t *testing.T, args []string) (status int, out, errs string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(t.Context(), "/proc/self/exe", args...)
	cmd.Args[0], cmd.Dir, cmd.Stdout, cmd.Stderr = "cityrights", "/", &stdout, &stderr
	if os.Getuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()
}
