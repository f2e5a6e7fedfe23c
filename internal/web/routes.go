package web

import (
	"github.com/cityrights/cityrights/internal/account"
)

// route is one address with the permission it needs. A route without one does not exist: routes_test.go walks them all.
type route struct {
	method, pattern string
	may             permission
	serve           func(*request) (answer, error)
}

// permission is what a reader needs: nothing, to be signed in, or to be allowed a verb on a resource.
type permission struct {
	kind     string // public, signedIn or can
	verb     account.Verb
	resource func(*request) account.Resource
}

func (p permission) public() bool { return p.kind == "public" }

var (
	public   = permission{kind: "public"}
	signedIn = permission{kind: "signedIn"}
)

// can asks account.Can for a verb on what the address names.
func can(verb account.Verb, resource func(*request) account.Resource) permission {
	return permission{kind: "can", verb: verb, resource: resource}
}

// routes are all pages and files. Addresses are promised in docs; extend them freely, never rename one.
func (s *Server) routes() []route {
	return []route{
		{"GET", "/{lang}/{$}", public, s.home},
		{"GET", "/{lang}/cities", public, s.cities},
		{"GET", "/{lang}/cities.csv", public, s.citiesCSV},
		{"GET", "/{lang}/cities/{city}", public, s.city},
		{"GET", "/{lang}/cities/{city}/{period}", public, s.assessment},
		{"GET", "/{lang}/cities/{city}/{period}/{requirement}", public, s.requirement},
		{"GET", "/{lang}/cities/{city}/data/{indicator}", public, s.series},
		{"GET", "/{lang}/standard", public, s.standard},
		{"GET", "/{lang}/standard.csv", public, s.standardCSV},
		{"GET", "/{lang}/standard/{version}", public, s.standard},
		{"GET", "/{lang}/standard/{version}/{requirement}", public, s.standardRequirement},
		{"GET", "/{lang}/rights", public, s.rights},
		{"GET", "/{lang}/rights.csv", public, s.rightsCSV},
		{"GET", "/{lang}/rights/{instrument}", public, s.instrument},
	}
}
