package web

import (
	"net/http"
	"strings"
	"testing"
)

func TestThePageOfARateSaysWhatItWasMadeOf(t *testing.T) {
	s := newSite(t)
	officer := coordinator(t, s, "officer@example.org")
	_, page := s.sendFile(t, officer, "counts.csv", []byte("indicator,title,year,sex,value,source,url\n"+
		"crime,Offences,2024,,1234,Police,https://police.example/\ncrime,Offences,2023,,1200,Police,https://police.example/\ncrime,Offences,2024,Women,600,Police,https://police.example/\n"+
		"population,Mid-year population,2023,,463400,Statistics Office,https://office.example/\n"),
		"standard_indicator,source_indicator,select,transform,unit,fit,note\nENV.1.O1,crime,,per,\"per 100,000 inhabitants\",close,all offences\n")
	if !strings.Contains(page, "whole is never taken for a group") {
		t.Errorf("the preview does not say which group has no rate\n%s", page)
	}
	saved := s.post(t, officer, "/en/desk/cities/example/statistics/save", map[string][]string{"upload": {uploadField.FindStringSubmatch(page)[1]}})
	if saved.StatusCode != http.StatusSeeOther {
		t.Fatalf("status %d", saved.StatusCode)
	}
	_, page = s.get(t, visitor(), "/en/cities/example/data/ENV.1.O1")
	for _, want := range []string{"1,234 of 463,400 (2023)", "1,200 of 463,400 (2023)", "Counted, of how many", "1 rate was calculated with a number of an earlier year", "Divided by", "Mid-year population", "Statistics Office, 2023"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if _, table := s.get(t, visitor(), "/en/cities/example/data/ENV.1.O1.csv"); !strings.Contains(table, ",1234,463400,2023,Statistics Office\n") || strings.Contains(table, "Women") {
		t.Errorf("the file is\n%s", table)
	}
}
