package account

import (
	"testing"
	"time"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

func TestAPersonSeesWhereTheyAreSignedInAndEndsIt(t *testing.T) {
	eachHouse(t, func(h house) {
		ana := h.add("ana@example.org", goodPassword).Actor()
		laptop, phone := &browser{house: h}, &browser{house: h}
		laptop.want("in", "in")
		h.clock.advance(time.Hour)
		phone.want("in", "in")
		ctx := h.signedInContext(phone.cookie.Value)
		all, err := h.room.SessionsOf(ctx, ana)
		h.must(err)
		if len(all) != 2 || !all[0].Current || all[1].Current || !all[1].Begun.Equal(all[1].Ends.Add(-defaultLifetime)) || !all[0].Seen.Equal(h.clock.now) {
			h.Fatalf("sessions %+v", all)
		}
		if all[0].ID == phone.cookie.Value {
			t.Error("the list tells the token of a session")
		}
		stranger := Actor{Person: "somebody"}
		h.kind(h.room.EndSession(ctx, stranger, all[1].ID), fault.NotFound)
		h.must(h.room.EndSession(ctx, ana, all[1].ID))
		laptop.want("who", "")
		phone.want("who", "Ana Lima")
		h.kind(h.room.EndSession(ctx, ana, all[1].ID), fault.NotFound)

		laptop.cookie = nil
		laptop.want("in", "in")
		h.must(h.room.EndOtherSessions(ctx, ana))
		laptop.want("who", "")
		phone.want("who", "Ana Lima")
		h.kind(h.room.EndOtherSessions(ctx, ana), fault.NotFound)
		h.must(h.room.EndSession(ctx, ana, all[0].ID))
		phone.want("who", "")
	})
}

func TestAVisitorIsSignedInNowhere(t *testing.T) {
	eachHouse(t, func(h house) {
		h.add("ana@example.org", goodPassword)
		(&browser{house: h}).want("in", "in")
		all, err := h.room.SessionsOf(h.Context(), Actor{})
		h.must(err)
		if len(all) != 0 {
			t.Errorf("a visitor has %+v", all)
		}
		h.kind(h.room.EndSession(h.Context(), Actor{}, ""), fault.NotFound)
		h.kind(h.room.EndOtherSessions(h.Context(), Actor{}), fault.NotFound)
	})
}
