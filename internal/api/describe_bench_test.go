package api

import (
	"net/http"
	"testing"
)

// The first request to a node pays for this.
func BenchmarkDescribe(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if answer := ask(newServer(), documentPath); answer.Code != http.StatusOK {
			b.Fatal(answer.Code)
		}
	}
}
