package notice

import (
	"context"
	"time"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/jobs"
)

// Letter is one as an operator sees it: to whom and how it stands, never what it says.
type Letter struct {
	ID       string
	Kind     Kind
	To       string
	Attempts int
	Queued   time.Time
	Due      time.Time // when one that waits is tried
	Ended    time.Time // zero: it waits
	Failure  string    // what was said the last time; empty: nothing has gone wrong
}

// Shown is how many letters of each state Letters gives at most.
const Shown = 100

// Letters gives the letters in a state, the newest first.
func (r *Room) Letters(ctx context.Context, by account.Actor, state jobs.State) ([]Letter, error) {
	if err := mayOperate(by); err != nil {
		return nil, err
	}
	standing, err := r.queue.List(ctx, kindLetter, state, Shown)
	all := make([]Letter, len(standing))
	for i, s := range standing {
		all[i] = Letter{ID: s.ID, Kind: Kind(s.About["kind"]), To: s.About["to"], Attempts: s.Attempts, Queued: s.Queued, Due: s.Due, Ended: s.Ended, Failure: s.Failure}
	}
	return all, err
}

// Post counts the letters that wait and those that failed.
func (r *Room) Post(ctx context.Context) (jobs.Count, error) { return r.queue.Count(ctx, kindLetter) }

// late is for how long a letter may wait before an operator should know.
const late = time.Hour

// Stuck tells whether an operator should look: a letter has failed, or has waited for more than an hour.
func (r *Room) Stuck(ctx context.Context) (jobs.Count, bool, error) {
	c, err := r.Post(ctx)
	return c, c.Failed > 0 || !c.Oldest.IsZero() && r.Clock.Now().Sub(c.Oldest) > late, err
}

// Retry has a letter that failed tried again. Returns NotFound or Forbidden.
func (r *Room) Retry(ctx context.Context, by account.Actor, id string) error {
	return r.handle(ctx, by, id, "letter retried", r.queue.Retry)
}

// Forget gives a letter up that failed. Returns NotFound or Forbidden.
func (r *Room) Forget(ctx context.Context, by account.Actor, id string) error {
	return r.handle(ctx, by, id, "letter given up", r.queue.Forget)
}

func (r *Room) handle(ctx context.Context, by account.Actor, id, act string, do func(ctx context.Context, tx database.Tx, kind, id string) (bool, error)) error {
	if err := mayOperate(by); err != nil {
		return err
	}
	err := r.db.Write(ctx, func(tx database.Tx) error {
		found, err := do(ctx, tx, kindLetter, id)
		if err != nil {
			return err
		}
		if !found {
			return fault.Said(fault.NotFound, "error.notice.no_letter", "there is no letter of this kind that failed")
		}
		return r.people.Note(ctx, tx, by, act, id, nil)
	})
	if err == nil {
		r.queue.Wake()
	}
	return err
}

func mayOperate(by account.Actor) error {
	if !account.Can(by, account.Operate, account.Resource{Kind: "node"}) {
		return fault.Said(fault.Forbidden, "error.notice.may_not", "only who operates the node may do this")
	}
	return nil
}
