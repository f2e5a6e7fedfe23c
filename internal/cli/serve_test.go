package cli

import (
	"bytes"
	"context"
	"net/netip"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cityrights/cityrights/internal/platform/limit"
)

func TestProxiesAreNamedByNetworkOrAddress(t *testing.T) {
	var served ServeOptions
	run := func(args ...string) (int, string) {
		var errs bytes.Buffer
		status := Main(t.Context(), World{Stdout: &bytes.Buffer{}, Stderr: &errs, Serve: func(_ context.Context, _ Node, o ServeOptions) error { served = o; return nil }},
			append([]string{"serve", "--data", t.TempDir()}, args...))
		return status, errs.String()
	}
	if status, errs := run("--trusted-proxies", "10.0.0.5,192.168.7.9/16"); status != 0 {
		t.Fatalf("status %d: %s", status, errs)
	}
	if diff := cmp.Diff([]string{"10.0.0.5/32", "192.168.0.0/16"}, textsOf(served.Proxies)); diff != "" {
		t.Error(diff)
	}
	if status, _ := run(); status != 0 || !cmp.Equal(textsOf(limit.ThisMachine), textsOf(served.Proxies)) {
		t.Errorf("status %d: without the flag %v are trusted", status, served.Proxies)
	}
	if status, errs := run("--trusted-proxies", "proxy.example"); status != 2 || !strings.Contains(errs, "--trusted-proxies proxy.example: write networks or addresses") {
		t.Errorf("status %d: %s", status, errs)
	}
}

func textsOf(networks []netip.Prefix) (all []string) {
	for _, one := range networks {
		all = append(all, one.String())
	}
	return all
}
