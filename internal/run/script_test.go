package run

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"cityrights": func() {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			os.Exit(Main(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
		},
	})
}

// TestCommands runs the scripts of testdata/script. Each begins in a folder with the files of testdata/lakeview, an invented city, and a
// small standard in standards/mini/1.0.
//
// Besides the usual commands there are
//
//	status N COMMAND…     runs a command that must end with exit status N
//	lines stdout|stderr N the last command printed so many lines
//	dump URL FILE         writes what each table of a database holds, for cmp
//	sql FILE STATEMENT    changes a SQLite database behind the program's back
//	replace FILE OLD NEW  replaces a text that the file must have
//	make KIND FILE        makes a file that a script cannot hold; see makeFile
//	pack FOLDER FILE PATH makes a ZIP file of a folder, whose files stand below a path in it
//	halve FILE NEW, flip FILE PLACE NEW, spoil FILE, newer BACKUP NEW   make files that a disk or another program has changed
func TestCommands(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("TZ", "UTC")
			if err := os.CopyFS(filepath.Join(env.WorkDir, "standards"), os.DirFS("../../standard/testdata")); err != nil {
				return err
			}
			return os.CopyFS(env.WorkDir, os.DirFS("testdata/lakeview"))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": expectStatus, "lines": countLines, "replace": replaceText, "dump": dumpDatabase, "sql": changeDatabase, "make": makeFile, "pack": packFolder,
			"halve": halveFile, "flip": flipBytes, "spoil": spoilFile, "newer": makeNewer,
		},
	})
}

func expectStatus(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit status %d, not %d", got, want)
	}
}

func countLines(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[1])
	ts.Check(err)
	if got := strings.Count(ts.ReadFile(args[0]), "\n"); got != want {
		ts.Fatalf("%s has %d lines, not %d", args[0], got, want)
	}
}

func replaceText(ts *testscript.TestScript, _ bool, args []string) {
	text, file := ts.ReadFile(args[0]), ts.MkAbs(args[0])
	if !strings.Contains(text, args[1]) {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(file, []byte(strings.ReplaceAll(text, args[1], args[2])), 0o600))
}

func dumpDatabase(ts *testscript.TestScript, _ bool, args []string) {
	url := args[0]
	if file, ok := strings.CutPrefix(url, "sqlite:"); ok {
		url = "sqlite:" + ts.MkAbs(file)
	}
	text, err := contents(context.Background(), url)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o600))
}

func changeDatabase(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(execute(context.Background(), ts.MkAbs(args[0]), args[1]))
}

// makeFile makes a file of one of these kinds: sparse (100 MB of which nothing is on the disk), long (a line of 10 MB), zip (a workbook's first
// bytes), png (a picture's), nul (a table with a NUL character), latin (a table in Windows-1252), undecodable (bytes that are neither UTF-8 nor Windows-1252),
// steer (cells that command a terminal), cut (a row that stops), half (UTF-16 that ends within a character), pipe (a named pipe that nobody writes to).
func makeFile(ts *testscript.TestScript, _ bool, args []string) {
	kind, file := args[0], ts.MkAbs(args[1])
	const head = "indicator,year,value\n"
	texts := map[string]string{
		"sparse":      head,
		"long":        head + "safe,2021," + strings.Repeat("1", 10<<20) + "\n",
		"zip":         "PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00" + strings.Repeat("\x00\xff", 500),
		"nul":         head + "safe,2020,61\nsafe,2021,6\x002\n",
		"latin":       "indicator,year,district,value\nsafe,2021,,62\nsafe,2021,Stra\xdfe am Fl\xfc\xdfchen,40\n",
		"undecodable": head + "s\x81\x8d\x8f\x90fe,2021,62\n\xff\xfe\xfd,2020,61\n",
		"steer":       head + "sa\x1b[2Jfe,2021,\x1b]0;owned\x07x\nsafe,20\u202e21,6\n",
		"cut":         head + "safe,2020,61\nsaf",
		"png":         "\x89PNG\r\n\x1a\n" + strings.Repeat("\x00\xff", 500),
		"half":        "\xff\xfei\x00n\x00d\x00i\x00c",
	}
	if kind == "pipe" {
		ts.Check(syscall.Mkfifo(file, 0o600))
		return
	}
	text, ok := texts[kind]
	if !ok {
		ts.Fatalf("no kind of file %q", kind)
	}
	ts.Check(os.WriteFile(file, []byte(text), 0o600))
	if kind == "sparse" {
		ts.Check(os.Truncate(file, 100<<20))
	}
}
