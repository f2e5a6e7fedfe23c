package account

import (
	"context"
	"sync"
	"testing"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

func TestOfManyWhoFoundANodeOneDoesAndTheSetupIsOver(t *testing.T) {
	eachHouse(t, func(h house) {
		nobody, err := h.room.Nobody(h.Context())
		h.must(err)
		if !nobody {
			t.Error("somebody is there before anybody was added")
		}
		before, err := h.db.Version(h.Context())
		h.must(err)
		var mu sync.Mutex
		founded := 0
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				p, err := h.room.Found(t.Context(), newcomer, goodPassword)
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil && Can(p.Actor(), Operate, Resource{Kind: "node"}):
					founded++
				case fault.KindOf(err) != fault.Conflict:
					t.Errorf("%+v (%v)", p, err)
				}
			})
		}
		all.Wait()
		nobody, err = h.room.Nobody(h.Context())
		h.must(err)
		after, err := h.db.Version(h.Context())
		h.must(err)
		if founded != 1 || nobody || after == before {
			t.Errorf("%d have founded the node; nobody is there: %v; public pages stay in the caches: %v", founded, nobody, after == before)
		}
		for _, password := range []string{"", "password"} {
			if _, err := h.room.Found(h.Context(), newcomer, password); fault.KindOf(err) != fault.Invalid {
				t.Errorf("with the password %q: %v", password, err)
			}
		}
	})
}

func TestAPersonChangesTheirNameAndNothingThatIsNotTheirs(t *testing.T) {
	eachHouse(t, func(h house) {
		ana, other := h.add("ana@example.org", goodPassword), h.add("ben@example.org", goodPassword)
		h.must(h.room.SetSelf(h.Context(), ana.Actor(), " Ana  Reis ", "fr"))
		self, err := h.room.Self(h.Context(), ana.Actor())
		h.must(err)
		if self.Name != "Ana Reis" || self.Language != "fr" || self.Email != "ana@example.org" {
			t.Errorf("they are %+v", self)
		}
		h.kind(h.room.SetSelf(h.Context(), ana.Actor(), "", "fr"), fault.Invalid)
		h.kind(h.room.SetSelf(h.Context(), Actor{}, "Nobody", ""), fault.NotFound)
		kept, err := h.room.Self(h.Context(), other.Actor())
		h.must(err)
		if kept.Name != other.Name {
			t.Errorf("somebody else is called %q", kept.Name)
		}
	})
}

func TestANewPasswordNeedsTheOldOneAndEndsAllLinksAndSessions(t *testing.T) {
	eachHouse(t, func(h house) {
		ana := h.add("ana@example.org", goodPassword)
		here, elsewhere := &browser{house: h}, &browser{house: h}
		here.want("in", "in")
		elsewhere.want("in", "in")
		token, err := h.room.Reset(h.Context(), Operator(), ana.ID)
		h.must(err)
		const next = "four quiet herons"
		for _, wrong := range [][2]string{{"guess", next}, {goodPassword, "short"}, {goodPassword, "ana@example.org"}, {"", next}} {
			h.kind(h.room.SetPassword(h.Context(), ana.Actor(), wrong[0], wrong[1]), fault.Invalid)
		}
		elsewhere.want("who", "Ana Lima")
		h.must(h.room.SetPassword(h.Context(), ana.Actor(), goodPassword, next))
		elsewhere.want("who", "")
		h.kind(h.room.Redeem(h.Context(), token, next), fault.Forbidden)
		h.kind(h.room.SetPassword(h.Context(), ana.Actor(), goodPassword, next), fault.Invalid)
		for range failuresPerAccount {
			_ = h.room.SetPassword(h.Context(), ana.Actor(), "guess", next)
		}
		h.kind(h.room.SetPassword(h.Context(), ana.Actor(), next, goodPassword), fault.TooMuch)
	})
}

func TestWhoIsInvitedIsToldOfInTheSameTransaction(t *testing.T) {
	eachHouse(t, func(h house) {
		var told []Link
		refusing := fault.New(fault.Unavailable, "no letters today")
		var answer error
		h.room.Invited = func(_ context.Context, _ database.Tx, _ Actor, _ Person, link Link) error {
			told = append(told, link)
			return answer
		}
		ana, token, err := h.room.Welcome(h.Context(), Operator(), newcomer, "", nil, aboutCity)
		h.must(err)
		if len(told) != 1 || told[0].Token != token || told[0].Reset || !told[0].Until.Equal(h.clock.now.Add(inviteLifetime)) {
			t.Errorf("told was %+v", told)
		}
		token, err = h.room.Reset(h.Context(), Operator(), ana.ID)
		h.must(err)
		if len(told) != 2 || told[1].Token != token || !told[1].Reset {
			t.Errorf("told was %+v", told)
		}
		answer = refusing
		_, _, err = h.room.Welcome(h.Context(), Operator(), Person{Email: "ben@example.org", Name: "Ben"}, "", nil, aboutCity)
		h.kind(err, fault.Unavailable)
		people, err := h.room.People(h.Context())
		h.must(err)
		if len(people) != 1 {
			t.Errorf("%d people are kept, though one could not be told", len(people))
		}
	})
}
