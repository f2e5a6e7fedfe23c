package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// watch is a clock that a test moves.
type watch struct {
	mu  sync.Mutex
	now time.Time
}

func (w *watch) Now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *watch) forward(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

func each(t *testing.T, test func(t *testing.T, q *Queue, w *watch)) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		w := &watch{now: time.Date(2026, 11, 25, 7, 0, 0, 0, time.UTC)}
		q := New(db)
		q.Clock = w
		test(t, q, w)
	})
}

func add(t *testing.T, q *Queue, j Job) string {
	t.Helper()
	var id string
	err := q.db.Write(t.Context(), func(tx database.Tx) (err error) {
		id, err = q.Add(t.Context(), tx, j)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func work(t *testing.T, q *Queue, want int) {
	t.Helper()
	if n, err := q.Work(t.Context()); err != nil || n != want {
		t.Fatalf("%d jobs were done, want %d (%v)", n, want, err)
	}
}

func listed(t *testing.T, q *Queue, state State) []Standing {
	t.Helper()
	all, err := q.List(t.Context(), "letter", state, 100)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestAJobIsDoneOnlyIfItsTransactionIsCommitted(t *testing.T) {
	each(t, func(t *testing.T, q *Queue, _ *watch) {
		var done []string
		q.Handle("letter", func(_ context.Context, j Job) error { done = append(done, j.Payload); return nil })
		rolledBack := errors.New("no")
		err := q.db.Write(t.Context(), func(tx database.Tx) error {
			if _, err := q.Add(t.Context(), tx, Job{Kind: "letter", Payload: "lost"}); err != nil {
				return err
			}
			return rolledBack
		})
		if !errors.Is(err, rolledBack) {
			t.Fatal(err)
		}
		add(t, q, Job{Kind: "letter", Payload: "kept", About: map[string]string{"to": "anna"}})
		work(t, q, 1)
		work(t, q, 0)
		if fmt.Sprint(done) != "[kept]" {
			t.Errorf("done were %v", done)
		}
		all := listed(t, q, Done)
		if len(all) != 1 || all[0].About["to"] != "anna" || all[0].Attempts != 1 || all[0].Ended.IsZero() {
			t.Errorf("it stands as %+v", all)
		}
		var payload string
		if err := q.db.ReadRow(t.Context(), "SELECT payload FROM jobs_job", nil, &payload); err != nil || payload != "" {
			t.Errorf("of a job that is done %q stays (%v)", payload, err)
		}
	})
}

func TestAJobThatFailsIsTriedLaterEachTimeAndThenStaysToBeSeen(t *testing.T) {
	each(t, func(t *testing.T, q *Queue, w *watch) {
		tried := 0
		q.Handle("letter", func(context.Context, Job) error { tried++; return fmt.Errorf("the server is away, %d", tried) })
		id := add(t, q, Job{Kind: "letter"})
		began := w.Now()
		for range Tries {
			work(t, q, 1)
			work(t, q, 0) // not at once
			if all := listed(t, q, Waiting); len(all) == 1 {
				w.forward(all[0].Due.Sub(w.Now()))
			}
		}
		w.forward(48 * time.Hour)
		work(t, q, 0)
		if took := w.Now().Add(-48 * time.Hour).Sub(began); tried != Tries || took < 24*time.Hour || took > 60*time.Hour {
			t.Errorf("it was tried %d times in %v", tried, took)
		}
		all := listed(t, q, Failed)
		if len(all) != 1 || all[0].Failure != fmt.Sprintf("the server is away, %d", Tries) {
			t.Fatalf("it stands as %+v", all)
		}
		if c, err := q.Count(t.Context(), "letter"); err != nil || c.Failed != 1 || c.Waiting != 0 || !c.Oldest.IsZero() {
			t.Errorf("counted are %+v (%v)", c, err)
		}
		q.Handle("letter", func(context.Context, Job) error { return nil })
		retry(t, q, id, true)
		if c, err := q.Count(t.Context(), "letter"); err != nil || c.Failed != 0 || c.Waiting != 1 || !c.Oldest.Equal(began) {
			t.Errorf("counted are %+v (%v)", c, err)
		}
		work(t, q, 1)
		retry(t, q, id, false)
		if all := listed(t, q, Done); len(all) != 1 || all[0].Failure != "" {
			t.Errorf("it stands as %+v", all)
		}
	})
}

func retry(t *testing.T, q *Queue, id string, want bool) {
	t.Helper()
	err := q.db.Write(t.Context(), func(tx database.Tx) error {
		was, err := q.Retry(t.Context(), tx, "letter", id)
		if was != want {
			t.Errorf("there was one to try again: %v", was)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestWhatIsHopelessFailsAtOnceAndCanBeForgotten(t *testing.T) {
	each(t, func(t *testing.T, q *Queue, _ *watch) {
		q.Handle("letter", func(context.Context, Job) error {
			return fmt.Errorf("sending: %w", &Hopeless{errors.New(strings.Repeat("no such person ", 100))})
		})
		id := add(t, q, Job{Kind: "letter"})
		work(t, q, 1)
		all := listed(t, q, Failed)
		if len(all) != 1 || all[0].Attempts != 1 || len(all[0].Failure) != longestFailure {
			t.Fatalf("it stands as %+v", all)
		}
		err := q.db.Write(t.Context(), func(tx database.Tx) error {
			was, err := q.Forget(t.Context(), tx, "letter", id)
			if !was {
				t.Error("there was none to forget")
			}
			return err
		})
		if err != nil || len(listed(t, q, Failed)) != 0 {
			t.Errorf("it is still there (%v)", err)
		}
	})
}

func TestAJobOfAnUnknownKindWaitsForAProgramThatKnowsIt(t *testing.T) {
	each(t, func(t *testing.T, q *Queue, w *watch) {
		add(t, q, Job{Kind: "letter"})
		work(t, q, 1)
		if all := listed(t, q, Waiting); len(all) != 1 || all[0].Failure != errUnknown.Error() {
			t.Errorf("it stands as %+v", all)
		}
		w.forward(time.Hour)
		q.Handle("letter", func(context.Context, Job) error { return nil })
		work(t, q, 1)
		if all := listed(t, q, Done); len(all) != 1 {
			t.Error("it is not done")
		}
	})
}

func TestOfManyProcessesOneDoesAJob(t *testing.T) {
	each(t, func(t *testing.T, q *Queue, w *watch) {
		var mu sync.Mutex
		done := map[string]int{}
		const jobs = 40
		for i := range jobs {
			add(t, q, Job{Kind: "letter", Payload: fmt.Sprint(i)})
		}
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				process := New(q.db)
				process.Clock = w
				process.Handle("letter", func(_ context.Context, j Job) error {
					mu.Lock()
					defer mu.Unlock()
					done[j.Payload]++
					return nil
				})
				if _, err := process.Work(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		for i := range jobs {
			if n := done[fmt.Sprint(i)]; n != 1 {
				t.Errorf("job %d was done %d times", i, n)
			}
		}
	})
}

func TestAJobOfAProcessThatDiedIsDoneAgainAfterItsLease(t *testing.T) {
	each(t, func(t *testing.T, q *Queue, w *watch) {
		ctx, die := context.WithCancel(t.Context())
		q.Handle("letter", func(ctx context.Context, _ Job) error { die(); return ctx.Err() })
		add(t, q, Job{Kind: "letter"})
		if _, err := q.Work(ctx); !errors.Is(err, context.Canceled) {
			t.Fatalf("stopped in the middle: %v", err)
		}
		late := claimed{Job: Job{ID: listed(t, q, Waiting)[0].ID}, attempts: 1, until: listed(t, q, Waiting)[0].Due.UnixMilli()}
		q.Handle("letter", func(context.Context, Job) error { return nil })
		work(t, q, 0)
		w.forward(lease + time.Second)
		c, err := q.claim(t.Context(), late.ID, w.Now())
		if err != nil || c == nil || c.attempts != 2 {
			t.Fatalf("claimed again as %+v (%v)", c, err)
		}
		if err := q.ended(t.Context(), &late, errors.New("too late")); err != nil {
			t.Fatal(err)
		}
		if err := q.ended(t.Context(), c, nil); err != nil || len(listed(t, q, Done)) != 1 {
			t.Errorf("whoever comes too late spoils it (%v)", err)
		}
	})
}

func TestARunningQueueDoesWhatItIsWokenForAndStops(t *testing.T) {
	db := dbtest.SQLite(t)
	q := New(db)
	done := make(chan string, 1)
	q.Handle("letter", func(_ context.Context, j Job) error { done <- j.Payload; return nil })
	ctx, stop := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { q.Run(ctx, slog.New(slog.DiscardHandler)) })
	add(t, q, Job{Kind: "letter", Payload: "hello"})
	q.Wake()
	if got := <-done; got != "hello" {
		t.Errorf("done was %q", got)
	}
	stop()
	running.Wait()
}

func TestWhatWasDoneLongAgoIsSweptAndWhatFailedStays(t *testing.T) {
	each(t, func(t *testing.T, q *Queue, w *watch) {
		q.Handle("letter", func(_ context.Context, j Job) error {
			if j.Payload == "bad" {
				return &Hopeless{errors.New("no")}
			}
			return nil
		})
		add(t, q, Job{Kind: "letter"})
		add(t, q, Job{Kind: "letter", Payload: "bad"})
		work(t, q, 2)
		w.forward(sweepAge + time.Hour)
		if err := q.Sweep(t.Context(), sweepAge); err != nil || len(listed(t, q, Done)) != 0 || len(listed(t, q, Failed)) != 1 {
			t.Errorf("after sweeping %d are done, %d failed (%v)", len(listed(t, q, Done)), len(listed(t, q, Failed)), err)
		}
	})
}

func TestEachWaitIsAboutTwiceTheOneBeforeUpToSixHours(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 1000).Draw(t, "attempts")
		middle := min(30*time.Second<<min(n-1, 12), 6*time.Hour)
		if d := wait(n); d < middle*4/5 || d > middle*6/5 {
			t.Fatalf("after %d tries it waits %v", n, d)
		}
	})
}
