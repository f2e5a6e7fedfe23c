package notice

import (
	"context"
	"crypto/x509"
	"strings"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/clock"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/jobs"
	"github.com/cityrights/cityrights/internal/platform/locale"
	"github.com/cityrights/cityrights/internal/platform/seal"
	"github.com/cityrights/cityrights/internal/platform/settings"
)

// Room writes to people. Make it with New; its fields are set before it is used.
type Room struct {
	Clock clock.Clock
	// Tasks gives what waits for a person, with titles in a language; nil: nothing ever does.
	Tasks func(ctx context.Context, tx database.Tx, person, language string) ([]Task, error)
	// Folder is where letters are written that go nowhere else.
	Folder string
	// Address is where people reach the node while no setting says so, as http://127.0.0.1:8080; empty: nowhere, and nothing with a link is sent.
	Address string
	// Roots vouch for a mail server's certificate; nil: those of the machine.
	Roots *x509.CertPool

	db       *database.DB
	people   *account.Room
	settings *settings.Store
	queue    *jobs.Queue
	keys     *seal.Keeper
	locales  func() (*locale.Set, error)
}

// New makes the room on a database, and lets the queue send its letters. The locales are asked for when something is first written.
func New(db *database.DB, people *account.Room, kept *settings.Store, queue *jobs.Queue, keys *seal.Keeper, locales func() (*locale.Set, error)) *Room {
	r := &Room{db: db, people: people, settings: kept, queue: queue, keys: keys, locales: locales, Clock: clock.System{}}
	queue.Handle(kindLetter, r.deliver)
	return r
}

// place gives where people reach the node, without a slash at the end; empty: nobody knows.
func (r *Room) place(v settings.Values) string {
	if v.Node.Address != "" {
		return strings.TrimRight(v.Node.Address, "/")
	}
	return strings.TrimRight(r.Address, "/")
}

// writes tells whether letters with links can be sent.
func (r *Room) writes(v settings.Values) bool { return v.Mail.On() && r.place(v) != "" }

// Writes tells whether the node sends letters with links at this moment: mail is on, and it is known where people reach the node.
func (r *Room) Writes(ctx context.Context) (bool, error) {
	v, err := r.settings.Current(ctx)
	return err == nil && r.writes(v), err
}

// speaks gives the language in which a person is written to.
func (r *Room) speaks(p account.Person, v settings.Values) (*locale.Locale, error) {
	all, err := r.locales()
	if err != nil {
		return nil, err
	}
	for _, tag := range []string{p.Language, v.Node.Language} {
		if tag == "" {
			continue
		}
		if l, ok := all.Get(tag); ok {
			return l, nil
		}
		if l := all.Match(tag); l.Tag != "en" { // a tag with a region; English is also what stands in for anything
			return l, nil
		}
	}
	l, _ := all.Get("en")
	return l, nil
}
