package web

import (
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const gridPath = "/en/desk/cities/example/statistics/grid"

// typedForm gives the fields of a grid page as a browser would send them.
var gridField = regexp.MustCompile(`<input[^>]* name="([^"]+)"[^>]*>`)

func fieldsOf(page string) url.Values {
	values := url.Values{}
	for _, m := range gridField.FindAllStringSubmatch(page, -1) {
		if strings.Contains(m[0], `type="checkbox"`) && !strings.Contains(m[0], " checked") {
			continue
		}
		if value := regexp.MustCompile(` value="([^"]*)"`).FindStringSubmatch(m[0]); value != nil && (value[1] != "" || !strings.HasPrefix(m[1], "c")) {
			values.Add(m[1], strings.NewReplacer("&lt;", "<", "&#34;", `"`, "&amp;", "&").Replace(value[1]))
		}
	}
	return values
}

// openGrid opens the grid of an indicator by sex from 2022 to 2024.
func (s *site) openGrid(t *testing.T, client *http.Client, lang string) url.Values {
	t.Helper()
	answer, page := s.get(t, client, "/"+lang+"/desk/cities/example/statistics/grid?indicator=ENV.1.O2&by=sex&groups=Women%0AMen&from=2022&to=2024")
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("status %d\n%s", answer.StatusCode, page)
	}
	form := fieldsOf(page)
	form.Set("title", "People who feel safe")
	form.Set("publisher", "City statistics office")
	form.Set("fit", "exact")
	form.Set("official", "yes")
	form.Set("url", "https://stats.example/safe")
	form.Set("do", "preview")
	return form
}

func TestTypedFiguresAreLookedAtSavedAndRevisedWithAReason(t *testing.T) {
	s := newSite(t)
	officer := coordinator(t, s, "officer@example.org")
	form := s.openGrid(t, officer, "en")
	form.Set("c0-2023", "61.5")
	form.Set("c1-2023", "52,5 %")
	form.Set("c2-2023", "c")
	answer := s.post(t, officer, gridPath, form)
	if answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("status %d\n%s", answer.StatusCode, answer.Body)
	}
	preview := answer.Header.Get("Location")
	_, page := s.get(t, officer, preview)
	for _, want := range []string{"would add 3 values", "ENV.1.O2", "People who feel safe", `href="` + gridPath + `?draft=`} {
		if !strings.Contains(page, want) {
			t.Errorf("the preview lacks %q\n%s", want, page)
		}
	}
	draft := regexp.MustCompile(regexp.QuoteMeta(gridPath) + `\?draft=[A-Z2-7]+`).FindString(page)
	if _, again := s.get(t, officer, draft); fieldsOf(again).Get("c1-2023") != "52,5 %" || fieldsOf(again).Get("publisher") != "City statistics office" {
		t.Error("what was typed is not there to be changed")
	}
	saved := s.post(t, officer, "/en/desk/cities/example/statistics/save", url.Values{"upload": {preview[strings.LastIndexByte(preview, '/')+1:]}})
	if saved.StatusCode != http.StatusSeeOther {
		t.Fatalf("status %d", saved.StatusCode)
	}
	if _, series := s.get(t, visitor(), "/en/cities/example/data/ENV.1.O2"); !strings.Contains(series, "61.5") || !strings.Contains(series, "52.5") {
		t.Error("the figures are not public")
	}

	form = s.openGrid(t, officer, "en")
	if form.Get("c0-2023") != "61.5" || form.Get("c2-2023") != "c" {
		t.Fatalf("the grid does not hold what is stored: %v", form)
	}
	form.Set("c0-2023", "62")
	answer = s.post(t, officer, gridPath, form)
	if answer.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(answer.Body, `href="#reason"`) || fieldsOf(answer.Body).Get("c0-2023") != "62" {
		t.Fatalf("a changed figure without a reason: %d", answer.StatusCode)
	}
	form.Set("reason", "final figures")
	if answer = s.post(t, officer, gridPath, form); answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("status %d\n%s", answer.StatusCode, answer.Body)
	}
	_, page = s.get(t, officer, answer.Header.Get("Location"))
	if !strings.Contains(page, "change 1, withdraw 0") {
		t.Errorf("the preview does not say that one value changes\n%s", page)
	}
}

// What somebody else saves between the look and the press of the button is neither taken away nor in the way of what was typed.
func TestFiguresThatWereSavedMeanwhileAreNotTakenAway(t *testing.T) {
	s := newSite(t)
	officer, colleague := coordinator(t, s, "officer@example.org"), coordinator(t, s, "colleague@example.org")
	look := func(client *http.Client, year, figure string) (upload string) {
		t.Helper()
		form := s.openGrid(t, client, "en")
		form.Set("c0-"+year, figure)
		answer := s.post(t, client, gridPath, form)
		if answer.StatusCode != http.StatusSeeOther {
			t.Fatalf("status %d\n%s", answer.StatusCode, answer.Body)
		}
		return path.Base(answer.Header.Get("Location"))
	}
	save := func(client *http.Client, upload string) reply {
		return s.post(t, client, "/en/desk/cities/example/statistics/save", url.Values{"upload": {upload}})
	}
	mine, theirs := look(officer, "2023", "61.5"), look(colleague, "2022", "58.5")
	if answer := save(colleague, theirs); answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("status %d", answer.StatusCode)
	}
	answer := save(officer, mine)
	form := fieldsOf(answer.Body)
	if answer.StatusCode != http.StatusConflict || !strings.Contains(answer.Body, "Somebody else has saved figures here meanwhile") || form.Get("c0-2023") != "61.5" {
		t.Fatalf("status %d\n%s", answer.StatusCode, answer.Body)
	}
	if _, series := s.get(t, visitor(), "/en/cities/example/data/ENV.1.O2"); !strings.Contains(series, "58.5") {
		t.Error("the colleague's figure is gone")
	}
}

func TestWhatIsWrongInTheGridIsSaidAtItsCellAndNothingIsLost(t *testing.T) {
	s := newSite(t)
	officer := coordinator(t, s, "officer@example.org")
	for name, c := range map[string]struct {
		change func(url.Values)
		want   string
	}{
		"a text":                     {func(f url.Values) { f.Set("c1-2024", "many") }, `href="#c1-2024">2024, Women: “many” is not a number`},
		"no figure":                  {func(f url.Values) { f.Del("c0-2022"); f.Set("c1-2022", " ") }, `href="#c0-2022">No figure was typed`},
		"no publisher":               {func(f url.Values) { f.Del("publisher") }, `href="#publisher"`},
		"no title":                   {func(f url.Values) { f.Del("title") }, `href="#title"`},
		"published nowhere":          {func(f url.Values) { f.Set("url", "stats.example") }, `href="#url"`},
		"something near, unnamed":    {func(f url.Values) { f.Set("fit", "close") }, `href="#note"`},
		"a number with two readings": {func(f url.Values) { f.Set("c2-2024", "1,234") }, `2024, Men: “1,234” is 1,234`},
		"somebody was faster":        {func(f url.Values) { f.Set("digest", "another") }, `Somebody else has saved figures`},
	} {
		t.Run(name, func(t *testing.T) {
			form := s.openGrid(t, officer, "en")
			form.Set("c0-2022", "55")
			form.Set("c1-2022", "54,5")
			c.change(form)
			answer := s.post(t, officer, gridPath, form)
			if answer.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(answer.Body, c.want) {
				t.Fatalf("status %d, no %q\n%s", answer.StatusCode, c.want, answer.Body)
			}
			if back := fieldsOf(answer.Body); back.Get("c1-2022") != form.Get("c1-2022") || back.Get("c1-2024") != form.Get("c1-2024") {
				t.Errorf("what was typed is lost: %v", back)
			}
		})
	}
}

func TestANumberWithTwoReadingsIsTakenOnceItsReadingWasSeen(t *testing.T) {
	s := newSite(t)
	officer := coordinator(t, s, "officer@example.org")
	for lang, number := range map[string]string{"en": "1234", "de": "1.234"} {
		form := s.openGrid(t, officer, lang)
		form.Set("c0-2022", "1,234")
		path := strings.Replace(gridPath, "/en/", "/"+lang+"/", 1)
		answer := s.post(t, officer, path, form)
		if answer.StatusCode != http.StatusUnprocessableEntity {
			t.Fatalf("%s: status %d", lang, answer.StatusCode)
		}
		again := fieldsOf(answer.Body)
		again.Set("fit", "exact")
		again.Set("do", "preview")
		if answer = s.post(t, officer, path, again); answer.StatusCode != http.StatusSeeOther {
			t.Fatalf("%s: status %d\n%s", lang, answer.StatusCode, answer.Body)
		}
		at := strings.LastIndexByte(answer.Header.Get("Location"), '/')
		kept, err := os.ReadFile(filepath.Join(s.rooms.Uploads, answer.Header.Get("Location")[at+1:], "file"))
		if err != nil || !strings.Contains(string(kept), ",2022,,"+number+",") {
			t.Errorf("%s: %v\n%s", lang, err, kept)
		}
	}
}

func TestABlockOfASpreadsheetFillsTheGrid(t *testing.T) {
	s := newSite(t)
	officer := coordinator(t, s, "officer@example.org")
	for name, c := range map[string]struct {
		pile   string
		status int
		want   map[string]string
	}{
		"with years and groups":               {"Year\tMen\tWomen\n2023\t70\t60\n2022\t69\t59\n", http.StatusOK, map[string]string{"c2-2023": "70", "c1-2023": "60", "c2-2022": "69", "c1-2022": "59"}},
		"with years alone":                    {"2024\t64\t55\r\n2023\t63\r\n", http.StatusOK, map[string]string{"c0-2024": "64", "c1-2024": "55", "c0-2023": "63"}},
		"figures alone":                       {"1\t2\t3\n4\t5\t6", http.StatusOK, map[string]string{"c0-2022": "1", "c2-2022": "3", "c1-2023": "5"}},
		"in Arabic digits":                    {"٢٠٢٣\t٦١٫٥", http.StatusOK, map[string]string{"c0-2023": "٦١٫٥"}},
		"a year that is not there":            {"2023\t1\n2030\t2", http.StatusUnprocessableEntity, map[string]string{"c0-2023": "1"}},
		"a group that is not there":           {"\tMen\tOthers\n2023\t1\t2", http.StatusUnprocessableEntity, map[string]string{"c2-2023": "1"}},
		"a row that is longer than the heads": {"\tMen\n2023\t1\t2", http.StatusUnprocessableEntity, map[string]string{"c2-2023": "1"}},
		"nothing":                             {" \n", http.StatusUnprocessableEntity, nil},
	} {
		t.Run(name, func(t *testing.T) {
			form := s.openGrid(t, officer, "en")
			form.Set("pile", c.pile)
			form.Set("do", "fill")
			answer := s.post(t, officer, gridPath, form)
			back := fieldsOf(answer.Body)
			if answer.StatusCode != c.status || back.Get("publisher") != "City statistics office" {
				t.Fatalf("status %d\n%s", answer.StatusCode, answer.Body)
			}
			for cell, want := range c.want {
				if back.Get(cell) != want {
					t.Errorf("%s is %q", cell, back.Get(cell))
				}
			}
		})
	}
}

func TestTheGridIsOfferedForFiguresOnlyAndWithinReason(t *testing.T) {
	s := newSite(t)
	officer := coordinator(t, s, "officer@example.org")
	for query, want := range map[string]int{
		"": http.StatusOK, "?indicator=population&from=2015&to=2024": http.StatusOK, "?indicator=NONE.1.O1&from=2020&to=2021": http.StatusNotFound,
		"?indicator=ENV.1.O2&from=2024&to=2020": http.StatusUnprocessableEntity, "?indicator=ENV.1.O2&from=1900&to=2024": http.StatusUnprocessableEntity,
		"?indicator=ENV.1.O2&from=1&to=99999999": http.StatusUnprocessableEntity, "?draft=AAAA": http.StatusGone,
	} {
		if answer, _ := s.get(t, officer, gridPath+query); answer.StatusCode != want {
			t.Errorf("%q: status %d", query, answer.StatusCode)
		}
	}
}

func TestTypedCountsBecomeRatesWhereTheyAreSaidToBeCounts(t *testing.T) {
	s := newSite(t)
	officer := coordinator(t, s, "officer@example.org")
	_, page := s.get(t, officer, gridPath+"?indicator=ENV.1.O1&from=2023&to=2024")
	if !strings.Contains(page, "Calculate per 100,000 inhabitants with the population") {
		t.Fatalf("the form does not ask\n%s", page)
	}
	form := fieldsOf(page)
	for name, value := range map[string]string{"title": "Offences", "publisher": "Police", "fit": "close", "note": "offences", "rate": "yes", "c0-2024": "1234", "do": "preview"} {
		form.Set(name, value)
	}
	answer := s.post(t, officer, gridPath, form)
	kept, err := os.ReadFile(filepath.Join(s.rooms.Uploads, answer.Header.Get("Location")[strings.LastIndexByte(answer.Header.Get("Location"), '/')+1:], "mapping"))
	if err != nil || !strings.Contains(string(kept), "ENV.1.O1,typed-env-1-o1,,per:100000:population,") || !strings.Contains(string(kept), "LIV.5.O1,liv-5-o1") {
		t.Errorf("%v\n%s", err, kept)
	}
	if _, page := s.get(t, officer, answer.Header.Get("Location")); !strings.Contains(page, "no source indicator “population”") {
		t.Errorf("the preview does not say that the population is unknown\n%s", page)
	}
}
