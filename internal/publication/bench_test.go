package publication_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
	"github.com/cityrights/cityrights/internal/statistics"
	"github.com/cityrights/cityrights/measure/scorecard"
)

// wards is a series of the size of a large one: sixteen years of 34 wards, ten deprivation deciles and both sexes.
func wards(indicator string) statistics.Series {
	s := statistics.Series{City: "aldea", Indicator: indicator, Unit: "%", Fit: "exact", Sources: []statistics.Source{office}}
	span := func(seed int) (points []statistics.Point) {
		for year := 2005; year < 2021; year++ {
			points = append(points, point(fmt.Sprintf("%d-%d", year, (year+1)%100), year*10000+401, (year+1)*10000+331, float64((seed*31+year*7)%1000)/10))
		}
		return points
	}
	s.Headline = span(0)
	for _, d := range []struct {
		name string
		n    int
	}{{"Ward", 34}, {"Deprivation decile", 10}, {"Sex", 2}} {
		for i := range d.n {
			s.Groups = append(s.Groups, statistics.Group{Ground: "area", Dimension: d.name, Name: fmt.Sprintf("%s number %d", d.name, i), Points: span(i)})
		}
	}
	return s
}

// large is a node with a city that has a large series on each of sixty indicators and answers to every requirement.
func large(b *testing.B) *node {
	b.Helper()
	std := load(b)
	n := newNode(b, dbtest.SQLite(b), std)
	var answers []assessment.Answer
	for _, d := range std.Dimensions {
		for _, q := range d.Requirements {
			for _, i := range q.Indicators {
				if i.Value == "pct" && len(n.figures["aldea"]) < 60 {
					n.figures["aldea"] = append(n.figures["aldea"], wards(i.ID))
				}
			}
			three, one := 3, 1
			evidence := []scorecard.Evidence{{Title: "Plan of 2024", URL: "https://aldea.example/plan"}, {Title: "Act", URL: "https://aldea.example/act"}}
			answers = append(answers,
				assessment.Answer{Requirement: q.ID, Organisation: "aldea-hall", Grade: &three, Reasons: "The plan is in force and funded.", Evidence: evidence},
				assessment.Answer{Requirement: q.ID, Organisation: "aldea-union", Grade: &one, Reasons: "Nobody was housed under it.", Evidence: evidence},
				assessment.Answer{Requirement: q.ID, Share: &scorecard.Share{Yes: 38, Lower: 31, Upper: 45, N: 412}})
		}
	}
	n.cities.Changed, n.assessments.Changed = nil, nil
	n.cycle(b, "aldea", "2025", assessment.Published, answers...)
	n.refresh(b, "aldea")
	return n
}

// BenchmarkRead measures reading and decoding a document; the target for a requirement is 150 µs.
func BenchmarkRead(b *testing.B) {
	n := large(b)
	ctx := context.Background()
	for _, read := range []struct {
		name string
		get  func() error
	}{
		{"city", func() error { _, err := n.City(ctx, "aldea"); return err }},
		{"cities", func() error { _, err := n.Cities(ctx); return err }},
		{"requirement", func() error { _, err := n.Requirement(ctx, "aldea", "2025", "ENV.1"); return err }},
		{"series", func() error { _, err := n.Series(ctx, "aldea", "PAR.1.O1"); return err }},
		{"outline", func() error { _, err := n.Outline(ctx, "aldea", "2025"); return err }},
		{"assessment", func() error { _, err := n.Assessment(ctx, "aldea", "2025"); return err }},
	} {
		b.Run(read.name, func(b *testing.B) {
			for b.Loop() {
				if err := read.get(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkRefresh(b *testing.B) {
	n := large(b)
	b.Run("unchanged", func(b *testing.B) {
		for b.Loop() {
			n.refresh(b, "aldea")
		}
	})
	b.Run("changed", func(b *testing.B) {
		for b.Loop() {
			for i := range n.figures["aldea"] {
				n.figures["aldea"][i].Headline[0].Value++
			}
			n.refresh(b, "aldea")
		}
	})
}
