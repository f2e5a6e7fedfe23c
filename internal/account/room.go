package account

import (
	"context"
	"time"

	"github.com/cityrights/cityrights/internal/platform/clock"
	"github.com/cityrights/cityrights/internal/platform/database"
)

// Options of a room. The zero value is what a node runs with.
type Options struct {
	Clock clock.Clock // nil: the machine's
	Cost  Cost        // of a password's hash; zero: the default
	// Secure says that people reach the node by HTTPS, so that the browser sends the session's cookie over nothing else.
	Secure   bool
	Idle     time.Duration // a session unused for this long ends; 0: 2 hours
	Lifetime time.Duration // a session ends after this long in any case; 0: 12 hours
}

const (
	defaultIdle     = 2 * time.Hour
	defaultLifetime = 12 * time.Hour
	inviteLifetime  = 7 * 24 * time.Hour
	resetLifetime   = 24 * time.Hour
)

// Room keeps the people of a node. Its exported fields are set before it is first used.
type Room struct {
	// Invited is told, in the same transaction, of a link that was made for a person, so that it can be sent; nil: nobody is.
	Invited func(ctx context.Context, tx database.Tx, by Actor, p Person, link Link) error

	db       *database.DB
	clock    clock.Clock
	hasher   *hasher
	limit    *limit
	sessions *Sessions
	idle     time.Duration
	lifetime time.Duration
	// Asked, if set, gives the questions that are assigned to a guest, each as its scope (see InQuestion). Nil: guests may do nothing.
	Asked func(ctx context.Context, tx database.Tx, guest string) ([]Scope, error)
}

// New makes the room on a database.
func New(db *database.DB, o Options) *Room {
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	if o.Idle == 0 {
		o.Idle = defaultIdle
	}
	if o.Lifetime == 0 {
		o.Lifetime = defaultLifetime
	}
	r := &Room{db: db, clock: o.Clock, hasher: newHasher(o.Cost), limit: newLimit(o.Clock), idle: o.Idle, lifetime: o.Lifetime}
	r.sessions = newSessions(db, o)
	return r
}

// Sessions gives the sessions of the people who are signed in.
func (r *Room) Sessions() *Sessions { return r.sessions }
