//nolint:misspell // names of the reference file
package survey_test

import (
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/cityrights/cityrights/measure/survey"
)

// reference is what R's survey 4.1-1 gave: estimate, standard error, lower, upper by case and domain; NaN where it gave nothing.
type reference map[string][4]float64

func readReference(t *testing.T) reference {
	file := shared(t, "ref_estimates.csv")
	all := reference{}
	est, se, lo, hi := file.numbers(t, "est"), file.numbers(t, "se"), file.numbers(t, "lo"), file.numbers(t, "hi")
	for i, name := range file["case"] {
		if domain := file["domain"][i]; domain != "" {
			name += "/" + domain
		}
		all[name] = [4]float64{est[i], se[i], lo[i], hi[i]}
	}
	return all
}

func near(got, want, tolerance float64) bool {
	return math.Abs(got-want) <= tolerance*max(1, math.Abs(want))
}

// compare wants the estimate, and the interval if it is by t. The peer's default interval is by z; then it is made here from the estimate and
// its standard error, so that its numbers are all used.
func (r reference) compare(t *testing.T, name string, got survey.Estimate, byZ bool, tolerance float64) {
	t.Helper()
	want, ok := r[name]
	if !ok {
		t.Fatalf("there is no reference %s", name)
	}
	if got.Value == nil || got.SE == nil || got.Lower == nil || got.Upper == nil {
		t.Fatalf("%s: incomplete: %+v", name, got)
	}
	have := [4]float64{*got.Value, *got.SE, *got.Lower, *got.Upper}
	if byZ {
		z := distuv.UnitNormal.Quantile(0.975)
		have[2], have[3] = have[0]-z*have[1], have[0]+z*have[1]
	}
	for k, value := range have {
		if !math.IsNaN(want[k]) && !near(value, want[k], tolerance) {
			t.Errorf("%s: %s is %.17g, want %.17g", name, []string{"estimate", "standard error", "lower end", "upper end"}[k], value, want[k])
		}
	}
}

func stratified(t testing.TB) (table, *survey.Design) {
	data := shared(t, "in_apistrat.csv")
	return data, design(t, len(data["stype"]), survey.Sampling{
		Weights: data.numbers(t, "pw"), Strata: data["stype"], Population: data.numbers(t, "fpc"),
	})
}

func clustered(t testing.TB) (table, *survey.Design) {
	data := shared(t, "in_apiclus1.csv")
	return data, design(t, len(data["stype"]), survey.Sampling{
		Weights: data.numbers(t, "pw"), Clusters: data["dnum"], Population: data.numbers(t, "fpc"),
	})
}

func design(t testing.TB, n int, s survey.Sampling) *survey.Design {
	t.Helper()
	d, err := survey.NewDesign(n, s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func margin(t testing.TB, file string, data table, column string) survey.Margin {
	t.Helper()
	known := shared(t, file)
	m := survey.Margin{Column: column, Answers: data[column]}
	for i, total := range known.numbers(t, "Freq") {
		m.Categories = append(m.Categories, survey.Category{Name: known[column][i], Total: total})
	}
	return m
}

func must[T any](value T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

func TestStratifiedSampleGivesTheReference(t *testing.T) {
	want := readReference(t)
	data, d := stratified(t)
	api00, enroll := data.numbers(t, "api00"), data.numbers(t, "enroll")
	for name, values := range map[string][]float64{"api00": api00, "enroll": enroll} {
		est := must(d.Mean(values, d.Whole(), 0))(t)
		want.compare(t, "strat_mean_t_"+name, est, false, 1e-9)
		want.compare(t, "strat_mean_z_"+name, est, true, 1e-9)
		if float64(est.DF) != want["strat_degf"][0] {
			t.Errorf("%d degrees of freedom", est.DF)
		}
	}
	want.compare(t, "strat_total_z_enroll", must(d.Total(enroll, d.Whole(), 0))(t), true, 1e-9)
	want.compare(t, "strat_ratio_apistu_enroll", must(d.Ratio(data.numbers(t, "api.stu"), enroll, d.Whole(), 0))(t), true, 1e-9)
	for _, kind := range []string{"E", "H", "M"} {
		want.compare(t, "strat_prop_z/stype"+kind, must(d.Proportion(survey.Share(data["stype"], kind), d.Whole(), survey.Linear, 0))(t), true, 1e-9)
	}
	est := must(d.Mean(api00, d.Whole(), 0))(t)
	if !near(*est.DesignEffect, want["strat_deff_api00"][0], 1e-9) {
		t.Errorf("design effect %v", *est.DesignEffect)
	}
	for _, p := range []float64{0.25, 0.5, 0.75} {
		est := must(d.Quantile(api00, p, d.Whole(), 0))(t)
		if *est.Value != want[fmt.Sprintf("strat_quantile_api00/%v", p)][0] {
			t.Errorf("quantile %v is %v", p, *est.Value)
		}
	}
}

func TestDomainsOfTheStratifiedSampleGiveTheReference(t *testing.T) {
	want := readReference(t)
	data, d := stratified(t)
	api00 := data.numbers(t, "api00")
	high := make([]float64, len(api00))
	for i, v := range api00 {
		if v > 700 {
			high[i] = 1
		}
	}
	for short, column := range map[string]string{"stype": "stype", "schwide": "sch.wide"} {
		for _, in := range must(d.Domains(data[column]))(t) {
			want.compare(t, "strat_domain_mean_api00_by_"+short+"/"+in.Name, must(d.Mean(api00, in, 0))(t), true, 1e-9)
			if short == "schwide" {
				want.compare(t, "strat_domain_prop_api00gt700_by_schwide/"+in.Name, must(d.Proportion(high, in, "", 0))(t), false, 1e-9)
			}
		}
	}
}

func TestIntervalsOfAProportionGiveTheReference(t *testing.T) {
	want := readReference(t)
	data, d := stratified(t)
	for _, c := range []struct {
		name      string
		method    survey.Method
		tolerance float64
	}{
		{"logit", survey.Logit, 1e-6}, {"xlogit", survey.Logit, 1e-9}, {"beta", survey.Beta, 1e-9},
		{"mean", survey.Linear, 1e-9}, {"asin", survey.Arcsine, 1e-9},
	} {
		est := must(d.Proportion(survey.Share(data["sch.wide"], "No"), d.Whole(), c.method, 0))(t)
		want.compare(t, "strat_svyciprop_"+c.name+"_schwideNo", est, false, c.tolerance)
	}
}

func TestClusterSampleGivesTheReference(t *testing.T) {
	want := readReference(t)
	data, d := clustered(t)
	for _, name := range []string{"api00", "enroll"} {
		est := must(d.Mean(data.numbers(t, name), d.Whole(), 0))(t)
		want.compare(t, "clus1_mean_t_"+name, est, false, 1e-9)
		want.compare(t, "clus1_mean_z_"+name, est, true, 1e-9)
		if name == "api00" && !near(*est.DesignEffect, want["clus1_deff_api00"][0], 1e-9) {
			t.Errorf("design effect %v", *est.DesignEffect)
		}
		if float64(est.DF) != want["clus1_degf"][0] {
			t.Errorf("%d degrees of freedom", est.DF)
		}
	}
	for _, kind := range []string{"E", "H", "M"} {
		want.compare(t, "clus1_prop_z/stype"+kind, must(d.Proportion(survey.Share(data["stype"], kind), d.Whole(), survey.Linear, 0))(t), true, 1e-9)
	}
}

func TestRakingGivesTheReference(t *testing.T) {
	want := readReference(t)
	data, d := clustered(t)
	margins := []survey.Margin{margin(t, "in_margin_stype.csv", data, "stype"), margin(t, "in_margin_schwide.csv", data, "sch.wide")}
	raked := must(d.Rake(margins, survey.RakeOptions{}))(t)
	for i, w := range shared(t, "ref_rake_clus1_weights.csv").numbers(t, "raked") {
		if got := raked.Weights()[i]; !near(got, w, 1e-9) {
			t.Errorf("weight %d is %v, want %v", i+1, got, w)
		}
	}
	want.compare(t, "rake_clus1_mean_api00", must(raked.Mean(data.numbers(t, "api00"), raked.Whole(), 0))(t), true, 1e-9)
	want.compare(t, "rake_clus1_total_enroll", must(raked.Total(data.numbers(t, "enroll"), raked.Whole(), 0))(t), true, 1e-9)
	if got := survey.EffectiveSize(raked.Weights()); !near(got, want["rake_clus1_kish_neff"][0], 1e-9) {
		t.Errorf("effective size %v", got)
	}
	if got := survey.WeightingEffect(raked.Weights()); !near(got, want["rake_clus1_mean_api00_naive_kish_deff"][0], 1e-9) {
		t.Errorf("weighting effect %v", got)
	}
}

func TestPostStratificationGivesTheReference(t *testing.T) {
	want := readReference(t)
	data, d := clustered(t)
	done := must(d.PostStratify(margin(t, "in_margin_stype.csv", data, "stype")))(t)
	for i, w := range shared(t, "ref_poststrat_clus1_weights.csv").numbers(t, "ps") {
		if got := done.Weights()[i]; !near(got, w, 1e-9) {
			t.Errorf("weight %d is %v, want %v", i+1, got, w)
		}
	}
	want.compare(t, "poststrat_clus1_mean_api00", must(done.Mean(data.numbers(t, "api00"), done.Whole(), 0))(t), true, 1e-9)
}
