package run

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/web"
)

// Pages rendered from the database, without the network.
func BenchmarkPage(b *testing.B) {
	ctx := context.Background()
	data := b.TempDir()
	rooms, err := Open(ctx, cli.Node{Data: data})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = rooms.DB.Close() }()
	if err := FillDemo(ctx, rooms, "arvenholt"); err != nil {
		b.Fatal(err)
	}
	handler, err := Handler(rooms, web.Node{Name: "bench", Operator: "the bench"}, data, slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	for name, path := range map[string]string{
		"home": "/en/", "city": "/en/cities/arvenholt", "assessment": "/en/cities/arvenholt/2025", "requirement": "/en/cities/arvenholt/2025/LIV.1",
		"series": "/en/cities/arvenholt/data/ENV.1.O2", "standard": "/en/standard/0.2/LIV.1",
		"series by the API": "/api/v1/cities/arvenholt/series/ENV.1.O2",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				answer := httptest.NewRecorder()
				handler.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, path+"?fresh=1", nil))
				if answer.Code != http.StatusOK {
					b.Fatal(answer.Code)
				}
			}
		})
	}
}
