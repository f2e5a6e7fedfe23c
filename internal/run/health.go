package run

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// healthWait is how long a node may take to say that it is there.
const healthWait = 4 * time.Second

// Health returns Unavailable where no node answers at HOST:PORT.
func Health(ctx context.Context, address string) error {
	ctx, cancel := context.WithTimeout(ctx, healthWait)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/healthz", nil)
	if err != nil {
		return err
	}
	transport := &http.Transport{DisableKeepAlives: true} // asks no proxy
	defer transport.CloseIdleConnections()
	answer, err := transport.RoundTrip(request)
	if err != nil {
		return &fault.Error{Kind: fault.Unavailable, Text: fmt.Sprintf("no node answers at %s", address), Err: err}
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return fault.New(fault.Unavailable, "what answers at %s is not well: %s", address, answer.Status)
	}
	return nil
}
