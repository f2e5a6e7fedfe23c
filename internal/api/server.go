package api

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/httpcache"
	"github.com/cityrights/cityrights/internal/platform/limit"
	"github.com/cityrights/cityrights/internal/publication"
	"github.com/cityrights/cityrights/internal/statistics"
	"github.com/cityrights/cityrights/standard"
)

const cacheBytes = 8 << 20 // of answers kept, plain and compressed

// Rooms are what the operations ask.
type Rooms struct {
	Publication *publication.Room
	Standards   []*standard.Standard                 // that this node carries
	Version     func(context.Context) (int64, error) // counts changes of public content

	// Of what is not public, asked for by a token:
	Account    *account.Room
	Statistics *statistics.Room
	Assessment *assessment.Room
	View       func(context.Context, func(database.Tx) error) error // one snapshot over several rooms

	Limits  *limit.Limiter // shared with other doors; nil: one of its own
	Proxies limit.Proxies  // in front of the node; nil: one on this machine
}

// Server is the door for programs. Make it with New.
type Server struct {
	rooms  Rooms
	secure bool // people reach the node by HTTPS
	log    *slog.Logger
	cache  *httpcache.Cache // the address is the whole key, since everybody gets the same
	routes func() (*routes, error)
	huma   huma.API      // set when the operations are described
	taken  chan struct{} // holds one entry for each body that is being read
}

// bodies is how many may be read at the same time; each may take as much memory as a table.
const bodies = 2

// New builds the door over its rooms; secure tells whether people reach the node by HTTPS. The operations are described when the first of
// them is asked for, so that the start of a node does not pay for it.
func New(rooms Rooms, secure bool, log *slog.Logger) *Server {
	if rooms.Limits == nil {
		rooms.Limits = limit.New(nil)
	}
	s := &Server{rooms: rooms, secure: secure, log: log, cache: httpcache.New(cacheBytes, rooms.Version), taken: make(chan struct{}, bodies)}
	s.routes = sync.OnceValues(func() (*routes, error) { return s.build(operations()) })
	return s
}

// build joins operations and their description to one router.
func (s *Server) build(all []operation) (*routes, error) {
	r := newRoutes()
	described, err := s.describe(r, all)
	if err != nil {
		return nil, err
	}
	document := sync.OnceValues(func() ([]byte, error) { return json.Marshal(described) })
	r.HandleFunc("GET "+documentPath, func(w http.ResponseWriter, _ *http.Request) {
		text, err := document()
		if err != nil {
			s.broken(w, err)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(text)
	})
	r.documents.HandleFunc("/", nothingHere)
	r.tables.HandleFunc("/", nothingHere)
	return r, nil
}
