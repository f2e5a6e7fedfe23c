package jobs

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/cityrights/cityrights/internal/platform/clock"
	"github.com/cityrights/cityrights/internal/platform/database"
)

const (
	// lease is for how long nobody else takes a job that somebody works on. A handler is stopped before.
	lease = 5 * time.Minute
	// patience is how long a handler may take.
	patience = 2 * time.Minute
	// Tries is how often a job is tried: over about a day and a half, so that a mail server may be away for a night.
	Tries = 15
	// pause is between two looks for what other processes have added.
	pause = 2 * time.Second
	// batch is how many jobs are done one after the other before others get a chance to stop.
	batch = 100
)

// wait gives how long to wait after a number of tries: half a minute and then twice as long each time, up to six hours, give or take a fifth,
// so that many that failed together do not come back together.
func wait(attempts int) time.Duration {
	d := 30 * time.Second << min(attempts-1, 12)
	d = min(d, 6*time.Hour)
	return d - d/5 + time.Duration(rand.Int64N(int64(2*d/5)+1))
}

// Run does jobs, one after the other, until the context ends. What cannot be done is logged and tried again.
func (q *Queue) Run(ctx context.Context, log *slog.Logger) {
	look := time.NewTicker(pause)
	defer look.Stop()
	for {
		if _, err := q.Work(ctx); err != nil && ctx.Err() == nil {
			log.WarnContext(ctx, "jobs wait: the database is not free for them", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-look.C:
		case <-q.awake:
		}
	}
}

// Work does what is due and tells how many jobs that were, whatever became of them.
func (q *Queue) Work(ctx context.Context) (done int, err error) {
	for done < batch && ctx.Err() == nil {
		found, err := q.one(ctx)
		if err != nil || !found {
			return done, err
		}
		done++
	}
	return done, ctx.Err()
}

// claimed is a job that this process works on.
type claimed struct {
	Job
	attempts int
	until    int64 // end of the lease, by which the claim is known
}

// one does one job that is due, if there is one.
func (q *Queue) one(ctx context.Context) (bool, error) {
	// Looking costs no writing transaction, and most looks find nothing.
	var id string
	now := q.Clock.Now()
	err := q.db.ReadRow(ctx, "SELECT job_id FROM jobs_job WHERE state = $1 AND due_at <= $2 ORDER BY due_at, job_id LIMIT 1", []any{string(Waiting), now.UnixMilli()}, &id)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	c, err := q.claim(ctx, id, now)
	if err != nil || c == nil {
		return err == nil, err // another process was quicker: look again
	}
	failure := q.do(ctx, c.Job)
	if ctx.Err() != nil && failure != nil { // stopped in the middle: the lease ends and it is done again
		return true, ctx.Err()
	}
	return true, q.ended(context.WithoutCancel(ctx), c, failure)
}

func (q *Queue) claim(ctx context.Context, id string, now time.Time) (c *claimed, err error) {
	until := now.Add(lease).UnixMilli()
	err = q.db.Write(ctx, func(tx database.Tx) error {
		c = nil
		n, err := tx.Exec(ctx, "UPDATE jobs_job SET attempts = attempts + 1, due_at = $3 WHERE job_id = $1 AND state = $2 AND due_at <= $4",
			id, string(Waiting), until, now.UnixMilli())
		if err != nil || n == 0 {
			return err
		}
		one := claimed{Job: Job{ID: id}, until: until}
		if err := tx.QueryRow(ctx, "SELECT kind, payload, attempts FROM jobs_job WHERE job_id = $1", id).Scan(&one.Kind, &one.Payload, &one.attempts); err != nil {
			return err
		}
		c = &one
		return nil
	})
	return c, err
}

// do calls the handler.
func (q *Queue) do(ctx context.Context, j Job) error {
	h, known := q.handlers[j.Kind]
	if !known {
		return errUnknown
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return h(ctx, j)
}

// ended notes what became of a job, unless the lease was over and somebody else has taken it.
func (q *Queue) ended(ctx context.Context, c *claimed, failure error) error {
	now := q.Clock.Now()
	return q.db.Write(ctx, func(tx database.Tx) error {
		const still = " WHERE job_id = $1 AND state = 'waiting' AND due_at = $2"
		if failure == nil {
			_, err := tx.Exec(ctx, "UPDATE jobs_job SET state = 'done', payload = '', failure = '', ended_at = $3"+still, c.ID, c.until, now.UnixMilli())
			return err
		}
		text := failure.Error()
		if len(text) > longestFailure {
			text = text[:longestFailure]
		}
		var hopeless *Hopeless
		if errors.As(failure, &hopeless) || c.attempts >= Tries {
			_, err := tx.Exec(ctx, "UPDATE jobs_job SET state = 'failed', failure = $3, ended_at = $4"+still, c.ID, c.until, text, now.UnixMilli())
			return err
		}
		_, err := tx.Exec(ctx, "UPDATE jobs_job SET failure = $3, due_at = $4"+still, c.ID, c.until, text, now.Add(wait(c.attempts)).UnixMilli())
		return err
	})
}

const longestFailure = 500 // bytes of what is kept of an error

// sweepAge is for how long it can be seen that a job was done.
const sweepAge = 30 * 24 * time.Hour

// Tend removes what was done long ago, again and again until the context ends.
func (q *Queue) Tend(ctx context.Context, log *slog.Logger) {
	clock.Every(ctx, q.Clock, time.Hour, func(time.Time) {
		if err := q.Sweep(ctx, sweepAge); err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "jobs that were done long ago stay", "error", err)
		}
	})
}
