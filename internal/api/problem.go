package api

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// statuses gives the HTTP status of each kind of fault.
var statuses = map[fault.Kind]int{
	fault.NotFound: http.StatusNotFound, fault.Invalid: http.StatusUnprocessableEntity, fault.Forbidden: http.StatusForbidden,
	fault.Conflict: http.StatusConflict, fault.TooMuch: http.StatusTooManyRequests, fault.Unavailable: http.StatusServiceUnavailable,
}

// problem turns an error of an operation into a problem (RFC 9457). What is no fault is the machine's: it is logged and not told. So is the
// cause of a fault.
func (s *Server) problem(operation string, err error) error {
	var made huma.StatusError
	if errors.As(err, &made) { // with details
		return made
	}
	status, known := statuses[fault.KindOf(err)]
	if !known {
		status = http.StatusInternalServerError
	}
	if status >= http.StatusInternalServerError {
		s.log.Error("api", slog.String("operation", operation), slog.Any("error", err))
	}
	return huma.NewError(status, fault.Reason(err))
}

// writeProblem answers where there is no operation that could.
func writeProblem(w http.ResponseWriter, status int, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(huma.NewError(status, detail))
}

func nothingHere(w http.ResponseWriter, _ *http.Request) {
	writeProblem(w, http.StatusNotFound, "there is no such address; "+documentPath+" lists all")
}

// broken answers where the program itself is at fault, before any operation is asked.
func (s *Server) broken(w http.ResponseWriter, err error) {
	s.log.Error("api", slog.Any("error", err))
	writeProblem(w, http.StatusInternalServerError, fault.Reason(err))
}
