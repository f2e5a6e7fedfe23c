package account

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// coordinator is somebody who coordinates alba and is signed in.
func (h house) coordinator() Actor {
	h.Helper()
	ana := h.add("ana@example.org", goodPassword)
	h.must(h.room.Grant(h.Context(), Operator(), ana.ID, Granted{RoleCoordinator, InCity("alba")}, Resource{City: "alba"}))
	return h.reload(ana).Actor()
}

func (h house) token(by Actor, verbs []Verb, scope Scope) (AccessToken, string) {
	h.Helper()
	t, secret, err := h.room.MakeToken(h.Context(), by, "monthly import", verbs, scope, 30)
	h.must(err)
	return t, secret
}

func TestATokenDoesWhatItIsMadeForAndNoMore(t *testing.T) {
	eachHouse(t, func(h house) {
		_, secret := h.token(h.coordinator(), []Verb{Import}, InCity("alba"))
		actor, err := h.room.Bearer(h.Context(), secret)
		h.must(err)
		alba, brisa := Resource{Kind: "city", City: "alba"}, Resource{Kind: "city", City: "brisa"}
		for _, c := range []struct {
			verb Verb
			of   Resource
			want bool
		}{{Import, alba, true}, {View, alba, false}, {Edit, alba, false}, {Import, brisa, false}, {Grant, alba, false}, {View, Resource{Kind: "city", City: "brisa", Public: true}, true},
			{Edit, Resource{Kind: "person", Owner: actor.Person}, false}} {
			if got := Can(actor, c.verb, c.of); got != c.want {
				t.Errorf("%s %+v: %v", c.verb, c.of, got)
			}
		}
	})
}

func TestATokenLosesWhatItsPersonLoses(t *testing.T) {
	eachHouse(t, func(h house) {
		by := h.coordinator()
		_, secret := h.token(by, TokenVerbs, Node)
		h.must(h.room.Revoke(h.Context(), Operator(), by.Person, Granted{RoleCoordinator, InCity("alba")}, Resource{City: "alba"}))
		actor, err := h.room.Bearer(h.Context(), secret)
		h.must(err)
		if Can(actor, Import, Resource{City: "alba"}) {
			t.Error("the token imports where its person no longer may")
		}
		h.must(h.room.Disable(h.Context(), Operator(), by.Person))
		_, err = h.room.Bearer(h.Context(), secret)
		h.kind(err, fault.Forbidden)
		h.must(h.room.Enable(h.Context(), Operator(), by.Person))
		if _, err = h.room.Bearer(h.Context(), secret); fault.KindOf(err) != fault.Forbidden {
			t.Error("a token came back with its person")
		}
	})
}

// Whatever a token is made for, it allows nothing that its person may not, and nothing that it is not made for.
func TestATokenIsTheIntersection(t *testing.T) {
	names := []string{"alba", "brisa", "council answer", "council draft", "watch answer", "watch draft", "the node", "ana's own entry", "a public page"}
	rapid.Check(t, func(t *rapid.T) {
		grants := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Granted {
			return Granted{rapid.SampledFrom(Roles).Draw(t, "role"), rapid.SampledFrom([]Scope{Node, "city/alba", "organisation/watch"}).Draw(t, "scope")}
		}), 0, 3).Draw(t, "grants")
		only := &Only{rapid.SliceOf(rapid.SampledFrom(Verbs)).Draw(t, "verbs"), rapid.SampledFrom([]Scope{Node, "city/alba", "organisation/watch"}).Draw(t, "only")}
		verb, resource := rapid.SampledFrom(Verbs).Draw(t, "verb"), resources[rapid.SampledFrom(names).Draw(t, "resource")]
		person := Can(Actor{Person: "ana", Grants: grants}, verb, resource)
		token := Can(Actor{Person: "ana", Grants: grants, Only: only}, verb, resource)
		if want := person && (only.allows(verb, resource) || verb == View && resource.Public); token != want {
			t.Fatalf("%v for %v by %v: %v, the person alone %v", verb, resource, only, token, person)
		}
	})
}

func TestATokenEndsWhenItsTimeIsOverOrItIsRevoked(t *testing.T) {
	eachHouse(t, func(h house) {
		by := h.coordinator()
		made, secret := h.token(by, []Verb{View}, Node)
		second, other := h.token(by, []Verb{View}, Node)
		stranger := h.add("ben@example.org", goodPassword).Actor()
		h.kind(h.room.RevokeToken(h.Context(), stranger, second.ID), fault.NotFound)
		h.must(h.room.RevokeToken(h.Context(), by, second.ID))
		h.must(h.room.RevokeToken(h.Context(), by, second.ID))
		_, err := h.room.Bearer(h.Context(), other)
		h.kind(err, fault.Forbidden)
		if _, err = h.room.Bearer(h.Context(), secret); err != nil {
			t.Error("revoking one ended another:", err)
		}
		h.clock.now = made.Ends.Add(-time.Millisecond)
		if _, err = h.room.Bearer(h.Context(), secret); err != nil {
			t.Error(err)
		}
		h.clock.now = made.Ends
		_, err = h.room.Bearer(h.Context(), secret)
		h.kind(err, fault.Forbidden)
	})
}

func TestANewPasswordEndsTheTokensOfBefore(t *testing.T) {
	eachHouse(t, func(h house) {
		by := h.coordinator()
		_, secret := h.token(by, []Verb{View}, Node)
		link, err := h.room.Reset(h.Context(), Operator(), by.Person)
		h.must(err)
		h.must(h.room.Redeem(h.Context(), link, "four patient otters"))
		_, err = h.room.Bearer(h.Context(), secret)
		h.kind(err, fault.Forbidden)
	})
}

func TestOnlyTheDayOfUseIsKept(t *testing.T) {
	eachHouse(t, func(h house) {
		by := h.coordinator()
		_, secret := h.token(by, []Verb{View}, Node)
		for _, wait := range []time.Duration{time.Hour, 5 * time.Minute, 26 * time.Hour} {
			h.clock.advance(wait)
			_, err := h.room.Bearer(h.Context(), secret)
			h.must(err)
			all, err := h.room.AccessTokens(h.Context(), by, false)
			h.must(err)
			if want := h.clock.now.Truncate(24 * time.Hour); len(all) != 1 || !all[0].Used.Equal(want) {
				t.Errorf("used %v, want %v", all[0].Used, want)
			}
		}
	})
}

func TestWhatIsWrongWithANewTokenIsSaidAtOnce(t *testing.T) {
	eachHouse(t, func(h house) {
		by := h.coordinator()
		_, _, err := h.room.MakeToken(h.Context(), by, "  ", []Verb{Grant}, "everywhere", 366)
		for _, field := range []string{"name", "verbs", "scope", "days"} {
			if err == nil || !strings.Contains(err.Error(), field+": ") {
				t.Errorf("nothing is said of %s: %v", field, err)
			}
		}
		for range mostTokens {
			h.token(by, []Verb{View}, Node)
		}
		_, _, err = h.room.MakeToken(h.Context(), by, "one more", []Verb{View}, Node, 1)
		h.kind(err, fault.Conflict)
	})
}

func TestATokenMakesNoTokenAndSeesNone(t *testing.T) {
	eachHouse(t, func(h house) {
		by := h.coordinator()
		made, secret := h.token(by, TokenVerbs, Node)
		actor, err := h.room.Bearer(h.Context(), secret)
		h.must(err)
		_, _, err = h.room.MakeToken(h.Context(), actor, "child", []Verb{View}, Node, 1)
		h.kind(err, fault.Forbidden)
		_, err = h.room.AccessTokens(h.Context(), actor, false)
		h.kind(err, fault.Forbidden)
		h.kind(h.room.RevokeToken(h.Context(), actor, made.ID), fault.NotFound)
		_, err = h.room.AccessTokens(h.Context(), by, true)
		h.kind(err, fault.Forbidden)
		all, err := h.room.AccessTokens(h.Context(), Actor{Person: "x", Grants: []Granted{{RoleAdministrator, Node}}}, true)
		h.must(err)
		if len(all) != 1 || all[0].PersonName != "Ana Lima" {
			t.Errorf("the administrator sees %+v", all)
		}
	})
}

func TestTheTextOfATokenIsFoundByScannersAndKeptNowhere(t *testing.T) {
	eachHouse(t, func(h house) {
		_, secret := h.token(h.coordinator(), []Verb{View}, Node)
		if !regexp.MustCompile(`^crt_[A-Z2-7]{33}$`).MatchString(secret) || !LooksLikeToken(secret) {
			t.Errorf("the token is %s", secret)
		}
		var stored string
		h.must(h.db.ReadRow(h.Context(), "SELECT token_hash FROM account_access_token", nil, &stored))
		if stored == secret || stored != hashToken(secret) {
			t.Errorf("the table holds %s", stored)
		}
		trail, err := h.room.Trail(h.Context(), time.Time{})
		h.must(err)
		if strings.Contains(fmt.Sprint(trail), secret) {
			t.Error("the trail holds the token")
		}
	})
}

func TestWhatOnlyLooksLikeATokenIsTold(t *testing.T) {
	secret := newSecret()
	for _, wrong := range []string{"", "crt_", secret[:len(secret)-1], secret + "A", strings.ToLower(secret), "xrt_" + secret[4:], secret[:4] + "?" + secret[5:]} {
		if LooksLikeToken(wrong) {
			t.Errorf("%q passes", wrong)
		}
	}
	for i := len(secretPrefix); i < len(secret); i++ { // every slip of one character
		slip := byte('A')
		if secret[i] == slip {
			slip = 'B'
		}
		if LooksLikeToken(secret[:i] + string(slip) + secret[i+1:]) {
			t.Errorf("a slip at %d passes", i)
		}
	}
}
