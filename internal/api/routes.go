package api

import (
	"net/http"
	"path"
	"strings"
)

// table is the end of an address at which a document stands as a table.
const table = ".csv"

// routes finds the operation of an address. Tables have a router of their own that is asked without the ending, because a pattern of net/http
// takes a whole part of a path for a name, and the last part of a table's path may be a name with the ending behind it. It is a humago.Mux.
type routes struct {
	documents, tables *http.ServeMux
}

func newRoutes() *routes { return &routes{http.NewServeMux(), http.NewServeMux()} }

// HandleFunc registers an operation by method and path, "GET /api/v1/cities.csv".
func (r *routes) HandleFunc(pattern string, handler func(http.ResponseWriter, *http.Request)) {
	if document, ok := strings.CutSuffix(pattern, table); ok {
		r.tables.HandleFunc(document, handler)
		return
	}
	r.documents.HandleFunc(pattern, handler)
}

// ServeHTTP answers by the operation of the address. One with a slash too many is not there: net/http would send the reader to a cleaned one,
// and from a table to the document.
func (r *routes) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	if request.URL.Path != path.Clean(request.URL.Path) {
		nothingHere(w, request)
		return
	}
	document, ok := strings.CutSuffix(request.URL.Path, table)
	if !ok {
		r.documents.ServeHTTP(w, request)
		return
	}
	address := *request.URL
	address.Path = document
	address.RawPath = strings.TrimSuffix(address.RawPath, table)
	without := *request
	without.URL = &address
	r.tables.ServeHTTP(w, &without)
}

// methods gives those by which an address is asked, as the header Allow lists them; empty where there is no such address.
func (r *routes) methods(request *http.Request) string {
	document, isTable := strings.CutSuffix(request.URL.Path, table)
	mux := r.documents
	if isTable {
		mux = r.tables
	}
	address := *request.URL
	address.Path, address.RawPath = document, strings.TrimSuffix(address.RawPath, table)
	var allowed []string
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		other := *request
		other.Method, other.URL = method, &address
		if _, pattern := mux.Handler(&other); strings.HasPrefix(pattern, method+" ") {
			allowed = append(allowed, method)
			if method == http.MethodGet {
				allowed = append(allowed, http.MethodHead)
			}
		}
	}
	return strings.Join(allowed, ", ")
}
