package api

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/httpcache"
)

// ServeHTTP answers from the cache or by the operation of the address, whole: an operation that fails half way has sent nothing. What is asked
// for by a token is never kept.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.everywhere(w.Header())
	routes, err := s.routes()
	if err != nil {
		s.broken(w, err)
		return
	}
	if r.Method == http.MethodOptions { // a browser asks on behalf of another site's page before it sends If-None-Match
		w.Header().Set("Access-Control-Allow-Methods", "GET, HEAD")
		w.Header().Set("Access-Control-Allow-Headers", "Accept, If-None-Match")
		w.Header().Set("Access-Control-Max-Age", "86400")
		w.WriteHeader(http.StatusNoContent)
		return
	}
	if r.Header.Get("Authorization") != "" {
		known, ok := s.recognise(w, r)
		if !ok {
			return
		}
		r = known
	}
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		s.give(w, r, routes)
		return
	}
	s.take(w, r, routes)
}

// otherwise answers where there is something at an address, but not for the method that it is asked by.
func otherwise(w http.ResponseWriter, r *http.Request, routes *routes) bool {
	allowed := routes.methods(r)
	if allowed == "" || strings.Contains(allowed+",", r.Method+",") {
		return false
	}
	w.Header().Set("Allow", allowed+", OPTIONS")
	writeProblem(w, http.StatusMethodNotAllowed, "here one asks by "+allowed)
	return true
}

// give answers who reads.
func (s *Server) give(w http.ResponseWriter, r *http.Request, routes *routes) {
	known := signerOf(r.Context()).SignedIn()
	workbook := asksForWorkbook(r.URL.RawQuery)
	key := r.URL.Path
	if workbook {
		key += "?" + formatWorkbook
		r = forTable(r)
	}
	cachable, version := r.URL.RawQuery == "" && !known, int64(-1)
	if cachable {
		var kept *httpcache.Answer
		if kept, version = s.cache.Get(r.Context(), key); kept != nil {
			kept.Serve(w, r)
			return
		}
	}
	if s.tooFast(w, r, reading) || otherwise(w, r, routes) {
		return
	}
	made := &answer{header: http.Header{}, status: http.StatusOK}
	routes.ServeHTTP(made, r)
	if made.status != http.StatusOK || known {
		made.send(w)
		return
	}
	if workbook {
		var err error
		if made, err = toWorkbook(made); err != nil {
			s.broken(w, err)
			return
		}
	}
	whole := httpcache.NewAnswer(made.header.Get("Content-Type"), made.body.Bytes())
	if cachable {
		s.cache.Put(key, whole, version)
	}
	whole.Serve(w, r)
}

// take answers who sends something. A body is read only of somebody who has said who they are, and not of many at once, since it is held in
// memory. It comes as it is: a few bytes that unpack to many are not taken.
func (s *Server) take(w http.ResponseWriter, r *http.Request, routes *routes) {
	if otherwise(w, r, routes) || s.tooFast(w, r, writing) {
		return
	}
	if signerOf(r.Context()).SignedIn() {
		if coding := r.Header.Get("Content-Encoding"); coding != "" && coding != "identity" {
			writeProblem(w, http.StatusUnsupportedMediaType, "a body is sent as it is, without Content-Encoding")
			return
		}
		if r.ContentLength > longestTable {
			w.Header().Set("Connection", "close")
			writeProblem(w, http.StatusRequestEntityTooLarge, "a table has at most "+strconv.Itoa(longestTable>>20)+" MB")
			return
		}
		select {
		case s.taken <- struct{}{}:
			defer func() { <-s.taken }()
		default:
			w.Header().Set("Retry-After", "10")
			writeProblem(w, http.StatusTooManyRequests, "others are sending tables at this moment; wait 10 seconds")
			return
		}
	}
	made := &answer{header: http.Header{}, status: http.StatusOK}
	routes.ServeHTTP(made, r)
	made.send(w)
}

// everywhere sets what every answer carries. Any site's page may read it, without the reader's cookies; nothing in it may run or be taken
// for another type.
func (s *Server) everywhere(h http.Header) {
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Expose-Headers", "ETag")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Frame-Options", "DENY")
	h.Set("X-XSS-Protection", "0") // the filter of old browsers can be turned against a page
	if s.secure {
		h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	}
}

// answer collects what an operation writes.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header is that of the answer.
func (a *answer) Header() http.Header { return a.header }

// WriteHeader sets the status.
func (a *answer) WriteHeader(status int) { a.status = status }

// Write adds to the body.
func (a *answer) Write(p []byte) (int, error) { return a.body.Write(p) }

// send passes an answer on that nobody keeps: it is no success, for what is missing now may be there in a moment, or it is for one reader alone.
func (a *answer) send(w http.ResponseWriter) {
	for name, values := range a.header {
		w.Header()[name] = values
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Length", strconv.Itoa(a.body.Len()))
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body.Bytes())
}
