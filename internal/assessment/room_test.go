package assessment_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/clock"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/statistics"
	"github.com/cityrights/cityrights/measure/scorecard"
	"github.com/cityrights/cityrights/standards"
)

// figures stand in for the statistics of a city.
type figures []statistics.Series

func (f figures) Series(context.Context, database.Tx, string) ([]statistics.Series, error) {
	return f, nil
}

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// desk is a room with the city "aldea", which has an authority, two organisations of civil society with the same name and an NHRI.
type desk struct {
	*assessment.Room
	db      *database.DB
	changes int
}

func eachDesk(t *testing.T, series figures, test func(t *testing.T, d *desk)) {
	std, err := standards.Load("hrc-ms@0.2")
	if err != nil {
		t.Fatal(err)
	}
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		cities := city.New(db)
		d := &desk{Room: assessment.New(db, cities, series, std), db: db}
		d.Clock = clock.Fixed(noon)
		d.Changed = func(context.Context, database.Tx, string) error { d.changes++; return nil }
		if err := cities.Add(t.Context(), "", city.City{ID: "aldea", Name: "Aldea", Country: "ES", Fictional: true,
			Competences: map[string]city.Competence{"council": {Share: city.NotOwn}}}); err != nil {
			t.Fatal(err)
		}
		for _, o := range []city.Organisation{
			{ID: "aldea-hall", City: "aldea", Kind: city.Authority, Name: "City hall"},
			{ID: "union-a", City: "aldea", Kind: city.CivilSociety, Name: "Union"},
			{ID: "union-b", City: "aldea", Kind: city.CivilSociety, Name: "Union"},
			{ID: "institute", City: "aldea", Kind: city.NHRI, Name: "Institute"},
		} {
			if err := cities.AddOrganisation(t.Context(), "", o); err != nil {
				t.Fatal(err)
			}
		}
		test(t, d)
	})
}

func (d *desk) start(t *testing.T, period string, upTo assessment.State) {
	t.Helper()
	must(t, d.write(t, func(tx database.Tx) error {
		return d.Start(t.Context(), tx, assessment.Cycle{City: "aldea", Period: period, Standard: "hrc-ms@0.2", Profile: "core"})
	}))
	d.advance(t, period, upTo)
}

// advance brings a cycle on, state by state.
func (d *desk) advance(t *testing.T, period string, upTo assessment.State) {
	t.Helper()
	c, err := reads(t, d, func(tx database.Tx) (assessment.Cycle, error) { return d.Cycle(t.Context(), tx, "aldea", period) })
	must(t, err)
	for _, state := range assessment.States[slices.Index(assessment.States, c.State)+1 : slices.Index(assessment.States, upTo)+1] {
		must(t, d.write(t, func(tx database.Tx) error { return d.Advance(t.Context(), tx, "aldea", period, state) }))
	}
}

func (d *desk) record(t *testing.T, period string, a assessment.Answer) error {
	t.Helper()
	return d.write(t, func(tx database.Tx) error { return d.Record(t.Context(), tx, "aldea", period, a) })
}

func (d *desk) write(t *testing.T, fn func(database.Tx) error) error {
	t.Helper()
	return d.db.Write(t.Context(), fn)
}

func reads[T any](t *testing.T, d *desk, get func(database.Tx) (T, error)) (got T, err error) {
	t.Helper()
	err = d.db.Read(t.Context(), func(tx database.Tx) (err error) {
		got, err = get(tx)
		return err
	})
	return got, err
}

func (d *desk) score(t *testing.T, period string) (scorecard.Scorecard, error) {
	t.Helper()
	return reads(t, d, func(tx database.Tx) (scorecard.Scorecard, error) { return d.Score(t.Context(), tx, "aldea", period) })
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantFault(t *testing.T, err error, kind fault.Kind, text string) {
	t.Helper()
	if fault.KindOf(err) != kind || !strings.Contains(err.Error(), text) {
		t.Errorf("got %v, want %s with %q", err, kind, text)
	}
}

func TestCyclePassesThroughItsStatesInOrder(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		d.start(t, "2025", assessment.Draft)
		for i, from := range assessment.States {
			for _, to := range assessment.States {
				next := i+1 < len(assessment.States) && to == assessment.States[i+1]
				if next {
					continue
				}
				err := d.write(t, func(tx database.Tx) error { return d.Advance(t.Context(), tx, "aldea", "2025", to) })
				wantFault(t, err, fault.Conflict, string(from))
			}
			if i+1 < len(assessment.States) {
				d.advance(t, "2025", assessment.States[i+1])
			}
		}
		c, err := reads(t, d, func(tx database.Tx) (assessment.Cycle, error) { return d.Cycle(t.Context(), tx, "aldea", "2025") })
		must(t, err)
		want := assessment.Cycle{City: "aldea", Period: "2025", Standard: "hrc-ms@0.2", Profile: "core", State: assessment.Archived, Changed: noon.UnixMilli(),
			Purpose: assessment.Regular}
		if c != want {
			t.Errorf("got %+v, want %+v", c, want)
		}
		if want := len(assessment.States); d.changes != want {
			t.Errorf("the change was told %d times, not %d", d.changes, want)
		}
	})
}

func TestOnlyPublishedAndArchivedCyclesArePublic(t *testing.T) {
	for _, s := range assessment.States {
		if want := s == assessment.Published || s == assessment.Archived; s.Public() != want {
			t.Errorf("%s is public: %v", s, s.Public())
		}
	}
}

func TestACityWithAnAssessmentIsHeld(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		holds := func() error {
			return d.write(t, func(tx database.Tx) error { return d.HoldsCity(t.Context(), tx, "aldea") })
		}
		must(t, holds())
		d.start(t, "2025", assessment.Draft)
		wantFault(t, holds(), fault.Conflict, "2025")
	})
}

func TestCycleThatCannotBeStarted(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		d.start(t, "2025", assessment.Draft)
		start := func(cityID, period, std, profile string) error {
			return d.write(t, func(tx database.Tx) error {
				return d.Start(t.Context(), tx, assessment.Cycle{City: cityID, Period: period, Standard: std, Profile: profile})
			})
		}
		wantFault(t, start("aldea", "2025", "hrc-ms@0.2", "core"), fault.Conflict, "already")
		wantFault(t, start("nowhere", "2025", "hrc-ms@0.2", "core"), fault.NotFound, "nowhere")
		wantFault(t, start("aldea", "soon", "hrc-ms@0.2", "core"), fault.Invalid, "soon")
		wantFault(t, start("aldea", "2026", "hrc-ms@9.9", "core"), fault.NotFound, "hrc-ms@9.9")
		wantFault(t, start("aldea", "2026", "hrc-ms@0.2", "tiny"), fault.NotFound, "tiny")
	})
}

func TestCyclesComeNewestFirst(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		for _, period := range []string{"2023", "2025", "2019-2024", "2024"} {
			d.start(t, period, assessment.Draft)
		}
		all, err := reads(t, d, func(tx database.Tx) ([]assessment.Cycle, error) { return d.Cycles(t.Context(), tx, "aldea") })
		must(t, err)
		var periods []string
		for _, c := range all {
			periods = append(periods, c.Period)
		}
		if got := strings.Join(periods, " "); got != "2025 2024 2019-2024 2023" {
			t.Errorf("got %s", got)
		}
	})
}

func TestAnswersAreReadBackUnderTheNamesOfTheirOrganisations(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		d.start(t, "2025", assessment.Open)
		three, yes, v := 3, true, 4.5
		must(t, d.record(t, "2025", assessment.Answer{Requirement: "LIV.1", Organisation: "aldea-hall", Grade: new(int)}))
		must(t, d.record(t, "2025", assessment.Answer{Requirement: "LIV.1", Organisation: "aldea-hall", Grade: &three, Reasons: "Wegen des Plans.", Language: "de",
			Evidence:   []scorecard.Evidence{{Title: "Plan", URL: "https://aldea.example/plan", Kind: "document"}},
			Indicators: []scorecard.Indicated{{Indicator: "LIV.1.S1", Yes: &yes, Evidence: true}, {Indicator: "LIV.1.O1", Value: &v}}}))
		must(t, d.record(t, "2025", assessment.Answer{Requirement: "LIV.1", Organisation: "union-a", Value: scorecard.NotAvailable}))
		must(t, d.record(t, "2025", assessment.Answer{Requirement: "LIV.1", Share: &scorecard.Share{Yes: 38, Lower: 31, Upper: 45, N: 412}}))
		got, err := reads(t, d, func(tx database.Tx) ([]scorecard.Given, error) { return d.Answers(t.Context(), tx, "aldea", "2025") })
		must(t, err)
		slices.SortFunc(got, func(a, b scorecard.Given) int { return strings.Compare(a.Party, b.Party) })
		want := []scorecard.Given{
			{Requirement: "LIV.1", Answer: scorecard.Answer{Party: "authority", Organisation: "City hall", Grade: &three, Reasons: "Wegen des Plans.", Language: "de",
				Evidence:   []scorecard.Evidence{{Title: "Plan", URL: "https://aldea.example/plan", Kind: "document"}},
				Indicators: []scorecard.Indicated{{Indicator: "LIV.1.S1", Yes: &yes, Evidence: true}, {Indicator: "LIV.1.O1", Value: &v}}}},
			{Requirement: "LIV.1", Answer: scorecard.Answer{Party: "civil_society", Organisation: "Union (union-a)", Value: scorecard.NotAvailable}},
			{Requirement: "LIV.1", Answer: scorecard.Answer{Party: "residents", Share: &scorecard.Share{Yes: 38, Lower: 31, Upper: 45, N: 412}}},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestAnswersThatAreRefused(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		five, three := 5, 3
		good := assessment.Answer{Requirement: "LIV.1", Organisation: "aldea-hall", Grade: &three}
		wantFault(t, d.record(t, "2025", good), fault.NotFound, "no assessment")
		d.start(t, "2025", assessment.Draft)
		wantFault(t, d.record(t, "2025", good), fault.Conflict, "draft")
		d.advance(t, "2025", assessment.Open)
		for text, a := range map[string]assessment.Answer{
			"no organisation that answers": {Requirement: "LIV.1", Organisation: "institute", Grade: &three},
			`"stranger"`:                   {Requirement: "LIV.1", Organisation: "stranger", Grade: &three},
			"no such requirement":          {Requirement: "LIV.99", Organisation: "aldea-hall", Grade: &three},
			"not between 0 and 4":          {Requirement: "LIV.1", Organisation: "aldea-hall", Grade: &five},
			"never a grade":                {Requirement: "LIV.1", Grade: &three},
			"not one of its indicators":    {Requirement: "LIV.1", Organisation: "aldea-hall", Indicators: []scorecard.Indicated{{Indicator: "LIV.2.O1"}}},
		} {
			wantFault(t, d.record(t, "2025", a), fault.Invalid, text)
		}
		must(t, d.record(t, "2025", good))
		d.advance(t, "2025", assessment.Review)
		wantFault(t, d.record(t, "2025", good), fault.Conflict, "review")
	})
}

func TestScoreJoinsStandardAnswersStatisticsAndCompetences(t *testing.T) {
	series := figures{{City: "aldea", Indicator: "ENV.1.O2", Unit: "%", Fit: "exact",
		Sources:  []statistics.Source{{Publisher: "Council", Title: "Survey", URL: "https://aldea.example"}, {Publisher: "Council", Title: "Survey", URL: "https://aldea.example"}, {Title: "Register"}},
		Headline: []statistics.Point{{Period: "2020-21", Start: 20200401, End: 20210331, Value: 60}},
		Groups:   []statistics.Group{{Dimension: "Sex", Name: "Women", Points: []statistics.Point{{Period: "2020-21", Start: 20200401, End: 20210331, Value: 50}}}}}}
	eachDesk(t, series, func(t *testing.T, d *desk) {
		card, err := d.score(t, "2021")
		must(t, err)
		if card.State != "statistics" || card.Profile != "full" || card.Standard != "hrc-ms@0.2" || len(card.Dimensions) != 10 {
			t.Errorf("got %s, %s, %s with %d dimensions", card.State, card.Profile, card.Standard, len(card.Dimensions))
		}
		for _, dimension := range card.Dimensions {
			if dimension.Counts.Unknown != len(dimension.Requirements) {
				t.Errorf("%s: %+v", dimension.ID, dimension.Counts)
			}
			for _, q := range dimension.Requirements {
				for _, i := range q.Indicators {
					if i.ID == "ENV.1.O2" && (i.Value == nil || i.Value.String() != "60" || i.Source != "Council, Survey, https://aldea.example; Register" || len(i.Groups) != 1) {
						t.Errorf("got %+v", i)
					}
				}
			}
		}
		d.start(t, "2021", assessment.Open)
		grade := 1
		must(t, d.record(t, "2021", assessment.Answer{Requirement: "COM.1", Organisation: "aldea-hall", Grade: &grade}))
		card, err = d.score(t, "2021")
		must(t, err)
		q := card.Dimensions[0].Requirements[0]
		if card.State != "open" || card.Profile != "core" || q.ID != "COM.1" || q.State != scorecard.NotMet {
			t.Errorf("got %s, %s: %s is %s", card.State, card.Profile, q.ID, q.State)
		}
		_, err = d.score(t, "someday")
		wantFault(t, err, fault.Invalid, "someday")
		_, err = reads(t, d, func(tx database.Tx) (scorecard.Scorecard, error) { return d.Score(t.Context(), tx, "nowhere", "2021") })
		wantFault(t, err, fault.NotFound, "nowhere")
	})
}
