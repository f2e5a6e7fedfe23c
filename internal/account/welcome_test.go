package account

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

var (
	newcomer    = Person{Email: "ana@example.org", Name: "Ana Lima", Language: "pt"}
	coordinator = Granted{RoleCoordinator, InCity("alba")}
	moderator   = Granted{RoleModerator, InCity("alba")}
)

// aboutCity is what a grant for a city is about.
func aboutCity(g Granted) Resource {
	id, _ := strings.CutPrefix(string(g.Scope), "city/")
	return Resource{Kind: "city", City: id}
}

func TestWelcomeAddsGrantsAndInvites(t *testing.T) {
	eachHouse(t, func(h house) {
		ctx := t.Context()
		p, token, err := h.room.Welcome(ctx, Operator(), newcomer, "", []Granted{moderator, coordinator, coordinator}, aboutCity)
		h.must(err)
		if diff := cmp.Diff([]Granted{coordinator, moderator}, p.Grants); diff != "" {
			t.Error(diff)
		}
		var acts []string
		trail, err := h.room.Trail(ctx, h.clock.now)
		h.must(err)
		for _, act := range trail {
			acts = append(acts, act.Act)
		}
		if diff := cmp.Diff([]string{"person added", "role granted", "role granted", "invite issued"}, acts); diff != "" {
			t.Error(diff)
		}
		h.clock.advance(inviteLifetime - time.Minute)
		h.must(h.room.Redeem(ctx, token, goodPassword))
		b := &browser{house: h}
		b.want("in", "in")
	})
}

func TestWelcomeWithAPasswordInvitesNobody(t *testing.T) {
	eachHouse(t, func(h house) {
		_, token, err := h.room.Welcome(t.Context(), Operator(), newcomer, goodPassword, []Granted{coordinator}, aboutCity)
		h.must(err)
		if kept := h.count("account_token"); token != "" || kept != 0 {
			t.Errorf("token %q, %d kept", token, kept)
		}
		b := &browser{house: h}
		b.want("in", "in")
	})
}

func TestWelcomeLeavesNothingWhereAPartIsRefused(t *testing.T) {
	elsewhere := func(Granted) Resource { return Resource{Kind: "city", City: "elsewhere"} }
	mayGrantOnly := Actor{Person: "ana", Grants: []Granted{coordinator}}
	for name, test := range map[string]struct {
		by       Actor
		person   Person
		password string
		grant    Granted
		about    func(Granted) Resource
		want     fault.Kind
	}{
		"an address that is none":           {Operator(), Person{Email: "ana", Name: "Ana"}, "", coordinator, aboutCity, fault.Invalid},
		"a password that may not be":        {Operator(), newcomer, "short", coordinator, aboutCity, fault.Invalid},
		"a role that does not fit":          {Operator(), newcomer, "", Granted{RoleCoordinator, Node}, aboutCity, fault.Invalid},
		"a scope that is not asked about":   {Operator(), newcomer, "", coordinator, elsewhere, fault.Invalid},
		"somebody who may not add people":   {mayGrantOnly, newcomer, "", coordinator, aboutCity, fault.Forbidden},
		"somebody who may not grant either": {Actor{}, newcomer, "", coordinator, aboutCity, fault.Forbidden},
	} {
		t.Run(name, func(t *testing.T) {
			eachHouse(t, func(h house) {
				p, token, err := h.room.Welcome(h.Context(), test.by, test.person, test.password, []Granted{moderator, test.grant}, test.about)
				h.kind(err, test.want)
				h.nothingKept(p, token)
			})
		})
	}
}

func TestWelcomeLeavesNothingWhereALaterStatementFails(t *testing.T) {
	for _, lost := range []string{"account_grant", "account_token"} {
		t.Run(lost, func(t *testing.T) {
			eachHouse(t, func(h house) {
				rename := func(from, to string) {
					h.must(h.db.Write(h.Context(), func(tx database.Tx) error {
						_, err := tx.Exec(h.Context(), "ALTER TABLE "+from+" RENAME TO "+to)
						return err
					}))
				}
				rename(lost, "moved")
				p, token, err := h.room.Welcome(h.Context(), Operator(), newcomer, "", []Granted{coordinator}, aboutCity)
				if err == nil {
					t.Error("it went well without " + lost)
				}
				rename("moved", lost)
				h.nothingKept(p, token)
			})
		})
	}
}

func TestWelcomeGivesNoTokenWhereTheRequestHasEnded(t *testing.T) {
	eachHouse(t, func(h house) {
		ctx, cancel := context.WithCancel(h.Context())
		cancel()
		p, token, err := h.room.Welcome(ctx, Operator(), newcomer, "", []Granted{coordinator}, aboutCity)
		if !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		h.nothingKept(p, token)
	})
}

func TestWelcomeTakesAnAddressOnce(t *testing.T) {
	eachHouse(t, func(h house) {
		h.add(newcomer.Email, goodPassword)
		_, token, err := h.room.Welcome(h.Context(), Operator(), newcomer, "", []Granted{coordinator}, aboutCity)
		h.kind(err, fault.Conflict)
		if token != "" || h.count("account_person") != 1 || h.count("account_grant") != 0 || h.count("account_token") != 0 {
			t.Error("something of the second person is kept")
		}
	})
}

func TestWhoNeverChoseAPasswordIsNoAdministratorToRelyOn(t *testing.T) {
	eachHouse(t, func(h house) {
		ctx := t.Context()
		administrator := Granted{RoleAdministrator, Node}
		node := func(Granted) Resource { return Resource{Kind: "node"} }
		ana, _, err := h.room.Welcome(ctx, Operator(), newcomer, goodPassword, []Granted{administrator}, node)
		h.must(err)
		ben, token, err := h.room.Welcome(ctx, Operator(), Person{Email: "ben@example.org", Name: "Ben"}, "", []Granted{administrator}, node)
		h.must(err)
		h.kind(h.room.Disable(ctx, Operator(), ana.ID), fault.Conflict)
		h.kind(h.room.Revoke(ctx, Operator(), ana.ID, administrator, node(administrator)), fault.Conflict)
		h.must(h.room.Revoke(ctx, Operator(), ben.ID, administrator, node(administrator))) // nothing depends on ben
		h.must(h.room.Grant(ctx, Operator(), ben.ID, administrator, node(administrator)))
		h.must(h.room.Redeem(ctx, token, "four quiet herons"))
		h.must(h.room.Disable(ctx, Operator(), ana.ID))
		h.kind(h.room.Disable(ctx, Operator(), ben.ID), fault.Conflict)
	})
}

// nothingKept tells where a welcome that failed gave or left something.
func (h house) nothingKept(p Person, token string) {
	h.Helper()
	if p.ID != "" || token != "" {
		h.Errorf("it gave %+v and %q", p, token)
	}
	for _, table := range []string{"account_person", "account_grant", "account_token", "account_audit"} {
		if n := h.count(table); n != 0 {
			h.Errorf("%s holds %d rows", table, n)
		}
	}
}

func (h house) count(table string) (n int) {
	h.Helper()
	h.must(h.db.Read(h.Context(), func(tx database.Tx) error {
		return tx.QueryRow(h.Context(), "SELECT count(*) FROM "+table).Scan(&n)
	}))
	return n
}
