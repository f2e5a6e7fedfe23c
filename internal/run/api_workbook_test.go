package run

import (
	"net/http"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func TestTheAPIGivesItsTablesAsWorkbooksToo(t *testing.T) {
	p := demoAPI(t, "")
	const series = "/api/v1/cities/arvenholt/series/ENV.1.O2"
	for _, address := range []string{"/api/v1/cities", series, "/api/v1/cities/arvenholt/assessments/2025/scorecard", "/api/v1/standards/hrc-ms/0.2"} {
		table := p.get(t, address+".csv")
		for _, asked := range []string{address + "?format=xlsx", address + ".csv?format=xlsx"} {
			answer, body := p.ask(t, http.MethodGet, asked)
			if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" || answer.Header.Get("ETag") == "" {
				t.Fatalf("%s: status %d, %v", asked, answer.StatusCode, answer.Header)
			}
			book, err := excelize.OpenReader(strings.NewReader(body))
			if err != nil {
				t.Fatalf("%s: %v", asked, err)
			}
			rows, err := book.GetRows("table")
			_ = book.Close()
			if head, _, _ := strings.Cut(table, "\n"); err != nil || strings.Join(rows[0], ",") != head {
				t.Errorf("%s: %v, %v", asked, err, rows[0])
			}
			if again, _ := p.ask(t, http.MethodGet, asked, "If-None-Match", answer.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
				t.Errorf("%s again: status %d", asked, again.StatusCode)
			}
		}
	}
	for asked, want := range map[string]int{"/api/v1/cities/arvenholt?format=xlsx": http.StatusNotFound, "/api/v1/cities/nowhere/series/ENV.1.O2?format=xlsx": http.StatusNotFound} {
		if answer, _ := p.ask(t, http.MethodGet, asked); answer.StatusCode != want {
			t.Errorf("%s: status %d", asked, answer.StatusCode)
		}
	}
}
