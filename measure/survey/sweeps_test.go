package survey_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/cityrights/cityrights/measure/survey"
)

// sweptError is the standard error of a mean after raking as R's survey works it out: residuals by ten sweeps over the margins, each of which takes the
// mean of every category off, and not by a regression on all margins at once, which is where the sweeps lead. Units are the primary sampling units.
func sweptError(d *survey.Design, y []float64, units []string, margins []survey.Margin, sweeps int) float64 {
	weights, sum, mean := d.Weights(), 0.0, 0.0
	for i, w := range weights {
		sum += w
		mean += w * y[i]
	}
	mean /= sum
	e := make([]float64, len(y)) // by weight
	for i := range e {
		e[i] = (y[i] - mean) / sum
	}
	for range sweeps {
		for _, m := range margins {
			total, count := map[string]float64{}, map[string]float64{}
			for i, category := range m.Answers {
				total[category] += e[i]
				count[category]++
			}
			for i, category := range m.Answers {
				e[i] -= total[category] / count[category]
			}
		}
	}
	totals, all := map[string]float64{}, 0.0
	for i, unit := range units {
		totals[unit] += weights[i] * e[i]
		all += weights[i] * e[i]
	}
	n, squares := float64(len(totals)), 0.0
	for _, t := range totals {
		squares += (t - all/n) * (t - all/n)
	}
	return math.Sqrt(n / (n - 1) * squares)
}

// alone gives each respondent a unit of their own.
func alone(n int) []string {
	units := make([]string, n)
	for i := range units {
		units[i] = fmt.Sprint(i)
	}
	return units
}

// twins are margins of which one nearly follows from the other: of two hundred people all but some are old and retired, or young and not.
func twins(apart int) (margins []survey.Margin, y []float64) {
	age, work := make([]string, 200), make([]string, 200)
	for i := range age {
		age[i], work[i] = "young", "working"
		if i < 100 {
			age[i], work[i] = "old", "retired"
		}
		switch { // the same number on both sides
		case i < apart:
			work[i] = "working"
		case i >= 200-apart:
			work[i] = "retired"
		}
		// Those who stand out differ from the others, and each differs a little from the next.
		value := float64(i%7) / 10
		if i < apart {
			value += 3
		}
		if age[i] == "old" {
			value++
		}
		y = append(y, value)
	}
	return []survey.Margin{
		{Column: "age", Categories: people("old", 1100, "young", 900), Answers: age},
		{Column: "work", Categories: people("retired", 950, "working", 1050), Answers: work},
	}, y
}

func TestTenSweepsOfRComeNearTheRegressionOnTheMarginsUnlessTheseNearlyFollowFromEachOther(t *testing.T) {
	for _, c := range []struct {
		apart       int
		most, least float64 // of how much larger the standard error by ten sweeps is, in parts
	}{{40, 1e-13, -1e-13}, {20, 2.9e-5, 2.8e-5}, {5, 0.128, 0.127}} { // the margins correlate by 0.2, 0.6 and 0.9
		margins, y := twins(c.apart)
		d, err := survey.NewDesign(len(y), survey.Sampling{})
		if err != nil {
			t.Fatal(err)
		}
		raked, err := d.Rake(margins, survey.RakeOptions{})
		if err != nil {
			t.Fatal(err)
		}
		est, err := raked.Mean(y, raked.Whole(), 0)
		if err != nil {
			t.Fatal(err)
		}
		ten, many := sweptError(raked, y, alone(len(y)), margins, 10), sweptError(raked, y, alone(len(y)), margins, 1000)
		if !near(many, *est.SE, 1e-11) {
			t.Errorf("%d apart: the sweeps lead to %v, the regression gives %v", c.apart, many, *est.SE)
		}
		if more := ten / *est.SE - 1; more > c.most || more < c.least {
			t.Errorf("%d apart: ten sweeps give %v more", c.apart, more)
		}
	}
}

func TestTenSweepsOfRAreTheRegressionOnTheReferenceSample(t *testing.T) {
	data, d := clustered(t)
	y := data.numbers(t, "api00")
	margins := []survey.Margin{margin(t, "in_margin_stype.csv", data, "stype"), margin(t, "in_margin_schwide.csv", data, "sch.wide")}
	raked := must(d.Rake(margins, survey.RakeOptions{}))(t)
	est := must(raked.Mean(y, raked.Whole(), 0))(t)
	// The finite population correction is the same factor for both.
	plain := must(survey.NewDesign(len(y), survey.Sampling{Weights: d.Weights(), Clusters: data["dnum"]}))(t)
	raked = must(plain.Rake(margins, survey.RakeOptions{}))(t)
	exact := must(raked.Mean(y, raked.Whole(), 0))(t)
	if ten := sweptError(raked, y, data["dnum"], margins, 10); !near(ten / *exact.SE, 1, 1e-9) || !near(*est.Value, *exact.Value, 1e-12) {
		t.Errorf("ten sweeps give a standard error of %v, the regression one of %v", ten, *exact.SE)
	}
}
