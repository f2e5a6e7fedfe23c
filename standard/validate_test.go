package standard

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// TestEachRuleNamesThePlaceWhereItIsBroken breaks the small standard once per rule. The place wanted is the line on which the text at begins
// in the broken file.
func TestEachRuleNamesThePlaceWhereItIsBroken(t *testing.T) {
	const (
		head = "standard.yaml"
		hom  = "dimensions/HOM.yaml"
		air  = "dimensions/AIR.yaml"
		fr   = "translations/fr.yaml"
		de   = "translations/de.yaml"
	)
	for _, c := range []struct{ rule, file, old, new, at, want string }{
		// identity
		{"the id is a slug", head, "id: mini", "id: Mini Std", "id: Mini", `the id "Mini Std" must be lower-case letters, digits and hyphens`},
		{"the version is semantic", head, `"1.0"`, `"1"`, `version:`, `the version "1" must have the form MAJOR.MINOR or MAJOR.MINOR.PATCH`},
		{"the version has no leading zero", head, `"1.0"`, `"1.01"`, `version:`, `the version "1.01" has a part that is not a number without leading zero: "01"`},
		{"the date is a day", head, "2026-11-23", "2026-11-31", "date:", `the date "2026-11-31" must be a day as 2026-11-23`},
		{"the date is a date", head, "2026-11-23", "12", "date:", `"date" must be a day as 2026-11-23`},
		{"the status is known", head, "status: released", "status: final", "status:", `the standard: status "final" is not known; known are draft, released`},
		{"the language is BCP 47", head, "language: en", "language: english-uk-x", "language:", `"english-uk-x" is not a language tag (BCP 47)`},
		{"the language has its usual spelling", head, "language: en", "language: EN", "language:", `the language tag "EN" is written "en"`},
		{"rules have ids of their own", head, "id: R2", "id: R1", "  - {id: R1, text: \"Cities", "R1: the id is taken already"},
		// vocabularies
		{"kinds are those of OHCHR", head, "kinds: {S:", "kinds: {X:", "kinds:", `kinds: key "X" is not known; known are S, P, O`},
		{"values are those that the program understands", head, "bool: yes or no", "maybe: yes or no", "values:", `values: key "maybe" is not known; known are bool, pct, rate, count, days, gap, ratio, currency, level`},
		{"parties are those that answer", head, "authority: City", "mayor: City", "parties:", `parties: key "mayor" is not known; known are authority, civil_society, residents`},
		{"keys are words", head, "tenants: tenants", "Tenants-x: tenants", "groups:", `groups: key "Tenants-x" must be lower-case letters, digits and underscores`},
		{"a term has a text", head, "sex: sex or gender", `sex: ""`, "grounds:", `grounds: "sex" is empty`},
		{"a vocabulary is not empty", head, "groups: {tenants: tenants, children: children}", "groups: {}", "groups:", `"groups" is empty`},
		{"the date is there", head, "date: 2026-11-23\n", "", "id:", `the key "date" is missing`},
		{"the scale has five texts", head, "2: partly in place, ", "", "grades:", `grades: the key "2" is missing`},
		{"the scale's texts differ", head, "4: beyond the minimum", "4: planned", "grades:", "grades: 4 has the text of a lower grade"},
		{"a vocabulary is a mapping", head, "services: {housing: housing, environment: environment}", "services: [housing]", "services:", "services: must be a mapping of keys to values"},
		// dimensions
		{"dimensions are named in capitals", head, "[HOM, AIR]", "[HOM, AIR, ../etc]", "dimensions:", `dimension id "../etc" must be three capital letters`},
		{"dimensions are listed once", head, "[HOM, AIR]", "[HOM, AIR, HOM]", "dimensions:", "dimension HOM is listed twice"},
		{"a file holds the dimension of its name", hom, "id: HOM\n", "id: HOP\n", "id: HOP", "the file of dimension HOM holds dimension HOP"},
		{"a dimension has a title", hom, "title: Homes\n", "title: \"\"\n", "title:", `"title" is empty`},
		{"a dimension has requirements", air, "requirements:", "requirement:", "requirement:", `unknown key "requirement"; known are id, title, about, requirements`},
		// requirements
		{"a requirement's id has its form", hom, "id: HOM.2\n", "id: HOM.02\n", "  - id: HOM.02", `the id "HOM.02" must have the form DIM.n`},
		{"a requirement belongs to its dimension", hom, "id: HOM.2\n", "id: AIR.2\n", "  - id: AIR.2", "AIR.2: the id does not belong under HOM"},
		{"a requirement's id is unique", hom, "id: HOM.2\n", "id: HOM.1\n", "  - id: HOM.1\n    title: Homes", "HOM.1: the id is taken already"},
		{"no key may be missing", hom, "    why: A life begins with a door of one's own.\n", "", "  - id: HOM.1", `HOM.1: the key "why" is missing`},
		{"no key may be unknown", hom, "    why: A life", "    wy: A life", "    wy:", `HOM.1: unknown key "wy"; known are id, title, minimum, why, links, check, services, grades, question, groups, proof, indicators`},
		{"the minimum is one sentence", hom, "offers a bed to everyone without one.", "so on. It offers a bed to everyone without one.", "    minimum: The", "HOM.1: the minimum must be one sentence that ends with a full stop"},
		{"the minimum is a sentence", hom, "offers a bed to everyone without one.", "offers a bed", "    minimum: The", "HOM.1: the minimum must be one sentence that ends with a full stop"},
		{"the residents are asked", hom, "find you a bed?", "find you a bed.", "    question: If", "HOM.1: the residents' question must end with a question mark"},
		{"a link has its form", hom, `"RESC:31"]`, `"RESC 31"]`, "    links:", `HOM.1: the link "RESC 31" must have the form "ICESCR:11"`},
		{"a link names an instrument", hom, `"RESC:31"]`, `"RECS:31"]`, "    links:", "HOM.1: the link RECS:31 names an instrument that is not in the catalogue"},
		{"a link names an article", hom, `"RESC:31"]`, `"RESC:99"]`, "    links:", "HOM.1: the link RESC:99 names an article that is not in the catalogue"},
		{"a link stands once", hom, `"RESC:31"]`, `"ICESCR:11"]`, "    links:", "HOM.1: the link ICESCR:11 stands twice"},
		{"an item of a list has its own line", hom, `["ICESCR:11", "RESC:31"]`, "\n      - \"ICESCR:11\"\n      - \"RESC:99\"", "      - \"RESC:99\"", "HOM.1: the link RESC:99 names an article that is not in the catalogue"},
		{"the check of the law is known", hom, "check: known", "check: sure", "    check: sure", `HOM.1: check "sure" is not known; known are seen, known, unsure`},
		{"services are known", hom, "services: [housing]", "services: [houses]", "    services:", `HOM.1: services "houses" is not known; known are housing, environment`},
		{"services are a list", hom, "services: [housing]", "services: housing", "    services:", `HOM.1: "services" must be a list`},
		{"services are not empty", hom, "services: [housing]", "services: []", "    services:", `HOM.1: "services" is an empty list`},
		{"groups are known", hom, "groups: [tenants, children]", "groups: [tenants, cats]", "    groups:", `HOM.1: groups "cats" is not known; known are tenants, children`},
		{"groups stand once", hom, "groups: [tenants, children]", "groups: [tenants, tenants]", "    groups:", `HOM.1: groups "tenants" stands twice`},
		{"there are five grades", hom, "      2: A housing plan is before the council.\n", "", "    grades:", `HOM.1: grades: the key "2" is missing`},
		{"there is no sixth grade", hom, "      4: No one", "      5: More.\n      4: No one", "      5:", `HOM.1: grades: unknown key "5"; known are 0, 1, 2, 3, 4`},
		{"grades differ within a requirement", hom, "1: People without a home are counted once a year.", "1: Nobody counts, people without a home!", "      1: Nobody", "HOM.1: grade 1 has the text of HOM.1 grade 0; each grade needs its own"},
		{"no grade is a template", air, "0: The air is not measured.", "0: Nobody counts people without a home.", "      0:", "AIR.1: grade 0 has the text of HOM.1 grade 0; each grade needs its own"},
		{"one indicator at least is decisive", air, "        decisive: true\n", "", "    indicators:", "AIR.1: one to three indicators must be decisive, not 0"},
		{"three indicators at most are decisive", hom, "    indicators:\n", "    indicators:\n" + extra(1) + extra(2) + extra(3), "    indicators:", "HOM.1: one to three indicators must be decisive, not 4"},
		// indicators
		{"an indicator's id has its form", hom, "id: HOM.1.P1", "id: HOM.1.X1", "      - id: HOM.1.X1", `the id "HOM.1.X1" must have the form DIM.n.Kn with K one of S, P, O`},
		{"an indicator belongs to its requirement", hom, "id: HOM.1.P1", "id: HOM.2.P1", "      - id: HOM.2.P1", "HOM.2.P1: the id does not belong under HOM.1"},
		{"an indicator's id is unique", hom, "id: HOM.1.P1", "id: HOM.1.S1", "      - id: HOM.1.S1\n        title: App", "HOM.1.S1: the id is taken already"},
		{"a local id is not for standards", hom, "id: HOM.1.P1", "id: L.HOM.1.P1", "      - id: L.HOM", `the id "L.HOM.1.P1" must have the form DIM.n.Kn with K one of S, P, O`},
		{"an indicator asks", hom, "Is a housing plan in force?", "Housing plan", "        question: Housing", "HOM.1.S1: the question must end with a question mark"},
		{"the value is of the vocabulary", hom, "value: bool", "value: days", "        value: days", `HOM.1.S1: value "days" is not known; known are bool, pct, rate, gap, ratio, level`},
		{"yes or no has no unit", hom, "value: bool", "value: bool\n        unit: yes", "        unit: yes", "HOM.1.S1: an answer of yes or no has no unit"},
		{"a figure has a unit", hom, "        unit: per 100,000 inhabitants\n", "", "      - id: HOM.1.O1", "HOM.1.O1: a figure needs the unit that is printed behind it"},
		{"a share is in per cent", hom, `unit: "%"`, "unit: persons", "        unit: persons", `HOM.1.P1: the unit of a share in per cent begins with "%", not "persons"`},
		{"yes is good of yes or no", hom, `good: "yes"`, "good: up", "        good: up", `HOM.1.S1: the good direction "up" does not fit the value bool; yes would`},
		{"true is no direction", hom, `good: "yes"`, "good: true", "        good: true", `HOM.1.S1: "good" must be up, down, "yes", parity or none, not true`},
		{"parity is for ratios", hom, "good: down", "good: parity", "        good: parity", `HOM.1.O1: the good direction "parity" does not fit the value rate; up, down, none would`},
		{"a direction is known", hom, "good: down", "good: sideways", "        good: sideways", `HOM.1.O1: the good direction "sideways" does not fit the value rate; up, down, none would`},
		{"evidence is known", hom, "evidence: [decision]", "evidence: [hearsay]", "        evidence: [hearsay]", `HOM.1.S1: evidence "hearsay" is not known; known are decision, dataset`},
		{"grounds are known", hom, "by: [sex, area]", "by: [sex, hair]", "        by: [sex, hair]", `HOM.1.P1: by "hair" is not known; known are sex, area`},
		{"parties are known", hom, "answered_by: [authority, civil_society]", "answered_by: [press]", "        answered_by: [press]", `HOM.1.S1: answered_by "press" is not known; known are authority, civil_society, residents`},
		{"decisive is true or false", hom, "decisive: true", "decisive: very", "        decisive:", `HOM.1.S1: "decisive" must be true or false`},
		{"an SDG indicator has its form", hom, `indicator: "11.1.1"`, `indicator: "11.1"`, "        sdg:", `HOM.1.O1: "11.1" has not the form of an SDG indicator, 11.1.1`},
		{"the fit is known", hom, "fit: close", "fit: nearly", "        sdg:", `HOM.1.O1: sdg fit "nearly" is not known; known are exact, close`},
		{"a direction must be said", hom, "        good: down\n", "", "      - id: HOM.1.O1", `HOM.1.O1: the key "good" is missing`},
		{"an item of a list is a text", hom, "by: [sex, area]", "by: [sex, 3]", "        by: [sex, 3]", `HOM.1.P1: item 2 of "by" must be a text`},
		{"a list is no word", hom, "    indicators:\n", "    indicators: none\n    x:\n", "    indicators: none", `HOM.1: "indicators" must be a list with at least one item`},
		// thresholds
		{"a threshold is a number", hom, "value: 95", "value: most", "        minimum:", `HOM.1.P1: minimum: "value" must be a finite decimal number`},
		{"a threshold is finite", hom, "value: 95", "value: .inf", "        minimum:", `HOM.1.P1: minimum: "value" must be a finite decimal number`},
		{"a threshold is not nan", hom, "value: 95", "value: .nan", "        minimum:", `HOM.1.P1: minimum: "value" must be a finite decimal number`},
		{"a share lies between 0 and 100", hom, "value: 95", "value: 950", "        minimum:", "HOM.1.P1: a minimum in per cent lies between 0 and 100, not at 950"},
		{"a level may be negative, a share not", hom, "value: 95", "value: -1", "        minimum:", "HOM.1.P1: a minimum in per cent lies between 0 and 100, not at -1"},
		{"parity lies at most at 1", hom, "value: 0.8", "value: 1.2", "        minimum: {value: 1.2", "HOM.2.O1: a minimum of parity lies above 0 and at most at 1, not at 1.2"},
		{"a rate is not negative", hom, "good: down\n", "good: down\n        minimum: {value: -3, source: x, check: known}\n", "        minimum: {value: -3", "HOM.1.O1: a minimum of a rate cannot be negative"},
		{"a threshold has a source", hom, `source: "this standard, HOM.1", `, "", "        minimum:", `HOM.1.P1: minimum: the key "source" is missing`},
		{"a threshold has a check", hom, `HOM.1", check: known`, `HOM.1", check: felt`, "        minimum:", `HOM.1.P1: minimum: check "felt" is not known; known are seen, known, unsure`},
		{"a threshold has a direction", hom, "good: up", "good: none", "        minimum:", "HOM.1.P1: a minimum needs a good direction: up (at least), down (at most) or parity"},
		{"yes or no needs no threshold", hom, `good: "yes"`, "good: \"yes\"\n        minimum: {value: 1, source: x, check: known}", "        minimum: {value: 1,", "HOM.1.S1: an answer of yes or no has no minimum; yes is its minimum"},
		// profiles
		{"a profile names what exists", head, "[HOM.1]", "[HOM.1, HOM.7]", "  homes:", "profile homes: there is no requirement HOM.7"},
		{"a profile names it once", head, "[HOM.1]", "[HOM.1, HOM.1]", "  homes:", "profile homes: requirement HOM.1 stands twice"},
		{"a profile is of one depth", head, "[HOM.1], indicators: decisive", "[HOM.1], indicators: few", "  homes:", `profile homes: "indicators" must be all or decisive`},
		{"starter has twelve requirements", head, "  homes:", "  starter:", "  starter:", "profile starter: must name 12 requirements and take their decisive indicators; it names 1"},
		{"core is every requirement in short", head, "requirements: all, indicators: decisive", "requirements: all, indicators: all", "  core:", "profile core: must take all requirements with their decisive indicators"},
		{"full is everything", head, "requirements: all, indicators: all", "requirements: all, indicators: decisive", "  full:", "profile full: must take all requirements with all indicators"},
		{"there is a full profile", head, "  full:", "  most:", "profiles:", "there is no profile full"},
		{"a profile's key is a word", head, "  homes:", "  Home-s:", "  Home-s:", `profile "Home-s": the key must be lower-case letters, digits and underscores`},
		// translations
		{"a translation is of its file's language", fr, "language: fr", "language: es", "language:", "the file is named fr and says that its language is es"},
		{"a translation's status is known", fr, "status: draft", "status: good", "status:", `translation fr: status "good" is not known; known are draft, reviewed`},
		{"a reviewed translation says by whom", de, "reviewed_by: Übersetzungsbüro der Stadt", `reviewed_by: ""`, "status:", "translation de: a reviewed translation says by whom (reviewed_by)"},
		{"a translation knows its dimensions", fr, "AIR: Air", "AIX: Air", "dimensions:", "translation fr: there is no dimension AIX"},
		{"a translation knows its requirements", fr, "  AIR.1:", "  AIR.7:", "  AIR.7:", "translation fr: there is no requirement AIR.7"},
		{"a translation knows its indicators", fr, "HOM.1.S1:", "HOM.1.S7:", "indicators:", "translation fr: there is no indicator HOM.1.S7"},
		{"a translation has no other keys", fr, "{title: L'air est pur}", "{titre: L'air est pur}", "  AIR.1:", `AIR.1: unknown key "titre"; known are title, minimum, question`},
		{"a translation's texts are not empty", fr, "AIR: Air", `AIR: ""`, "dimensions:", `dimensions: "AIR" is empty`},
	} {
		t.Run(c.rule, func(t *testing.T) {
			files := miniFiles(t)
			breakFile(t, files, "mini/1.0/"+c.file, c.old, c.new)
			data := string(files["mini/1.0/"+c.file].Data)
			at := strings.Index(data, c.at)
			if at < 0 {
				t.Fatalf("the broken file has no %q", c.at)
			}
			want := fmt.Sprintf("%s:%d: %s", c.file, 1+strings.Count(data[:at], "\n"), c.want)
			s, err := Load(files, "mini/1.0")
			if s != nil || err == nil || !slices.Contains(strings.Split(err.Error(), "\n"), want) {
				t.Errorf("got\n%v\nwant\n%s", err, want)
			}
		})
	}
}

// extra gives one more decisive indicator.
func extra(n int) string {
	return fmt.Sprintf(`      - {id: HOM.1.P%d, title: t, question: "q?", value: pct, unit: "%%", good: up, evidence: [dataset], answered_by: [authority], decisive: true}
`, n+4)
}

func TestAStandardInMemoryIsCheckedByTheSameRules(t *testing.T) {
	if err := Validate(loadMini(t)); err != nil {
		t.Errorf("a loaded standard is broken: %v", err)
	}
	for _, c := range []struct {
		name   string
		change func(*Standard)
		want   string
	}{
		{"an empty title", func(s *Standard) { s.Dimensions[0].Requirements[0].Title = " " }, `HOM.1: "title" is empty`},
		{"a missing value", func(s *Standard) { s.Dimensions[0].Requirements[0].Indicators[0].Value = "" }, `HOM.1.S1: "value" is empty`},
		{"no direction", func(s *Standard) { s.Dimensions[0].Requirements[0].Indicators[0].Good = "" }, `HOM.1.S1: the good direction "" does not fit the value bool; yes would`},
		{"a kind against its id", func(s *Standard) { s.Dimensions[0].Requirements[0].Indicators[0].Kind = Outcome }, "HOM.1.S1: the id says kind S and the indicator has kind O"},
		{"no law", func(s *Standard) { s.Dimensions[0].Requirements[0].Links = nil }, "HOM.1: no law is linked"},
		{"no evidence", func(s *Standard) { s.Dimensions[0].Requirements[0].Indicators[0].Evidence = nil }, `HOM.1.S1: "evidence" is empty`},
		{"a threshold that is no number", func(s *Standard) {
			s.Dimensions[0].Requirements[0].Indicators[1].Minimum = &Minimum{math.NaN(), "x", Known}
		}, "HOM.1.P1: the minimum must be a finite number"},
		{"no source", func(s *Standard) { s.Dimensions[0].Requirements[0].Indicators[1].Minimum = &Minimum{95, "", Known} }, `HOM.1.P1: "minimum.source" is empty`},
		{"no requirement", func(s *Standard) { s.Dimensions[1].Requirements = nil }, "AIR: the dimension has no requirement"},
		{"a translation under another tag", func(s *Standard) { s.Translations["es"] = &Translation{Language: "pt", Status: "draft"} }, "translation es: pt is the original's language or another file's"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := loadMini(t)
			c.change(s)
			err := Validate(s)
			if err == nil || !slices.Contains(strings.Split(err.Error(), "\n"), c.want) {
				t.Errorf("got\n%v\nwant\n%s", err, c.want)
			}
		})
	}
	if err := Validate(&Standard{}); err == nil {
		t.Error("an empty standard is valid")
	}
}

func TestOneSentence(t *testing.T) {
	for text, want := range map[string]bool{
		"The city acts.": true, "The city acts, e.g. for fine dust, and pays 1.5 per cent.": true, "The city acts": false,
		"The city acts. It pays.": false, "Does it act? It does.": false, "": false, "It acts at 5 p.m. on weekdays.": true,
	} {
		if got := isOneSentence(text); got != want {
			t.Errorf("isOneSentence(%q) = %v", text, got)
		}
	}
}
