package web

import (
	"context"
	"errors"
	"log/slog"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/httpcache"
)

// maxForm is how many bytes a form without a file may have.
const maxForm = 1 << 20

// guard turns a route into a handler: it finds the language, asks for the permission, serves public pages from the cache, and answers
// errors with a page that says what to do next.
func (s *Server) guard(r route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		l, ok := s.locales.Get(req.PathValue("lang"))
		if !ok {
			s.nothingHere(w, req)
			return
		}
		q := &request{Request: req, server: s, writer: w, locale: l}
		if err := s.tooFast(w, req, r.may.rule); err != nil {
			s.send(w, req, l.Tag, s.failure(q, err), false, 0, false)
			return
		}
		if req.Method == http.MethodPost && !r.may.upload {
			if kind, _, _ := mime.ParseMediaType(req.Header.Get("Content-Type")); kind != "application/x-www-form-urlencoded" {
				http.Error(w, "This form is sent as application/x-www-form-urlencoded.", http.StatusUnsupportedMediaType)
				return
			}
			req.Body = http.MaxBytesReader(w, req.Body, maxForm)
		}
		cachable := r.may.public() && req.Method == http.MethodGet && req.URL.RawQuery == ""
		var version int64
		if cachable {
			var page *httpcache.Answer
			if page, version = s.cache.Get(req.Context(), req.URL.Path); page != nil {
				page.Serve(w, req)
				return
			}
		}
		if r.may.public() {
			if err := s.tooFast(w, req, reading); err != nil {
				s.send(w, req, l.Tag, s.failure(q, err), false, 0, false)
				return
			}
		}
		a, err := s.serve(r, q)
		if hungUp(req, err) {
			s.log.Debug("the reader has gone", slog.String("path", req.Pattern))
			return
		}
		if err != nil {
			a = s.failure(q, err)
		}
		s.send(w, req, l.Tag, a, cachable && err == nil, version, r.may.public())
	})
}

// hungUp tells that a request failed only because the reader has gone: nobody waits for an answer, and nothing is at fault. What fails for
// another reason is a fault also where the reader has gone meanwhile.
func hungUp(req *http.Request, err error) bool {
	return errors.Is(err, context.Canceled) && errors.Is(req.Context().Err(), context.Canceled)
}

// serve asks who the reader is where the route wants to know, and runs the handler if they may.
func (s *Server) serve(r route, q *request) (answer, error) {
	if r.may.kind != "public" && r.may.kind != "anybody" {
		actor, err := s.rooms.Account.Actor(q.Context())
		if err != nil {
			return answer{}, err
		}
		q.actor = actor
		switch {
		case r.may.kind == "guest" && !actor.SignedIn():
			return answer{redirect: q.path("guest", "lost")}, nil
		case r.may.kind == "guest" && !actor.Guest:
			return answer{}, fault.New(fault.Forbidden, "%s is no guest", actor.Name)
		case r.may.kind == "signedIn" && actor.Guest: // whoever has no account has no desk
			return answer{redirect: q.path("guest")}, nil
		case !actor.SignedIn():
			to := q.URL.Path
			if r.may.kept && q.Method == http.MethodPost {
				return q.signInAgain(), nil
			}
			if q.Method != http.MethodGet { // what was sent cannot be sent again from the sign-in page
				to = q.path("desk")
			}
			return answer{redirect: q.path("sign-in") + "?to=" + url.QueryEscape(to)}, nil
		}
		if r.may.verb != "" && !account.Can(actor, r.may.verb, r.may.resource(q)) {
			return answer{}, fault.New(fault.Forbidden, "%s may not %s", actor.Name, r.may.verb)
		}
	}
	return r.serve(q)
}

func (s *Server) send(w http.ResponseWriter, req *http.Request, lang string, a answer, keep bool, version int64, public bool) {
	ctx := req.Context()
	if !public {
		nonce := newNonce()
		ctx = templ.WithNonce(ctx, nonce)
		w.Header().Set("Content-Security-Policy", withNonce(nonce))
		w.Header().Set("Cache-Control", "no-store")
	}
	if a.redirect != "" {
		http.Redirect(w, req, a.redirect, http.StatusSeeOther)
		return
	}
	if a.file != nil {
		a.file.serve(w, req, public)
		return
	}
	body, kind := a.body, a.kind
	if a.view != nil {
		l, _ := s.locales.Get(lang)
		page, giveBack, err := render(ctx, l, a.view)
		if hungUp(req, err) {
			s.log.Debug("the reader has gone", slog.String("path", req.Pattern))
			return
		}
		if err != nil {
			s.log.Error("render", slog.String("path", req.Pattern), slog.Any("error", err))
			http.Error(w, "This page could not be made. The fault is ours and has been noted.", http.StatusInternalServerError)
			return
		}
		defer giveBack()
		body, kind = page.Bytes(), "text/html; charset=utf-8"
		w.Header().Set("Content-Language", lang)
	}
	done := a.status == 0 || a.status == http.StatusOK
	if done && public && keep {
		page := httpcache.NewFile(kind, a.name, body)
		s.cache.Put(req.URL.Path, page, version)
		page.Serve(w, req)
		return
	}
	if done && public { // an address with a query: not worth a hash
		w.Header().Set("Cache-Control", "no-cache")
	}
	if a.view != nil {
		body = httpcache.Compress(w.Header(), req, body)
	}
	w.Header().Set("Content-Type", kind)
	httpcache.SaveAs(w.Header(), a.name)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	if a.status != 0 {
		w.WriteHeader(a.status)
	}
	_, _ = w.Write(body)
}

// failure is the page for an error: what happened, why, and where to go. Only faults of the machine are logged; they say nothing about
// the reader.
func (s *Server) failure(q *request, err error) answer {
	kind := fault.KindOf(err)
	status, known := map[fault.Kind]int{
		fault.NotFound: http.StatusNotFound, fault.Invalid: http.StatusBadRequest, fault.Forbidden: http.StatusForbidden,
		fault.Conflict: http.StatusConflict, fault.TooMuch: http.StatusTooManyRequests, fault.Unavailable: http.StatusServiceUnavailable,
	}[kind]
	if !known {
		kind, status = fault.Unavailable, http.StatusInternalServerError
		s.log.Error("page", slog.String("path", q.Pattern), slog.Any("error", err))
	}
	detail := ""
	var f *fault.Error
	if errors.As(err, &f) {
		detail = q.explain(f).S
	}
	ways := []link{{Text: q.t("error.home"), URL: q.path()}, {Text: q.t("error.cities"), URL: q.path("cities")}}
	if q.actor.SignedIn() && !q.actor.Guest {
		ways = append([]link{{Text: q.t("desk.title"), URL: q.path("desk")}}, ways...)
	}
	a := q.page(q.t("error."+string(kind)), []string{}, view{Body: errorPage(errorView{
		Code: status, Heading: q.t("error." + string(kind)), Detail: q.missing(f), Why: q.t("error."+string(kind)+"_why", "Detail", detail), Ways: ways,
	})})
	a.status = status
	return a
}

type errorView struct {
	Code                 int
	Heading, Detail, Why string
	Ways                 []link
}

// missing says what is not there or not allowed, in the reader's language; empty where no message does, or where what was asked for can be no
// name: a page does not say after a stranger whatever an address holds. Whether something is not there or only not public it does not tell:
// the rooms have the same words for both.
func (q *request) missing(f *fault.Error) string {
	if f == nil || f.Key == "" || f.Kind != fault.NotFound && f.Kind != fault.Forbidden && f.Kind != fault.TooMuch {
		return ""
	}
	for i := 1; i < len(f.Args) && f.Kind == fault.NotFound; i += 2 {
		if name, ok := f.Args[i].(string); ok && !mayBeName.MatchString(name) {
			return ""
		}
	}
	return q.explain(f).S
}

// mayBeName is the form of codes, periods and ids of all kinds.
var mayBeName = regexp.MustCompile(`^[A-Za-z0-9@._-]{1,60}$`)

// nothingHere answers addresses that no route has, in the language of the path where it names one, else as the browser asks.
func (s *Server) nothingHere(w http.ResponseWriter, req *http.Request) {
	first, rest, _ := strings.Cut(strings.TrimPrefix(req.URL.Path, "/"), "/")
	l, ok := s.locales.Get(first)
	if !ok {
		l = s.locales.Match(req.Header.Get("Accept-Language"))
	}
	if to := nearby(l.Tag, first, rest, ok); to != "" && req.Method == http.MethodGet {
		http.Redirect(w, req, to, http.StatusFound)
		return
	}
	q := &request{Request: req, server: s, locale: l}
	s.send(w, req, l.Tag, s.failure(q, fault.New(fault.NotFound, "no such address")), false, 0, true)
}

// nearby gives the address that somebody meant who left out the language or the slash after it, or wrote one at the end; empty: none.
func nearby(lang, first, rest string, known bool) string {
	switch {
	case known && rest == "":
		return pathIn(lang)
	case known && strings.HasSuffix(rest, "/"):
		return pathIn(lang, strings.Split(strings.TrimRight(rest, "/"), "/")...)
	case !known && slices.Contains([]string{"cities", "standard", "rights", "desk", "sign-in"}, first):
		return pathIn(lang, strings.Split(strings.TrimRight(first+"/"+rest, "/"), "/")...)
	}
	return ""
}
