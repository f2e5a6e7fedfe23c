package web

import (
	"slices"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/limit"
)

// route is one address with the permission it needs. A route without one does not exist: routes_test.go walks them all.
type route struct {
	method, pattern string
	may             permission
	serve           func(*request) (answer, error)
}

// permission is what a reader needs: nothing, to be signed in, or to be allowed a verb on a resource.
type permission struct {
	kind     string // public, anybody, signedIn, guest or can
	verb     account.Verb
	resource func(*request) account.Resource
	kept     bool       // who is signed out meanwhile is asked to sign in, and what they sent is kept for them
	upload   bool       // a file may come with the request; the handler limits its size
	rule     limit.Rule // how often one place may ask
}

// withUpload lets a file come with the request.
func (p permission) withUpload() permission {
	p.upload = true
	return p.limited(uploading)
}

// withKept keeps what was sent for somebody who is not signed in any more; the handler shows it when it is sent again with do=show.
func (p permission) withKept() permission {
	p.kept = true
	return p
}

func (p permission) public() bool { return p.kind == "public" }

var (
	public   = permission{kind: "public"}  // the same for everybody, and cached
	anybody  = permission{kind: "anybody"} // for everybody, never cached: signing in
	signedIn = permission{kind: "signedIn"}
	guests   = permission{kind: "guest"} // who answers by a link; to all other pages behind the signing in they come by account.Can alone
)

// can asks account.Can for a verb on what the address names.
func can(verb account.Verb, resource func(*request) account.Resource) permission {
	return permission{kind: "can", verb: verb, resource: resource}
}

// routes are all pages and files. Addresses are promised in docs; extend them freely, never rename one.
func (s *Server) routes() []route {
	return slices.Concat(
		s.siteRoutes(),
		s.helpRoutes(),
		s.deskRoutes(),
		s.cycleRoutes(),
		s.assignRoutes(),
		s.guestRoutes(),
		s.questionnaireRoutes(),
		s.translateRoutes(),
		s.settingsRoutes(),
		s.tokenRoutes(),
		s.trailRoutes(),
		s.evidenceRoutes(),
	)
}

// siteRoutes are the pages for everybody.
func (s *Server) siteRoutes() []route {
	return []route{
		{"GET", "/{lang}/{$}", public, s.home},
		{"GET", "/{lang}/cities", public, s.cities},
		{"GET", "/{lang}/cities.csv", public, s.citiesCSV},
		{"GET", "/{lang}/cities.xlsx", public, s.citiesCSV},
		{"GET", "/{lang}/cities/{city}", public, s.city},
		{"GET", "/{lang}/cities/{city}/{period}", public, s.assessment},
		{"GET", "/{lang}/cities/{city}/{period}/{requirement}", public, s.requirement},
		{"GET", "/{lang}/cities/{city}/{period}/{requirement}/evidence/{evidence}", public, s.evidenceFile},
		{"GET", "/{lang}/cities/{city}/data/{indicator}", public, s.series},
		{"GET", "/{lang}/standard", public, s.standard},
		{"GET", "/{lang}/standard.csv", public, s.standardCSV},
		{"GET", "/{lang}/standard.xlsx", public, s.standardCSV},
		{"GET", "/{lang}/standard/{version}", public, s.standard},
		{"GET", "/{lang}/standard/{version}/{requirement}", public, s.standardRequirement},
		{"GET", "/{lang}/rights", public, s.rights},
		{"GET", "/{lang}/rights.csv", public, s.rightsCSV},
		{"GET", "/{lang}/rights.xlsx", public, s.rightsCSV},
		{"GET", "/{lang}/rights/{instrument}", public, s.instrument},
	}
}

// deskRoutes are signing in and the work behind it.
func (s *Server) deskRoutes() []route {
	return []route{
		{"GET", "/{lang}/sign-in", anybody, s.signInForm},
		{"POST", "/{lang}/sign-in", anybody.limited(signingIn), s.signIn},
		{"POST", "/{lang}/sign-out", anybody, s.signOut},
		{"GET", "/{lang}/sign-in/{token}", anybody.limited(signingIn), s.resetForm},
		{"POST", "/{lang}/sign-in/{token}", anybody.limited(signingIn), s.reset},
		{"GET", "/{lang}/desk", signedIn, s.desk},
		{"GET", "/{lang}/desk/statistics", can(account.Import, wholeNode), s.manyForm},
		{"POST", "/{lang}/desk/statistics", can(account.Import, wholeNode).withUpload(), s.manyLook},
		{"GET", "/{lang}/desk/statistics/preview/{upload}", can(account.Import, wholeNode), s.manyPreview},
		{"POST", "/{lang}/desk/statistics/save", can(account.Import, wholeNode), s.manySave},
		{"GET", "/{lang}/desk/cities/new", can(account.Edit, wholeNode), s.cityNew},
		{"POST", "/{lang}/desk/cities", can(account.Edit, wholeNode), s.citySave},
		{"GET", "/{lang}/desk/cities/{city}", can(account.Edit, namedCity), s.cityEdit},
		{"POST", "/{lang}/desk/cities/{city}", can(account.Edit, namedCity), s.citySave},
		{"GET", "/{lang}/desk/cities/{city}/statistics", can(account.Import, namedCity), s.importForm},
		{"POST", "/{lang}/desk/cities/{city}/statistics", can(account.Import, namedCity).withUpload(), s.importLook},
		{"GET", "/{lang}/desk/cities/{city}/statistics/preview/{upload}", can(account.Import, namedCity).limited(looking), s.importPreview},
		{"POST", "/{lang}/desk/cities/{city}/statistics/save", can(account.Import, namedCity), s.importSave},
		{"GET", "/{lang}/desk/cities/{city}/statistics/grid", can(account.Import, namedCity), s.gridForm},
		{"POST", "/{lang}/desk/cities/{city}/statistics/grid", can(account.Import, namedCity), s.gridSend},
		{"GET", "/{lang}/desk/cities/{city}/mapping-template.csv", can(account.Import, namedCity), s.mappingTemplate},
		{"GET", "/{lang}/desk/cities/{city}/mappings/{import}/mapping.csv", can(account.Import, namedCity), s.mappingFile},
		{"GET", "/{lang}/desk/cities/{city}/indicators", can(account.Edit, namedCity), s.own},
		{"POST", "/{lang}/desk/cities/{city}/indicators", can(account.Edit, namedCity), s.ownSave},
		{"GET", "/{lang}/desk/cities/{city}/indicators.yaml", can(account.Edit, namedCity), s.ownYAML},
		{"GET", "/{lang}/desk/cities/{city}/indicators-template.yaml", can(account.Edit, namedCity), s.ownTemplate},
		{"POST", "/{lang}/desk/cities/{city}/indicators/file", can(account.Edit, namedCity).withUpload(), s.ownUpload},
		{"GET", "/{lang}/desk/cities/{city}/indicators/new", can(account.Edit, namedCity), s.ownNew},
		{"GET", "/{lang}/desk/cities/{city}/indicators/{indicator}", can(account.Edit, namedCity), s.ownEdit},
		{"GET", "/{lang}/desk/cities/{city}/indicators/{indicator}/remove", can(account.Edit, namedCity), s.ownRemoveAsk},
		{"POST", "/{lang}/desk/cities/{city}/indicators/{indicator}/remove", can(account.Edit, namedCity), s.ownRemove},
		{"GET", "/{lang}/desk/organisations", can(account.Edit, wholeNode), s.organisations},
		{"POST", "/{lang}/desk/organisations", can(account.Edit, wholeNode), s.organisationAdd},
		{"GET", "/{lang}/desk/people", can(account.Operate, wholeNode), s.people},
		{"POST", "/{lang}/desk/people", can(account.Operate, wholeNode), s.peopleDo},
	}
}
