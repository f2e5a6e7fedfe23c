package standard

import "testing"

func TestTextsComeInTheLanguageAskedForOrElseInTheOriginal(t *testing.T) {
	s := loadMini(t)
	home, _ := s.Requirement("HOM.1")
	air, _ := s.Requirement("AIR.1")
	plan, _ := s.Indicator("HOM.1.S1")
	rate, _ := s.Indicator("HOM.1.O1")
	for _, c := range []struct {
		name string
		got  Text
		want Text
	}{
		{"translated title", s.In("fr").Requirement(home).Title, Text{"Chacun a un logement", "fr", true}},
		{"translated minimum", s.In("fr").Requirement(home).Minimum, Text{"La ville a un plan du logement et offre un lit à toute personne sans abri.", "fr", true}},
		{"a question that is not translated", s.In("fr").Requirement(air).Question, Text{air.Question, "en", false}},
		{"translated dimension", s.In("fr").Dimension(&s.Dimensions[1]), Text{"Air", "fr", true}},
		{"translated indicator", s.In("fr").Indicator(plan), Text{"Plan du logement en vigueur", "fr", true}},
		{"an indicator that is not translated", s.In("fr").Indicator(rate), Text{"People without a home", "en", false}},
		{"the standard's title", s.In("fr").Title(), Text{"Un petit référentiel", "fr", true}},
		{"a reviewed translation is no draft", s.In("de").Title(), Text{"Ein kleiner Standard", "de", false}},
		{"a region is served by its language", s.In("fr-CA").Title(), Text{"Un petit référentiel", "fr", true}},
		{"capitals do not matter", s.In("FR-ca").Title(), Text{"Un petit référentiel", "fr", true}},
		{"the original's region", s.In("en-GB").Title(), Text{"A small standard", "en", false}},
		{"a language that is not there", s.In("eu").Title(), Text{"A small standard", "en", false}},
		{"no language", s.In("").Title(), Text{"A small standard", "en", false}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.got != c.want {
				t.Errorf("got %+v, want %+v", c.got, c.want)
			}
		})
	}
	if r := s.In("fr-CA"); r.Language() != "fr" || !r.Draft() {
		t.Errorf("In(fr-CA) = %s, draft %v", r.Language(), r.Draft())
	}
	if r := s.In("eu"); r.Language() != "en" || r.Draft() {
		t.Errorf("In(eu) = %s, draft %v", r.Language(), r.Draft())
	}
}
