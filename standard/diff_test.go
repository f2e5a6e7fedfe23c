package standard

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// home and friends give the parts of the small standard that the tests change.
func home(s *Standard) *Requirement { return &s.Dimensions[0].Requirements[0] }
func plan(s *Standard) *Indicator   { return &home(s).Indicators[0] } // yes or no, structure
func share(s *Standard) *Indicator  { return &home(s).Indicators[1] } // minimum 95 %, up
func rate(s *Standard) *Indicator   { return &home(s).Indicators[2] } // no minimum
func dust(s *Standard) *Indicator   { return &s.Dimensions[1].Requirements[0].Indicators[0] }
func women(s *Standard) *Indicator  { return &s.Dimensions[0].Requirements[1].Indicators[0] }

func TestEachChangeIsClassedWithItsEffectOnComparability(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Standard)
		want   Change
		step   Step
	}{
		// editorial
		{"a title is reworded", func(s *Standard) { home(s).Title = "Homes for all" },
			Change{Changed, PartRequirement, "HOM.1", "title", "Everyone has a home", "Homes for all", Editorial, Comparable, NotLowered}, PatchStep},
		{"a full stop and quotation marks in a minimum", func(s *Standard) {
			home(s).Minimum = "The city has a  housing plan and offers a bed to everyone without one"
		},
			Change{Changed, PartRequirement, "HOM.1", "minimum", "The city has a housing plan and offers a bed to everyone without one.", "The city has a  housing plan and offers a bed to everyone without one", Editorial, Comparable, NotLowered}, PatchStep},
		{"a note is added", func(s *Standard) { plan(s).Note = "Of the council." },
			Change{Changed, PartIndicator, "HOM.1.S1", "note", "", "Of the council.", Editorial, Comparable, NotLowered}, PatchStep},
		{"an SDG link goes", func(s *Standard) { rate(s).SDG = nil },
			Change{Changed, PartIndicator, "HOM.1.O1", "sdg", "11.1.1 (close)", "", Editorial, Comparable, NotLowered}, PatchStep},
		{"a source is cited better", func(s *Standard) {
			m := *share(s).Minimum
			m.Source = "this standard, requirement HOM.1"
			share(s).Minimum = &m
		}, Change{Changed, PartIndicator, "HOM.1.P1", "minimum source", "this standard, HOM.1", "this standard, requirement HOM.1", Editorial, Comparable, NotLowered}, PatchStep},
		{"a translation comes", func(s *Standard) {
			s.Translations["es"] = &Translation{Language: "es", Status: "draft", Title: "Una norma"}
		}, Change{Added, PartTranslation, "es", "", "", "Una norma", Editorial, Comparable, NotLowered}, PatchStep},
		{"a translation is reviewed", func(s *Standard) { s.Translations["fr"].Status = "reviewed" },
			Change{Changed, PartTranslation, "fr", "status", "draft", "reviewed", Editorial, Comparable, NotLowered}, PatchStep},
		{"a translated residents' question is reworded", func(s *Standard) {
			s.Translations["fr"].Requirements["HOM.1"] = RequirementText{"Chacun a un logement", "La ville a un plan du logement et offre un lit à toute personne sans abri.", "Un lit ?"}
		}, Change{Changed, PartTranslation, "fr HOM.1", "question", "Si vous perdiez votre logement, la ville vous trouverait-elle un lit ?", "Un lit ?", Editorial, WithNote, NotLowered}, PatchStep},
		{"a word is added to a vocabulary", func(s *Standard) { s.Terms.Groups = append(s.Terms.Groups, Term{"older", "older people"}) },
			Change{Added, PartTerm, "groups.older", "", "", "older people", Editorial, Comparable, NotLowered}, PatchStep},
		// substantive
		{"a minimum is reworded", func(s *Standard) { home(s).Minimum = "The city has a housing plan." },
			Change{Changed, PartRequirement, "HOM.1", "minimum", "The city has a housing plan and offers a bed to everyone without one.", "The city has a housing plan.", Substantive, JudgementChanges, MayLower}, MinorStep},
		{"grade 2 is reworded", func(s *Standard) { home(s).Grades[2] = "A plan is drafted." },
			Change{Changed, PartRequirement, "HOM.1", "grade 2", "A housing plan is before the council.", "A plan is drafted.", Substantive, JudgementChanges, NotLowered}, MinorStep},
		{"the grade of the minimum is reworded", func(s *Standard) { home(s).Grades[3] = "A plan is in force." },
			Change{Changed, PartRequirement, "HOM.1", "grade 3", "A housing plan is in force and no one was turned away from a bed.", "A plan is in force.", Substantive, JudgementChanges, MayLower}, MinorStep},
		{"the residents are asked otherwise", func(s *Standard) { home(s).Question = "Is there a bed?" },
			Change{Changed, PartRequirement, "HOM.1", "question", "If you lost your home, would the city find you a bed?", "Is there a bed?", Substantive, Break, NotLowered}, MinorStep},
		{"a link is added", func(s *Standard) { home(s).Links = append(home(s).Links, Link{"ICESCR", "12"}) },
			Change{Added, PartLink, "HOM.1", "", "", "ICESCR:12", Substantive, Comparable, NotLowered}, MinorStep},
		{"a link is removed", func(s *Standard) { home(s).Links = home(s).Links[:1] },
			Change{Removed, PartLink, "HOM.1", "", "RESC:31", "", Substantive, Comparable, NotLowered}, MinorStep},
		{"another service is concerned", func(s *Standard) { home(s).Services = []string{"housing", "environment"} },
			Change{Changed, PartRequirement, "HOM.1", "services", "housing", "environment, housing", Substantive, WithNote, NotLowered}, MinorStep},
		{"the unit changes", func(s *Standard) { rate(s).Unit = "per 1,000 inhabitants" },
			Change{Changed, PartIndicator, "HOM.1.O1", "unit", "per 100,000 inhabitants", "per 1,000 inhabitants", Substantive, Break, NotLowered}, MinorStep},
		{"the unit changes below a minimum", func(s *Standard) { dust(s).Unit = "mg/m³" },
			Change{Changed, PartIndicator, "AIR.1.O1", "unit", "µg/m³", "mg/m³", Substantive, Break, MayLower}, MinorStep},
		{"the kind of value changes", func(s *Standard) { rate(s).Value = "gap" },
			Change{Changed, PartIndicator, "HOM.1.O1", "value", "rate", "gap", Substantive, Break, NotLowered}, MinorStep},
		{"the good direction changes", func(s *Standard) { rate(s).Good = None },
			Change{Changed, PartIndicator, "HOM.1.O1", "good", "down", "none", Substantive, JudgementChanges, NotLowered}, MinorStep},
		{"a structure is no ground any more", func(s *Standard) { plan(s).Good = None },
			Change{Changed, PartIndicator, "HOM.1.S1", "good", "yes", "none", Substantive, JudgementChanges, Lowered}, MinorStep},
		{"a breakdown is dropped", func(s *Standard) { rate(s).By = nil },
			Change{Changed, PartIndicator, "HOM.1.O1", "by", "sex", "", Substantive, WithNote, NotLowered}, MinorStep},
		{"an indicator becomes decisive", func(s *Standard) { rate(s).Decisive = true },
			Change{Changed, PartIndicator, "HOM.1.O1", "decisive", "false", "true", Substantive, WithNote, NotLowered}, MinorStep},
		{"an indicator comes that only informs", func(s *Standard) {
			home(s).Indicators = append(home(s).Indicators, Indicator{ID: "HOM.1.O2", Kind: Outcome, Title: "Nights outside", Value: "rate", Good: Down})
		}, Change{Added, PartIndicator, "HOM.1.O2", "", "", "Nights outside", Substantive, Comparable, NotLowered}, MinorStep},
		{"an indicator comes that judges", func(s *Standard) {
			home(s).Indicators = append(home(s).Indicators, Indicator{ID: "HOM.1.S2", Kind: Structure, Title: "Charter", Value: "bool", Good: Yes})
		}, Change{Added, PartIndicator, "HOM.1.S2", "", "", "Charter", Substantive, JudgementChanges, NotLowered}, MinorStep},
		{"an indicator goes that only informed", func(s *Standard) { home(s).Indicators = home(s).Indicators[:2] },
			Change{Removed, PartIndicator, "HOM.1.O1", "", "People without a home", "", Substantive, WithNote, NotLowered}, MinorStep},
		{"an indicator goes that judged", func(s *Standard) { home(s).Indicators = home(s).Indicators[1:] },
			Change{Removed, PartIndicator, "HOM.1.S1", "", "Housing plan in force", "", Substantive, JudgementChanges, Lowered}, MinorStep},
		{"a profile asks for more", func(s *Standard) { s.Profiles[2].Requirements = []string{"HOM.2", "HOM.1"} },
			Change{Changed, PartProfile, "homes", "requirements", "HOM.1", "HOM.1, HOM.2", Substantive, WithNote, NotLowered}, MinorStep},
		{"a profile goes", func(s *Standard) { s.Profiles = s.Profiles[:2] },
			Change{Removed, PartProfile, "homes", "", "Homes", "", Substantive, WithNote, NotLowered}, MinorStep},
		{"a ground is worded otherwise", func(s *Standard) { s.Terms.Grounds[1].Text = "district" },
			Change{Changed, PartTerm, "grounds.area", "text", "part of the city", "district", Substantive, WithNote, NotLowered}, MinorStep},
		{"the scale is worded otherwise", func(s *Standard) { s.Terms.Grades[1] = "begun" },
			Change{Changed, PartGrade, "1", "text", "planned", "begun", Substantive, JudgementChanges, NotLowered}, MinorStep},
		// major
		{"a requirement goes", func(s *Standard) {
			s.Dimensions[0].Requirements[1].Indicators = nil
			s.Dimensions[0].Requirements = s.Dimensions[0].Requirements[:1]
		}, Change{Removed, PartRequirement, "HOM.2", "", "Homes are shared fairly", "", Major, WithNote, Lowered}, MajorStep},
		{"a dimension comes", func(s *Standard) { s.Dimensions = append(s.Dimensions, Dimension{ID: "SEA", Title: "Sea"}) },
			Change{Added, PartDimension, "SEA", "", "", "Sea", Major, WithNote, NotLowered}, MajorStep},
		{"a rule of judgement changes", func(s *Standard) { s.Rules[1].Text = "Cities may be ranked." },
			Change{Changed, PartRule, "R2", "text", "Cities are never ranked.", "Cities may be ranked.", Major, JudgementChanges, NotLowered}, MajorStep},
	} {
		t.Run(c.name, func(t *testing.T) {
			new := loadMini(t)
			c.change(new)
			d := Compare(loadMini(t), new)
			if len(d.Changes) == 0 {
				t.Fatal("no change was found")
			}
			if diff := cmp.Diff(c.want, d.Changes[0]); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if d.Step() != c.step {
				t.Errorf("step %q, want %q", d.Step(), c.step)
			}
			for _, more := range d.Changes[1:] {
				if more.Part != PartIndicator || more.Operation != Removed {
					t.Errorf("another change was found: %+v", more)
				}
			}
		})
	}
}

func TestWhetherAThresholdIsLoweredDependsOnTheSide(t *testing.T) {
	to := func(of func(*Standard) *Indicator, value float64) func(*Standard) {
		return func(s *Standard) { of(s).Minimum = &Minimum{value, of(s).Minimum.Source, of(s).Minimum.Check} }
	}
	for _, c := range []struct {
		name   string
		change func(*Standard)
		want   Lowering
	}{
		{"at least 90 instead of 95", to(share, 90), Lowered},
		{"at least 99 instead of 95", to(share, 99), NotLowered},
		{"at most 10 instead of 5", to(dust, 10), Lowered},
		{"at most 4 instead of 5", to(dust, 4), NotLowered},
		{"parity from 0.7 instead of 0.8", to(women, 0.7), Lowered},
		{"parity from 0.9 instead of 0.8", to(women, 0.9), NotLowered},
		{"no threshold any more", func(s *Standard) { share(s).Minimum = nil }, Lowered},
		{"a first threshold", func(s *Standard) { rate(s).Minimum = &Minimum{10, "x", Known} }, NotLowered},
		{"another threshold for the other direction", func(s *Standard) { share(s).Good, share(s).Minimum = Down, &Minimum{5, "x", Known} }, MayLower},
	} {
		t.Run(c.name, func(t *testing.T) {
			new := loadMini(t)
			c.change(new)
			d := Compare(loadMini(t), new)
			if d.Lowers() != c.want || d.Class() != Substantive || d.Effect() != JudgementChanges {
				t.Errorf("lowers %q, class %s, effect %s: %+v", d.Lowers(), d.Class(), d.Effect(), d.Changes)
			}
		})
	}
}

func TestADiffSaysWhichVersionItDemands(t *testing.T) {
	for _, c := range []struct {
		name     string
		from, to string
		change   func(*Standard)
		demands  string
		enough   bool
	}{
		{"nothing changed", "1.0", "1.0", func(*Standard) {}, "1.0", true},
		{"editorial", "1.0", "1.0.1", func(s *Standard) { home(s).Title = "x" }, "1.0.1", true},
		{"editorial without a step", "1.0", "1.0", func(s *Standard) { home(s).Title = "x" }, "1.0.1", false},
		{"substantive with a patch", "1.0", "1.0.1", func(s *Standard) { rate(s).Unit = "x" }, "1.1", false},
		{"major with a minor", "1.0", "1.1", func(s *Standard) { s.Rules = nil }, "2.0", false},
		{"major before 1.0", "0.2", "0.3", func(s *Standard) { s.Rules = nil }, "0.3", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			old, new := loadMini(t), loadMini(t)
			old.Version, new.Version = c.from, c.to
			c.change(new)
			d := Compare(old, new)
			if d.Demands().String() != c.demands || d.Enough() != c.enough {
				t.Errorf("demands %s, enough %v; want %s, %v", d.Demands(), d.Enough(), c.demands, c.enough)
			}
		})
	}
}

func TestADiffTellsWhatConcernsOneIndicator(t *testing.T) {
	new := loadMini(t)
	rate(new).Unit = "per 1,000 inhabitants"
	home(new).Title = "Homes for all"
	of := Compare(loadMini(t), new).Of("HOM.1.O1")
	if len(of) != 1 || of[0].Effect != Break || of[0].Effect.Words() != "Break in the series: figures before and after must not be joined." {
		t.Errorf("HOM.1.O1: %+v", of)
	}
}
