package run

import (
	"context"
	"io"
	"os"
	"runtime/debug"

	"golang.org/x/term"

	"github.com/cityrights/cityrights/internal/cli"
)

// Main runs the command line with the real world behind it and gives the exit status.
func Main(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int {
	file, ok := errs.(*os.File)
	return cli.Main(ctx, cli.World{
		Stdin: in, Stdout: out, Stderr: errs, Program: program(), Version: version(), Terminal: ok && term.IsTerminal(int(file.Fd())),
		Open: Open, Serve: Serve(out, errs), Work: Work(out, errs), Backup: Backup, Restore: Restore, Health: Health, Doctor: Doctor,
	}, args)
}

// version is what the Go toolchain noted when the program was built.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	said := info.Main.Version
	if said == "" || said == "(devel)" {
		said = "development version"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			said += " " + s.Value[:12]
		}
	}
	return said + " " + info.GoVersion
}
