package account

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
)

func TestReadingWithoutACookieNeedsNoSession(t *testing.T) {
	room := New(dbtest.SQLite(t), Options{Cost: cheap})
	if _, err := room.Add(t.Context(), Operator(), Person{Email: "ana@example.org", Name: "Ana"}, goodPassword); err != nil {
		t.Fatal(err)
	}
	page := room.Sessions().Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if actor, err := room.Actor(r.Context()); err != nil || actor.SignedIn() {
			t.Errorf("%+v (%v)", actor, err)
		}
		if _, err := room.SignIn(r.Context(), "ana@example.org", goodPassword); err == nil {
			t.Error("somebody signed in by reading a page")
		}
	}))
	w := httptest.NewRecorder()
	page.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil))
	if w.Header().Get("Set-Cookie") != "" || w.Header().Get("Vary") != "" {
		t.Errorf("headers %v", w.Header())
	}
}

func TestTokenThatTheNodeDidNotMakeIsNeverTaken(t *testing.T) {
	eachHouse(t, func(h house) {
		h.add("ana@example.org", goodPassword)
		planted := &http.Cookie{Name: "cityrights", Value: "planted-by-somebody-else"}
		b := &browser{house: h, cookie: planted}
		b.want("who", "")
		b.want("in", "in")
		if b.cookie.Value == planted.Value {
			t.Error("the planted token is in use")
		}
		thief := &browser{house: h, cookie: planted}
		thief.want("who", "")
	})
}

func TestCookieIsBoundToItsHostWherePeopleComeByHTTPS(t *testing.T) {
	db := dbtest.SQLite(t)
	room := New(db, Options{Cost: cheap, Secure: true})
	b := &browser{house: house{T: t, room: room, db: db}}
	b.add("ana@example.org", goodPassword)
	b.want("in", "in")
	if b.cookie.Name != "__Host-cityrights" || !b.cookie.Secure || b.cookie.Domain != "" || b.cookie.Path != "/" {
		t.Errorf("cookie %+v", b.cookie)
	}
}

func TestAReaderDoesNotWaitForAWriterToNoteThatTheSessionIsInUse(t *testing.T) {
	eachHouse(t, func(h house) {
		h.add("ana@example.org", goodPassword)
		b := &browser{house: h}
		b.want("in", "in")
		h.clock.advance(defaultIdle / 2)
		writing, read, written := make(chan struct{}), make(chan struct{}), make(chan error, 1)
		go func() {
			written <- h.db.Write(h.Context(), func(database.Tx) error {
				close(writing)
				<-read
				return nil
			})
		}()
		<-writing
		b.want("who", "Ana Lima")
		close(read)
		h.must(<-written)
	})
}
