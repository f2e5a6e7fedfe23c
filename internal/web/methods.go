package web

import (
	"net/http"
	"strings"
)

// asks are the methods that any route has. What answers GET answers HEAD too.
var asks = []string{http.MethodGet, http.MethodPost}

// elsewhere answers what no route does: an address that is there in 405, where only the method is at fault, and others as nothingHere does.
func (s *Server) elsewhere(pages *http.ServeMux) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		if allowed := methodsAt(pages, req); allowed != "" {
			s.notThisWay(w, req, allowed)
			return
		}
		s.nothingHere(w, req)
	}
}

// methodsAt gives the methods that the address of a request has, as the header Allow lists them; empty: there is no such address.
func methodsAt(pages *http.ServeMux, req *http.Request) string {
	var allowed []string
	for _, method := range asks {
		other := *req
		other.Method = method
		if _, pattern := pages.Handler(&other); strings.HasPrefix(pattern, method+" ") {
			allowed = append(allowed, method)
			if method == http.MethodGet {
				allowed = append(allowed, http.MethodHead)
			}
		}
	}
	return strings.Join(allowed, ", ")
}

// notThisWay says that there is something at an address, and how to ask for it.
func (s *Server) notThisWay(w http.ResponseWriter, req *http.Request, allowed string) {
	w.Header().Set("Allow", allowed)
	first, _, _ := strings.Cut(strings.TrimPrefix(req.URL.Path, "/"), "/")
	l, ok := s.locales.Get(first)
	if !ok {
		l = s.locales.Match(req.Header.Get("Accept-Language"))
	}
	q := &request{Request: req, server: s, locale: l}
	a := q.page(q.t("security.method"), []string{}, view{Body: errorPage(errorView{
		Code: http.StatusMethodNotAllowed, Heading: q.t("security.method"), Why: q.t("security.method_why"),
		Ways: []link{{Text: q.t("error.home"), URL: q.path()}, {Text: q.t("error.cities"), URL: q.path("cities")}},
	})})
	a.status = http.StatusMethodNotAllowed
	s.send(w, req, l.Tag, a, false, 0, false)
}

// read lets a handler for what has no language be asked by GET and HEAD only.
func read(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		if req.Method != http.MethodGet && req.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
			return
		}
		next(w, req)
	}
}
