package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

func noVersion(context.Context) (int64, error) { return 0, errors.New("no database") }

func TestEachKindOfFaultHasOneStatus(t *testing.T) {
	for kind, want := range map[fault.Kind]int{
		fault.NotFound: http.StatusNotFound, fault.Invalid: http.StatusUnprocessableEntity, fault.Forbidden: http.StatusForbidden,
		fault.Conflict: http.StatusConflict, fault.TooMuch: http.StatusTooManyRequests, fault.Unavailable: http.StatusServiceUnavailable,
	} {
		var said *huma.ErrorModel
		if err := newServer().problem("test", fmt.Errorf("around: %w", fault.New(kind, "so it is"))); !errors.As(err, &said) || said.Status != want || said.Detail != "so it is" {
			t.Errorf("%s becomes %+v, want status %d", kind, said, want)
		}
	}
}

func TestAFaultOfTheMachineIsLoggedAndNotTold(t *testing.T) {
	var log bytes.Buffer
	s := newServer()
	s.log = slog.New(slog.NewTextHandler(&log, nil))
	for _, err := range []error{errors.New("disk secret-disk is full"), fault.New(fault.Unavailable, "the database does not answer").Because(errors.New("secret-disk"))} {
		log.Reset()
		var said *huma.ErrorModel
		if !errors.As(s.problem("get-city", err), &said) || said.Status < 500 || strings.Contains(said.Detail, "secret") || len(said.Errors) > 0 {
			t.Errorf("%v is told as %+v", err, said)
		}
		if !strings.Contains(log.String(), "secret-disk") || !strings.Contains(log.String(), "get-city") {
			t.Errorf("the log says %q", &log)
		}
	}
}
