package run

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/platform/checkup"
	"github.com/cityrights/cityrights/internal/platform/clock"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
)

func TestANodeThatNobodyWritesIsRestoredToTheLastByte(t *testing.T) {
	eachPlace(t, func(t *testing.T, from, to cli.Node) {
		at := func(n cli.Node) []string { url, _ := address(n); return []string{"--data", n.Data, "--database", url} }
		cityrights := func(n cli.Node, args ...string) string { t.Helper(); return must(t, append(args, at(n)...)...) }
		cityrights(from, "city", "add", "lake", "--name", "Lakeview", "--country", "XA", "--fictional")
		cityrights(from, "import", "statistics", "--city", "lake", "--from", "opensdg", "--mapping", "testdata/lakeview/mapping.csv", "testdata/lakeview/sdg")
		url, _ := address(from)
		before := contentsOf(t, url)
		file := filepath.Join(t.TempDir(), "node.zip")
		cityrights(from, "backup", "--out", file)
		cityrights(to, "restore", file)
		other, _ := address(to)
		withoutTrail := func(contents string) string {
			lines := strings.SplitAfter(contents, "\n")
			return strings.Join(slices.DeleteFunc(lines, func(line string) bool { return strings.HasPrefix(line, "account_"+"audit ") }), "")
		}
		if after := contentsOf(t, other); withoutTrail(after) != withoutTrail(before) || !strings.HasPrefix(before, "account_") {
			t.Errorf("the restored database holds\n%s\nand held\n%s", after, before)
		}
		status, _, errs := command(t, append([]string{"restore", file}, at(to)...)...)
		if status != 1 || strings.Count(errs, "\n") != 1 || strings.Contains(errs, "postgres:") {
			t.Errorf("over a node that is there: status %d, errors %q", status, errs)
		}
	})
}

func TestABackupOfAnOlderProgramIsBroughtUpToDate(t *testing.T) {
	eachPlace(t, func(t *testing.T, from, to cli.Node) {
		rooms, err := Open(t.Context(), from)
		if err != nil {
			t.Fatal(err)
		}
		for _, statement := range []string{"DROP TABLE statistics_" + "former_mapping", "DELETE FROM database_" + "migration WHERE version_id = 30"} {
			err := rooms.DB.Write(t.Context(), func(tx database.Tx) error { _, err := tx.Exec(t.Context(), statement); return err })
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := rooms.DB.Close(); err != nil {
			t.Fatal(err)
		}
		file, url := filepath.Join(t.TempDir(), "older.zip"), to.Database
		must(t, "backup", "--out", file, "--data", from.Data, "--database", from.Database)
		must(t, "restore", file, "--data", to.Data, "--database", url)
		if out := must(t, "doctor", "--data", to.Data, "--database", url); !strings.Contains(out, "ok    tables: Up to date") {
			t.Errorf("the doctor says\n%s", out)
		}
		if out := must(t, "doctor", "--data", from.Data, "--database", from.Database); !strings.Contains(out, "warn  tables: They are of an older cityrights, 1 steps behind") {
			t.Errorf("the doctor says of the older one\n%s", out)
		}
	})
}

func TestPostgreSQLWithoutItsProgramsIsToldWhatToInstall(t *testing.T) {
	n := cli.Node{Data: t.TempDir(), Database: dbtest.PostgreSQLDatabaseURL(t)}
	must(t, "city", "add", "lake", "--name", "Lakeview", "--country", "XA", "--fictional", "--data", n.Data, "--database", n.Database)
	t.Setenv("PATH", t.TempDir())
	status, _, errs := command(t, "backup", "--out", filepath.Join(t.TempDir(), "b.zip"), "--data", n.Data, "--database", n.Database)
	if status != 1 || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, "pg_dump is not installed here") || !strings.Contains(errs, "postgresql-client") {
		t.Errorf("status %d, errors %q", status, errs)
	}
}

// A disk of one megabyte is too small for a node of two; mounting it takes root.
func TestADiskThatIsFullLeavesNoHalfBackupAndNoHalfNode(t *testing.T) {
	if runtime.GOOS != "linux" || os.Getuid() != 0 {
		t.Skip("a small disk can be mounted by root on Linux only")
	}
	small := t.TempDir()
	if err := syscall.Mount("tmpfs", small, "tmpfs", 0, "size=1m"); err != nil {
		t.Skipf("no small disk can be mounted here: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(small, syscall.MNT_DETACH) })
	data := t.TempDir()
	must(t, "city", "add", "lake", "--name", "Lakeview", "--country", "XA", "--fictional", "--data", data)
	noise := make([]byte, 2<<20) // which no compression makes smaller
	_, _ = rand.NewChaCha8([32]byte{}).Read(noise)
	if err := os.WriteFile(filepath.Join(data, "evidence"), noise, 0o600); err != nil {
		t.Fatal(err)
	}
	empty := func(after string) {
		t.Helper()
		if left, _ := os.ReadDir(small); len(left) != 0 {
			t.Errorf("%s: there is left %v", after, left)
		}
	}
	file := filepath.Join(t.TempDir(), "node.zip")
	must(t, "backup", "--out", file, "--data", data)
	status, _, errs := command(t, "restore", file, "--data", small)
	if status != 1 || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, "has room for") {
		t.Errorf("restore: status %d, errors %q", status, errs)
	}
	empty("restore")
	if err := os.WriteFile(filepath.Join(small, "others"), make([]byte, 700<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	status, _, errs = command(t, "backup", "--out", filepath.Join(small, "node.zip"), "--data", data)
	if status != 1 || strings.Count(errs, "\n") != 1 {
		t.Errorf("backup: status %d, errors %q", status, errs)
	}
	if err := os.Remove(filepath.Join(small, "others")); err != nil {
		t.Fatal(err)
	}
	empty("backup")
}

func TestTheDoctorJudgesWhatItIsTold(t *testing.T) {
	now := time.Date(2026, 5, 20, 12, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		got  checkup.Finding
		want checkup.Level
	}{
		"much room":                    {space(10<<30, 20<<30, 1<<30), checkup.OK},
		"no room for a snapshot twice": {space(1900<<20, 20<<30, 1<<30), checkup.Warn},
		"little room for a small node": {space(400<<20, 20<<30, 1<<20), checkup.Warn},
		"next to no room":              {space(99<<20, 20<<30, 1<<20), checkup.Fail},
		"a backup of last night":       {backupIs(now, now.Add(-10*time.Hour)), checkup.OK},
		"a night left out":             {backupIs(now, now.Add(-50*time.Hour)), checkup.Warn},
		"no backup":                    {backupIs(now, time.Time{}), checkup.Warn},
		"a clock that goes":            {clockIs(now, now.Add(-time.Hour)), checkup.OK},
		"a clock a moment behind":      {clockIs(now, now.Add(30*time.Second)), checkup.OK},
		"a clock that was set back":    {clockIs(now, now.Add(time.Hour)), checkup.Fail},
		"a clock that never was set":   {clockIs(time.Unix(0, 0), time.Time{}), checkup.Fail},
	} {
		if c.got.Level != c.want || (c.want == checkup.OK) != (c.got.Todo == "") {
			t.Errorf("%s is %+v", name, c.got)
		}
	}
}

func TestTheDoctorSaysHowFarAServersClockIs(t *testing.T) {
	n := cli.Node{Data: t.TempDir(), Database: dbtest.PostgreSQLURL(t)}
	must(t, "city", "add", "lake", "--name", "Lakeview", "--country", "XA", "--fictional", "--data", n.Data, "--database", n.Database)
	said := fmt.Sprint(doctor(t.Context(), n, clock.Fixed(time.Now().Add(time.Hour))))
	if !strings.Contains(said, "clock of the server") {
		t.Errorf("it says %s", said)
	}
}
