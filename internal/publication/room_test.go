package publication_test

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
	"github.com/cityrights/cityrights/internal/publication"
	"github.com/cityrights/cityrights/internal/statistics"
	"github.com/cityrights/cityrights/measure/scorecard"
	"github.com/cityrights/cityrights/standard"
	"github.com/cityrights/cityrights/standards"
)

// figures stand in for the statistics of the cities.
type figures map[string][]statistics.Series

func (f figures) Series(_ context.Context, _ database.Tx, cityID string) ([]statistics.Series, error) {
	return f[cityID], nil
}

// MappingOf takes the wards of the first source of each indicator.
func (f figures) MappingOf(_ context.Context, _ database.Tx, cityID string) (statistics.Mapping, error) {
	var mapping statistics.Mapping
	for _, s := range f[cityID] {
		if len(s.Sources) > 0 {
			mapping = append(mapping, statistics.MappingRow{Indicator: s.Indicator, Source: s.Sources[0].Code, Unit: s.Unit, Fit: s.Fit,
				Select: []statistics.Condition{{Column: "Series", Value: "ward"}}})
		}
	}
	return mapping, nil
}

// Revisions are one of a ward, one of a projection and one of what the mapping does not take.
func (f figures) Revisions(_ context.Context, _ database.Tx, cityID, indicator string) ([]statistics.Revision, error) {
	var list []statistics.Revision
	for _, s := range f[cityID] {
		if s.Indicator == indicator && len(s.Sources) > 0 {
			old, now := canaryValue, 50.0
			if s.Sources[0].Official {
				old = 49
			}
			list = append(list,
				statistics.Revision{Source: s.Sources[0].Code, Dimensions: map[string]string{"Series": "Deprivation"}, New: &now, Reason: canary, At: 6},
				statistics.Revision{Source: s.Sources[0].Code, Dimensions: map[string]string{"Series": "Ward"}, New: &now, Reason: "new projection",
					Period: statistics.Period{Text: "2050", Start: 20500101, End: 20501231}},
				statistics.Revision{Source: s.Sources[0].Code, Dimensions: map[string]string{"Series": " Ward", "Ward": "North"}, Period: statistics.Period{Text: "2020-21"},
					Old: &old, New: &now, Reason: "final figures", At: 5})
		}
	}
	return list, nil
}

// node is a gate with the rooms behind it, and the cities "aldea" and "borgo", each with an authority and an organisation of civil society.
type node struct {
	*publication.Room
	db          *database.DB
	cities      *city.Room
	assessments *assessment.Room
	figures     figures
}

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func load(t testing.TB) *standard.Standard {
	t.Helper()
	std, err := standards.Load("hrc-ms@0.2")
	must(t, err)
	return std
}

func newNode(t testing.TB, db *database.DB, std *standard.Standard) *node {
	t.Helper()
	n := &node{db: db, cities: city.New(db), figures: figures{}}
	n.assessments = assessment.New(n.db, n.cities, n.figures, std)
	n.Room = publication.New(db, n.cities, n.figures, n.assessments)
	n.Clock = clock.Fixed(noon)
	n.cities.Changed, n.assessments.Changed = n.Refresh, n.Refresh
	ctx := context.Background()
	for _, id := range []string{"aldea", "borgo"} {
		must(t, n.cities.Add(ctx, "", city.City{ID: id, Name: strings.ToUpper(id[:1]) + id[1:], Country: "ES", Fictional: true, Languages: []string{"es"}, About: "Un pueblo."}))
		must(t, n.cities.AddOrganisation(ctx, "", city.Organisation{ID: id + "-hall", City: id, Kind: city.Authority, Name: "City hall"}))
		must(t, n.cities.AddOrganisation(ctx, "", city.Organisation{ID: id + "-union", City: id, Kind: city.CivilSociety, Name: "Union"}))
	}
	return n
}

func eachNode(t *testing.T, test func(t *testing.T, n *node)) {
	std := load(t)
	dbtest.Each(t, func(t *testing.T, db *database.DB) { test(t, newNode(t, db, std)) })
}

func (n *node) write(t testing.TB, fn func(database.Tx) error) {
	t.Helper()
	must(t, n.db.Write(context.Background(), fn))
}

func (n *node) refresh(t testing.TB, cityID string) {
	t.Helper()
	n.write(t, func(tx database.Tx) error { return n.Refresh(context.Background(), tx, cityID) })
}

func (n *node) version(t testing.TB) int64 {
	t.Helper()
	v, err := n.db.Version(context.Background())
	must(t, err)
	return v
}

// cycle brings a city's new cycle into a state; the answers are recorded while it is open.
func (n *node) cycle(t testing.TB, cityID, period string, upTo assessment.State, answers ...assessment.Answer) {
	t.Helper()
	ctx := context.Background()
	n.write(t, func(tx database.Tx) error {
		return n.assessments.Start(ctx, tx, assessment.Cycle{City: cityID, Period: period, Standard: "hrc-ms@0.2", Profile: "core"})
	})
	for _, state := range assessment.States[1 : slices.Index(assessment.States, upTo)+1] {
		n.write(t, func(tx database.Tx) error {
			if err := n.assessments.Advance(ctx, tx, cityID, period, state); err != nil || state != assessment.Open {
				return err
			}
			for _, a := range answers {
				if err := n.assessments.Record(ctx, tx, cityID, period, a); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantMissing(t *testing.T, err error) {
	t.Helper()
	if fault.KindOf(err) != fault.NotFound {
		t.Errorf("got %v, want that there is none", err)
	}
}

var office = statistics.Source{Code: "16-1-4", Title: "Feeling safe after dark", Publisher: "City survey", URL: "https://office.example/16-1-4", Licence: "OGL 3.0", Official: true, Retrieved: 7}

func point(period string, start, end int, value float64) statistics.Point {
	return statistics.Point{Period: period, Start: start, End: end, Value: value}
}

// safety is the share of residents who feel safe after dark, by deprivation.
func safety(cityID string) statistics.Series {
	span := func(value float64) []statistics.Point {
		return []statistics.Point{point("2019-20", 20190401, 20200331, value-1), point("2020-21", 20200401, 20210331, value)}
	}
	return statistics.Series{City: cityID, Indicator: "ENV.1.O2", Unit: "%", Fit: "exact", Transform: "value", Sources: []statistics.Source{office},
		Groups: []statistics.Group{
			{Ground: "poverty", Dimension: "Deprivation decile", Name: "Most Deprived 10%", Points: span(32.9)},
			{Ground: "poverty", Dimension: "Deprivation decile", Name: "Decile 5", Points: span(60)},
			{Ground: "poverty", Dimension: "Deprivation decile", Name: "Least Deprived 10%", Points: span(85.7)},
			{Ground: "area", Dimension: "Ward", Name: "North", Points: span(50)},
			{Ground: "area", Dimension: "Ward", Name: "South", Points: span(55)},
		}}
}

func TestCityWithoutAnythingPublicHasAPageOfItsOwn(t *testing.T) {
	eachNode(t, func(t *testing.T, n *node) {
		c, err := n.City(t.Context(), "aldea")
		must(t, err)
		if c.Name != "Aldea" || !c.Fictional || c.AboutLanguage != "es" || c.Newest != nil || len(c.Periods) != 0 || c.Changed != noon.UnixMilli() {
			t.Errorf("got %+v", c)
		}
		all, err := n.Cities(t.Context())
		must(t, err)
		if len(all) != 2 || all[0].ID != "aldea" || all[1].ID != "borgo" {
			t.Errorf("got %+v", all)
		}
		_, err = n.City(t.Context(), "nowhere")
		wantMissing(t, err)
		_, err = n.Assessment(t.Context(), "aldea", "2021")
		wantMissing(t, err)
		_, err = n.Requirement(t.Context(), "aldea", "2021", "LIV.1")
		wantMissing(t, err)
		_, err = n.Series(t.Context(), "aldea", "ENV.1.O2")
		wantMissing(t, err)
	})
}

func TestOfficialSeriesIsPublicUnderTheNewestYear(t *testing.T) {
	eachNode(t, func(t *testing.T, n *node) {
		ctx := t.Context()
		projected := safety("aldea")
		projected.Indicator, projected.Groups, projected.Headline = "LIV.3.O1", nil, []statistics.Point{point("2050", 20500101, 20501231, 1)}
		reported := safety("aldea")
		reported.Headline = []statistics.Point{point("2020-21", 20200401, 20210331, 60), point("2050", 20500101, 20501231, canaryValue)}
		reported.Groups[0].Points = append(reported.Groups[0].Points, point("2050", 20500101, 20501231, canaryValue))
		reported.Groups = append(reported.Groups, statistics.Group{Ground: "sex", Dimension: "Sex", Name: "women", Points: projected.Headline})
		n.figures["aldea"] = []statistics.Series{reported, projected}
		n.refresh(t, "aldea")
		for _, document := range n.documents(t) {
			if strings.Contains(document, "2050") || strings.Contains(document, canaryText) || strings.Contains(document, "series  LIV.3.O1") {
				t.Errorf("a projection is public: %s", document)
			}
		}
		_, err := n.Series(ctx, "aldea", "LIV.3.O1")
		wantMissing(t, err)

		c, err := n.City(ctx, "aldea")
		must(t, err)
		if len(c.Periods) != 1 || c.Periods[0].Period != "2021" || c.Periods[0].State != scorecard.NoCycle || c.Periods[0].Profile != "full" {
			t.Fatalf("got periods %+v", c.Periods)
		}
		unknown, withFigures := 0, 0
		for _, d := range c.Newest.Dimensions {
			unknown += d.Counts.Unknown
			withFigures += d.WithFigures
		}
		if len(c.Newest.Dimensions) != 10 || unknown != 53 || withFigures != 1 || c.Newest.Asked != 189 || c.Newest.Missing != 188 {
			t.Errorf("%d dimensions, %d unknown, %d with figures, %d of %d missing", len(c.Newest.Dimensions), unknown, withFigures, c.Newest.Missing, c.Newest.Asked)
		}
		first := c.Newest.Figures[0]
		if first.Indicator != "ENV.1.O2" || first.Gap.Size != 52.8 || first.Period != "2020-21" {
			t.Errorf("the widest gap is %+v", first)
		}

		q, err := n.Requirement(ctx, "aldea", "2021", "ENV.1")
		must(t, err)
		at := slices.IndexFunc(q.Result.Indicators, func(i scorecard.Indicator) bool { return i.ID == "ENV.1.O2" })
		if i := q.Result.Indicators[at]; q.Result.State != scorecard.Unknown || *i.Gap != 52.8 || len(i.Groups) != 3 || len(i.Gaps) != 2 ||
			i.Source != "City survey, Feeling safe after dark, https://office.example/16-1-4" {
			t.Errorf("got %s, %+v", q.Result.State, i)
		}
		a, err := n.Assessment(ctx, "aldea", "2021")
		must(t, err)
		if a.Head.Name != "Aldea" || len(a.Scorecard.Dimensions) != 10 {
			t.Errorf("got %+v with %d dimensions", a.Head, len(a.Scorecard.Dimensions))
		}
		outline, err := n.Outline(ctx, "aldea", "2021")
		must(t, err)
		for d := range a.Scorecard.Dimensions {
			if diff := cmp.Diff(a.Scorecard.Dimensions[d].Counts, outline.Dimensions[d].Counts); diff != "" {
				t.Error(diff)
			}
			for r, whole := range a.Scorecard.Dimensions[d].Requirements {
				short := outline.Dimensions[d].Requirements[r]
				if short.ID != whole.ID || short.State != whole.State || !cmp.Equal(short.Reason, whole.Reasons[0]) {
					t.Errorf("%s is outlined as %+v", whole.ID, short)
				}
				var told []publication.OutlineFigure
				for _, i := range whole.Indicators {
					if i.Value != nil || len(i.Groups) > 0 {
						line := publication.OutlineFigure{Indicator: i.ID, Value: i.Value, Unit: i.Unit, Close: i.Fit == scorecard.Close, Told: i.Fit == ""}
						if i.Period != a.Scorecard.Period {
							line.Period = i.Period
						}
						told = append(told, line)
					}
				}
				if diff := cmp.Diff(told, short.Figures); diff != "" {
					t.Errorf("%s: %s", whole.ID, diff)
				}
			}
		}
		s, err := n.Series(ctx, "aldea", "ENV.1.O2")
		must(t, err)
		if s.Transform != "" || len(s.Groups) != 5 || s.Groups[0].Points[1] != (publication.Point{Period: "2020-21", Start: 20200401, End: 20210331, Value: 32.9}) ||
			s.Sources[0].Licence != "OGL 3.0" || !slices.Contains(s.Grounds.Present, "area") || slices.Contains(s.Grounds.Missing, "area") || s.Gaps[0].Size != 52.8 {
			t.Errorf("got %+v", s)
		}
		old, now := 49.0, 50.0
		if diff := cmp.Diff([]publication.Revision{{Period: "2020-21", Group: "North", Old: &old, New: &now, Reason: "final figures", At: 5}}, s.Revisions); diff != "" {
			t.Error(diff)
		}
		answering, err := n.CitiesAnswering(ctx, "ENV.1")
		if err != nil || len(answering) != 1 || answering[0].Name != "Aldea" || answering[0].Period != "2021" {
			t.Errorf("got %+v, %v", answering, err)
		}
		if answering, err = n.CitiesAnswering(ctx, "COM.1"); err != nil || answering != nil {
			t.Errorf("got %+v, %v", answering, err)
		}
	})
}

func TestPublishedCycleTakesThePlaceOfStatisticsAlone(t *testing.T) {
	eachNode(t, func(t *testing.T, n *node) {
		n.figures["aldea"] = []statistics.Series{safety("aldea")}
		n.refresh(t, "aldea")
		three := 3
		n.cycle(t, "aldea", "2025", assessment.Published, assessment.Answer{Requirement: "COM.1", Organisation: "aldea-hall", Grade: &three})
		n.cycle(t, "aldea", "2026", assessment.Review, assessment.Answer{Requirement: "COM.1", Organisation: "aldea-hall", Grade: &three})
		c, err := n.City(t.Context(), "aldea")
		must(t, err)
		if len(c.Periods) != 1 || c.Periods[0].Period != "2025" || c.Periods[0].State != "published" || c.Newest.Period.Period != "2025" {
			t.Fatalf("got periods %+v", c.Periods)
		}
		_, err = n.Assessment(t.Context(), "aldea", "2021")
		wantMissing(t, err)
		_, err = n.Requirement(t.Context(), "aldea", "2026", "COM.1")
		wantMissing(t, err)
		q, err := n.Requirement(t.Context(), "aldea", "2025", "COM.1")
		must(t, err)
		if len(q.Result.Answers) != 1 || q.Result.Answers[0].Organisation != "City hall" || !q.Result.SelfOnly {
			t.Errorf("got %+v", q.Result)
		}
		held, err := n.Held(t.Context(), "aldea")
		must(t, err)
		if len(held) != 1 || held[0] != (publication.Held{Reason: publication.CycleNotPublished, Detail: "2026", Figures: 1}) {
			t.Errorf("held %+v", held)
		}
		answering, err := n.CitiesAnswering(t.Context(), "COM.1")
		if err != nil || len(answering) != 1 || answering[0].Period != "2025" {
			t.Errorf("got %+v, %v", answering, err)
		}
	})
}

func TestRefreshWritesOnlyWhatChanged(t *testing.T) {
	eachNode(t, func(t *testing.T, n *node) {
		n.figures["aldea"] = []statistics.Series{safety("aldea")}
		n.refresh(t, "aldea")
		before, version := n.documents(t), n.version(t)

		n.Clock = clock.Fixed(noon.Add(time.Hour))
		n.refresh(t, "aldea")
		if n.version(t) != version || !slices.Equal(n.documents(t), before) {
			t.Error("a refresh without a change wrote something")
		}
		c, err := n.City(t.Context(), "aldea")
		if err != nil || c.Changed != noon.UnixMilli() {
			t.Errorf("changed at %d, %v", c.Changed, err)
		}

		n.figures["aldea"][0].Groups[0].Points[1].Value = 33
		n.refresh(t, "aldea")
		if n.version(t) == version {
			t.Error("the public version did not grow")
		}
		rewritten := 0
		for i, d := range n.documents(t) {
			if d != before[i] {
				rewritten++
			}
		}
		if rewritten != 6 { // the city, its entry, the scorecard, its outline, one requirement and one series
			t.Errorf("%d documents were rewritten", rewritten)
		}
		newest, err := n.Newest(t.Context(), 1)
		if err != nil || len(newest) != 1 || newest[0].ID != "aldea" || newest[0].Changed != noon.Add(time.Hour).UnixMilli() {
			t.Errorf("newest %+v, %v", newest, err)
		}
		all, err := n.Cities(t.Context())
		must(t, err)
		if newest, err = n.Newest(t.Context(), 5); err != nil || len(newest) != 2 {
			t.Fatalf("newest %+v, %v", newest, err)
		}
		if diff := cmp.Diff(all, newest); diff != "" || newest[0].Newest == nil || newest[0].Newest.Requirements != 53 || newest[0].Newest.Unknown != 53 {
			t.Errorf("the newest cities have another form than all: %s", diff)
		}

		n.figures["aldea"] = nil
		n.refresh(t, "aldea")
		if _, err := n.Series(t.Context(), "aldea", "ENV.1.O2"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a series that is no longer there: %v", err)
		}
		if c, err := n.City(t.Context(), "aldea"); err != nil || c.Newest != nil || len(c.Periods) != 0 {
			t.Errorf("got %+v, %v", c, err)
		}
	})
}

func TestRefreshOfAnUnknownCityLeavesNothing(t *testing.T) {
	eachNode(t, func(t *testing.T, n *node) {
		version := n.version(t)
		n.refresh(t, "nowhere")
		if _, err := n.City(t.Context(), "nowhere"); fault.KindOf(err) != fault.NotFound || n.version(t) != version {
			t.Errorf("got %v", err)
		}
	})
}

// documents gives everything that is stored for the public.
func (n *node) documents(t testing.TB) (all []string) {
	t.Helper()
	must(t, n.db.Read(context.Background(), func(tx database.Tx) error {
		rows, err := tx.Query(context.Background(), "SELECT city_id, kind, period, name, document FROM publication_document")
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var parts [5]string
			if err := rows.Scan(&parts[0], &parts[1], &parts[2], &parts[3], &parts[4]); err != nil {
				return err
			}
			all = append(all, strings.Join(parts[:], " "))
		}
		return rows.Err()
	}))
	slices.Sort(all)
	return all
}
