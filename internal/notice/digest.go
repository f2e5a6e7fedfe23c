package notice

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/clock"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/settings"
)

const (
	// lookEvery is how often it is looked whether the hour of the digests has come.
	lookEvery = time.Minute
	// repeatAfter is when a person is told again of what has not changed.
	repeatAfter = 7 * 24 * time.Hour
)

// Tend writes digests when their hour has come, until the context ends. Several processes may do so on one database.
func (r *Room) Tend(ctx context.Context, log *slog.Logger) {
	clock.Every(ctx, r.Clock, lookEvery, func(time.Time) {
		if _, err := r.Look(ctx); err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "digests", "error", err)
		}
	})
}

// Look writes the digests that are due, lets them wait in the queue, and tells how many they are. What fails for one person keeps nobody else
// from theirs.
func (r *Room) Look(ctx context.Context) (written int, err error) {
	v, err := r.settings.Current(ctx)
	if err != nil || !r.writes(v) {
		return 0, err
	}
	people, err := r.people.People(ctx)
	if err != nil {
		return 0, err
	}
	var all []error
	for _, p := range people {
		if !mayHear(p) || ctx.Err() != nil {
			continue
		}
		wrote, err := r.look(ctx, v, p)
		if err != nil {
			all = append(all, fmt.Errorf("of %s: %w", p.ID, err))
		}
		if wrote {
			written++
		}
	}
	if written > 0 {
		r.queue.Wake()
	}
	return written, errors.Join(all...)
}

// look writes one person's digest where it is due and there is something to say. Most looks find that it is not, and write nothing.
func (r *Room) look(ctx context.Context, v settings.Values, p account.Person) (wrote bool, err error) {
	now := r.Clock.Now().In(v.Zone())
	var due bool
	err = r.db.Read(ctx, func(tx database.Tx) error {
		one, err := r.reader(ctx, tx, p.ID)
		due = err == nil && one.due(p, v, now)
		return err
	})
	if err != nil || !due {
		return false, err
	}
	l, err := r.speaks(p, v)
	if err != nil {
		return false, err
	}
	err = r.db.Write(ctx, func(tx database.Tx) error {
		wrote = false
		one, err := r.reader(ctx, tx, p.ID)
		if err != nil || !one.due(p, v, now) { // another process was quicker
			return err
		}
		var tasks []Task
		if r.Tasks != nil {
			if tasks, err = r.Tasks(ctx, tx, p.ID, l.Tag); err != nil {
				return err
			}
		}
		d := sorted(tasks, now, one.said)
		if wrote = one.wants(d, now, one.often(v)); wrote {
			l, err := r.digest(l, v, p, d)
			if err != nil {
				return err
			}
			if err := r.post(ctx, tx, Digest, p, l); err != nil {
				return err
			}
			one.sent, one.said = now, d.said()
		}
		one.looked = now
		return r.keepReader(ctx, tx, p.ID, one)
	})
	return wrote, err
}

// often gives how often a person is told.
func (o reader) often(v settings.Values) settings.Rhythm {
	if o.rhythm != "" {
		return o.rhythm
	}
	return v.Digests.Rhythm
}

// due tells whether the hour of a person's digest has come since it was last looked, and none was sent on this day yet.
func (o reader) due(p account.Person, v settings.Values, now time.Time) bool {
	rhythm := o.often(v)
	if rhythm == settings.Never || !o.sent.IsZero() && day(o.sent.In(now.Location())) == day(now) {
		return false
	}
	since := o.looked
	if since.IsZero() {
		since = p.Created
	}
	return hour(v.Digests, rhythm, now).After(since)
}

// hour gives the last moment, up to now, at which digests of a rhythm are written.
func hour(d settings.Digests, rhythm settings.Rhythm, now time.Time) time.Time {
	at := time.Date(now.Year(), now.Month(), now.Day(), d.Hour, 0, 0, 0, now.Location())
	for at.After(now) || rhythm == settings.Weekly && at.Weekday() != d.Day {
		at = time.Date(at.Year(), at.Month(), at.Day()-1, d.Hour, 0, 0, 0, now.Location()) // by the calendar: a day may have 23 hours
	}
	return at
}

// wants tells whether there is something to say. Who hears every day hears only what is new to them, and the rest once a week.
func (o reader) wants(d digest, now time.Time, rhythm settings.Rhythm) bool {
	if d.count() == 0 {
		return false
	}
	if rhythm == settings.Weekly || now.Sub(o.sent) >= repeatAfter {
		return true
	}
	for key, g := range d.said() {
		if g != known && o.said[key] != g {
			return true
		}
	}
	return false
}
