package account

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"github.com/cityrights/cityrights/internal/platform/database"
)

// Sessions are kept on the server; the browser has a random token in a cookie that scripts cannot read.
type Sessions struct {
	manager *scs.SessionManager
}

func newSessions(db *database.DB, o Options) *Sessions {
	name := "cityrights"
	if o.Secure {
		name = "__Host-cityrights" // the browser then takes it from this host only, and over HTTPS only (RFC 6265bis, 4.1.3.2)
	}
	// Not scs.New, which starts a goroutine for a store that is not used.
	return &Sessions{manager: &scs.SessionManager{
		Lifetime:  o.Lifetime,
		Store:     &sessionStore{db: db, clock: o.Clock, idle: o.Idle},
		Codec:     sessionCodec{},
		ErrorFunc: func(w http.ResponseWriter, _ *http.Request, _ error) { refuse(w) },
		Cookie:    scs.SessionCookie{Name: name, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: o.Secure},
	}}
}

func refuse(w http.ResponseWriter) {
	http.Error(w, "The node cannot find out who you are at the moment. Try again.", http.StatusServiceUnavailable)
}

// cameWith is the context's key of the token that the request brought; empty: none.
type cameWith struct{}

// Handler lets next know the session of each request. Reading a page without a cookie costs nothing.
func (s *Sessions) Handler(next http.Handler) http.Handler {
	withSession := s.manager.LoadAndSave(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token := ""
		if cookie, err := r.Cookie(s.manager.Cookie.Name); err == nil {
			token = cookie.Value
		}
		if token == "" && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
			next.ServeHTTP(w, r)
			return
		}
		withSession.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), cameWith{}, token)))
	})
}

var errNoSession = errors.New("account: the request did not pass through Sessions.Handler")

func has(ctx context.Context) bool {
	_, ok := ctx.Value(cameWith{}).(string)
	return ok
}

// begin gives the session a new token, so that nobody can hand a person a token before they sign in and use it afterwards.
func (s *Sessions) begin(ctx context.Context, values map[string]string) error {
	if !has(ctx) {
		return errNoSession
	}
	if err := s.manager.RenewToken(ctx); err != nil {
		return err
	}
	for key, value := range values {
		s.manager.Put(ctx, key, value)
	}
	return nil
}

func (s *Sessions) end(ctx context.Context) error {
	if !has(ctx) {
		return errNoSession
	}
	return s.manager.Destroy(ctx)
}

func (s *Sessions) value(ctx context.Context, key string) string {
	if !has(ctx) {
		return ""
	}
	return s.manager.GetString(ctx, key)
}

// sessionCodec writes a session as JSON. Values are texts only: nothing that is read back can become anything else.
type sessionCodec struct{}

type sessionData struct {
	Deadline int64             `json:"deadline"` // unix milliseconds
	Values   map[string]string `json:"values"`
}

func (sessionCodec) Encode(deadline time.Time, values map[string]any) ([]byte, error) {
	data := sessionData{Deadline: deadline.UnixMilli(), Values: map[string]string{}}
	for key, value := range values {
		text, ok := value.(string)
		if !ok {
			return nil, errors.New("account: a session holds texts only, not " + key)
		}
		data.Values[key] = text
	}
	return json.Marshal(data)
}

func (sessionCodec) Decode(b []byte) (time.Time, map[string]any, error) {
	var data sessionData
	if err := json.Unmarshal(b, &data); err != nil {
		return time.Time{}, nil, err
	}
	values := make(map[string]any, len(data.Values))
	for key, text := range data.Values {
		values[key] = text
	}
	return time.UnixMilli(data.Deadline), values, nil
}
