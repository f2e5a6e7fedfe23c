package account

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/cityrights/cityrights/internal/platform/clock"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// sessionStore keeps sessions in the database under the hash of their token. It is the store of scs.
type sessionStore struct {
	db    *database.DB
	clock clock.Clock
	idle  time.Duration
}

// noteWithin is how long a request waits to note that its session is in use.
const noteWithin = time.Second

// FindCtx gives a session that is neither too old nor unused for too long, and notes that it was used.
func (s *sessionStore) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	now, hash := s.clock.Now().UnixMilli(), hashToken(token)
	var seen int64
	err = s.db.Read(ctx, func(tx database.Tx) error {
		return tx.QueryRow(ctx, "SELECT data, seen_at FROM account_session WHERE token_hash = $1 AND expires_at > $2 AND seen_at > $3",
			hash, now, now-s.idle.Milliseconds()).Scan(&data, &seen)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	if now-seen < s.idle.Milliseconds()/30 { // no write with every click
		return data, true, nil
	}
	return data, true, s.noteUse(ctx, hash, now)
}

// noteUse writes down that a session is in use. Who reads does not wait for who writes: where the writer is not free within a second, as
// during a long import, the next request notes it.
func (s *sessionStore) noteUse(ctx context.Context, hash string, now int64) error {
	soon, cancel := context.WithTimeout(ctx, noteWithin)
	defer cancel()
	err := s.db.Write(soon, func(tx database.Tx) error {
		_, err := tx.Exec(soon, "UPDATE account_session SET seen_at = $2 WHERE token_hash = $1", hash, now)
		return err
	})
	if ctx.Err() == nil && (soon.Err() != nil || fault.KindOf(err) == fault.Unavailable) {
		return nil
	}
	return err
}

// CommitCtx keeps a session. One that the request came with is only changed, never made again: it may have been ended meanwhile, by
// signing out elsewhere or because the person was disabled.
func (s *sessionStore) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	var content sessionData
	if err := json.Unmarshal(data, &content); err != nil {
		return err
	}
	now, hash := s.clock.Now().UnixMilli(), hashToken(token)
	return s.db.Write(ctx, func(tx database.Tx) error {
		if token == ctx.Value(cameWith{}) {
			_, err := tx.Exec(ctx, "UPDATE account_session SET data = $2 WHERE token_hash = $1", hash, string(data))
			return err
		}
		_, err := tx.Exec(ctx, "DELETE FROM account_session WHERE expires_at <= $1 OR seen_at <= $2", now, now-s.idle.Milliseconds())
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "INSERT INTO account_session (token_hash, person_id, data, seen_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
			hash, content.Values[sessionPerson], string(data), now, expiry.UnixMilli())
		return err
	})
}

// DeleteCtx ends a session.
func (s *sessionStore) DeleteCtx(ctx context.Context, token string) error {
	return s.db.Write(ctx, func(tx database.Tx) error {
		_, err := tx.Exec(ctx, "DELETE FROM account_session WHERE token_hash = $1", hashToken(token))
		return err
	})
}

// Find is FindCtx without a context, which scs never calls where there is one with.
func (s *sessionStore) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without a context.
func (s *sessionStore) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is DeleteCtx without a context.
func (s *sessionStore) Delete(token string) error {
	return s.DeleteCtx(context.Background(), token)
}
