package assessment

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Decide does with an answer that was handed in what how says: TakenBack by its own organisation, Returned, Accepted or Contested by those who
// check. On is the version that they have read.
//
// Returns NotFound where there is no such cycle, Invalid where a note is needed and there is none, and Conflict where the answer has
// another version by now, or cannot go this way (see How.Allows).
func (r *Room) Decide(ctx context.Context, by account.Actor, key Key, on int64, how How, note string) (e Entry, err error) {
	note = strings.TrimSpace(note)
	if note == "" && moves[how].note {
		return e, fault.SaidOf("note", "error.answer.note", "say why, so that those who answered know what to do")
	}
	if utf8.RuneCountInString(note) > longestReasons {
		return e, fault.SaidOf("note", "error.answer.long", "this is longer than {Most} characters", "Most", longestReasons)
	}
	err = r.db.Write(ctx, func(tx database.Tx) error {
		c, before, begun, err := readPresent(ctx, tx, key)
		if err != nil {
			return notFound(err, noCycle(key.City, key.Period))
		}
		switch {
		case begun && before.Version != on:
			return fault.Said(fault.Conflict, "error.answer.changed_since", "this answer has changed since you opened it; read it again first")
		case !how.Allows(c.State, before.State):
			return fault.Said(fault.Conflict, "error.answer.not_now", "this cannot be done with the answer at present")
		}
		e = before
		e.State, e.Version, e.Note, e.ChangedBy, e.Changed = moves[how].to, before.Version+1, note, by.Person, r.Clock.Now().UnixMilli()
		return put(ctx, tx, key, e, how)
	})
	return e, err
}
