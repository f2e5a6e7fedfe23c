package web

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/cityrights/cityrights/internal/platform/clock"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/settings"
)

func (s *site) ask(path string) *httptest.ResponseRecorder {
	answer := httptest.NewRecorder()
	s.server.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, path, nil))
	return answer
}

func TestReadinessTellsTheReasonAndNoSecret(t *testing.T) {
	s := newSite(t)
	for _, c := range []struct {
		name   string
		err    error
		status int
		body   string
	}{
		{"all is well", nil, http.StatusOK, "ready\n"},
		{"a fault", fault.New(fault.Unavailable, "the database does not answer").Because(errors.New("postgres://rights:secret@db")), http.StatusServiceUnavailable, "the database does not answer\n"},
		{"an error of the machine", errors.New("/var/lib/cityrights/node.sqlite: input/output error"), http.StatusServiceUnavailable, "an internal error\n"},
	} {
		s.server.rooms.Ready = func(context.Context) error { return c.err }
		got := s.ask("/readyz")
		if got.Code != c.status || got.Body.String() != c.body || got.Header().Get("Cache-Control") != "no-store" || !strings.HasPrefix(got.Header().Get("Content-Type"), "text/plain") {
			t.Errorf("%s: status %d, %q, headers %v", c.name, got.Code, got.Body, got.Header())
		}
	}
}

func TestSecurityTextSaysWhatTheOperatorHasSaidAndNothingElse(t *testing.T) {
	s := newSite(t)
	if got := s.ask("/.well-known/security.txt"); got.Code != http.StatusNotFound {
		t.Errorf("nobody has named a contact, and the status is %d:\n%s", got.Code, got.Body)
	}
	said := settings.Node{Name: "test node", Language: "en", Zone: "UTC", SecurityContact: "mailto:security@city.example", Address: "https://rights.city.example/"}
	if err := s.rooms.Settings.SaveNode(t.Context(), "", 0, said); err != nil {
		t.Fatal(err)
	}
	s.server.clock = clock.Fixed(time.Date(2026, 5, 1, 10, 20, 30, 0, time.UTC))
	want := "Contact: mailto:security@city.example\nExpires: 2026-05-31T10:00:00Z\nCanonical: https://rights.city.example/.well-known/security.txt\n"
	if got := s.ask("/.well-known/security.txt"); got.Code != http.StatusOK || got.Body.String() != want || got.Header().Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Errorf("status %d, %v:\n%s", got.Code, got.Header(), got.Body)
	}
}
