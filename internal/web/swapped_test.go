package web

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
)

var wildcard = regexp.MustCompile(`\{(\w+)\}`)

// things gives, for each name that an address may hold beside a city, the id of something that the city example has and no other.
func (s *site) things(t *testing.T, officer *http.Client) map[string]string {
	t.Helper()
	saved := s.post(t, officer, ownAddress, ownForm("0", nil))
	if saved.StatusCode != http.StatusSeeOther {
		t.Fatalf("an own indicator: status %d", saved.StatusCode)
	}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, _ := form.CreateFormFile("file", "figures.csv")
	_, _ = io.WriteString(part, figures)
	_ = form.Close()
	request, _ := http.NewRequest(http.MethodPost, s.url+"/en/desk/cities/example/statistics", &body)
	request.Header.Set("Content-Type", form.FormDataContentType())
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	upload := path.Base(send(t, officer, request).Header.Get("Location"))
	var imported string
	var own city.Additions
	err := s.rooms.View(t.Context(), func(tx database.Tx) (err error) {
		if own, err = s.rooms.City.Additions(t.Context(), tx, "example"); err != nil {
			return err
		}
		history, err := s.rooms.Statistics.Imports(t.Context(), tx, "example")
		if len(history) > 0 {
			imported = history[0].ID
		}
		return err
	})
	if err != nil || len(own.Indicators) != 1 || imported == "" || !uploadName.MatchString(upload) {
		t.Fatalf("import %q, upload %q (%v)", imported, upload, err)
	}
	return map[string]string{"period": "2024", "requirement": "LIV.5", "indicator": own.Indicators[0].ID, "upload": upload, "import": imported,
		"organisation": "council", "evidence": s.openEvidence(t)}
}

// openPeriod is of an assessment that is open, beside the one that is public.
const openPeriod = "2031"

// openEvidence gives the id of a piece of evidence in an open assessment of the city example.
func (s *site) openEvidence(t *testing.T) string {
	t.Helper()
	operator := account.Operator()
	err := s.rooms.Assessment.Begin(t.Context(), operator, assessment.Cycle{City: "example", Period: openPeriod, Standard: s.rooms.Standard.Ref(), Profile: "full"})
	if err == nil {
		err = s.rooms.Assessment.Step(t.Context(), operator, assessment.Move{City: "example", Period: openPeriod, To: assessment.Open})
	}
	if err != nil {
		t.Fatal(err)
	}
	kept, err := s.rooms.Assessment.AddEvidence(t.Context(), operator, assessment.Evidence{
		Key: assessment.Key{City: "example", Period: openPeriod, Requirement: "LIV.5", Organisation: "council"}, EvidenceText: assessment.EvidenceText{Title: "Pay scale"}, URL: "https://city.example/pay"})
	if err != nil {
		t.Fatal(err)
	}
	return kept.ID
}

// Whoever may work for two cities asks for what one has under the name of the other, by every address that names a city and something of it.
// Nothing is there. A new kind of thing needs a line in things.
func TestTheIdsOfTwoCitiesDoNotMix(t *testing.T) {
	s := newSite(t)
	if err := s.rooms.City.Add(t.Context(), "test", city.City{ID: "otherwhere", Name: "Otherwhere", Country: "XA", Fictional: true}); err != nil {
		t.Fatal(err)
	}
	officer := s.person(t, "both@example.org", account.Granted{Role: account.RoleCoordinator, Scope: account.InCity("example")},
		account.Granted{Role: account.RoleCoordinator, Scope: account.InCity("otherwhere")},
		account.Granted{Role: account.RoleValidator, Scope: account.InCity("example")}, account.Granted{Role: account.RoleValidator, Scope: account.InCity("otherwhere")})
	things, tried := s.things(t, officer), 0
	for _, r := range s.server.routes() {
		if !strings.Contains(r.pattern, "{city}") || len(wildcard.FindAllString(r.pattern, -1)) < 3 {
			continue // {lang}, {city} and something of the city
		}
		here := wildcard.ReplaceAllStringFunc(r.pattern, func(name string) string {
			switch name = strings.Trim(name, "{}"); name {
			case "lang":
				return "en"
			case "city":
				return "example"
			}
			if name == "period" && strings.Contains(r.pattern, "{evidence}") {
				return openPeriod
			}
			if things[name] == "" {
				t.Fatalf("%s names {%s}: say in things what the city example has of it", r.pattern, name)
			}
			return things[name]
		})
		there := strings.Replace(here, "/cities/example/", "/cities/otherwhere/", 1)
		tried++
		answer := s.try(t, officer, r.method, there)
		// An upload that is not there may have been kept for an hour before: that is what 410 says of any.
		if gone := strings.Contains(r.pattern, "{upload}") && answer.StatusCode == http.StatusGone; answer.StatusCode != http.StatusNotFound && !gone {
			t.Errorf("%s %s: status %d", r.method, there, answer.StatusCode)
		}
		if strings.Contains(answer.Body, "Days until a first job offer") {
			t.Errorf("%s %s shows what is the other city's", r.method, there)
		}
		// An own indicator without figures has no public page, nor has evidence in an open assessment.
		if hidden := strings.Contains(r.pattern, "/data/") || strings.HasPrefix(r.pattern, "/{lang}/cities/") && strings.Contains(r.pattern, "{evidence}"); !hidden && r.method == http.MethodGet {
			if answer, _ := s.get(t, officer, here); answer.StatusCode >= 400 && !strings.Contains(r.pattern, "mapping.csv") {
				t.Errorf("%s, which is there: status %d", here, answer.StatusCode)
			}
		}
	}
	if tried < 7 {
		t.Errorf("only %d addresses were tried", tried)
	}
	saved := s.post(t, officer, "/en/desk/cities/otherwhere/statistics/save", url.Values{"upload": {things["upload"]}})
	if saved.StatusCode != http.StatusGone && saved.StatusCode != http.StatusNotFound {
		t.Errorf("an upload of one city is saved for another: status %d", saved.StatusCode)
	}
	stranger := s.person(t, "stranger@example.org", account.Granted{Role: account.RoleCoordinator, Scope: account.InCity("example")})
	if answer, _ := s.get(t, stranger, "/en/desk/cities/example/statistics/preview/"+things["upload"]); answer.StatusCode != http.StatusGone {
		t.Errorf("another person's upload: status %d", answer.StatusCode)
	}
}
