package web

import (
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/limit"
)

// How much one place may ask for of what can be guessed or costs much (see package limit). An office behind one address shares a place, so the
// bursts are wide; what is not named here is not limited.
var (
	signingIn = limit.Rule{Name: "signing in", Burst: 30, Every: 10 * time.Second}
	uploading = limit.Rule{Name: "uploading", Burst: 30, Every: 20 * time.Second}
	// looking is for what reads a large file anew each time, as a preview does.
	looking = limit.Rule{Name: "looking", Burst: 60, Every: 5 * time.Second}
	// reading is for public pages that have to be made: pages kept ready cost next to nothing and are not counted.
	reading = limit.Rule{Name: "reading", Burst: 300, Every: 200 * time.Millisecond}
)

// limited bounds how often one place may ask for a route.
func (p permission) limited(rule limit.Rule) permission {
	p.rule = rule
	return p
}

// tooFast returns TooMuch where the place of a request has asked too often, and tells the reader's program when to come again.
func (s *Server) tooFast(w http.ResponseWriter, req *http.Request, rule limit.Rule) error {
	wait := s.limits.Take(rule, s.node.Proxies.Origin(req))
	if wait <= 0 {
		return nil
	}
	seconds := int(math.Ceil(wait.Seconds()))
	w.Header().Set("Retry-After", strconv.Itoa(seconds))
	return fault.Said(fault.TooMuch, "security.too_fast", "too many requests; wait {Seconds} seconds", "Seconds", seconds)
}
