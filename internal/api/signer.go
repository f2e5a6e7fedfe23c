package api

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/limit"
)

// How much one place may ask for (see package limit). Answers kept ready are not counted.
var (
	reading  = limit.Rule{Name: "api reading", Burst: 300, Every: 200 * time.Millisecond}
	writing  = limit.Rule{Name: "api writing", Burst: 30, Every: 20 * time.Second}
	guessing = limit.Rule{Name: "api guessing", Burst: 20, Every: 10 * time.Second}
)

// signer is the context's key of who asks by a token.
type signer struct{}

// signerOf gives who asks; a visitor where there is no token.
func signerOf(ctx context.Context) account.Actor {
	actor, _ := ctx.Value(signer{}).(account.Actor)
	return actor
}

// recognise gives the request with who asks by the token in Authorization (RFC 6750, 2.1), or answers and gives false. A token in the address is
// not taken: addresses are logged and passed on.
func (s *Server) recognise(w http.ResponseWriter, r *http.Request) (*http.Request, bool) {
	kind, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(kind, "Bearer") {
		s.refuse(w, `Bearer realm="cityrights"`, "the header Authorization says Bearer and a token here")
		return nil, false
	}
	actor, err := s.rooms.Account.Bearer(r.Context(), strings.TrimSpace(token))
	switch kind := fault.KindOf(err); {
	case kind == fault.Forbidden:
		if s.tooFast(w, r, guessing) {
			return nil, false
		}
		s.refuse(w, `Bearer realm="cityrights", error="invalid_token"`, fault.Reason(err))
		return nil, false
	case kind == fault.Unavailable:
		writeProblem(w, http.StatusServiceUnavailable, fault.Reason(err))
		return nil, false
	case err != nil:
		s.broken(w, err)
		return nil, false
	}
	return r.WithContext(context.WithValue(r.Context(), signer{}, actor)), true
}

func (s *Server) refuse(w http.ResponseWriter, challenge, why string) {
	w.Header().Set("WWW-Authenticate", challenge)
	writeProblem(w, http.StatusUnauthorized, why)
}

// tooFast answers where the place of a request has asked too often.
func (s *Server) tooFast(w http.ResponseWriter, r *http.Request, rule limit.Rule) bool {
	wait := s.rooms.Limits.Take(rule, s.rooms.Proxies.Origin(r))
	if wait <= 0 {
		return false
	}
	seconds := strconv.Itoa(int(math.Ceil(wait.Seconds())))
	w.Header().Set("Retry-After", seconds)
	writeProblem(w, http.StatusTooManyRequests, "too many requests from your network; wait "+seconds+" seconds")
	return true
}

// asks lets an operation run only for whoever may do its verb in the city that the address names.
func (p permission) asks(s *Server, id string) huma.Middlewares {
	if p.verb == "" {
		return nil
	}
	return huma.Middlewares{func(ctx huma.Context, next func(huma.Context)) {
		actor, city := signerOf(ctx.Context()), account.Resource{Kind: "city", City: ctx.Param("city")}
		if account.Can(actor, p.verb, city) {
			next(ctx)
			return
		}
		status, why := http.StatusForbidden, fmt.Sprintf("%s may not %s in %s with this token", actor.Name, p.verb, city.City)
		if !actor.SignedIn() {
			status, why = http.StatusUnauthorized, "this needs a token: Authorization: Bearer crt_…"
			ctx.SetHeader("WWW-Authenticate", `Bearer realm="cityrights"`)
		}
		if err := huma.WriteErr(s.huma, ctx, status, why); err != nil {
			s.log.Error("api", "operation", id, "error", err)
		}
	}}
}
