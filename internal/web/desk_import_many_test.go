package web

import (
	"bytes"
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/statistics"
)

// administrator signs somebody in who may import for the whole node.
func administrator(t *testing.T, s *site) *http.Client {
	t.Helper()
	return s.person(t, "admin@example.org", account.Granted{Role: account.RoleAdministrator, Scope: account.Node})
}

// knows adds cities with their codes in a source.
func (s *site) knows(t *testing.T, source string, codes map[string]string) {
	t.Helper()
	var known []statistics.Known
	for id, code := range codes {
		if id != "example" {
			if err := s.rooms.City.Add(t.Context(), "test", city.City{ID: id, Name: id, Country: "XA", Fictional: true}); err != nil {
				t.Fatal(err)
			}
		}
		known = append(known, statistics.Known{City: id, Source: source, Code: code})
	}
	s.rooms.Statistics.Places = func(context.Context, database.Tx) ([]statistics.Known, error) { return known, nil }
}

// sendMany uploads a file of many places with a mapping, and gives what it contains.
func (s *site) sendMany(t *testing.T, client *http.Client, content, mapping string, fields url.Values) (reply, string) {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, text := range map[string]string{"file": content, "mapping": mapping} {
		if text == "" {
			continue
		}
		part, _ := form.CreateFormFile(name, name+".csv")
		_, _ = io.WriteString(part, text)
	}
	for name := range fields {
		_ = form.WriteField(name, fields.Get(name))
	}
	_ = form.Close()
	request, _ := http.NewRequest(http.MethodPost, s.url+"/en/desk/statistics", &body)
	request.Header.Set("Content-Type", form.FormDataContentType())
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	answer := send(t, client, request)
	if answer.StatusCode == http.StatusSeeOther {
		return s.get(t, client, answer.Header.Get("Location"))
	}
	return answer, answer.Body
}

func TestOneFileIsLookedAtAndSavedForManyCitiesByPage(t *testing.T) {
	s := newSite(t)
	s.knows(t, "X", map[string]string{"example": "A1", "other": "A2"})
	admin := administrator(t, s)
	text := "DATAFLOW,indic_ur,cities,TIME_PERIOD,OBS_VALUE\nX:D(1.0),SH1,A1,2024,8.4\nX:D(1.0),SH1,A2,2024,9.6\nX:D(1.0),SH1,A9,2024,9\n"
	const mapping = "standard_indicator,source_indicator,unit,fit\nLIV.5.O1,SH1,%,exact\n"
	source := url.Values{"publisher": {"Office"}, "url": {"https://office.example/u"}}
	answer, page := s.sendMany(t, admin, text, mapping, source)
	for _, want := range []string{"Saving would add 2 values", ">other</a>", "It has another mapping and keeps it.", "A9"} {
		if answer.StatusCode != http.StatusOK || !strings.Contains(page, want) {
			t.Fatalf("status %d, no %q: %s", answer.StatusCode, want, page)
		}
	}
	if _, page := s.sendMany(t, admin, text, mapping, url.Values{"replace": {"yes"}}); strings.Contains(page, "keeps it") || !strings.Contains(page, "This mapping would replace") {
		t.Errorf("all mappings are to be replaced: %s", page)
	}
	save := url.Values{"upload": {uploadField.FindStringSubmatch(page)[1]}}
	if saved := s.post(t, admin, "/en/desk/statistics/save", save); saved.StatusCode != http.StatusSeeOther {
		t.Fatalf("status %d: %s", saved.StatusCode, saved.Body)
	}
	if _, page := s.get(t, visitor(), "/en/cities/other/data/LIV.5.O1"); !strings.Contains(page, "9.6") {
		t.Errorf("the other city does not show its figure: %s", page)
	}
	if again := s.post(t, admin, "/en/desk/statistics/save", save); again.StatusCode != http.StatusGone {
		t.Errorf("saved twice: status %d", again.StatusCode)
	}
	if answer, page := s.sendMany(t, admin, figures, "", nil); answer.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(page, "are about one city") {
		t.Errorf("a file of one city: status %d", answer.StatusCode)
	}
	officer := coordinator(t, s, "officer@example.org")
	if answer, _ := s.sendMany(t, officer, text, "", nil); answer.StatusCode != http.StatusForbidden {
		t.Errorf("an officer of one city imports for all: status %d", answer.StatusCode)
	}
}

func TestTheEurostatFileIsTakenForFiveKnownCitiesByPageAndTheRestIsListed(t *testing.T) {
	root := os.Getenv("CITYRIGHTS_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	file := filepath.Join(root, "reference", "data", "eurostat-urb-clivcon", "urb_clivcon_income_sdmx.csv")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Skipf("the reference material is not here (%s); set CITYRIGHTS_SHARED to its folder", file)
	}
	s := newSite(t)
	s.knows(t, "EUROSTAT", map[string]string{"berlin": "Berlin", "hamburg": "Hamburg", "munich": "München", "aalborg": "Aalborg", "enschede": "Enschede"})
	answer, page := s.sendMany(t, administrator(t, s), string(data), "standard_indicator,source_indicator,unit,fit,note\nLIV.2.O1,Median disposable annual household income - EUR,EUR,close,income\n",
		url.Values{"publisher": {"Eurostat"}, "url": {"https://ec.europa.eu/eurostat"}})
	if answer.StatusCode != http.StatusOK || uploadField.FindString(page) == "" || !strings.Contains(page, "502") || !strings.Contains(page, "Austria") || strings.Count(page, `<td>Saving would add `) != 5 {
		t.Errorf("status %d: %.2000s", answer.StatusCode, page)
	}
}
