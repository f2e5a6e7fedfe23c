package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/account"
)

func TestANewMappingSaysWhatItReplacesAndTheFormerOneIsKept(t *testing.T) {
	s := newSite(t)
	officer := coordinator(t, s, "officer@example.org")
	next := strings.Replace(mapping, "exact", "close", 1)
	_, page := s.sendFile(t, officer, "figures.csv", []byte(figures), next)
	if !strings.Contains(page, "This mapping would replace the one that the city has. Lines: 0 new, 1 changed, 0 removed") || !strings.Contains(page, "Changed: LIV.5.O1 from") {
		t.Fatalf("the preview does not say what is replaced: %s", page)
	}
	saved := s.post(t, officer, "/en/desk/cities/example/statistics/save", url.Values{"upload": {uploadField.FindStringSubmatch(page)[1]}})
	_, page = s.get(t, officer, saved.Header.Get("Location"))
	if !strings.Contains(page, "The mapping was replaced. Lines: 0 new, 1 changed, 0 removed") {
		t.Error("the page after saving does not say that the mapping was replaced")
	}
	files := regexp.MustCompile(`href="(/en/desk/cities/example/mappings/[^"]+)"`).FindAllStringSubmatch(page, -1)
	if len(files) != 2 || !strings.Contains(page, "given in by test, until") {
		t.Fatalf("%d mappings are listed: %s", len(files), page)
	}
	for i, fit := range []string{"close", "exact"} {
		answer, text := s.get(t, officer, files[i][1])
		if answer.StatusCode != http.StatusOK || !strings.Contains(text, fit) || !strings.HasPrefix(text, byteOrderMark+"standard_indicator,source_indicator,") {
			t.Errorf("mapping %d: status %d, %s", i, answer.StatusCode, text)
		}
	}
	other := s.person(t, "other@example.org", account.Granted{Role: account.RoleCoordinator, Scope: account.InCity("elsewhere")})
	if answer, _ := s.get(t, other, files[1][1]); answer.StatusCode != http.StatusForbidden {
		t.Errorf("another city's coordinator sees the mapping: status %d", answer.StatusCode)
	}
	if answer, _ := s.get(t, officer, "/en/desk/cities/example/mappings/none/mapping.csv"); answer.StatusCode != http.StatusNotFound {
		t.Errorf("a mapping that is not there: status %d", answer.StatusCode)
	}
}
