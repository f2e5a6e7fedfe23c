package account

import (
	"context"
	"crypto/subtle"
	"slices"
	"time"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Session is one place where a person is signed in. Neither an internet address nor the name of a browser is kept.
type Session struct {
	ID      string // tells it from the others of the person; nobody can sign in with it
	Begun   time.Time
	Seen    time.Time // last used, to within a thirtieth of the time after which an unused session ends
	Ends    time.Time // at the latest
	Current bool      // it is that of the request
}

// SessionsOf gives where somebody is signed in themselves, the session that was used last first. A visitor is nowhere.
func (r *Room) SessionsOf(ctx context.Context, by Actor) ([]Session, error) {
	now, own := r.clock.Now(), r.sessions.hash(ctx)
	var all []Session
	err := r.db.Read(ctx, func(tx database.Tx) error {
		rows, err := tx.Query(ctx, "SELECT token_hash, seen_at, expires_at FROM account_session WHERE person_id = $1 AND person_id <> '' AND expires_at > $2 AND seen_at > $3",
			by.Person, now.UnixMilli(), now.Add(-r.idle).UnixMilli())
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var s Session
			var seen, ends int64
			if err := rows.Scan(&s.ID, &seen, &ends); err != nil {
				return err
			}
			s.Seen, s.Ends = time.UnixMilli(seen).UTC(), time.UnixMilli(ends).UTC()
			s.Begun, s.Current = s.Ends.Add(-r.lifetime), subtle.ConstantTimeCompare([]byte(s.ID), []byte(own)) == 1
			all = append(all, s)
		}
		return rows.Err()
	})
	slices.SortFunc(all, func(a, b Session) int { return b.Seen.Compare(a.Seen) })
	return all, err
}

// EndSession ends one of somebody's own sessions, also the one of the request. Returns NotFound where they have none of this id.
func (r *Room) EndSession(ctx context.Context, by Actor, id string) error {
	return r.endSessions(ctx, by, "session ended", func(tx database.Tx) (int64, error) {
		return tx.Exec(ctx, "DELETE FROM account_session WHERE person_id = $1 AND token_hash = $2", by.Person, id)
	})
}

// EndOtherSessions signs somebody out everywhere but where they are. Returns NotFound where they are signed in nowhere else.
func (r *Room) EndOtherSessions(ctx context.Context, by Actor) error {
	return r.endSessions(ctx, by, "other sessions ended", func(tx database.Tx) (int64, error) {
		return tx.Exec(ctx, "DELETE FROM account_session WHERE person_id = $1 AND token_hash <> $2", by.Person, r.sessions.hash(ctx))
	})
}

func (r *Room) endSessions(ctx context.Context, by Actor, act string, end func(database.Tx) (int64, error)) error {
	none := fault.Said(fault.NotFound, "error.session.none", "there is no such session; it may have ended already")
	if !by.SignedIn() {
		return none
	}
	return r.db.Write(ctx, func(tx database.Tx) error {
		n, err := end(tx)
		if err != nil {
			return err
		}
		if n == 0 {
			return none
		}
		return r.Note(ctx, tx, by, act, by.Person, nil)
	})
}

// hash names the session of a request as the table does; empty: it has none.
func (s *Sessions) hash(ctx context.Context) string {
	if token, _ := ctx.Value(cameWith{}).(string); token != "" {
		return hashToken(token)
	}
	return ""
}
