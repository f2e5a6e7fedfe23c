package backup_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/cityrights/cityrights/internal/platform/backup"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// node is a node of one table and a few files, on an engine.
type node struct {
	db     *database.DB
	folder string
	url    string
}

// eachEngine runs a test with the places of two databases that are not there yet, on each engine.
func eachEngine(t *testing.T, test func(t *testing.T, from, to string)) {
	t.Run("sqlite", func(t *testing.T) {
		test(t, "sqlite:"+filepath.Join(t.TempDir(), "cityrights.sqlite"), "sqlite:"+filepath.Join(t.TempDir(), "cityrights.sqlite"))
	})
	t.Run("postgres", func(t *testing.T) {
		test(t, dbtest.PostgreSQLDatabaseURL(t), dbtest.PostgreSQLDatabaseURL(t))
	})
}

func newNode(t *testing.T, url string) node {
	t.Helper()
	n := node{db: dbtest.Open(t, url), folder: t.TempDir(), url: url}
	n.write(t, "CREATE TABLE database_probe (n bigint PRIMARY KEY, said text NOT NULL)")
	for i := range 200 {
		n.write(t, "INSERT INTO database_probe (n, said) VALUES ($1, $2)", i, strings.Repeat("wörter ", i))
	}
	for name, text := range map[string]string{
		"files/ab/one": "one", "files/empty": "", "files/.draft-1": "ha", "keys/node": strings.Repeat("k", 70000), "uploads/draft/x.csv": "not yet", ".cityrights-restoring/half": "half",
		"cityrights.sqlite.before-0030-20260101T000000.000Z": "former",
	} {
		file := filepath.Join(n.folder, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("/etc/passwd", filepath.Join(n.folder, "files", "link")); err != nil {
		t.Fatal(err)
	}
	return n
}

func (n node) write(t *testing.T, statement string, args ...any) {
	t.Helper()
	err := n.db.Write(t.Context(), func(tx database.Tx) error { _, err := tx.Exec(t.Context(), statement, args...); return err })
	if err != nil {
		t.Fatal(err)
	}
}

func (n node) backup(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "backup.zip")
	if _, err := n.make(t, file, backup.Options{}); err != nil {
		t.Fatal(err)
	}
	return file
}

func (n node) make(t *testing.T, file string, o backup.Options) (*backup.Manifest, error) {
	t.Helper()
	return backup.Make(t.Context(), backup.Source{DB: n.db, Folder: n.folder, Program: "test", Now: time.Date(2026, 5, 1, 2, 3, 4, 0, time.UTC)}, file, o)
}

// restore does as the command does.
func restore(ctx context.Context, file string, to backup.Target) error {
	a, err := backup.Open(file)
	if err != nil {
		return err
	}
	defer func() { _ = a.Close() }()
	return a.Restore(ctx, to, nil)
}

// filesIn gives the contents of all files below a folder but the database's own.
func filesIn(t *testing.T, folder string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), "cityrights.sqlite") {
			return err
		}
		text, err := os.ReadFile(path)
		name, _ := filepath.Rel(folder, path)
		all[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestWhatIsRestoredIsWhatWasBackedUp(t *testing.T) {
	eachEngine(t, func(t *testing.T, from, to string) {
		n := newNode(t, from)
		file := n.backup(t)
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("the backup has the mode %v (%v)", info.Mode(), err)
		}
		folder := filepath.Join(t.TempDir(), "made", "for it")
		if err := restore(t.Context(), file, backup.Target{Folder: folder, Database: to}); err != nil {
			t.Fatal(err)
		}
		want := map[string]string{"files/ab/one": "one", "files/empty": "", "keys/node": strings.Repeat("k", 70000)}
		if got := filesIn(t, folder); !maps.Equal(got, want) {
			t.Errorf("the files are %q", got)
		}
		var rows, sum, length int64
		same := dbtest.Open(t, to)
		if err := same.ReadRow(t.Context(), "SELECT count(*), CAST(sum(n) AS bigint), CAST(sum(length(said)) AS bigint) FROM database_probe", nil, &rows, &sum, &length); err != nil {
			t.Fatal(err)
		}
		if rows != 200 || sum != 19900 || length != 7*19900 {
			t.Errorf("there are %d rows with %d and %d", rows, sum, length)
		}
	})
}

func TestABackupIsOfOneMomentHoweverMuchIsWrittenMeanwhile(t *testing.T) {
	eachEngine(t, func(t *testing.T, from, to string) {
		n := newNode(t, from)
		n.write(t, "CREATE TABLE database_twin (n bigint PRIMARY KEY)")
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() {
			for i := 0; ctx.Err() == nil; i++ { // both tables or none
				err := n.db.Write(context.WithoutCancel(ctx), func(tx database.Tx) error {
					if _, err := tx.Exec(ctx, "INSERT INTO database_probe (n, said) VALUES ($1, '')", 1000+i); err != nil {
						return err
					}
					_, err := tx.Exec(ctx, "INSERT INTO database_twin (n) VALUES ($1)", i)
					return err
				})
				if err != nil && ctx.Err() == nil {
					ended <- err
					return
				}
			}
			ended <- nil
		}()
		file := n.backup(t)
		stop()
		if err := <-ended; err != nil {
			t.Errorf("a write has failed: %v", err)
		}
		if err := restore(t.Context(), file, backup.Target{Folder: t.TempDir(), Database: to}); err != nil {
			t.Fatal(err)
		}
		var probes, twins int64
		if err := dbtest.Open(t, to).ReadRow(t.Context(), "SELECT (SELECT count(*) FROM database_probe), (SELECT count(*) FROM database_twin)", nil, &probes, &twins); err != nil {
			t.Fatal(err)
		}
		if probes != 200+twins {
			t.Errorf("the backup is of several moments: %d and %d rows", probes, twins)
		}
	})
}

func TestANodeThatIsThereIsNeverReplaced(t *testing.T) {
	eachEngine(t, func(t *testing.T, from, to string) {
		n := newNode(t, from)
		file := n.backup(t)
		dbtest.Open(t, to)
		if err := restore(t.Context(), file, backup.Target{Folder: t.TempDir(), Database: to}); fault.KindOf(err) != fault.Conflict {
			t.Errorf("a database that is there: %v", err)
		}
		folder := t.TempDir()
		if err := os.WriteFile(filepath.Join(folder, "mine"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		err := restore(t.Context(), file, backup.Target{Folder: folder, Database: "sqlite:" + folder + "/node.sqlite"})
		if from[:6] == "sqlite" && (fault.KindOf(err) != fault.Conflict || !strings.Contains(err.Error(), "mv ")) {
			t.Errorf("a folder that is not empty: %v", err)
		}
		if from[:6] != "sqlite" && (fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), "its own engine")) {
			t.Errorf("another engine: %v", err)
		}
	})
}

func TestATargetThatCannotHoldABackupIsRefusedAndKept(t *testing.T) {
	n := newNode(t, dbtest.SQLiteURL(t))
	taken := filepath.Join(t.TempDir(), "taken")
	if err := os.WriteFile(taken, []byte("a letter"), 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(n.folder, link); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{
		taken:                              "is there already",
		t.TempDir():                        "is a folder",
		"/dev/null":                        "is no file",
		filepath.Join(n.folder, "b.zip"):   "stands in the folder of the node",
		filepath.Join(link, "b.zip"):       "stands in the folder of the node",
		filepath.Join(taken, "b.zip"):      "not a directory",
		filepath.Join(link, "no", "b.zip"): "no such file",
	} {
		if _, err := n.make(t, file, backup.Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", file, err)
		}
	}
	if text, _ := os.ReadFile(taken); string(text) != "a letter" {
		t.Errorf("the file that was there holds %q", text)
	}
	if _, err := n.make(t, taken, backup.Options{Replace: true}); err != nil {
		t.Error(err)
	}
	if err := restore(t.Context(), taken, backup.Target{Folder: t.TempDir(), Database: dbtest.SQLiteURL(t)}); err != nil {
		t.Error(err)
	}
}

func TestABackupThatFailsLeavesNothing(t *testing.T) {
	n := newNode(t, dbtest.SQLiteURL(t))
	folder := t.TempDir()
	ctx, stop := context.WithCancel(t.Context())
	_, err := backup.Make(ctx, backup.Source{DB: n.db, Folder: n.folder, Now: time.Now()}, filepath.Join(folder, "backup.zip"), backup.Options{
		Progress: func(doing string, _ float64) {
			if strings.HasPrefix(doing, "writing files/keys") {
				stop()
			}
		},
	})
	if err == nil {
		t.Error("it did not stop")
	}
	if left, _ := os.ReadDir(folder); len(left) != 0 {
		t.Errorf("there is left %v", left)
	}
}

func TestADamagedBackupIsRefusedAndLeavesNothing(t *testing.T) {
	n := newNode(t, dbtest.SQLiteURL(t))
	whole, err := os.ReadFile(n.backup(t))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "damaged.zip")
	try := func(name string, data []byte) {
		t.Helper()
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		folder := filepath.Join(t.TempDir(), "node")
		err := restore(t.Context(), file, backup.Target{Folder: folder, Database: "sqlite:" + filepath.Join(folder, "cityrights.sqlite")})
		if err == nil {
			// A bit may be flipped that says nothing, such as a date: then all must be there as it was.
			same := dbtest.Open(t, "sqlite:"+filepath.Join(folder, "cityrights.sqlite"))
			var rows int
			if err := same.ReadRow(t.Context(), "SELECT count(*) FROM database_probe", nil, &rows); err != nil || rows != 200 || len(filesIn(t, folder)) != 3 {
				t.Errorf("%s: restored with %d rows (%v)", name, rows, err)
			}
			return
		}
		if strings.Contains(err.Error(), "\n") || !strings.Contains(err.Error(), file) {
			t.Errorf("%s: it says %q", name, err)
		}
		if left, _ := os.ReadDir(folder); len(left) != 0 {
			t.Errorf("%s: there is left %v", name, left)
		}
	}
	for _, length := range []int{0, 1, 21, 22, 100, len(whole) / 2, len(whole) - 1} {
		try(fmt.Sprintf("cut to %d bytes", length), whole[:length])
	}
	for i := range 150 {
		at := i * (len(whole) - 1) / 149
		flipped := bytes.Clone(whole)
		flipped[at] ^= 0x10
		try(fmt.Sprintf("a flipped byte at %d of %d", at, len(whole)), flipped)
	}
	try("a picture", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"))
}

// rewritten gives a backup with another manifest, and what an attacker may add.
func rewritten(t *testing.T, file string, change func(manifest map[string]any), add map[string]string) string {
	t.Helper()
	old, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = old.Close() }()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range old.File {
		if f.Name != "manifest.json" {
			if err := w.Copy(f); err != nil {
				t.Fatal(err)
			}
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		var manifest map[string]any
		if err := json.NewDecoder(r).Decode(&manifest); err != nil {
			t.Fatal(err)
		}
		change(manifest)
		entry, _ := w.Create(f.Name)
		if err := json.NewEncoder(entry).Encode(manifest); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range add {
		entry, _ := w.Create(name)
		_, _ = io.WriteString(entry, text)
	}
	_ = w.Close()
	changed := filepath.Join(t.TempDir(), "changed.zip")
	if err := os.WriteFile(changed, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return changed
}

func TestAManifestThatLiesIsRefused(t *testing.T) {
	file := newNode(t, dbtest.SQLiteURL(t)).backup(t)
	part := func(m map[string]any, i int) map[string]any { return m["parts"].([]any)[i].(map[string]any) }
	for name, c := range map[string]struct {
		change func(m map[string]any)
		add    map[string]string
		want   string
	}{
		"a newer form":            {change: func(m map[string]any) { m["form"] = 2 }, want: "newer cityrights"},
		"a newer program":         {change: func(m map[string]any) { m["schema"] = append(m["schema"].([]any), 9999) }, want: "newer cityrights"},
		"another count":           {change: func(m map[string]any) { m["tables"].(map[string]any)["database_probe"] = 3 }, want: "has 200 rows, and the backup says 3"},
		"a table too many":        {change: func(m map[string]any) { m["tables"].(map[string]any)["city_lost"] = 3 }, want: "city_lost"},
		"another digest":          {change: func(m map[string]any) { part(m, 1)["sha256"] = strings.Repeat("0", 64) }, want: "is damaged"},
		"no digest":               {change: func(m map[string]any) { part(m, 1)["sha256"] = "" }, want: "part 2"},
		"another size":            {change: func(m map[string]any) { part(m, 1)["size"] = 1 << 50 }, want: "other parts"},
		"a size below nothing":    {change: func(m map[string]any) { part(m, 1)["size"] = -1 }, want: "part 2"},
		"an engine we do not use": {change: func(m map[string]any) { m["engine"] = "mysql" }, want: "manifest"},
		"no form":                 {change: func(m map[string]any) { delete(m, "form") }, want: "manifest"},
		"a part too many":         {change: func(map[string]any) {}, add: map[string]string{"files/more": "x"}, want: "other parts"},
		"a part twice":            {change: func(map[string]any) {}, add: map[string]string{"database.sqlite": "x"}, want: "twice"},
		"a name that leads out": {change: func(m map[string]any) {
			m["parts"] = append(m["parts"].([]any), map[string]any{"name": "files/../../out", "size": 1, "sha256": strings.Repeat("0", 64)})
		}, add: map[string]string{"files/../../out": "x"}, want: "leads elsewhere"},
		"a second database": {change: func(m map[string]any) {
			m["parts"] = append(m["parts"].([]any), map[string]any{"name": "files/cityrights.sqlite-wal", "size": 1, "sha256": strings.Repeat("0", 64)})
		}, add: map[string]string{"files/cityrights.sqlite-wal": "x"}, want: "leads elsewhere"},
	} {
		folder := filepath.Join(t.TempDir(), "node")
		err := restore(t.Context(), rewritten(t, file, c.change, c.add), backup.Target{Folder: folder, Database: "sqlite:" + folder + "/cityrights.sqlite"})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if left, _ := os.ReadDir(folder); len(left) != 0 {
			t.Errorf("%s: there is left %v", name, left)
		}
	}
}
