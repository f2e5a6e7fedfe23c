package httpcache

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestAnAnswerIsKeptUntilContentChanges(t *testing.T) {
	ctx, version := context.Background(), int64(1)
	c := New(1000, func(context.Context) (int64, error) { return version, nil })
	_, made := c.Get(ctx, "/a")
	c.Put("/a", NewAnswer("text/plain", []byte("old")), made)
	if kept, _ := c.Get(ctx, "/a"); kept == nil {
		t.Error("an answer that is still true was dropped")
	}
	version = 2
	if kept, _ := c.Get(ctx, "/a"); kept != nil {
		t.Error("an answer outlived the change of its content")
	}
	c.Put("/a", NewAnswer("text/plain", []byte("old")), made)
	if kept, _ := c.Get(ctx, "/a"); kept != nil {
		t.Error("an answer made before the change was kept after it")
	}
}

func TestNothingIsKeptWhereTheVersionIsUnknown(t *testing.T) {
	c := New(1000, func(context.Context) (int64, error) { return 0, errors.New("no database") })
	_, made := c.Get(context.Background(), "/a")
	c.Put("/a", NewAnswer("text/plain", []byte("new")), made)
	if len(c.answers) != 0 {
		t.Error("an answer of unknown age was kept")
	}
}

func TestTheCacheStaysWithinItsLimit(t *testing.T) {
	ctx := context.Background()
	c := New(1000, func(context.Context) (int64, error) { return 1, nil })
	for _, key := range []string{"/a", "/b", "/c", "/b"} {
		_, version := c.Get(ctx, key)
		c.Put(key, NewAnswer("text/plain", make([]byte, 300)), version)
		if c.bytes > 1000 || c.bytes != len(c.answers)*375 {
			t.Errorf("after %s: %d bytes in %d answers", key, c.bytes, len(c.answers))
		}
	}
}

func TestAnAnswerIsServedWholeCompressedOrNotAtAll(t *testing.T) {
	a := NewAnswer("text/plain", make([]byte, 5000))
	for _, c := range []struct {
		header, value string
		status        int
		length        string
	}{
		{"Accept-Encoding", "identity", http.StatusOK, "5000"},
		{"Accept-Encoding", "gzip", http.StatusOK, "35"},
		{"If-None-Match", a.tag, http.StatusNotModified, ""},
	} {
		request := httptest.NewRequest(http.MethodGet, "/a", nil)
		request.Header.Set(c.header, c.value)
		got := httptest.NewRecorder()
		a.Serve(got, request)
		if got.Code != c.status || c.value != "gzip" && got.Header().Get("Content-Length") != c.length || got.Header().Get("ETag") != a.tag ||
			(c.value == "gzip") != (got.Header().Get("Content-Encoding") == "gzip") || got.Body.Len() > 0 && c.value == "gzip" && got.Body.Len() > 100 {
			t.Errorf("%s %s: status %d, headers %v, %d bytes", c.header, c.value, got.Code, got.Header(), got.Body.Len())
		}
	}
}
