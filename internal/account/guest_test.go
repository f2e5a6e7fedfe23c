package account

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// council is what the council of alba answers, and watch what an organisation that it may not speak for does.
var (
	council = Resource{Kind: "answer", City: "alba", Organisation: "alba-council", Draft: true}
	watch   = Resource{Kind: "answer", City: "alba", Organisation: "watch", Independent: true, Draft: true}
	host    = Actor{Person: "host", Name: "Host", Grants: []Granted{{RoleCoordinator, InCity("alba")}}}
)

// TestWhatAGuestMayDo is the whole table: a guest who is asked LIV.1 of the council in 2026.
func TestWhatAGuestMayDo(t *testing.T) {
	guest := Actor{Person: "dalia", Guest: true, Grants: []Granted{{RoleGuest, InQuestion("alba", "2026", "alba-council", "LIV.1")}}}
	for name, test := range map[string]struct {
		resource Resource
		allowed  map[Verb]bool
	}{
		"the question":                     {council.Question("2026", "LIV.1"), map[Verb]bool{View: true, Answer: true}},
		"another question":                 {council.Question("2026", "LIV.2"), nil},
		"the same of another year":         {council.Question("2025", "LIV.1"), nil},
		"the same of another organisation": {watch.Question("2026", "LIV.1"), nil},
		"the same of another city":         {Resource{Kind: "answer", City: "brisa", Organisation: "alba-council"}.Question("2026", "LIV.1"), nil},
		"all answers of the organisation":  {council, nil},
		"no question of the cycle":         {council.Question("2026", ""), nil},
		"the city":                         {Resource{Kind: "city", City: "alba"}, nil},
		"the node":                         {Resource{Kind: "node"}, nil},
		"their own entry":                  {Resource{Kind: "person", Owner: "dalia"}, nil},
		"a public page":                    {Resource{Kind: "city", City: "alba", Public: true}, map[Verb]bool{View: true}},
	} {
		for _, verb := range Verbs {
			if got := Can(guest, verb, test.resource); got != test.allowed[verb] {
				t.Errorf("%s %s: %v", verb, name, got)
			}
		}
	}
}

// Whatever a guest is granted besides, nothing is theirs but the questions that are assigned to them; and nobody else has the role of a guest.
func TestNothingWidensAGuest(t *testing.T) {
	scopes := []Scope{Node, "city/alba", "organisation/alba-council", "network/league", InQuestion("alba", "2026", "alba-council", "LIV.1"), "question/alba"}
	rapid.Check(t, func(t *rapid.T) {
		grant := rapid.Custom(func(t *rapid.T) Granted {
			return Granted{rapid.SampledFrom(append([]Role{RoleVisitor, RoleGuest}, Roles...)).Draw(t, "role"), rapid.SampledFrom(scopes).Draw(t, "scope")}
		})
		var grants []Granted
		for _, g := range rapid.SliceOfN(grant, 0, 5).Draw(t, "grants") {
			if g.Role != RoleGuest || g.Scope.Kind() == "question" { // what Asked gives is questions only
				grants = append(grants, g)
			}
		}
		verb := rapid.SampledFrom(Verbs).Draw(t, "verb")
		resource := rapid.SampledFrom([]Resource{council, watch, {Kind: "node"}, {Kind: "city", City: "alba"}, council.Question("2026", "LIV.2"), watch.Question("2026", "LIV.1"),
			{Kind: "person", Owner: "x"}}).Draw(t, "resource")
		if Can(Actor{Person: "x", Guest: true, Grants: grants}, verb, resource) {
			t.Fatalf("a guest with %v may %s %+v", grants, verb, resource)
		}
		own := Actor{Person: "x", Grants: []Granted{{RoleGuest, InQuestion("alba", "2026", "alba-council", "LIV.1")}}}
		if Can(own, verb, council.Question("2026", "LIV.1")) {
			t.Fatalf("somebody with an account may %s by the role of a guest", verb)
		}
	})
}

func TestNobodyIsGrantedTheRoleOfAGuest(t *testing.T) {
	if _, err := ParseGrant("guest", string(InQuestion("alba", "2026", "alba-council", "LIV.1"))); fault.KindOf(err) != fault.Invalid {
		t.Errorf("got %v", err)
	}
}

func TestWhoMaySayWhoAnswers(t *testing.T) {
	of := func(role Role, scope Scope) Actor { return Actor{Person: "x", Grants: []Granted{{role, scope}}} }
	for name, test := range map[string]struct {
		by             Actor
		council, watch bool
	}{
		"the city's coordinator":       {host, true, false},
		"another city's coordinator":   {of(RoleCoordinator, InCity("brisa")), false, false},
		"somebody of the council":      {of(RoleFocalPoint, InOrganisation("alba-council")), false, false},
		"somebody of the organisation": {of(RoleContributor, InOrganisation("watch")), false, true},
		"the administrator":            {of(RoleAdministrator, Node), false, false},
		"a validator":                  {of(RoleValidator, InCity("alba")), false, false},
		"a guest":                      {Actor{Person: "x", Guest: true, Grants: []Granted{{RoleGuest, InQuestion("alba", "2026", "watch", "LIV.1")}}}, false, false},
		"a visitor":                    {Actor{}, false, false},
	} {
		if Assigns(test.by, council) != test.council || Assigns(test.by, watch) != test.watch {
			t.Errorf("%s: not %v and %v", name, test.council, test.watch)
		}
	}
}

func (h house) invite(ends time.Duration) (g Guest, token string) {
	h.Helper()
	h.must(h.db.Write(h.Context(), func(tx database.Tx) (err error) {
		g, token, err = h.room.InviteGuest(h.Context(), tx, host, council, Guest{Name: "Dalia", Scope: "answers/alba/2026/alba-council", Ends: h.clock.now.Add(ends)})
		return err
	}))
	return g, token
}

// opens presses the button of a guest's link, and tells who the session is then.
func (b *browser) opens(token string) (actor Actor, err error) {
	b.Helper()
	site := b.room.Sessions().Handler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if token != "" {
			_, err = b.room.OpenGuest(r.Context(), token)
		}
		if err == nil {
			actor, err = b.room.Actor(r.Context())
		}
	}))
	request := httptest.NewRequestWithContext(b.Context(), http.MethodPost, "/", nil)
	if b.cookie != nil {
		request.AddCookie(b.cookie)
	}
	w := httptest.NewRecorder()
	site.ServeHTTP(w, request)
	for _, cookie := range w.Result().Cookies() {
		b.cookie = cookie
	}
	return actor, err
}

func TestALinkWorksUntilItEnds(t *testing.T) {
	eachHouse(t, func(h house) {
		h.room.Asked = func(context.Context, database.Tx, string) ([]Scope, error) {
			return []Scope{InQuestion("alba", "2026", "alba-council", "LIV.1")}, nil
		}
		g, token := h.invite(time.Hour)
		for range 2 {
			b := &browser{house: h}
			actor, err := b.opens(token)
			h.must(err)
			if !actor.Guest || actor.Name != "Dalia" || actor.Person != g.ID || !Can(actor, Answer, council.Question("2026", "LIV.1")) {
				t.Errorf("the session is %+v", actor)
			}
		}
		b := &browser{house: h}
		_, err := b.opens(token)
		h.must(err)
		h.clock.advance(time.Hour)
		if actor, err := b.opens(""); err != nil || actor.SignedIn() {
			t.Errorf("after its end the session is %+v (%v)", actor, err)
		}
		_, err = b.opens(token)
		h.kind(err, fault.Forbidden)
		if trail, err := h.room.Trail(h.Context(), h.clock.now.Add(-24*time.Hour)); err != nil || len(trail) != 4 || trail[0].Act != "guest invited" || trail[1].Act != "guest came" || trail[1].Actor != g.ID {
			t.Errorf("the trail is %+v (%v)", trail, err)
		}
	})
}

func TestAGuestIsGivenNoAccount(t *testing.T) {
	eachHouse(t, func(h house) {
		ctx := h.Context()
		g, _ := h.invite(time.Hour)
		h.kind(h.room.Grant(ctx, Operator(), g.ID, coordinator, aboutCity(coordinator)), fault.Conflict)
		_, err := h.room.Invite(ctx, Operator(), g.ID)
		h.kind(err, fault.Conflict)
		_, err = h.room.Reset(ctx, Operator(), g.ID)
		h.kind(err, fault.Conflict)
		b := &browser{house: h}
		b.visit("in", "guest:"+g.ID, "")
		b.want("who", "")
		people, err := h.room.People(ctx)
		h.must(err)
		if len(people) != 0 {
			t.Errorf("among the people are %+v", people)
		}
	})
}

func TestAGuestOfAnotherScopeIsNotThere(t *testing.T) {
	eachHouse(t, func(h house) {
		g, _ := h.invite(time.Hour)
		err := h.db.Write(h.Context(), func(tx database.Tx) error {
			return h.room.EndGuest(h.Context(), tx, host, council, "answers/alba/2025/alba-council", g.ID)
		})
		h.kind(err, fault.NotFound)
		err = h.db.Write(h.Context(), func(tx database.Tx) error { return h.room.EndGuest(h.Context(), tx, host, watch, g.Scope, g.ID) })
		h.kind(err, fault.Forbidden)
	})
}
