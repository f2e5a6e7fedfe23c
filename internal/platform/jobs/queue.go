package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/cityrights/cityrights/internal/platform/clock"
	"github.com/cityrights/cityrights/internal/platform/database"
)

// State is how a job stands.
type State string

const (
	Waiting State = "waiting" // for its turn, for another try, or for whoever works on it
	Done    State = "done"
	Failed  State = "failed" // for good, until somebody has it tried again
)

// Job is work to be done.
type Job struct {
	ID      string            // empty when it is added: it gets one
	Kind    string            // which handler does it
	About   map[string]string // what an operator may see of it
	Payload string            // what the handler needs; it is gone once the job is done
}

// Handler does a job. Where it returns an error the job is tried again later; where that is Hopeless, it fails at once. It is called again
// for a job that it has done where the process died before that was noted.
type Handler func(ctx context.Context, j Job) error

// Hopeless is an error of a job that no other try would end better.
type Hopeless struct{ Err error }

func (h *Hopeless) Error() string { return h.Err.Error() }
func (h *Hopeless) Unwrap() error { return h.Err }

// Queue keeps jobs and does them. Make it with New; register every kind by Handle before Run.
type Queue struct {
	Clock clock.Clock // the machine's where it is nil

	db       *database.DB
	handlers map[string]Handler
	awake    chan struct{}
}

// New makes the queue on a database.
func New(db *database.DB) *Queue {
	return &Queue{db: db, Clock: clock.System{}, handlers: map[string]Handler{}, awake: make(chan struct{}, 1)}
}

// Handle says who does a kind of job.
func (q *Queue) Handle(kind string, h Handler) { q.handlers[kind] = h }

// Add keeps a job in the transaction that it follows from, and gives its id. Call Wake once that is committed; else it is found a moment later.
func (q *Queue) Add(ctx context.Context, tx database.Tx, j Job) (string, error) {
	if j.ID == "" {
		j.ID = database.NewID()
	}
	if j.About == nil {
		j.About = map[string]string{}
	}
	about, err := json.Marshal(j.About)
	if err != nil {
		return "", err
	}
	now := q.Clock.Now().UnixMilli()
	_, err = tx.Exec(ctx, `INSERT INTO jobs_job (job_id, kind, about, payload, state, attempts, due_at, queued_at, failure)
		VALUES ($1, $2, $3, $4, $5, 0, $6, $7, '')`, j.ID, j.Kind, string(about), j.Payload, string(Waiting), now, now)
	return j.ID, err
}

// Wake tells this process that there is something to do.
func (q *Queue) Wake() {
	select {
	case q.awake <- struct{}{}:
	default:
	}
}

// Retry has a job that failed tried again from the beginning; it tells whether there was such a one.
func (q *Queue) Retry(ctx context.Context, tx database.Tx, kind, id string) (bool, error) {
	n, err := tx.Exec(ctx, "UPDATE jobs_job SET state = $3, attempts = 0, due_at = $4, ended_at = NULL WHERE job_id = $1 AND kind = $2 AND state = $5",
		id, kind, string(Waiting), q.Clock.Now().UnixMilli(), string(Failed))
	return n > 0, err
}

// Forget ends a job that failed and is not wanted any more; it tells whether there was such a one.
func (q *Queue) Forget(ctx context.Context, tx database.Tx, kind, id string) (bool, error) {
	n, err := tx.Exec(ctx, "DELETE FROM jobs_job WHERE job_id = $1 AND kind = $2 AND state = $3", id, kind, string(Failed))
	return n > 0, err
}

// Standing is a job as it is shown to an operator.
type Standing struct {
	ID, Kind string
	About    map[string]string
	State    State
	Attempts int
	Queued   time.Time
	Due      time.Time // of one that waits
	Ended    time.Time // zero: it is waiting
	Failure  string    // of the last attempt; empty: there was none
}

// List gives the jobs of a kind in a state, the newest first, at most so many.
func (q *Queue) List(ctx context.Context, kind string, state State, most int) ([]Standing, error) {
	var all []Standing
	err := q.db.Read(ctx, func(tx database.Tx) error {
		rows, err := tx.Query(ctx, `SELECT job_id, about, attempts, queued_at, due_at, coalesce(ended_at, 0), failure FROM jobs_job
			WHERE kind = $1 AND state = $2 ORDER BY queued_at DESC, job_id DESC LIMIT $3`, kind, string(state), most)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			one := Standing{Kind: kind, State: state}
			var about []byte
			var queued, due, ended int64
			if err := rows.Scan(&one.ID, &about, &one.Attempts, &queued, &due, &ended, &one.Failure); err != nil {
				return err
			}
			if err := json.Unmarshal(about, &one.About); err != nil {
				return err
			}
			one.Queued, one.Due = time.UnixMilli(queued).UTC(), time.UnixMilli(due).UTC()
			if ended > 0 {
				one.Ended = time.UnixMilli(ended).UTC()
			}
			all = append(all, one)
		}
		return rows.Err()
	})
	return all, err
}

// Count is how many jobs there are of a kind, and since when the oldest waits.
type Count struct {
	Waiting, Failed int
	Oldest          time.Time // zero: none waits
}

// Count counts the jobs of a kind.
func (q *Queue) Count(ctx context.Context, kind string) (Count, error) {
	var c Count
	var oldest int64
	err := q.db.ReadRow(ctx, `SELECT coalesce(sum(CASE WHEN state = 'waiting' THEN 1 ELSE 0 END), 0), coalesce(sum(CASE WHEN state = 'failed' THEN 1 ELSE 0 END), 0),
		coalesce(min(CASE WHEN state = 'waiting' THEN queued_at END), 0) FROM jobs_job WHERE kind = $1 AND state <> 'done'`, []any{kind}, &c.Waiting, &c.Failed, &oldest)
	if oldest > 0 {
		c.Oldest = time.UnixMilli(oldest).UTC()
	}
	return c, err
}

// Sweep removes jobs that were done longer ago than an age.
func (q *Queue) Sweep(ctx context.Context, age time.Duration) error {
	return q.db.Write(ctx, func(tx database.Tx) error {
		_, err := tx.Exec(ctx, "DELETE FROM jobs_job WHERE state = $1 AND ended_at < $2", string(Done), q.Clock.Now().Add(-age).UnixMilli())
		return err
	})
}

// errUnknown is of a job that no handler of this program does, such as one of a newer program.
var errUnknown = errors.New("this program does not know how to do it")
