package run

import (
	"net/http"
	"strings"

	"github.com/cityrights/cityrights/internal/api"
	"github.com/cityrights/cityrights/internal/web"
)

// Front is all that a node answers: the door for programs under /api/, and everywhere else the pages.
type Front struct {
	*web.Server
	programs *api.Server
}

func (f *Front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/api/") {
		f.programs.ServeHTTP(w, r)
		return
	}
	f.Server.ServeHTTP(w, r)
}
