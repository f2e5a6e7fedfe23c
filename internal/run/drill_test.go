package run

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/platform/backup"
	"github.com/cityrights/cityrights/internal/platform/checkup"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
)

// drillWriters is how many people save answers while the backup is made.
const drillWriters = 50

// eachPlace runs a test with two places for a node, one to be filled and one to be restored into, on each engine.
func eachPlace(t *testing.T, test func(t *testing.T, from, to cli.Node)) {
	t.Run("sqlite", func(t *testing.T) {
		test(t, cli.Node{Data: t.TempDir()}, cli.Node{Data: filepath.Join(t.TempDir(), "restored")})
	})
	t.Run("postgres", func(t *testing.T) {
		test(t, cli.Node{Data: t.TempDir(), Database: dbtest.PostgreSQLDatabaseURL(t)},
			cli.Node{Data: filepath.Join(t.TempDir(), "restored"), Database: dbtest.PostgreSQLDatabaseURL(t)})
	})
}

// The drill that scripts/drill runs: a node with the demo, 50 people who save, a backup meanwhile, and the node that is made of it.
func TestDrill(t *testing.T) {
	eachPlace(t, func(t *testing.T, from, to cli.Node) {
		rooms, err := Open(t.Context(), from)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = rooms.DB.Close() }()
		if err := FillDemo(t.Context(), rooms, "arvenholt"); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Join(from.Data, "evidence"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(from.Data, "evidence", "letter"), []byte("The council has decided."), 0o600); err != nil {
			t.Fatal(err)
		}
		people := writers(t, rooms)
		people.untilEachHasSaved(t, 3)
		before := people.saved()
		file := filepath.Join(t.TempDir(), "drill.zip")
		manifest, err := Backup(t.Context(), from, file, backup.Options{})
		if err != nil {
			t.Fatal(err)
		}
		after := people.stop(t)
		t.Logf("%d answers were saved while the backup was made, of %d", sum(after)-sum(before), sum(after))

		if _, err := Restore(t.Context(), to, file, nil); err != nil {
			t.Fatal(err)
		}
		for _, f := range Doctor(t.Context(), to) {
			if f.Level == checkup.Fail {
				t.Errorf("the doctor says of %s: %s", f.Subject, f.Says)
			}
		}
		if text, err := os.ReadFile(filepath.Join(to.Data, "evidence", "letter")); err != nil || string(text) != "The council has decided." {
			t.Errorf("the file holds %q (%v)", text, err)
		}
		same, err := Open(t.Context(), to)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = same.DB.Close() }()
		wantAnswersBetween(t, same, before, after)
		wantRows(t, same.DB, manifest)
		wantSamePages(t, from, to)
		acts, err := same.Account.Trail(t.Context(), manifest.Made)
		if err != nil || len(acts) == 0 || acts[len(acts)-1].Act != actRestore || acts[len(acts)-1].Subject != "drill.zip" {
			t.Errorf("the trail of the restored node ends with %+v (%v)", acts, err)
		}
		if made, err := rooms.Account.LastAct(t.Context(), actBackup); err != nil || made.Before(manifest.Made) {
			t.Errorf("the trail says that the last backup is of %v (%v)", made, err)
		}
	})
}

// crowd are people who save answers again and again.
type crowd struct {
	counts [drillWriters]atomic.Int64 // answers of each that were acknowledged
	ended  sync.WaitGroup
	cancel context.CancelFunc
	mu     sync.Mutex
	errs   []error
}

// writers opens another assessment, and lets each of 50 people save the answer to a requirement of their own, numbered in its reasons.
func writers(t *testing.T, rooms *cli.Rooms) *crowd {
	t.Helper()
	err := rooms.DB.Write(t.Context(), func(tx database.Tx) error {
		cycle := assessment.Cycle{City: "arvenholt", Period: "2027", Standard: rooms.Standard.Ref(), Profile: "full"}
		if err := rooms.Assessment.Start(t.Context(), tx, cycle); err != nil {
			return err
		}
		return rooms.Assessment.Advance(t.Context(), tx, "arvenholt", "2027", assessment.Open)
	})
	if err != nil {
		t.Fatal(err)
	}
	requirements := drillRequirements(rooms)
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	c := &crowd{cancel: cancel}
	grade := 2
	for i := range drillWriters {
		c.ended.Go(func() {
			for n := int64(1); ctx.Err() == nil; n++ {
				answer := assessment.Answer{
					Requirement: requirements[i], Organisation: "arvenholt-council", Grade: &grade, Language: "en", Reasons: fmt.Sprintf("save %d", n),
				}
				err := rooms.DB.Write(context.WithoutCancel(ctx), func(tx database.Tx) error {
					return rooms.Assessment.Record(t.Context(), tx, "arvenholt", "2027", answer)
				})
				if err != nil {
					c.mu.Lock()
					c.errs = append(c.errs, fmt.Errorf("writer %d, save %d: %w", i, n, err))
					c.mu.Unlock()
					return
				}
				c.counts[i].Store(n)
			}
		})
	}
	t.Cleanup(func() { cancel(); c.ended.Wait() })
	return c
}

// drillRequirements gives one requirement for each writer.
func drillRequirements(rooms *cli.Rooms) (ids []string) {
	for _, dimension := range rooms.Standard.Dimensions {
		for _, requirement := range dimension.Requirements {
			ids = append(ids, requirement.ID)
		}
	}
	return ids[:drillWriters]
}

func (c *crowd) untilEachHasSaved(t *testing.T, n int64) {
	t.Helper()
	for ; slices.Min(c.saved()) < n; time.Sleep(time.Millisecond) {
		c.mu.Lock()
		failed := len(c.errs)
		c.mu.Unlock()
		if failed > 0 {
			t.Fatal(c.errs)
		}
		if err := t.Context().Err(); err != nil {
			t.Fatal(err)
		}
	}
}

func (c *crowd) saved() []int64 {
	counts := make([]int64, drillWriters)
	for i := range counts {
		counts[i] = c.counts[i].Load()
	}
	return counts
}

// stop ends the writing and gives what each has saved. It fails where a save was refused.
func (c *crowd) stop(t *testing.T) []int64 {
	t.Helper()
	c.cancel()
	c.ended.Wait()
	for _, err := range c.errs {
		t.Error(err)
	}
	return c.saved()
}

func sum(counts []int64) (n int64) {
	for _, one := range counts {
		n += one
	}
	return n
}

// wantAnswersBetween fails where an answer that was acknowledged before the backup is lost, or one that came after it is there.
func wantAnswersBetween(t *testing.T, rooms *cli.Rooms, before, after []int64) {
	t.Helper()
	found := map[string]int64{}
	err := rooms.DB.Read(t.Context(), func(tx database.Tx) error {
		answers, err := rooms.Assessment.Answers(t.Context(), tx, "arvenholt", "2027")
		for _, a := range answers {
			var n int64
			if _, err := fmt.Sscanf(a.Answer.Reasons, "save %d", &n); err != nil {
				return err
			}
			found[a.Requirement] = n
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, id := range drillRequirements(rooms) {
		if n := found[id]; n < before[i] || n > after[i] {
			t.Errorf("writer %d: the restored answer is save %d; %d were acknowledged before the backup, %d in all", i, n, before[i], after[i])
		}
	}
}

// wantRows fails where a table does not have the rows of the manifest, and the trail one more, which says that it was restored.
func wantRows(t *testing.T, db *database.DB, m *backup.Manifest) {
	t.Helper()
	err := db.Dump(t.Context(), t.TempDir(), nil, func(d database.Dump) error {
		want := maps.Clone(m.Tables)
		want["account_"+"audit"]++
		if !maps.Equal(d.Tables, want) {
			t.Errorf("the tables have the rows %v, want %v", d.Tables, want)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

var linkForm = regexp.MustCompile(`href="(/[^"#?]*)`)

// wantSamePages follows the links of the home pages in two languages, and compares the bytes of the pages of two nodes.
func wantSamePages(t *testing.T, from, to cli.Node) {
	t.Helper()
	former, restored := pages(t, from), pages(t, to)
	seen, next := map[string]bool{}, []string{"/en/", "/ar/"}
	for len(next) > 0 && len(seen) < 150 {
		path := next[0]
		next = next[1:]
		if seen[path] || strings.Contains(path, "/sign-in") || strings.Contains(path, "/desk") {
			continue
		}
		seen[path] = true
		page := former(path)
		if page != restored(path) {
			t.Errorf("%s is another page", path)
		}
		for _, link := range linkForm.FindAllStringSubmatch(page, -1) {
			if strings.HasPrefix(link[1], path[:4]) {
				next = append(next, link[1])
			}
		}
	}
	if len(seen) < 100 {
		t.Errorf("only %d pages were compared", len(seen))
	}
}
