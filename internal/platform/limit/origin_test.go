package limit

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
)

func TestOriginTrustsWhatProxiesOfOursSay(t *testing.T) {
	inside, err := ParseProxies("10.0.0.0/8, 127.0.0.1, ::1")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		why     string
		proxies Proxies
		peer    string
		chain   []string
		want    string
	}{
		{"without a proxy", nil, "203.0.113.7:4000", nil, "203.0.113.7"},
		{"a stranger's word is not taken", nil, "203.0.113.7:4000", []string{"198.51.100.1"}, "203.0.113.7"},
		{"the proxy on this machine", nil, "127.0.0.1:4000", []string{"198.51.100.1"}, "198.51.100.1"},
		{"what the reader wrote before it is not taken", nil, "127.0.0.1:4000", []string{"192.0.2.1, 198.51.100.1"}, "198.51.100.1"},
		{"nor in a header of its own", nil, "127.0.0.1:4000", []string{"192.0.2.1", "198.51.100.1"}, "198.51.100.1"},
		{"two proxies", inside, "10.0.0.2:4000", []string{"192.0.2.1, 198.51.100.1, 10.0.0.1"}, "198.51.100.1"},
		{"a proxy elsewhere that nobody named", nil, "10.0.0.2:4000", []string{"198.51.100.1"}, "10.0.0.2"},
		{"with a port", nil, "[::1]:4000", []string{"198.51.100.1:5555"}, "198.51.100.1"},
		{"IPv6", nil, "[::1]:4000", []string{"2001:db8::1"}, "2001:db8::1"},
		{"IPv6 with a port", nil, "[::1]:4000", []string{"[2001:db8::1]:5555"}, "2001:db8::1"},
		{"a proxy that says nothing", nil, "127.0.0.1:4000", nil, "127.0.0.1"},
		{"nonsense", nil, "127.0.0.1:4000", []string{"<script>"}, "invalid IP"},
		{"no peer", nil, "@", []string{"198.51.100.1"}, "invalid IP"},
		{"a long chain", nil, "127.0.0.1:4000", []string{strings.Repeat("127.0.0.1,", 5000) + "127.0.0.1"}, "127.0.0.1"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = c.peer
		for _, entry := range c.chain {
			r.Header.Add("X-Forwarded-For", entry)
		}
		if got := c.proxies.Origin(r).String(); got != c.want {
			t.Errorf("%s: %s, want %s", c.why, got, c.want)
		}
	}
}

func TestParseProxiesReadsNetworksAndAddresses(t *testing.T) {
	for text, want := range map[string]int{"": 2, " ": 2, "10.1.2.3/8": 1, "10.0.0.1, fd00::/8": 2, "10.0.0.0/33": -1, "proxy.example": -1, "10.0.0.1,": -1} {
		got, err := ParseProxies(text)
		if (err != nil) != (want < 0) || err == nil && len(got) != want {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	got, _ := ParseProxies("10.1.2.3/8")
	if got[0] != netip.MustParsePrefix("10.0.0.0/8") {
		t.Errorf("a network is kept as %v", got[0])
	}
}

func FuzzOrigin(f *testing.F) {
	f.Add("127.0.0.1:1", "198.51.100.1, 10.0.0.1")
	f.Add("[::1]:1", "[2001:db8::1]:80,,")
	f.Fuzz(func(t *testing.T, peer, chain string) {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr, r.Header = peer, http.Header{"X-Forwarded-For": {chain}}
		got := ThisMachine.Origin(r)
		if at, err := netip.ParseAddrPort(peer); err == nil && !at.Addr().Unmap().IsLoopback() && got != at.Addr().Unmap() {
			t.Errorf("a stranger at %s passes for %v", peer, got)
		}
	})
}
