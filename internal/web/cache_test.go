package web

import (
	"net/http"
	"strconv"
	"testing"
)

func TestAnAnswerSaysItsLength(t *testing.T) {
	s := newSite(t)
	for _, path := range []string{"/en/", "/en/?x=1", "/ar/cities/example/2024?x=1", "/en/cities/nowhere", "/en/sign-in", "/en/cities.csv?x=1"} {
		request, err := http.NewRequest(http.MethodGet, s.url+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Accept-Encoding", "identity")
		answer := send(t, http.DefaultClient, request)
		if got := answer.Header.Get("Content-Length"); got != strconv.Itoa(len(answer.Body)) || answer.Body == "" {
			t.Errorf("%s: says %q of %d bytes", path, got, len(answer.Body))
		}
	}
}
