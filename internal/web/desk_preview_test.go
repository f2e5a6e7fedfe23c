package web

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/clock"
	"github.com/cityrights/cityrights/internal/statistics"
	"github.com/cityrights/cityrights/standard"
)

// previewOf uploads a table and gives the address of its preview.
func (s *site) previewOf(t *testing.T, client *http.Client, content string) string {
	t.Helper()
	_, page := s.sendFile(t, client, "new.csv", []byte(content), "")
	found := uploadField.FindStringSubmatch(page)
	if found == nil {
		t.Fatalf("there is nothing to save: %s", page)
	}
	return "/en/desk/cities/example/statistics/preview/" + found[1]
}

func TestAPreviewIsAPageToWhichABrowserComesBack(t *testing.T) {
	s := newSite(t)
	officer := coordinator(t, s, "officer@example.org")
	address := s.previewOf(t, officer, strings.ReplaceAll(figures, "9.3", "11.1"))
	for range 2 {
		if answer, page := s.get(t, officer, address); answer.StatusCode != http.StatusOK || !strings.Contains(page, "Nothing has been saved yet") || !strings.Contains(page, strings.Replace(address, "/en/", "/fr/", 1)) {
			t.Errorf("status %d", answer.StatusCode)
		}
	}
	if answer, _ := s.get(t, coordinator(t, s, "other@example.org"), address); answer.StatusCode != http.StatusGone {
		t.Errorf("somebody else sees it: status %d", answer.StatusCode)
	}
	elsewhere := s.person(t, "elsewhere@example.org", account.Granted{Role: account.RoleCoordinator, Scope: account.InCity("elsewhere")})
	if answer, _ := s.get(t, elsewhere, address); answer.StatusCode != http.StatusForbidden {
		t.Errorf("another city's coordinator sees it: status %d", answer.StatusCode)
	}
	s.post(t, officer, "/en/desk/cities/example/statistics/save", url.Values{"upload": {address[strings.LastIndex(address, "/")+1:]}})
	answer, page := s.get(t, officer, address)
	if answer.StatusCode != http.StatusGone || !strings.Contains(page, "no longer kept") || !strings.Contains(page, `name="file"`) {
		t.Errorf("after saving: status %d, and the page does not say so with a way back", answer.StatusCode)
	}
}

func TestAPreviewIsGoneAfterAnHour(t *testing.T) {
	s := newSite(t)
	officer := coordinator(t, s, "officer@example.org")
	address := s.previewOf(t, officer, figures)
	s.server.clock = clock.Fixed(time.Now().Add(uploadAge + time.Minute))
	if answer, page := s.get(t, officer, address); answer.StatusCode != http.StatusGone || !strings.Contains(page, "an hour has passed") {
		t.Errorf("status %d", answer.StatusCode)
	}
}

func TestAMappingThatHidesAPublicIndicatorSaysSoBeforeTheTable(t *testing.T) {
	s := newSite(t)
	officer := coordinator(t, s, "officer@example.org")
	_, page := s.sendFile(t, officer, "new.csv", []byte(figures), strings.ReplaceAll(mapping, "LIV.5.O1,LIV.5.O1,,value,%,exact,", "LIV.5.O2,LIV.5.O1,,scale:10,%,close,counted anew"))
	said, table := strings.Index(page, "After saving, 1 indicator is no longer shown: LIV.5.O1."), strings.Index(page, `id="matched"`)
	if said < 0 || table < said || strings.Index(page, `id="replaces"`) > table {
		t.Error("the page does not say at its top what is no longer shown")
	}
	for _, want := range []string{"81% (2024)", "scale:10", "counted anew"} {
		if !strings.Contains(page, want) {
			t.Errorf("the table does not show %q", want)
		}
	}
	if _, page := s.sendFile(t, officer, "new.csv", []byte(figures), ""); strings.Contains(page, "no longer shown") {
		t.Error("nothing is hidden, and the page says so")
	}
}

func TestATableThatIsTooLargeIsRefusedOnceWithTheLimits(t *testing.T) {
	s := newSite(t)
	officer := coordinator(t, s, "officer@example.org")
	large := append([]byte(figures), bytes.Repeat([]byte("x"), statistics.MaxTable)...)
	answer, page := s.sendFile(t, officer, "large.csv", large, "")
	if answer.StatusCode != http.StatusRequestEntityTooLarge || strings.Count(page, "a ZIP file may have 64 MB, a table 32 MB") != 2 { // in the summary and at the field
		t.Errorf("status %d: the limits are not said once", answer.StatusCode)
	}
	if strings.Contains(page, "command line") || !strings.Contains(page, "ZIP file of at most 64 MB; or one table as CSV, SDMX-CSV or an Excel workbook (.xlsx) of at most 32 MB") {
		t.Error("the page advises what does not help, or its hint is not true")
	}
}

func TestTheTemplateOfAMappingIsFilledInAndGivenIn(t *testing.T) {
	s := newSite(t)
	officer := coordinator(t, s, "officer@example.org")
	if _, page := s.get(t, officer, "/en/desk/cities/example/statistics"); !strings.Contains(page, `href="/en/desk/cities/example/mapping-template.csv"`) || !strings.Contains(page, "complement:100") {
		t.Error("the form does not explain a mapping or offer its template")
	}
	_, template := s.get(t, officer, "/en/desk/cities/example/mapping-template.csv")
	filled := strings.Replace(template, "\nLIV.5.O1,,,,%,,", "\nLIV.5.O1,LIV.5.O1,,,%,exact,", 1)
	if filled == template {
		t.Fatalf("the template does not have the indicator: %s", template)
	}
	_, page := s.sendFile(t, officer, "new.csv", []byte(figures), filled)
	if !uploadField.MatchString(page) || strings.Contains(page, "mapping.csv:") || strings.Contains(page, "replaces") {
		t.Errorf("the template with one row is not the mapping of one row: %s", page)
	}
}

func TestTheTemplateOfOwnIndicatorsIsOneThatCanBeGivenIn(t *testing.T) {
	s := newSite(t)
	officer := coordinator(t, s, "officer@example.org")
	if _, page := s.get(t, officer, ownAddress); !strings.Contains(page, `href="/en/desk/cities/example/indicators-template.yaml"`) {
		t.Error("the page does not offer it")
	}
	for _, lang := range []string{"en", "fr", "es", "de", "ar"} {
		_, file := s.get(t, officer, "/"+lang+"/desk/cities/example/indicators-template.yaml")
		local, err := standard.LoadLocal(strings.NewReader(file), "template.yaml", s.rooms.Standard)
		if err != nil || local.City != "example" || len(local.Indicators) != 1 {
			t.Errorf("%s: %v", lang, err)
		}
	}
}

func TestTheHistoryGivesTheTimeAndNoPathOfTheServer(t *testing.T) {
	for path, want := range map[string]string{"/srv/data/2024/figures.csv": "figures.csv", `C:\Users\me\figures.csv`: "figures.csv", "open-sdg/": "open-sdg", "figures.csv": "figures.csv", "/": ""} {
		if got := lastName(path); got != want {
			t.Errorf("%q is shown as %q, want %q", path, got, want)
		}
	}
	en := &request{locale: english(t)}
	if got := en.moment(time.Date(2024, 5, 2, 9, 5, 0, 0, time.FixedZone("", 2*3600))); !strings.HasSuffix(got, "2024, 07:05 UTC") {
		t.Errorf("the moment is written %q", got)
	}
	s := newSite(t)
	if _, page := s.get(t, coordinator(t, s, "officer@example.org"), "/en/desk/cities/example/statistics"); strings.Count(page, " UTC") < 2 {
		t.Error("the lists of mappings and imports have no time")
	}
}
