package scorecard_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cityrights/cityrights/measure/scorecard"
	"github.com/cityrights/cityrights/standard"
)

var share = standard.Indicator{ID: "XXX.1.O1", Title: "A share", Value: "pct", Unit: "%", Good: standard.Up}

// years makes points of whole years from a first year on; a negative value leaves its year out.
func years(first int, values ...float64) []scorecard.Point {
	var points []scorecard.Point
	for i, v := range values {
		if v >= 0 {
			points = append(points, scorecard.Point{Period: yearText(first + i), Start: (first+i)*10000 + 101, End: (first+i)*10000 + 1231, Value: v})
		}
	}
	return points
}

func yearText(year int) string {
	return string([]byte{byte('0' + year/1000), byte('0' + year/100%10), byte('0' + year/10%10), byte('0' + year%10)})
}

func group(dimension, name string, points []scorecard.Point) scorecard.GroupSeries {
	return scorecard.GroupSeries{Dimension: dimension, Group: name, Points: points}
}

func figures(s ...scorecard.Series) scorecard.Indicator {
	return scorecard.Figures(&share, s, 20211231)
}

func TestLatestValueEndsInTime(t *testing.T) {
	i := figures(scorecard.Series{Fit: scorecard.Exact, Unit: "% of adults", Source: "Office", Headline: append(years(2019, 10, 20, -1, 40),
		scorecard.Point{Period: "2020-21", Start: 20200401, End: 20210331, Value: 25},
		scorecard.Point{Period: "2021-22", Start: 20210401, End: 20220331, Value: 35})})
	if v, _ := i.Value.Float(); v != 25 || i.Period != "2020-21" || i.Unit != "% of adults" || i.Source != "Office" || i.Fit != scorecard.Exact {
		t.Fatalf("got %+v", i)
	}
}

func TestGapOfSafetyAfterDark(t *testing.T) {
	i := figures(scorecard.Series{Fit: scorecard.Exact, Groups: []scorecard.GroupSeries{
		group("Deprivation decile", "Most Deprived 10%", years(2018, 30, 31, 32.9)),
		group("Deprivation decile", "5", years(2018, 50, 51, 60)),
		group("Deprivation decile", "Least Deprived 10%", years(2018, 80, 81, 85.7)),
	}})
	if i.Value != nil || i.Period != "" {
		t.Fatalf("there is no figure for the whole city, and yet %v in %s", i.Value, i.Period)
	}
	want := []scorecard.Gap{{Dimension: "Deprivation decile", Period: "2020", Size: 52.8,
		Lowest:  scorecard.Group{Dimension: "Deprivation decile", Group: "Most Deprived 10%", Value: 32.9, Period: "2020"},
		Highest: scorecard.Group{Dimension: "Deprivation decile", Group: "Least Deprived 10%", Value: 85.7, Period: "2020"}}}
	if diff := cmp.Diff(want, i.Gaps); diff != "" || *i.Gap != 52.8 {
		t.Fatalf("gap %v: %s", *i.Gap, diff)
	}
}

func TestGapsCompareOnePeriodOnly(t *testing.T) {
	for _, c := range []struct {
		name   string
		groups []scorecard.GroupSeries
		period string
		size   float64
	}{
		{"the latest that two groups share", []scorecard.GroupSeries{group("Sex", "women", years(2018, 1, 2, 50)), group("Sex", "men", years(2018, 4, 7))}, "2019", 5},
		{"not one after the end", []scorecard.GroupSeries{group("Sex", "women", years(2020, 1, 2, 3)), group("Sex", "men", years(2020, 4, 7, 90))}, "2021", 5},
		{"a later one of two groups before an earlier one of three", []scorecard.GroupSeries{group("Age", "young", years(2018, 1, 2)),
			group("Age", "middle", years(2018, 4, 5)), group("Age", "old", years(2018, 90))}, "2019", 3},
		{"no period shared", []scorecard.GroupSeries{group("Sex", "women", years(2018, 1)), group("Sex", "men", years(2019, 4))}, "", 0},
		{"a year and a financial year are not the same", []scorecard.GroupSeries{group("Sex", "women", years(2018, 1)),
			group("Sex", "men", []scorecard.Point{{Period: "2018-19", Start: 20180401, End: 20190331, Value: 4}})}, "", 0},
		{"a difference beyond the largest number", []scorecard.GroupSeries{
			group("Sex", "women", []scorecard.Point{{Period: "2018", Start: 20180101, End: 20181231, Value: -1.7e308}}),
			group("Sex", "men", []scorecard.Point{{Period: "2018", Start: 20180101, End: 20181231, Value: 1.7e308}})}, "", 0},
		{"one group only", []scorecard.GroupSeries{group("Sex", "women", years(2018, 1, 2))}, "", 0},
		{"groups of different dimensions", []scorecard.GroupSeries{group("Sex", "women", years(2018, 1)), group("Age", "old", years(2018, 4))}, "", 0},
		{"the same for all", []scorecard.GroupSeries{group("Sex", "women", years(2018, 4)), group("Sex", "men", years(2018, 4))}, "2018", 0},
	} {
		i := figures(scorecard.Series{Fit: scorecard.Exact, Groups: c.groups})
		switch {
		case c.period == "" && (i.Gap != nil || i.Gaps != nil):
			t.Errorf("%s: got %+v, want no gap", c.name, i.Gaps)
		case c.period != "" && (len(i.Gaps) != 1 || i.Gaps[0].Period != c.period || i.Gaps[0].Size != c.size):
			t.Errorf("%s: got %+v, want %v in %s", c.name, i.Gaps, c.size, c.period)
		}
	}
}

func TestWidestGapAndGroupsOfSeveralDimensions(t *testing.T) {
	i := figures(scorecard.Series{Fit: scorecard.Exact, Groups: []scorecard.GroupSeries{
		group("Ward", "South", years(2019, 9, 12)), group("Sex", "women", years(2019, 10)), group("Ward", "North", years(2019, 2, 4)),
		group("Sex", "men", years(2019, 11)), group("Ward", "Never", years(2023, 1)),
	}})
	if len(i.Gaps) != 2 || *i.Gap != 8 || i.Gaps[0].Lowest.Group != "North" || i.Gaps[1].Dimension != "Sex" {
		t.Fatalf("got %+v", i.Gaps)
	}
	want := []scorecard.Group{{Dimension: "Sex", Group: "men", Value: 11, Period: "2019"}, {Dimension: "Sex", Group: "women", Value: 10, Period: "2019"}, {Dimension: "Ward", Group: "North", Value: 4, Period: "2020"}, {Dimension: "Ward", Group: "South", Value: 12, Period: "2020"}}
	if diff := cmp.Diff(want, i.Groups); diff != "" {
		t.Fatal(diff)
	}
}

func TestTrendLooksAtTheWholeCityInTime(t *testing.T) {
	rising := figures(scorecard.Series{Fit: scorecard.Exact, Headline: years(2015, 1, 2, -1, 4, 5, 6, 7, 0, 0, 0)})
	if rising.Trend != "better" || rising.Slope.PerYear != 1 || rising.Slope.N != 6 {
		t.Fatalf("got %s, %+v", rising.Trend, rising.Slope)
	}
	if short := figures(scorecard.Series{Fit: scorecard.Exact, Headline: years(2015, 1, 2, 3, 4)}); short.Trend != "too_little_data" || short.Slope != nil {
		t.Fatalf("four years: got %s, %+v", short.Trend, short.Slope)
	}
	// Each direction of the standard, on rising figures.
	for good, want := range map[standard.Good]string{standard.Up: "better", standard.Down: "worse", standard.None: "rising", standard.Parity: "worse"} {
		i := share
		i.Good = good
		if got := scorecard.Figures(&i, []scorecard.Series{{Fit: scorecard.Exact, Headline: years(2015, 1, 2, 3, 4, 5)}}, 20211231); got.Trend != want {
			t.Errorf("good is %s: got %s, want %s", good, got.Trend, want)
		}
	}
}

func TestOneOfSeveralSeriesIsShown(t *testing.T) {
	exact := scorecard.Series{Fit: scorecard.Exact, Source: "exact", Headline: years(2015, 1)}
	exactNewer := scorecard.Series{Fit: scorecard.Exact, Source: "exact, newer", Headline: years(2016, 1)}
	exactGroups := scorecard.Series{Fit: scorecard.Exact, Source: "exact, groups", Groups: []scorecard.GroupSeries{group("Sex", "men", years(2020, 1))}}
	close := scorecard.Series{Fit: scorecard.Close, Source: "close", Headline: years(2020, 1)}
	late := scorecard.Series{Fit: scorecard.Exact, Source: "too late", Headline: years(2022, 1)}
	for _, c := range []struct {
		series []scorecard.Series
		want   string
	}{
		{[]scorecard.Series{close, exact}, "exact"},
		{[]scorecard.Series{exact, exactNewer, close}, "exact, newer"},
		{[]scorecard.Series{exactGroups, exact}, "exact"},
		{[]scorecard.Series{exactGroups, close}, "exact, groups"},
		{[]scorecard.Series{late, close}, "close"},
		{[]scorecard.Series{late}, ""},
		{nil, ""},
	} {
		if got := figures(c.series...); got.Source != c.want {
			t.Errorf("got the series %q, want %q", got.Source, c.want)
		}
	}
}

func TestYesOrNoIsAnsweredAndNotMeasured(t *testing.T) {
	rule := standard.Indicator{ID: "XXX.1.S1", Value: "bool", Good: standard.Yes}
	if i := scorecard.Figures(&rule, []scorecard.Series{{Fit: scorecard.Exact, Headline: years(2020, 1)}}, 20211231); i.Value != nil || i.Fit != "" {
		t.Fatalf("got %+v", i)
	}
}

func TestIntervalsGoWithTheirFiguresAndNeverJudge(t *testing.T) {
	bounded := years(2019, 10, 20)
	bounded[1].Interval = scorecard.Interval{Lower: new(15.0), Upper: new(25.0)}
	women := years(2020, 30)
	women[0].Interval = scorecard.Interval{Lower: new(28.0)}
	men := years(2020, 40)
	plain := figures(scorecard.Series{Fit: scorecard.Exact, Headline: years(2019, 10, 20), Groups: []scorecard.GroupSeries{group("Sex", "women", years(2020, 30)), group("Sex", "men", men)}})
	i := figures(scorecard.Series{Fit: scorecard.Exact, Headline: bounded, Groups: []scorecard.GroupSeries{group("Sex", "women", women), group("Sex", "men", men)}})
	if *i.Lower != 15 || *i.Upper != 25 || *i.Groups[1].Lower != 28 || i.Groups[1].Upper != nil || i.Groups[0].Lower != nil || *i.Gaps[0].Lowest.Lower != 28 {
		t.Fatalf("got %+v", i)
	}
	i.Interval, i.Groups[1].Interval, i.Gaps[0].Lowest.Interval = scorecard.Interval{}, scorecard.Interval{}, scorecard.Interval{}
	if diff := cmp.Diff(plain, i); diff != "" {
		t.Errorf("an interval changed more than itself: %s", diff)
	}
}
