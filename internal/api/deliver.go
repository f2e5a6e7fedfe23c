package api

import (
	"bytes"
	"net/http"
	"strconv"

	"github.com/cityrights/cityrights/internal/platform/httpcache"
)

// ServeHTTP answers from the cache or by the operation of the address, whole: an operation that fails half way has sent nothing.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.everywhere(w.Header())
	switch r.Method {
	case http.MethodGet, http.MethodHead:
	case http.MethodOptions: // a browser asks on behalf of another site's page before it sends If-None-Match
		w.Header().Set("Access-Control-Allow-Methods", "GET, HEAD")
		w.Header().Set("Access-Control-Allow-Headers", "Accept, If-None-Match")
		w.Header().Set("Access-Control-Max-Age", "86400")
		w.WriteHeader(http.StatusNoContent)
		return
	default:
		w.Header().Set("Allow", "GET, HEAD, OPTIONS")
		writeProblem(w, http.StatusMethodNotAllowed, "this door only gives; nothing can be changed here")
		return
	}
	workbook := asksForWorkbook(r.URL.RawQuery)
	key := r.URL.Path
	if workbook {
		key += "?" + formatWorkbook
		r = forTable(r)
	}
	cachable, version := r.URL.RawQuery == "", int64(-1)
	if cachable {
		var kept *httpcache.Answer
		if kept, version = s.cache.Get(r.Context(), key); kept != nil {
			kept.Serve(w, r)
			return
		}
	}
	routes, err := s.routes()
	if err != nil {
		s.broken(w, err)
		return
	}
	made := &answer{header: http.Header{}, status: http.StatusOK}
	routes.ServeHTTP(made, r)
	if made.status != http.StatusOK {
		made.send(w)
		return
	}
	if workbook {
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

// everywhere sets what every answer carries. Any site's page may read it, without the reader's cookies; nothing in it may run or be taken
// for another type.
func (s *Server) everywhere(h http.Header) {
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Expose-Headers", "ETag")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
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

// send passes an answer on that is no success: nobody keeps it, for what is missing now may be there in a moment.
func (a *answer) send(w http.ResponseWriter) {
	for name, values := range a.header {
		w.Header()[name] = values
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Length", strconv.Itoa(a.body.Len()))
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body.Bytes())
}
