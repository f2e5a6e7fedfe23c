package httpcache

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestABodyIsCompressedWhereTheReaderTakesItAndItIsWorthIt(t *testing.T) {
	long := bytes.Repeat([]byte("what people write "), 200)
	for _, c := range []struct {
		accept     string
		body       []byte
		compressed bool
	}{{"gzip, br", long, true}, {"br", long, false}, {"gzip;q=0", long, false}, {"", long, false}, {"gzip", []byte("short"), false}} {
		for range 2 { // the second time with a writer that was used
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
			r.Header.Set("Accept-Encoding", c.accept)
			h := http.Header{}
			got := Compress(h, r, c.body)
			if compressed := h.Get("Content-Encoding") == "gzip"; compressed != c.compressed || compressed == bytes.Equal(got, c.body) {
				t.Errorf("%q: compressed %v", c.accept, compressed)
			}
			if c.compressed {
				z, err := gzip.NewReader(bytes.NewReader(got))
				if err != nil {
					t.Fatal(err)
				}
				if plain, err := io.ReadAll(z); err != nil || !bytes.Equal(plain, c.body) {
					t.Errorf("another text came out: %v", err)
				}
			}
		}
	}
}
