package api

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/cityrights/cityrights/internal/platform/httpcache"
	"github.com/cityrights/cityrights/internal/publication"
	"github.com/cityrights/cityrights/standard"
)

const cacheBytes = 8 << 20 // of answers kept, plain and compressed

// Rooms are what the operations ask.
type Rooms struct {
	Publication *publication.Room
	Standards   []*standard.Standard                 // that this node carries
	Version     func(context.Context) (int64, error) // counts changes of public content
}

// Server is the door for programs. Make it with New.
type Server struct {
	rooms    Rooms
	secure   bool // people reach the node by HTTPS
	log      *slog.Logger
	cache    *httpcache.Cache // the address is the whole key, since everybody gets the same
	routes   *routes
	document []byte // the OpenAPI document
}

// New builds the operations over their rooms; secure tells whether people reach the node by HTTPS. The error says which example or operation cannot be described.
func New(rooms Rooms, secure bool, log *slog.Logger) (*Server, error) {
	s := &Server{rooms: rooms, secure: secure, log: log, cache: httpcache.New(cacheBytes, rooms.Version), routes: newRoutes()}
	var err error
	if s.document, err = s.describe(operations()); err != nil {
		return nil, err
	}
	s.routes.documents.HandleFunc("GET "+documentPath, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(s.document)
	})
	s.routes.documents.HandleFunc("/", nothingHere)
	s.routes.tables.HandleFunc("/", nothingHere)
	return s, nil
}
