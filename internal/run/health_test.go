package run

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestANodeIsAskedWhetherItIsWell(t *testing.T) {
	address, _, stop := serving(t, "--data", t.TempDir())
	listen := strings.TrimPrefix(address, "http://")
	_, port, _ := strings.Cut(listen, ":")
	for _, way := range []string{listen, "0.0.0.0:" + port, ":" + port} {
		if out := must(t, "health", "--listen", way); !strings.HasSuffix(out, " answers.\n") {
			t.Errorf("%s: %q", way, out)
		}
	}
	stop()
	if status, out, errs := command(t, "health", "--listen", listen); status != 1 || out != "" || !strings.Contains(errs, "no node answers at "+listen) {
		t.Errorf("status %d, output %q, errors %q", status, out, errs)
	}
	ill := httptest.NewServer(http.NotFoundHandler())
	defer ill.Close()
	if status, _, errs := command(t, "health", "--listen", strings.TrimPrefix(ill.URL, "http://")); status != 1 || !strings.Contains(errs, "is not well: 404") {
		t.Errorf("status %d, errors %q", status, errs)
	}
	if status, _, _ := command(t, "health", "--listen", "nonsense"); status != 2 {
		t.Errorf("status %d of wrong use", status)
	}
}
