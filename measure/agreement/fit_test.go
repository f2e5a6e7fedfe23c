package agreement_test

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/measure/agreement"
	"github.com/cityrights/cityrights/measure/agreement/agreementtest"
	"github.com/cityrights/cityrights/test/material"
)

func mustFit(t testing.TB, ratings []agreement.Rating, options agreement.FitOptions) *agreement.Model {
	t.Helper()
	m, err := agreement.Fit(ratings, options)
	if err != nil {
		t.Fatal(err)
	}
	if !m.Diagnostics.Converged {
		t.Fatalf("the estimation did not settle: %+v", m.Diagnostics)
	}
	return m
}

func TestPositionsOfTheReferenceSurveyAreThoseBehindIt(t *testing.T) {
	survey := agreementtest.Survey{Ratings: simulated(t), Positions: map[string]float64{}}
	for _, row := range material.Rows(t, "measure/ratings/in_sim_60x200_truth.csv")[1:] {
		survey.Positions[strconv.Itoa(int(material.Number(t, row[0])))] = material.Number(t, row[1])
	}
	m := mustFit(t, survey.Ratings, agreement.FitOptions{})
	q := survey.Judge(m)
	if q.Correlation < 0.97 || q.Covered < 0.85 {
		t.Errorf("got %+v", q)
	}
	if q.Correlation <= q.MeanCorrelation || q.RMSE >= q.MeanRMSE {
		t.Errorf("the raw mean is as good: %+v", q)
	}
	if len(m.Warnings) > 0 {
		t.Errorf("warnings %q", m.Warnings)
	}
}

// clmm maximises the likelihood over all parameters at once and has no priors; the tolerances are a third of the parameters' standard errors.
func TestModelWithoutDiscriminationsIsNearClmm(t *testing.T) {
	par := map[string]float64{}
	for _, row := range material.Rows(t, "measure/ratings/ref_clmm_probit_par.csv")[1:] {
		par[row[0]] = material.Number(t, row[1])
	}
	m := mustFit(t, simulated(t), agreement.FitOptions{EqualDiscrimination: true, Reference: "city"})
	for _, threshold := range m.Thresholds {
		want := par[fmt.Sprintf("%v|%v", threshold.Below, threshold.Above)]
		if got := threshold.At; math.Abs(got.Value-want) > got.SD/3 {
			t.Errorf("threshold %v|%v: got %+v, want %v", threshold.Below, threshold.Above, got, want)
		}
	}
	for _, group := range m.Groups[1:] {
		if want := par["group"+group.Group]; math.Abs(group.Shift.Value-want) > group.Shift.SD/3 {
			t.Errorf("shift of %s: got %+v, want %v", group.Group, group.Shift, want)
		}
	}
	if got, want := m.Signal, math.Sqrt(par["var_unit"]); math.Abs(got.Value-want) > got.SD/3 {
		t.Errorf("standard deviation of units: got %+v, want %v", got, want)
	}
	if got, want := m.RaterSD, math.Sqrt(par["var_rater"]); math.Abs(got-want) > 0.02 {
		t.Errorf("standard deviation of raters: got %v, want %v", got, want)
	}
	modes := map[string][]string{}
	for _, row := range material.Rows(t, "measure/ratings/ref_clmm_probit_unit.csv")[1:] {
		modes[row[0]] = row
	}
	var x, y []float64
	for _, u := range m.Units {
		want, sd := material.Number(t, modes[u.Unit][1]), math.Sqrt(material.Number(t, modes[u.Unit][2]))
		if got := u.Position.Value * m.Signal.Value; math.Abs(got-want) > sd/3 {
			t.Errorf("unit %s: got %v, want %v, with a standard deviation of %v", u.Unit, got, want, sd)
		}
		x, y = append(x, u.Position.Value), append(y, want)
	}
	if r := pearson(x, y); r < 0.9995 {
		t.Errorf("positions correlate with clmm's by %v", r)
	}
}

// lmer treats ratings as distances; its predictions of units are in another unit and nearly on a line with positions.
func TestPositionsAreNearlyInLineWithThoseOfALinearModel(t *testing.T) {
	m := mustFit(t, simulated(t), agreement.FitOptions{EqualDiscrimination: true})
	blup := map[string]float64{}
	for _, row := range material.Rows(t, "measure/ratings/ref_lmer_unit_blup.csv")[1:] {
		blup[row[0]] = material.Number(t, row[1])
	}
	var x, y []float64
	for _, u := range m.Units {
		x, y = append(x, u.Position.Value), append(y, blup[u.Unit])
	}
	if r := pearson(x, y); r < 0.995 {
		t.Errorf("positions correlate with lmer's by %v", r)
	}
	variance := map[string]float64{}
	for _, row := range material.Rows(t, "measure/ratings/ref_lmer_varcomp.csv")[1:] {
		variance[row[0]] = material.Number(t, row[1])
	}
	// Shares of variance need no unit.
	share := variance["rater"] / variance["unit"]
	if got := square(m.RaterSD / m.Signal.Value); math.Abs(got-share) > 0.02 {
		t.Errorf("raters vary by %v of the units' variance, lmer says %v", got, share)
	}
	for i, row := range material.Rows(t, "measure/ratings/ref_lmer_fixef.csv")[2:] {
		want := material.Number(t, row[1]) / math.Sqrt(variance["unit"])
		if got := m.Groups[i+1].Shift.Value / m.Signal.Value; math.Abs(got-want) > 0.05 {
			t.Errorf("%s: shift of %v standard deviations of units, lmer says %v", m.Groups[i+1].Group, got, want)
		}
	}
}

func square(v float64) float64 { return v * v }

func pearson(x, y []float64) float64 {
	n, mx, my := float64(len(x)), 0.0, 0.0
	for i := range x {
		mx, my = mx+x[i]/n, my+y[i]/n
	}
	var xx, yy, xy float64
	for i := range x {
		xx, yy, xy = xx+square(x[i]-mx), yy+square(y[i]-my), xy+(x[i]-mx)*(y[i]-my)
	}
	return xy / math.Sqrt(xx*yy)
}

// Few surveys cannot tell 85 from 90 %: the full study, with hundreds, is test/speed/agreement.
func TestIntervalsHoldTheTruthAndTheRawMeanIsBeaten(t *testing.T) {
	const surveys = 3
	for name, d := range map[string]agreementtest.Design{"balanced": agreementtest.Balanced(), "random half": agreementtest.Unbalanced(false), "best half": agreementtest.Unbalanced(true), "many residents": agreementtest.ManyResidents()} {
		var sum agreementtest.Quality
		for seed := range uint64(surveys) {
			survey := d.Draw(seed)
			q := survey.Judge(mustFit(t, survey.Ratings, agreement.FitOptions{}))
			sum.Correlation += q.Correlation / surveys
			sum.RMSE += q.RMSE / surveys
			sum.Covered += q.Covered / surveys
			sum.MeanCorrelation += q.MeanCorrelation / surveys
			sum.MeanRMSE += q.MeanRMSE / surveys
		}
		if sum.Covered < 0.8 || sum.Covered > 0.99 || name == "balanced" && sum.Correlation < 0.97 {
			t.Errorf("%s: %+v", name, sum)
		}
		if sum.Correlation <= sum.MeanCorrelation || sum.RMSE >= sum.MeanRMSE {
			t.Errorf("%s: the raw mean is as good: %+v", name, sum)
		}
	}
}

func TestVignettesTellUseOfTheScaleFromExperience(t *testing.T) {
	design := agreementtest.Anchored()
	survey := design.Draw(3)
	m := mustFit(t, survey.Ratings, agreement.FitOptions{Reference: "city"})
	if city := m.Groups[0]; !city.Reference || city.Shift != (agreement.Estimate{}) || *city.Experience != (agreement.Estimate{}) {
		t.Errorf("the reference group has %+v", city)
	}
	for i, truth := range design.Groups[1:] {
		g := m.Groups[i+1]
		if math.Abs(g.Shift.Value-truth.Shift) > 2*g.Shift.SD || math.Abs(g.Experience.Value-truth.Experience) > 2*g.Experience.SD || g.Experience.SD > 0.25 {
			t.Errorf("%s: got shift %+v and experience %+v, want %v and %v", g.Group, g.Shift, *g.Experience, truth.Shift, truth.Experience)
		}
	}
	for i := range survey.Ratings {
		survey.Ratings[i].Vignette = false
	}
	both := design.Groups[2].Shift + design.Groups[2].Experience
	if g := mustFit(t, survey.Ratings, agreement.FitOptions{}).Groups[2]; g.Experience != nil || math.Abs(g.Shift.Value-both) > 0.3 {
		t.Errorf("without vignettes the shift must hold both, %v: %+v", both, g)
	}
}

func TestARaterWhoReadsTheScaleBackwardsHasANegativeDiscrimination(t *testing.T) {
	survey := agreementtest.Balanced().Draw(5)
	for i := range survey.Ratings {
		if survey.Ratings[i].Rater == "city003" {
			survey.Ratings[i].Value = 4 - survey.Ratings[i].Value
		}
	}
	for _, r := range mustFit(t, survey.Ratings, agreement.FitOptions{}).Raters {
		if (r.Discrimination.Value < 0) != (r.Rater == "city003") {
			t.Errorf("%s: %+v", r.Rater, r.Discrimination)
		}
	}
}

// Without the refusal of discriminations that differ by more than their mean, constant raters would be explained by units that all stand at one
// point, known precisely.
func TestWhereRatersShareNoOrderPositionsAreUnknown(t *testing.T) {
	for name, rating := range map[string]func(rater, unit int) int{
		"each rater always gives the same":   func(rater, _ int) int { return rater % 5 },
		"half of them read backwards":        func(rater, unit int) int { return []int{unit % 5, 4 - unit%5}[rater%2] },
		"they rate by lot, as a table of it": func(rater, unit int) int { return (rater*rater*7 + unit*unit*11 + rater*unit*13) % 23 % 5 },
	} {
		var ratings []agreement.Rating
		for r := range 20 {
			for u := range 40 {
				ratings = append(ratings, agreement.Rating{Rater: strconv.Itoa(r), Unit: strconv.Itoa(u), Value: float64(rating(r, u))})
			}
		}
		m := mustFit(t, ratings, agreement.FitOptions{})
		for _, u := range m.Units {
			if u.Position.SD < 0.7 {
				t.Errorf("%s: unit %s is known to stand at %+v; %q", name, u.Unit, *u.Position, m.Warnings)
				break
			}
		}
		if lot := name[0] == 't'; !lot && !strings.Contains(strings.Join(m.Warnings, "\n"), "all are taken as equally discerning") {
			t.Errorf("%s: warnings %q", name, m.Warnings)
		}
	}
}

func TestWhatTheModelCannotTellIsNamed(t *testing.T) {
	r := func(rater, group, unit string, value float64) agreement.Rating {
		return agreement.Rating{Rater: rater, Group: group, Unit: unit, Value: value}
	}
	var many []agreement.Rating
	for i := range 25 {
		many = append(many, r("a", "", strconv.Itoa(i), float64(i)), r("b", "", strconv.Itoa(i), float64(i)))
	}
	for name, c := range map[string]struct {
		ratings []agreement.Rating
		says    string
	}{
		"no ratings":             {nil, "fewer than two raters"},
		"one rater":              {[]agreement.Rating{r("a", "", "x", 1), r("a", "", "y", 2)}, "fewer than two raters"},
		"one unit":               {[]agreement.Rating{r("a", "", "x", 1), r("b", "", "x", 2)}, "fewer than two units"},
		"all equal":              {[]agreement.Rating{r("a", "", "x", 1), r("b", "", "x", 1), r("b", "", "y", 1)}, agreement.AllEqual},
		"no unit twice":          {[]agreement.Rating{r("a", "", "x", 1), r("b", "", "y", 2)}, agreement.NoPairs},
		"no ordinal scale":       {many, "25 different ratings"},
		"an unknown reference":   {[]agreement.Rating{r("a", "g", "x", 1)}, `"authority"`},
		"a rating not a number":  {[]agreement.Rating{r("a", "", "x", math.NaN())}, "row 1: rating"},
		"a rater in two parties": {[]agreement.Rating{r("a", "g", "x", 1), r("a", "h", "y", 1)}, "row 2: group"},
	} {
		options := agreement.FitOptions{}
		if name == "an unknown reference" {
			options.Reference = "authority"
		}
		if _, err := agreement.Fit(c.ratings, options); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v, want %q", name, err, c.says)
		}
	}
	var unfit *agreement.UnfitError
	if _, err := agreement.Fit(nil, agreement.FitOptions{}); !errors.As(err, &unfit) {
		t.Errorf("no ratings gave %v", err)
	}
	if _, err := agreement.Fit(many, agreement.FitOptions{Confidence: 2}); err == nil {
		t.Error("a confidence of 2 was taken")
	}
}

func TestWarningsNameUnitsWithoutRatingsAndPartsThatShareNone(t *testing.T) {
	var ratings []agreement.Rating
	for i := range 40 {
		part := i % 2
		ratings = append(ratings, agreement.Rating{Rater: fmt.Sprint("r", part, i/2%3), Group: []string{"authority", "residents"}[part], Unit: fmt.Sprint("u", part, i/6), Value: float64(i * 7 % 5)})
	}
	m, err := agreement.Fit(ratings, agreement.FitOptions{Units: []string{"u00", "forgotten"}})
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Join(m.Warnings, "\n")
	for _, want := range []string{`"forgotten" has not been rated`, "2 parts", `"authority" has rated no unit that another`, `"residents" has rated no unit that another`} {
		if !strings.Contains(all, want) {
			t.Errorf("%q does not say %q", all, want)
		}
	}
	if first := m.Units[0]; first.Unit != "forgotten" || first.Position != nil {
		t.Errorf("got %+v, want a unit without a position", first)
	}
}

func TestNothingDependsOnTheOrderOfRatings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := agreementtest.Design{Units: 12, OwnShift: 0.5, Discrimination: 0.5, Cuts: []float64{-0.5, 0.5}, Groups: []agreementtest.Group{
			{Name: "a", Raters: 3, Rate: 0.8}, {Name: "b", Raters: 2, Rate: 0.5, Shift: 1}}}
		ratings := d.Draw(rapid.Uint64().Draw(t, "seed")).Ratings
		want, err := agreement.Fit(ratings, agreement.FitOptions{})
		var unfit *agreement.UnfitError
		if errors.As(err, &unfit) {
			t.Skip(err)
		}
		if err != nil {
			t.Fatal(err)
		}
		got, err := agreement.Fit(rapid.Permutation(ratings).Draw(t, "shuffled"), agreement.FitOptions{})
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Fatalf("%v\n%s", err, diff)
		}
		for _, e := range estimates(want) {
			if !(e.Lower <= e.Value && e.Value <= e.Upper) || !(e.SD >= 0) || math.IsInf(e.Lower, 0) || math.IsInf(e.Upper, 0) {
				t.Fatalf("%+v", e)
			}
		}
	})
}

// estimates lists all of a model's estimates.
func estimates(m *agreement.Model) []agreement.Estimate {
	list := []agreement.Estimate{m.Signal}
	for _, u := range m.Units {
		list = append(list, *u.Position)
	}
	for _, r := range m.Raters {
		list = append(list, r.Shift, r.Discrimination)
	}
	for _, g := range m.Groups {
		list = append(list, g.Shift)
	}
	for _, t := range m.Thresholds {
		list = append(list, t.At)
	}
	return list
}
