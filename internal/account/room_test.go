package account

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// cheap makes tests fast; the form of the hash is the same.
var cheap = Cost{Memory: 8, Time: 1, Threads: 1}

const goodPassword = "three quiet herons"

// movable is a clock that a test sets.
type movable struct{ now time.Time }

func (m *movable) Now() time.Time { return m.now }

func (m *movable) advance(d time.Duration) { m.now = m.now.Add(d) }

type house struct {
	*testing.T
	room  *Room
	db    *database.DB
	clock *movable
}

// eachHouse runs test on both engines with a clock that stands still.
func eachHouse(t *testing.T, test func(h house)) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		clock := &movable{time.Now().UTC().Truncate(time.Millisecond)}
		test(house{t, New(db, Options{Clock: clock, Cost: cheap}), db, clock})
	})
}

func (h house) add(email, password string) Person {
	h.Helper()
	p, err := h.room.Add(h.Context(), Operator(), Person{Email: email, Name: "Ana Lima", Language: "pt"}, password)
	if err != nil {
		h.Fatal(err)
	}
	return p
}

func (h house) kind(err error, want fault.Kind) {
	h.Helper()
	if fault.KindOf(err) != want {
		h.Errorf("got %v, want %q", err, want)
	}
}

func (h house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// browser sends requests to a site that signs people in and out, and keeps the cookie.
type browser struct {
	house
	cookie *http.Cookie
}

// visit posts to the site what it should do and gives its answer; the site answers "in", "out", or the name of the person.
func (b *browser) visit(do, email, password string) string {
	b.Helper()
	site := b.room.Sessions().Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.FormValue("do") {
		case "in":
			if _, err := b.room.SignIn(r.Context(), r.FormValue("email"), r.FormValue("password")); err != nil {
				_, _ = fmt.Fprint(w, fault.KindOf(err))
				return
			}
			_, _ = fmt.Fprint(w, "in")
		case "out":
			if err := b.room.SignOut(r.Context()); err != nil {
				b.Error(err)
			}
			_, _ = fmt.Fprint(w, "out")
		default:
			actor, err := b.room.Actor(r.Context())
			if err != nil {
				b.Error(err)
			}
			_, _ = fmt.Fprint(w, actor.Name)
		}
	}))
	form := strings.NewReplacer(" ", "+", "@", "%40").Replace("do=" + do + "&email=" + email + "&password=" + password)
	req := httptest.NewRequestWithContext(b.Context(), http.MethodPost, "/", strings.NewReader(form))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if b.cookie != nil {
		req.AddCookie(b.cookie)
	}
	w := httptest.NewRecorder()
	site.ServeHTTP(w, req)
	for _, cookie := range w.Result().Cookies() {
		b.cookie = cookie
		if cookie.MaxAge < 0 {
			b.cookie = nil
		}
	}
	return w.Body.String()
}

func (b *browser) want(do, answer string) {
	b.Helper()
	if got := b.visit(do, "ana@example.org", goodPassword); got != answer {
		b.Errorf("%q is answered by %q, want %q", do, got, answer)
	}
}

func TestSessionBeginsAndEnds(t *testing.T) {
	eachHouse(t, func(h house) {
		h.add("ana@example.org", goodPassword)
		b := &browser{house: h}
		b.want("who", "")
		b.want("in", "in")
		if !b.cookie.HttpOnly || b.cookie.SameSite != http.SameSiteLaxMode || b.cookie.Path != "/" || b.cookie.MaxAge != 0 {
			t.Errorf("cookie %+v", b.cookie)
		}
		b.want("who", "Ana Lima")
		stolen := &browser{house: h, cookie: b.cookie}
		b.want("out", "out")
		b.want("who", "")
		stolen.want("who", "")
	})
}

func TestSignInRenewsTheToken(t *testing.T) {
	eachHouse(t, func(h house) {
		h.add("ana@example.org", goodPassword)
		b := &browser{house: h}
		b.want("in", "in")
		before := &browser{house: h, cookie: b.cookie}
		b.want("in", "in")
		if b.cookie.Value == before.cookie.Value {
			t.Error("the token stayed")
		}
		before.want("who", "")
		b.want("who", "Ana Lima")
	})
}

func TestTokenIsStoredHashedOnly(t *testing.T) {
	eachHouse(t, func(h house) {
		h.add("ana@example.org", goodPassword)
		b := &browser{house: h}
		b.want("in", "in")
		h.must(h.db.Read(t.Context(), func(tx database.Tx) error {
			var hash, data string
			err := tx.QueryRow(t.Context(), "SELECT token_hash, data FROM account_session").Scan(&hash, &data)
			if hash != hashToken(b.cookie.Value) || strings.Contains(data, b.cookie.Value) {
				t.Errorf("stored %s and %s for %s", hash, data, b.cookie.Value)
			}
			return err
		}))
	})
}

func TestSessionEndsWhenIdleAndAfterItsLifetime(t *testing.T) {
	eachHouse(t, func(h house) {
		h.add("ana@example.org", goodPassword)
		b := &browser{house: h}
		b.want("in", "in")
		for range 11 {
			h.clock.advance(time.Hour)
			b.want("who", "Ana Lima")
		}
		h.clock.advance(time.Hour + time.Minute)
		b.want("who", "") // in use, but twelve hours are over

		b.want("in", "in")
		h.clock.advance(2*time.Hour + time.Minute)
		b.want("who", "")
	})
}

func TestDisablingEndsSessionsForGood(t *testing.T) {
	eachHouse(t, func(h house) {
		p := h.add("ana@example.org", goodPassword)
		b := &browser{house: h}
		b.want("in", "in")
		h.must(h.room.Disable(t.Context(), Operator(), p.ID))
		b.want("who", "")
		b.want("in", "forbidden")
		h.must(h.room.Enable(t.Context(), Operator(), p.ID))
		b.want("who", "") // the old session does not come back
		b.want("in", "in")
		b.want("who", "Ana Lima")
	})
}

func TestSessionWrittenBackAfterItsEndStaysEnded(t *testing.T) {
	eachHouse(t, func(h house) {
		p := h.add("ana@example.org", goodPassword)
		b := &browser{house: h}
		b.want("in", "in")
		token := b.cookie.Value
		stale := fmt.Appendf(nil, `{"values":{"person":%q,"epoch":"0"}}`, p.ID)
		h.must(h.room.SignOut(h.signedInContext(token)))
		h.must(h.room.sessions.manager.Store.(*sessionStore).CommitCtx(h.signedInContext(token), token, stale, h.clock.now.Add(time.Hour)))
		b.want("who", "")
	})
}

func TestWrongSignInsAreAllAlike(t *testing.T) {
	eachHouse(t, func(h house) {
		h.add("ana@example.org", goodPassword)
		h.add("invited@example.org", "")
		b := &browser{house: h}
		for _, try := range [][2]string{
			{"ana@example.org", "wrong"}, {"nobody@example.org", goodPassword}, {"invited@example.org", ""}, {"", ""},
			{"ana@example.org", strings.Repeat("x", 10_000)},
		} {
			if got := b.visit("in", try[0], try[1]); got != "forbidden" {
				t.Errorf("%q: %s", try[0], got)
			}
		}
		if got := b.visit("in", "  ANA@Example.ORG ", goodPassword); got != "in" {
			t.Errorf("another spelling of the address: %s", got)
		}
	})
}

func TestManyFailuresAreHeldBackByAccount(t *testing.T) {
	eachHouse(t, func(h house) {
		h.add("ana@example.org", goodPassword)
		h.add("ben@example.org", goodPassword)
		b := &browser{house: h}
		for range failuresPerAccount {
			b.visit("in", "ana@example.org", "wrong")
		}
		b.want("in", "too_much")
		if got := b.visit("in", "ben@example.org", goodPassword); got != "in" {
			t.Errorf("another account: %s", got)
		}
		h.clock.advance(accountWindow)
		b.want("in", "in")
	})
}

func TestPasswordHashFollowsTodaysCost(t *testing.T) {
	eachHouse(t, func(h house) {
		h.add("ana@example.org", goodPassword)
		dearer := New(h.db, Options{Clock: h.clock, Cost: Cost{Memory: 16, Time: 2, Threads: 1}})
		b := &browser{house: house{t, dearer, h.db, h.clock}}
		b.want("in", "in")
		h.must(h.db.Read(t.Context(), func(tx database.Tx) error {
			p, err := dearer.ByEmail(t.Context(), tx, "ana@example.org")
			if !strings.Contains(p.password, "$m=16,t=2,p=1$") {
				t.Errorf("hash %s", p.password)
			}
			return err
		}))
		b.want("in", "in")
	})
}

func TestPeopleAreCheckedAndAddressesAreTakenOnce(t *testing.T) {
	eachHouse(t, func(h house) {
		add := func(p Person, password string) error {
			_, err := h.room.Add(t.Context(), Operator(), p, password)
			return err
		}
		for field, p := range map[string]Person{
			"email":    {Email: "Ana <ana@example.org>", Name: "Ana"},
			"name":     {Email: "ana@example.org", Name: " "},
			"language": {Email: "ana@example.org", Name: "Ana", Language: "portuguese!"},
		} {
			if err := add(p, goodPassword); fault.KindOf(err) != fault.Invalid || !strings.HasPrefix(err.Error(), field+": ") {
				t.Errorf("%s: %v", field, err)
			}
		}
		h.kind(add(Person{Email: "ana@example.org", Name: "Ana"}, "short"), fault.Invalid)
		h.must(add(Person{Email: "ana@example.org", Name: "Ana"}, goodPassword))
		h.kind(add(Person{Email: "Ana@Example.org", Name: "Ana"}, goodPassword), fault.Conflict)
		people, err := h.room.People(t.Context())
		if err != nil || len(people) != 1 || people[0].Email != "ana@example.org" {
			t.Errorf("%+v (%v)", people, err)
		}
	})
}

func TestOneTimeTokenSetsAPasswordOnce(t *testing.T) {
	eachHouse(t, func(h house) {
		ctx := t.Context()
		p := h.add("ana@example.org", goodPassword)
		b := &browser{house: h}
		b.want("in", "in")
		first, err := h.room.Reset(ctx, Operator(), p.ID)
		h.must(err)
		token, err := h.room.Reset(ctx, Operator(), p.ID)
		h.must(err)
		b.want("who", "Ana Lima") // asking for a reset locks nobody out
		h.kind(h.room.Redeem(ctx, first, "four quiet herons"), fault.Forbidden)
		h.kind(h.room.Redeem(ctx, "guessed", "four quiet herons"), fault.Forbidden)
		h.kind(h.room.Redeem(ctx, token, "password"), fault.Invalid)
		h.must(h.room.Redeem(ctx, token, "four quiet herons"))
		h.kind(h.room.Redeem(ctx, token, "five quiet herons"), fault.Forbidden)
		b.want("who", "")
		b.want("in", "forbidden")
		if got := b.visit("in", "ana@example.org", "four quiet herons"); got != "in" {
			t.Errorf("the new password: %s", got)
		}
		late, err := h.room.Reset(ctx, Operator(), p.ID)
		h.must(err)
		h.clock.advance(resetLifetime)
		h.kind(h.room.Redeem(ctx, late, "five quiet herons"), fault.Forbidden)
		if len(token) < 26 {
			t.Errorf("token %q is too short", token)
		}
	})
}

func TestInvitationEndsWithTheAccess(t *testing.T) {
	eachHouse(t, func(h house) {
		ctx := t.Context()
		p := h.add("ana@example.org", "")
		token, err := h.room.Invite(ctx, Operator(), p.ID)
		h.must(err)
		h.must(h.room.Disable(ctx, Operator(), p.ID))
		h.kind(h.room.Redeem(ctx, token, goodPassword), fault.Forbidden)
		_, err = h.room.Invite(ctx, Operator(), p.ID)
		h.kind(err, fault.Conflict)
	})
}

func TestGrantsAreGivenWithinTheGiversScopeOnly(t *testing.T) {
	eachHouse(t, func(h house) {
		ctx := t.Context()
		ana, ben := h.add("ana@example.org", goodPassword), h.add("ben@example.org", goodPassword)
		coordinator := Granted{RoleCoordinator, InCity("alba")}
		h.must(h.room.Grant(ctx, Operator(), ana.ID, coordinator, Resource{City: "alba"}))
		h.must(h.room.Grant(ctx, Operator(), ana.ID, coordinator, Resource{City: "alba"}))
		ana = h.reload(ana)
		if diff := cmp.Diff([]Granted{coordinator}, ana.Grants); diff != "" {
			t.Error(diff)
		}
		grant := func(g Granted, about Resource) error { return h.room.Grant(ctx, ana.Actor(), ben.ID, g, about) }
		council := Resource{City: "alba", Organisation: "alba-council"}
		h.must(grant(Granted{RoleFocalPoint, InOrganisation("alba-council")}, council))
		h.must(grant(Granted{RoleReviewer, InCity("alba")}, Resource{City: "alba"}))
		watch := Resource{City: "alba", Organisation: "watch", Independent: true}
		h.kind(grant(Granted{RoleContributor, InOrganisation("watch")}, watch), fault.Forbidden)
		h.kind(grant(Granted{RoleAdministrator, Node}, Resource{}), fault.Forbidden)
		h.kind(grant(Granted{RoleReviewer, InCity("brisa")}, Resource{City: "brisa"}), fault.Forbidden)
		h.kind(grant(Granted{RoleAdministrator, Node}, Resource{City: "alba"}), fault.Invalid)
		h.kind(grant(Granted{RoleReviewer, InCity("brisa")}, Resource{City: "alba"}), fault.Invalid)
		h.kind(grant(Granted{"king", InCity("alba")}, Resource{City: "alba"}), fault.Invalid)
		h.kind(h.room.Grant(ctx, Operator(), "nobody", coordinator, Resource{City: "alba"}), fault.NotFound)
		if grants := h.reload(ben).Grants; len(grants) != 2 {
			t.Errorf("ben has %v", grants)
		}
		h.must(h.room.Revoke(ctx, ana.Actor(), ben.ID, Granted{RoleReviewer, InCity("alba")}, Resource{City: "alba"}))
		if grants := h.reload(ben).Grants; len(grants) != 1 {
			t.Errorf("ben has %v", grants)
		}
	})
}

func TestLastAdministratorStays(t *testing.T) {
	eachHouse(t, func(h house) {
		ctx := t.Context()
		ana, ben := h.add("ana@example.org", goodPassword), h.add("ben@example.org", goodPassword)
		administrator := Granted{RoleAdministrator, Node}
		h.must(h.room.Grant(ctx, Operator(), ana.ID, administrator, Resource{}))
		h.kind(h.room.Disable(ctx, Operator(), ana.ID), fault.Conflict)
		h.kind(h.room.Revoke(ctx, Operator(), ana.ID, administrator, Resource{}), fault.Conflict)
		h.must(h.room.Grant(ctx, Operator(), ben.ID, administrator, Resource{}))
		h.must(h.room.Disable(ctx, Operator(), ana.ID))
		h.kind(h.room.Revoke(ctx, Operator(), ben.ID, administrator, Resource{}), fault.Conflict)
	})
}

func TestOnlyThoseWhoOperateTheNodeChangePeople(t *testing.T) {
	eachHouse(t, func(h house) {
		ctx := t.Context()
		p := h.add("ana@example.org", goodPassword)
		_, addErr := h.room.Add(ctx, p.Actor(), Person{Email: "ben@example.org", Name: "Ben"}, "")
		_, resetErr := h.room.Reset(ctx, p.Actor(), p.ID)
		for _, err := range []error{addErr, resetErr, h.room.Disable(ctx, p.Actor(), p.ID), h.room.Enable(ctx, Actor{}, p.ID)} {
			h.kind(err, fault.Forbidden)
		}
	})
}

func TestPrivilegedActsLeaveATrail(t *testing.T) {
	eachHouse(t, func(h house) {
		ctx := t.Context()
		ana, ben := h.add("ana@example.org", goodPassword), h.add("ben@example.org", "")
		h.must(h.room.Grant(ctx, Operator(), ana.ID, Granted{RoleAdministrator, Node}, Resource{}))
		h.clock.advance(time.Minute)
		since := h.clock.now
		by := h.reload(ana).Actor()
		token, err := h.room.Invite(ctx, by, ben.ID)
		h.must(err)
		h.must(h.room.Redeem(ctx, token, goodPassword))
		h.must(h.room.Grant(ctx, by, ben.ID, Granted{RoleCoordinator, InCity("alba")}, Resource{City: "alba"}))
		h.must(h.room.Disable(ctx, by, ben.ID))
		trail, err := h.room.Trail(ctx, since)
		h.must(err)
		var got []string
		for _, act := range trail {
			got = append(got, fmt.Sprintf("%t %s %s %v", act.Actor == ana.ID, act.Act, act.Subject, act.Details))
			if strings.Contains(fmt.Sprint(act), token) {
				t.Error("the trail holds a token")
			}
		}
		want := []string{
			"true invite issued " + ben.ID + " map[]", "false invite used " + ben.ID + " map[]",
			"true role granted " + ben.ID + " map[role:coordinator scope:city/alba]", "true person disabled " + ben.ID + " map[]",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

func (h house) reload(p Person) Person {
	h.Helper()
	var got Person
	h.must(h.db.Read(h.Context(), func(tx database.Tx) (err error) {
		got, err = h.room.Get(h.Context(), tx, p.ID)
		return err
	}))
	return got
}

// signedInContext is the context of a request that came with a token.
func (h house) signedInContext(token string) context.Context {
	h.Helper()
	ctx, err := h.room.sessions.manager.Load(context.WithValue(h.Context(), cameWith{}, token), token)
	h.must(err)
	return ctx
}
