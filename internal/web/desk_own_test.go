package web

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/locale"
	"github.com/cityrights/cityrights/internal/statistics"
)

const ownAddress = "/en/desk/cities/example/indicators"

// ownForm is a filled form of an own indicator.
func ownForm(version string, change url.Values) url.Values {
	form := url.Values{"version": {version}, "requirement": {"LIV.5"}, "kind": {"P"}, "title": {"Days until a first job offer"}, "question": {"How many days pass?"}, "value": {"days"},
		"unit": {"days"}, "good": {"down"}, "by": {"sex", "age"}, "evidence": {"dataset"}, "answered_by": {"authority"}}
	for name, values := range change {
		form[name] = values
	}
	return form
}

const ownFile = `base: hrc-ms@0.2
city: example
indicators:
  - id: L.LIV.5.P1
    title: Days until a first job offer
    question: How many days pass?
    value: days
    unit: days
    good: down
    evidence: [dataset]
    answered_by: [authority]
`

// sendOwn uploads a file of own indicators as the form does.
func (s *site) sendOwn(t *testing.T, client *http.Client, version string, content []byte) reply {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	_ = form.WriteField("version", version)
	part, _ := form.CreateFormFile("file", "own.yaml")
	_, _ = part.Write(content)
	_ = form.Close()
	request, _ := http.NewRequest(http.MethodPost, s.url+ownAddress+"/file", io.Reader(&body))
	request.Header.Set("Content-Type", form.FormDataContentType())
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	return send(t, client, request)
}

// measureOwn imports figures for L.LIV.5.P1.
func (s *site) measureOwn(t *testing.T) {
	t.Helper()
	_, err := s.rooms.Statistics.Import(context.Background(), statistics.Request{City: "example", Format: statistics.TidyCSV, Name: "own", Actor: "test",
		Mapping: strings.NewReader(mapping + "L.LIV.5.P1,offer,,value,days,exact,\n"),
		Files: fstest.MapFS{"own.csv": {Data: []byte("indicator,title,period,value,unit,source,url,licence\n" +
			"offer,Offers,2024,71,days,Job Centre,https://jobs.example/o,CC0-1.0\n")}}})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAnOfficerAddsAnIndicatorByFormAndResidentsSeeItAsTheCitysOwn(t *testing.T) {
	s := newSite(t)
	officer := coordinator(t, s, "officer@example.org")
	if _, page := s.get(t, officer, ownAddress); !strings.Contains(page, "Your city has not added anything.") || !strings.Contains(page, ownAddress+"/new") {
		t.Error("the empty page does not say what to do")
	}
	if _, page := s.get(t, officer, "/en/desk"); !strings.Contains(page, ownAddress) {
		t.Error("the desk does not lead there")
	}
	answer := s.post(t, officer, ownAddress, ownForm("0", nil))
	if answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("save: status %d: %s", answer.StatusCode, answer.Body)
	}
	if _, page := s.get(t, officer, answer.Header.Get("Location")); !strings.Contains(page, "Next: name L.LIV.5.P1 in the mapping") || !strings.Contains(page, "Version 1") {
		t.Error("the page after saving does not say what is next")
	}
	s.measureOwn(t)
	for path, wants := range map[string][]string{
		"/en/cities/example/2024/LIV.5":          {"The city’s own indicators", "They are not part of the standard", "Days until a first job offer", "71 days"},
		"/en/cities/example/2024":                {"Days until a first job offer</a>: <strong>71 days</strong> ", `<span class="tag">the city’s own</span>`},
		"/en/cities/example":                     {"Days until a first job offer", "the city’s own"},
		"/en/cities/example/data/L.LIV.5.P1":     {"This indicator is the city’s own. It is not part of the standard", "How many days pass?", "The source measures what the city asks.", "/en/standard/0.2/LIV.5"},
		"/en/cities/example/data/L.LIV.5.P1.csv": {",local,", "example,L.LIV.5.P1,2024,,,,,71,days,,,exact,Job Centre,https://jobs.example/o,CC0-1.0,,,true,Example,XA,true,Days until a first job offer,"},
		"/en/cities/example/2024.csv":            {",L.LIV.5.P1,Days until a first job offer,71,,,days,2024,", ",true,\n"},
	} {
		_, page := s.get(t, visitor(), path)
		for _, want := range wants {
			if !strings.Contains(page, want) {
				t.Errorf("%s does not say %q", path, want)
			}
		}
	}
	_, page := s.get(t, visitor(), "/en/cities/example/2024/LIV.5")
	if standard, own := strings.Index(page, `id="figures"`), strings.Index(page, `id="own"`); standard < 0 || own < standard || strings.Index(page, "Days until a first job offer") < own {
		t.Error("the city's own does not stand after the standard's")
	}
	for _, lang := range locale.Shipped {
		for _, path := range []string{"/desk/cities/example/indicators", "/desk/cities/example/indicators/new", "/desk/cities/example/indicators/L.LIV.5.P1",
			"/desk/cities/example/indicators/L.LIV.5.P1/remove", "/cities/example/2024/LIV.5", "/cities/example/data/L.LIV.5.P1"} {
			if answer, page := s.get(t, officer, "/"+lang+path); answer.StatusCode != http.StatusOK || strings.Contains(page, "⟦") || strings.Contains(page, "no value>") {
				t.Errorf("/%s%s: status %d", lang, path, answer.StatusCode)
			}
		}
	}
}

func TestAFormOfAnOwnIndicatorNamesWhatIsWrongAndLosesNothing(t *testing.T) {
	s := newSite(t)
	officer := coordinator(t, s, "officer@example.org")
	for name, c := range map[string]struct {
		change url.Values
		want   string
	}{
		"no requirement":      {url.Values{"requirement": {""}}, `id="requirement-problem"`},
		"no question mark":    {url.Values{"question": {"Days"}}, `id="question-problem"`},
		"no unit":             {url.Values{"unit": {""}}, `id="unit-problem"`},
		"no evidence":         {url.Values{"evidence": nil}, `id="evidence-problem"`},
		"a wrong direction":   {url.Values{"good": {"yes"}}, `id="good-problem"`},
		"no such requirement": {url.Values{"requirement": {"LIV.99"}}, "has no requirement LIV.99"},
		"an unknown ground":   {url.Values{"by": {"hair"}}, `id="by-problem"`},
		"an old version":      {url.Values{"version": {"7"}}, "Somebody else has changed"},
		"no version":          {url.Values{"version": {""}}, "Somebody else has changed"},
	} {
		answer := s.post(t, officer, ownAddress, ownForm("0", c.change))
		if answer.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(answer.Body, c.want) || !strings.Contains(answer.Body, "Days until a first job offer") {
			t.Errorf("%s: status %d, says it: %v", name, answer.StatusCode, strings.Contains(answer.Body, c.want))
		}
	}
	empty := url.Values{"requirement": {"LIV.5"}, "kind": {"P"}, "value": {"days"}, "good": {"yes"}, "version": {"0"}}
	answer := s.post(t, officer, strings.Replace(ownAddress, "/en/", "/fr/", 1), empty)
	for _, want := range []string{"Écrivez un titre", "Écrivez une question", "Écrivez l’unité", "Choisissez une direction", "Choisissez au moins un type de preuve", "Choisissez au moins un répondant"} {
		if strings.Count(answer.Body, want) != 2 {
			t.Errorf("the French form says %q %d times, want once in the summary and once at its field", want, strings.Count(answer.Body, want))
		}
	}
	if answer := s.post(t, officer, ownAddress, ownForm("0", url.Values{"value": {"bool"}, "good": {"up"}})); answer.StatusCode != http.StatusSeeOther {
		t.Errorf("yes or no, with a unit left in the form: status %d", answer.StatusCode)
	}
	if answer := s.post(t, officer, ownAddress, ownForm("1", url.Values{"id": {"L.LIV.5.P9"}})); answer.StatusCode != http.StatusNotFound {
		t.Errorf("a change of what is not there: status %d", answer.StatusCode)
	}
	if answer := s.post(t, officer, ownAddress, ownForm("1", url.Values{"id": {"L.LIV.5.P1"}, "title": {"Time until an offer"}, "requirement": {"COM.1"}})); answer.StatusCode != http.StatusSeeOther {
		t.Errorf("a change: status %d", answer.StatusCode)
	}
	if now, _ := s.rooms.City.OwnIndicators(t.Context(), "example"); len(now.Indicators) != 1 || now.Indicators[0].Title != "Time until an offer" || now.Indicators[0].Requirement != "LIV.5" {
		t.Errorf("kept is %+v", now.Indicators)
	}
}

func TestAnIndicatorIsTakenBackAfterAQuestionAndLeavesATrail(t *testing.T) {
	s := newSite(t)
	officer := coordinator(t, s, "officer@example.org")
	started := time.Now().Add(-time.Minute)
	s.post(t, officer, ownAddress, ownForm("0", nil))
	s.measureOwn(t)
	if _, page := s.get(t, officer, ownAddress+"/L.LIV.5.P1/remove"); !strings.Contains(page, "Its statistics stay with the city") {
		t.Error("nobody is asked")
	}
	if answer := s.post(t, officer, ownAddress+"/L.LIV.5.P1/remove", url.Values{"version": {"0"}}); answer.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("from an old version: status %d", answer.StatusCode)
	}
	if answer := s.post(t, officer, ownAddress+"/L.LIV.5.P1/remove", url.Values{"version": {"1"}}); answer.StatusCode != http.StatusSeeOther {
		t.Errorf("status %d", answer.StatusCode)
	}
	if answer, _ := s.get(t, visitor(), "/en/cities/example/data/L.LIV.5.P1"); answer.StatusCode != http.StatusNotFound {
		t.Errorf("its page: status %d", answer.StatusCode)
	}
	if _, page := s.get(t, visitor(), "/en/cities/example/2024/LIV.5"); strings.Contains(page, `id="own"`) {
		t.Error("its requirement still shows it")
	}
	if _, page := s.get(t, officer, "/en/desk/cities/example/statistics"); !strings.Contains(page, "L.LIV.5.P1: 1 value: the city has no such indicator of its own.") {
		t.Error("the desk does not say that its figures are held back")
	}
	acts, err := s.rooms.Account.Trail(t.Context(), started)
	if err != nil {
		t.Fatal(err)
	}
	noted := 0
	for _, act := range acts {
		if act.Act == "own indicators changed" && act.Subject == "example" && act.Actor != "" {
			noted++
		}
	}
	if noted != 2 {
		t.Errorf("%d acts are in the trail, want 2", noted)
	}
	answer, file := s.get(t, officer, "/en/desk/cities/example/indicators.yaml?version=1")
	if answer.StatusCode != http.StatusOK || !strings.Contains(file, "id: L.LIV.5.P1") || answer.Header.Get("Content-Disposition") == "" {
		t.Fatalf("the earlier version: status %d", answer.StatusCode)
	}
	if answer := s.sendOwn(t, officer, "2", []byte(file)); answer.StatusCode != http.StatusSeeOther {
		t.Errorf("put back: status %d: %s", answer.StatusCode, answer.Body)
	}
	if _, page := s.get(t, visitor(), "/en/cities/example/2024/LIV.5"); !strings.Contains(page, "71 days") {
		t.Error("put back, its figures are not shown again")
	}
	for _, path := range []string{"indicators.yaml?version=9", "indicators/L.LIV.5.P9", "indicators/L.LIV.5.P9/remove"} {
		if answer, _ := s.get(t, officer, "/en/desk/cities/example/"+path); answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s: status %d", path, answer.StatusCode)
		}
	}
}

func TestAFileOfOwnIndicatorsIsCheckedAndAsksBeforeItDropsAny(t *testing.T) {
	s := newSite(t)
	officer := coordinator(t, s, "officer@example.org")
	for name, c := range map[string]struct {
		content string
		want    string
	}{
		"no file":        {"", "Choose a file with indicators."},
		"a picture":      {"\x89PNG\r\n\x1a\n\x00", "This is not a text file."},
		"too large":      {ownFile + strings.Repeat("# filling\n", 30_000), "larger than 256 KB"},
		"far too large":  {strings.Repeat("# filling\n", 300_000), "larger than 256 KB"},
		"another city":   {strings.Replace(ownFile, "example", "bristol", 1), "The file is for the city bristol, not for example."},
		"it would judge": {ownFile + "    decisive: true\n", "own.yaml:12: L.LIV.5.P1: a local indicator cannot be decisive"},
		"no YAML":        {"a: [", "own.yaml:1: not readable as YAML"},
		"a bomb":         {"a: &a [x,x]\nb: [*a,*a]\n", "anchors and aliases are not allowed"},
	} {
		answer := s.sendOwn(t, officer, "0", []byte(c.content))
		if answer.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(answer.Body, c.want) || !strings.Contains(answer.Body, `id="file-problem"`) {
			t.Errorf("%s: status %d, says it: %v", name, answer.StatusCode, strings.Contains(answer.Body, c.want))
		}
	}
	if answer := s.sendOwn(t, officer, "0", []byte(ownFile)); answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("a good file: status %d: %s", answer.StatusCode, answer.Body)
	}
	other := strings.ReplaceAll(strings.Replace(ownFile, "L.LIV.5.P1", "L.LIV.5.P2", 1), "\n", "\r\n")
	answer := s.sendOwn(t, officer, "1", []byte(other))
	if answer.StatusCode != http.StatusOK || !strings.Contains(answer.Body, "take back what is not in it?") || !strings.Contains(answer.Body, "L.LIV.5.P1") {
		t.Fatalf("a file without the present one: status %d", answer.StatusCode)
	}
	if now, _ := s.rooms.City.OwnIndicators(t.Context(), "example"); now.Version != 1 {
		t.Error("it was kept before anybody confirmed it")
	}
	confirmed := url.Values{"version": {"1"}, "confirmed": {"yes"}, "document": {other}}
	if answer := s.post(t, officer, ownAddress+"/file", confirmed); answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("confirmed: status %d: %s", answer.StatusCode, answer.Body)
	}
	if now, _ := s.rooms.City.OwnIndicators(t.Context(), "example"); now.Version != 2 || now.Indicators[0].ID != "L.LIV.5.P2" {
		t.Errorf("kept is %+v", now)
	}
	if answer := s.post(t, officer, ownAddress+"/file", confirmed); answer.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("confirmed again from the old version: status %d", answer.StatusCode)
	}
}

// A city may have many indicators: what is wrong with one is said of that one, and only its own form shows it at a field.
func TestAFaultOfAnOwnIndicatorNamesIt(t *testing.T) {
	en := english(t)
	q := &request{locale: en}
	rule := func(id, field string) error {
		return fault.SaidOf(field, "error.own.rule", "{Rule}", "Rule", "a rule").At(fault.Place{Item: id, Field: field})
	}
	wrong := errors.Join(rule("L.LIV.1.P1", "title"), rule("L.LIV.1.P2", "unit"), rule("L.LIV.1.P10", "question"))
	fields := []field{{Name: "title"}, {Name: "unit"}, {Name: "question"}}
	summary, ok := q.ownProblems("L.LIV.1.P1", wrong, fields)
	want := []link{{Text: en.T("own.wrong.title"), URL: "#title"}, {Text: "L.LIV.1.P2: A rule of the standard is not kept: a rule"}, {Text: "L.LIV.1.P10: A rule of the standard is not kept: a rule"}}
	if !ok || !slices.Equal(summary, want) {
		t.Errorf("the summary is %+v, want %+v", summary, want)
	}
	if fields[0].Problem == "" || fields[1].Problem+fields[2].Problem != "" {
		t.Errorf("beside the fields stands %q, %q, %q", fields[0].Problem, fields[1].Problem, fields[2].Problem)
	}
	s := newSite(t)
	officer := coordinator(t, s, "officer@example.org")
	s.post(t, officer, ownAddress, ownForm("0", nil))
	answer := s.post(t, officer, ownAddress, ownForm("1", url.Values{"title": {""}}))
	if !strings.Contains(answer.Body, `id="title-problem"`) || strings.Contains(answer.Body, "L.LIV.5.P2: ") {
		t.Error("the form of a new indicator does not know which faults are its own")
	}
	long := strings.Replace(ownFile, "Days until a first job offer", strings.Repeat("x", 300), 1)
	if answer := s.sendOwn(t, officer, "1", []byte(long)); !strings.Contains(answer.Body, "L.LIV.5.P1: The name is too long") {
		t.Error("a file with a title that is too long is not told in which indicator")
	}
}

// Invented data is called so on every page of the desk that shows a city's, also where a form is wrong or asks again.
func TestTheDeskSaysOfAnInventedCityThatItIsInvented(t *testing.T) {
	s := newSite(t)
	officer := s.person(t, "admin@example.org", account.Granted{Role: account.RoleAdministrator, Scope: account.Node})
	s.post(t, officer, ownAddress, ownForm("0", nil))
	const banner = `class="invented"`
	for _, path := range []string{"", "/cities/example", "/cities/example/statistics", "/cities/example/indicators", "/cities/example/indicators/new",
		"/cities/example/indicators/L.LIV.5.P1", "/cities/example/indicators/L.LIV.5.P1/remove"} {
		if answer, page := s.get(t, officer, "/en/desk"+path); answer.StatusCode != http.StatusOK || !strings.Contains(page, banner) {
			t.Errorf("/en/desk%s: status %d, says so: %v", path, answer.StatusCode, strings.Contains(page, banner))
		}
	}
	look, _ := s.sendFile(t, officer, "figures.csv", []byte(figures), "")
	for name, answer := range map[string]reply{
		"a wrong indicator":   s.post(t, officer, ownAddress, ownForm("1", url.Values{"title": {""}})),
		"a wrong city":        s.post(t, officer, "/en/desk/cities/example", url.Values{"name": {""}, "version": {"1"}}),
		"a file that drops":   s.sendOwn(t, officer, "1", []byte(strings.Replace(ownFile, "L.LIV.5.P1", "L.LIV.5.P2", 1))),
		"a look at an import": look,
	} {
		if !strings.Contains(answer.Body, banner) {
			t.Errorf("%s: status %d, does not say so", name, answer.StatusCode)
		}
	}
	if _, page := s.get(t, officer, "/en/desk/cities/new"); strings.Contains(page, banner) {
		t.Error("the form of a city that nobody has named yet speaks of invented data")
	}
}

// The preview of an import speaks of a city's own indicator in the language in which the city has named it.
func TestThePreviewMarksTheLanguageOfACitysOwnTitle(t *testing.T) {
	s := newSite(t)
	officer := coordinator(t, s, "officer@example.org")
	c, err := s.rooms.City.One(t.Context(), "example")
	if err != nil {
		t.Fatal(err)
	}
	c.Languages = []string{"es", "en"}
	if err := s.rooms.City.Update(t.Context(), "test", c); err != nil {
		t.Fatal(err)
	}
	s.post(t, officer, ownAddress, ownForm("0", url.Values{"title": {"Días hasta una oferta"}}))
	look, _ := s.sendFile(t, officer, "own.csv", []byte("indicator,title,period,value,unit,source,url,licence\noffer,Offers,2024,71,days,Job Centre,https://jobs.example/o,CC0-1.0\n"),
		mapping+"L.LIV.5.P1,offer,,value,days,exact,\n")
	if want := `<span lang="es" dir="ltr">Días hasta una oferta</span>`; !strings.Contains(look.Body, want) {
		t.Errorf("status %d, and the title is not marked as Spanish", look.StatusCode)
	}
}
