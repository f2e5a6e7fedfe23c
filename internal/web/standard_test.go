package web

import (
	"html"
	"strings"
	"testing"
)

// TestAStandardIsReadWholeInTheReadersLanguage looks at the longer texts, which are read when the first page asks for them.
func TestAStandardIsReadWholeInTheReadersLanguage(t *testing.T) {
	s := newSite(t)
	for _, tag := range []string{"ar", "de", "es", "fr"} {
		in := s.rooms.Standard.In(tag)
		requirement, _ := s.rooms.Standard.Requirement("COM.2")
		indicator, _ := s.rooms.Standard.Indicator("INS.2.P1")
		detail, measure := in.Detail(requirement), in.Measure(indicator)
		for path, wants := range map[string][]string{
			"/standard/0.2":              {in.About(&s.rooms.Standard.Dimensions[0]).Text},
			"/standard/0.2/COM.2":        {detail.Why.Text, detail.Proof.Text, detail.Grades[0].Text, detail.Grades[4].Text, "class=\"note\""},
			"/standard/0.2/INS.2":        {measure.Question.Text, "(" + measure.Unit.Text + ")", measure.Note.Text},
			"/cities/example/2024/COM.2": {detail.Grades[2].Text},
			"/standard.csv":              {detail.Why.Text, measure.Unit.Text},
		} {
			_, page := s.get(t, visitor(), "/"+tag+path)
			page = html.UnescapeString(page)
			for _, want := range wants {
				if !strings.Contains(page, want) {
					t.Errorf("/%s%s does not say %q", tag, path, want)
				}
			}
			if original := requirement.Why; strings.Contains(page, original) {
				t.Errorf("/%s%s has the original beside the translation", tag, path)
			}
		}
	}
}
