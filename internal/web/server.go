package web

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"log/slog"
	"net/http"
	"sort"
	"strings"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/notice"
	"github.com/cityrights/cityrights/internal/platform/clock"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/files"
	"github.com/cityrights/cityrights/internal/platform/httpcache"
	"github.com/cityrights/cityrights/internal/platform/limit"
	"github.com/cityrights/cityrights/internal/platform/locale"
	"github.com/cityrights/cityrights/internal/platform/settings"
	"github.com/cityrights/cityrights/internal/publication"
	"github.com/cityrights/cityrights/internal/statistics"
	"github.com/cityrights/cityrights/standard"
)

//go:embed assets
var assetFiles embed.FS

const cacheBytes = 16 << 20 // of pages kept, plain and compressed

// Node is how a program was started, and what every page says about the installation. What is given at the start stands above the settings.
type Node struct {
	Name     string // of the network or city that runs it
	Operator string // who is answerable for it; empty: nobody has said
	Address  string // at which people reach it, as https://rights.city.example; empty: where it is asked
	Secure   bool   // people reach it by HTTPS
	Contact  string // of the operator, an e-mail address or a page; empty: nobody has said
	Licence  string // of what is published, by its SPDX id; empty: nobody has said
	// SetupCode is what the first person types to show that the node is theirs; empty: nobody can become its first person by a page.
	SetupCode string
	// SecurityContact is the address to report a vulnerability to, as mailto:… or https://…; empty: nobody has said.
	SecurityContact string
	// Proxies are those in front of the node; nil: one on this machine.
	Proxies limit.Proxies
}

// Rooms are what the pages ask and tell.
type Rooms struct {
	Account     *account.Room
	City        *city.Room
	Notice      *notice.Room
	Settings    *settings.Store
	Statistics  *statistics.Room
	Assessment  *assessment.Room
	Publication *publication.Room
	Standard    *standard.Standard
	View        func(context.Context, func(database.Tx) error) error // one snapshot over several rooms
	Uploads     string                                               // folder in which files wait to be confirmed
	Files       *files.Store                                         // files that people have handed in
	Version     func(context.Context) (int64, error)                 // counts changes of public content
	Ready       func(context.Context) error                          // what keeps the node from serving all it has; nil: nothing can
	Clock       clock.Clock                                          // nil: the machine's
	Limits      *limit.Limiter                                       // shared with other doors; nil: one of its own
}

// Server is the door for people. Make it with New.
type Server struct {
	node    Node
	rooms   Rooms
	locales *locale.Set
	cache   *httpcache.Cache // of public pages: the same for all readers of a language, so the address is the whole key
	titles  *titleSet
	guides  guideTexts
	sizes   map[string]profileSize // of the standard's profiles
	log     *slog.Logger
	clock   clock.Clock
	limits  *limit.Limiter
	version string // of the assets, so that they can be cached for long
	handler http.Handler
}

// New builds the pages over their rooms.
func New(node Node, rooms Rooms, locales *locale.Set, log *slog.Logger) *Server {
	rooms.Settings.Given = settings.Node{Name: node.Name, Operator: node.Operator, Contact: node.Contact, Address: node.Address, SecurityContact: node.SecurityContact, Licence: node.Licence}
	s := &Server{node: node, rooms: rooms, locales: locales, titles: &titleSet{standard: rooms.Standard}, sizes: profileSizes(rooms.Standard), log: log, version: assetVersion()}
	s.cache = httpcache.New(cacheBytes, rooms.Version)
	if s.clock = rooms.Clock; s.clock == nil {
		s.clock = clock.System{}
	}
	if s.limits = rooms.Limits; s.limits == nil {
		s.limits = limit.New(s.clock)
	}
	s.sweepUploads(s.clock.Now())
	s.handler = s.build()
	return s
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// build joins the routes to one handler: headers first, then the refusal of writes from elsewhere, then the session, then the page. What
// is the same in all languages stands beside the pages, because the router takes the first part of a page's path for the language.
func (s *Server) build() http.Handler {
	pages := http.NewServeMux()
	for _, route := range s.routes() {
		pages.Handle(route.method+" "+route.pattern, s.guard(route))
	}
	elsewhere := s.elsewhere(pages)
	pages.HandleFunc("/", elsewhere)
	pages.HandleFunc("/{first}", elsewhere) // else the router would send /x to /x/
	withSession := s.rooms.Account.Sessions().Handler(pages)
	assets := s.assets()
	return headers(s.node.Secure, refuseForeignWrites(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/":
			read(s.chooseLanguage)(w, r)
		case strings.HasPrefix(r.URL.Path, "/assets/"):
			read(assets.ServeHTTP)(w, r)
		case r.URL.Path == "/healthz":
			read(s.healthy)(w, r)
		case r.URL.Path == "/readyz":
			read(s.ready)(w, r)
		case r.URL.Path == "/.well-known/security.txt":
			read(s.security)(w, r)
		default:
			withSession.ServeHTTP(w, r)
		}
	})))
}

// chooseLanguage sends the reader of / to the language that their browser asks for.
func (s *Server) chooseLanguage(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Vary", "Accept-Language")
	http.Redirect(w, r, "/"+s.preferred(r).Tag+"/", http.StatusFound)
}

func (s *Server) assets() http.Handler {
	files, err := fs.Sub(assetFiles, "assets")
	if err != nil {
		panic(err) // the folder is built in
	}
	serve := http.StripPrefix("/assets/", http.FileServerFS(files))
	ready := map[string]*httpcache.Answer{} // compressed once
	for ending, kind := range map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"} {
		names, _ := fs.Glob(files, "*"+ending)
		for _, name := range names {
			if data, err := fs.ReadFile(files, name); err == nil {
				ready["/assets/"+name] = httpcache.NewAnswer(kind, data)
			}
		}
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/") || strings.HasSuffix(r.URL.Path, ".scss") {
			http.NotFound(w, r)
			return
		}
		if text := ready[r.URL.Path]; text != nil {
			text.ServeFor(w, r, "public, max-age=31536000, immutable")
			return
		}
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		serve.ServeHTTP(w, r)
	})
}

// assetVersion is a hash over all assets.
func assetVersion() string {
	sum := sha256.New()
	var names []string
	_ = fs.WalkDir(assetFiles, "assets", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, path)
		}
		return err
	})
	sort.Strings(names)
	for _, name := range names {
		data, _ := assetFiles.ReadFile(name)
		sum.Write(data)
	}
	return hex.EncodeToString(sum.Sum(nil))[:10]
}
