package account

import (
	"context"
	"crypto/rand"

	"github.com/cityrights/cityrights/internal/platform/database"
)

// Welcome keeps a new person with their roles and, where no password is given, a one-time token by which they choose one within seven
// days (see Invite); with a password the token is empty. All of it is kept together or nothing. About says what a grant's scope names
// (see Grant). Returns what Add and Grant return.
func (r *Room) Welcome(ctx context.Context, by Actor, p Person, password string, grants []Granted, about func(Granted) Resource) (added Person, token string, err error) {
	for _, g := range grants {
		if err := mayGrant(by, g, about(g)); err != nil {
			return Person{}, "", err
		}
	}
	if p, err = r.newcomer(ctx, by, p, password); err != nil {
		return Person{}, "", err
	}
	if password == "" {
		token = rand.Text() // 128 bits or more
	}
	err = r.db.Write(ctx, func(tx database.Tx) error {
		added, err = r.welcome(ctx, tx, by, p, grants, about, token)
		return err
	})
	if err != nil {
		return Person{}, "", err
	}
	return added, token, nil
}

func (r *Room) welcome(ctx context.Context, tx database.Tx, by Actor, p Person, grants []Granted, about func(Granted) Resource, token string) (Person, error) {
	if err := r.insert(ctx, tx, by, p); err != nil {
		return Person{}, err
	}
	for _, g := range grants {
		if err := r.grant(ctx, tx, by, p.ID, g, about(g)); err != nil {
			return Person{}, err
		}
	}
	if token != "" {
		if err := r.keepToken(ctx, tx, by, p, token, invite, inviteLifetime); err != nil {
			return Person{}, err
		}
		if err := r.note(ctx, tx, by, invite+" issued", p.ID, nil, scopesOf(grants)); err != nil {
			return Person{}, err
		}
	}
	return r.Get(ctx, tx, p.ID)
}
