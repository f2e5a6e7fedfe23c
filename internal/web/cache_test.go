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

func TestAReaderWhoHasThePageIsNotSentItAgain(t *testing.T) {
	for list, want := range map[string]bool{
		`W/"abc"`: true, `"abc"`: true, `"x", W/"abc"`: true, `*`: true, ``: false, `"ab"`: false, `"x", "y"`: false,
	} {
		if got := has(list, `W/"abc"`); got != want {
			t.Errorf("If-None-Match %s: %v", list, got)
		}
	}
}

func TestOnlyWhoTakesGzipIsSentGzip(t *testing.T) {
	for accept, want := range map[string]bool{
		"gzip": true, "gzip, deflate, br": true, "br;q=1.0, gzip;q=0.8": true, "*": true, "": false, "identity": false, "gzip;q=0": false, "gzip; q=0.0": false, "x-gzip": false,
	} {
		if got := takesGzip(accept); got != want {
			t.Errorf("Accept-Encoding %q: %v", accept, got)
		}
	}
}
