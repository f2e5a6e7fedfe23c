package scorecard_test

import (
	"fmt"
	"io"
	"testing"

	"github.com/cityrights/cityrights/measure/scorecard"
	"github.com/cityrights/cityrights/standard"
	"github.com/cityrights/cityrights/standards"
)

func shipped(t testing.TB) (*standard.Standard, standard.Profile) {
	t.Helper()
	std, err := standards.Load("hrc-ms@0.2")
	if err != nil {
		t.Fatal(err)
	}
	profile, ok := std.Profile(standard.Full)
	if !ok {
		t.Fatal("the shipped standard has no full profile")
	}
	return std, *profile
}

func TestWithoutAnswersEveryRequirementOfTheShippedStandardIsUnknown(t *testing.T) {
	std, profile := shipped(t)
	card, err := scorecard.Compute(std, profile, scorecard.Input{City: "somewhere", Period: "2021", Series: manySeries(std, 1)})
	if err != nil {
		t.Fatal(err)
	}
	requirements, indicators := 0, 0
	for _, d := range card.Dimensions {
		if d.Counts.Unknown != len(d.Requirements) || d.Weakest != nil {
			t.Errorf("%s: %+v, weakest %v", d.ID, d.Counts, d.Weakest)
		}
		requirements += len(d.Requirements)
		for _, q := range d.Requirements {
			indicators += len(q.Indicators)
			for _, i := range q.Indicators {
				if i.Value == nil && i.ID[len(i.ID)-2] == 'O' {
					t.Errorf("%s has no value", i.ID)
				}
			}
		}
	}
	if requirements != 53 || indicators != 189 || card.State != scorecard.NoCycle {
		t.Errorf("%d requirements, %d indicators, state %s", requirements, indicators, card.State)
	}
}

// manySeries gives each indicator of the standard that is no yes-or-no one a series of twelve years with two dimensions of groups.
func manySeries(std *standard.Standard, groups int) (series []scorecard.Series) {
	for _, d := range std.Dimensions {
		for _, q := range d.Requirements {
			for _, i := range q.Indicators {
				if i.Value == "bool" {
					continue
				}
				s := scorecard.Series{Indicator: i.ID, Unit: i.Unit, Fit: scorecard.Exact, Source: "Office, Title, https://office.example", Headline: yearly(len(i.ID), 12)}
				for g := range groups {
					s.Groups = append(s.Groups, group("Ward", fmt.Sprint("Ward ", g), yearly(g, 7)), group("Age", fmt.Sprint("Age ", g), yearly(g+1, 7)))
				}
				series = append(series, s)
			}
		}
	}
	return series
}

func yearly(seed, n int) []scorecard.Point {
	values := make([]float64, n)
	for i := range values {
		values[i] = float64((seed*7+i*13)%100) / 2
	}
	return years(2010, values...)
}

// BenchmarkScorecard computes all indicators of the shipped standard with about 18,000 figures; the target is 5 ms.
func BenchmarkScorecard(b *testing.B) {
	std, profile := shipped(b)
	in := scorecard.Input{City: "somewhere", Period: "2021", Series: manySeries(std, 10)}
	figures := 0
	for _, s := range in.Series {
		figures += len(s.Headline)
		for _, g := range s.Groups {
			figures += len(g.Points)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := scorecard.Compute(std, profile, in); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(figures), "figures")
}

func BenchmarkWriteJSON(b *testing.B) {
	std, profile := shipped(b)
	card, err := scorecard.Compute(std, profile, scorecard.Input{City: "somewhere", Period: "2021", Series: manySeries(std, 10)})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := scorecard.WriteJSON(io.Discard, card); err != nil {
			b.Fatal(err)
		}
	}
}
