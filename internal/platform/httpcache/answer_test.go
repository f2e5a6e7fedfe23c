package httpcache

import "testing"

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
