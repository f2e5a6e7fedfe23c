package web

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// readyWithin is how long readiness may take: an answer that comes later is no help to whoever waits for it.
const readyWithin = 2 * time.Second

// healthy answers /healthz: the program runs.
func (s *Server) healthy(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write([]byte("ok\n"))
}

// ready answers /readyz: 200 where the node can serve everything it has, 503 with the reason otherwise. The reason says what is wrong and
// nothing of where or with what the database is kept; that stands in the log.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	if s.rooms.Ready != nil {
		ctx, cancel := context.WithTimeout(r.Context(), readyWithin)
		defer cancel()
		if err := s.rooms.Ready(ctx); err != nil {
			s.log.Warn("not ready", slog.Any("error", err))
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = w.Write([]byte(fault.Reason(err) + "\n"))
			return
		}
	}
	_, _ = w.Write([]byte("ready\n"))
}

// securityExpires is for how long a reader may rely on security.txt. RFC 9116, 2.5.5, wants less than a year; the file is written anew with
// each answer from what the operator has set.
const securityExpires = 30 * 24 * time.Hour

// security answers /.well-known/security.txt (RFC 9116): where to report a vulnerability of this node, if the operator has said so.
func (s *Server) security(w http.ResponseWriter, r *http.Request) {
	node := s.about(r.Context())
	if node.SecurityContact == "" {
		s.nothingHere(w, r)
		return
	}
	var b strings.Builder
	b.WriteString("Contact: " + node.SecurityContact + "\n")
	b.WriteString("Expires: " + s.clock.Now().UTC().Add(securityExpires).Truncate(time.Hour).Format(time.RFC3339) + "\n")
	if address := strings.TrimSuffix(node.Address, "/"); strings.HasPrefix(address, "https://") {
		b.WriteString("Canonical: " + address + "/.well-known/security.txt\n")
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "public, max-age=3600")
	_, _ = w.Write([]byte(b.String()))
}
