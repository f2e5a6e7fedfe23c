package index_test

import (
	"math"
	"slices"
	"testing"

	"github.com/cityrights/cityrights/measure/index"
)

func parsed[T any](t interface {
	Helper()
	Fatal(...any)
}, parse func(string) (T, error), text string) T {
	t.Helper()
	made, err := parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestDenominatingAsCOINrDoes(t *testing.T) {
	s := structure(t)
	data := coinr(t, "in_iData.csv")
	got, _, err := index.Denominate(data.table(t, s.Indicators()), s, data.table(t, []string{"Area", "Energy", "GDP", "Population"}))
	if err != nil {
		t.Fatal(err)
	}
	same(t, got, coinr(t, "ref_pipeline_Denominated.csv"), 1e-14)
}

func TestFillingInAsCOINrDoes(t *testing.T) {
	s := structure(t)
	raw := coinr(t, "ref_pipeline_Denominated.csv").table(t, s.Indicators())
	groups := coinr(t, "in_groups.csv")
	var labels []string
	for _, unit := range raw.Units() {
		labels = append(labels, groups.column("grp")[slices.Index(groups.column("uCode"), unit)])
	}
	if err := raw.Label("grp", labels); err != nil {
		t.Fatal(err)
	}
	for text, file := range map[string]string{
		"mean":             "ref_impute_i_mean.csv",
		"median":           "ref_impute_i_median.csv",
		"group-mean:grp":   "ref_impute_i_mean_grp.csv",
		"group-median:grp": "ref_impute_i_median_grp.csv",
		"row-mean":         "ref_impute_row_pillar_mean_normfirst.csv",
	} {
		t.Run(text, func(t *testing.T) {
			got, _, err := parsed(t, index.ParseImputation, text).Impute(raw, s)
			if err != nil {
				t.Fatal(err)
			}
			same(t, got, coinr(t, file), 1e-12)
		})
	}
}

func TestScreeningAsCOINrDoes(t *testing.T) {
	s := structure(t)
	raw := coinr(t, "ref_pipeline_Denominated.csv").table(t, s.Indicators())
	for file, rule := range map[string]index.Screening{
		"ref_screen_byNA_0.8.csv":         {Available: 0.8},
		"ref_screen_byzeros_0.8.csv":      {NonZero: 0.8},
		"ref_screen_byNAandzeros_0.8.csv": {Available: 0.8, NonZero: 0.8},
	} {
		t.Run(file, func(t *testing.T) {
			want := coinr(t, file)
			kept, found, err := rule.Screen(raw)
			if err != nil {
				t.Fatal(err)
			}
			for i, a := range found {
				available, _ := value(t, want.column("Dat_Avail")[i])
				nonZero, _ := value(t, want.column("Non_Zero")[i])
				included := want.column("Included")[i] == "TRUE"
				if math.Abs(a.Available-available) > 1e-12 || math.Abs(a.NonZero-nonZero) > 1e-12 || a.Included() != included || slices.Contains(kept.Units(), a.Unit) != included {
					t.Errorf("%+v, not %v available, %v non-zero, included %t", a, available, nonZero, included)
				}
			}
		})
	}
}

func TestTreatingOutliersAsCOINrDoes(t *testing.T) {
	s := structure(t)
	raw := coinr(t, "ref_pipeline_Denominated.csv").table(t, s.Indicators())
	for text, file := range map[string]string{"winsorise:5": "ref_qTreat_x.csv", "winsorise:3": "ref_qTreat_w3_logCTplus_x.csv"} {
		t.Run(text, func(t *testing.T) {
			got, _ := parsed(t, index.ParseTreatment, text).Treat(raw)
			same(t, got, coinr(t, file), 1e-12)
		})
	}
	details, points := coinr(t, "ref_qTreat_details.csv"), coinr(t, "ref_qTreat_points.csv")
	_, outcomes := index.Treatment{Winsorise: true, Points: 5}.Treat(raw)
	for i, o := range outcomes {
		if o.Code != details.column("iCode")[i] {
			t.Fatalf("%s, not %s", o.Code, details.column("iCode")[i])
		}
		check := func(what string, got float64, column string) {
			if want, ok := value(t, details.column(column)[i]); ok && math.Abs(got-want) > 1e-10*max(1, math.Abs(want)) {
				t.Errorf("%s: %s is %v, not %v", o.Code, what, got, want)
			}
		}
		check("skewness before", o.Before.Skew, "check_SkewKurt0.Skew")
		check("kurtosis before", o.Before.Kurtosis, "check_SkewKurt0.Kurt")
		check("skewness after", o.After.Skew, "check_SkewKurt1.Skew")
		check("kurtosis after", o.After.Kurtosis, "check_SkewKurt1.Kurt")
		check("points", float64(o.Points()), "winsorise.nwin")
		if passes := details.column("check_SkewKurt0.Pass")[i] == "TRUE"; passes != o.Before.Passes() {
			t.Errorf("%s passes: %t", o.Code, o.Before.Passes())
		}
		for row, mark := range points.column(o.Code) {
			if slices.Contains(o.High, row) != (mark == "winhi") || slices.Contains(o.Low, row) != (mark == "winlo") {
				t.Errorf("%s of row %d: %q", o.Code, row, mark)
			}
		}
	}
}

func TestNormalisingAsCOINrDoes(t *testing.T) {
	s := structure(t)
	treated := coinr(t, "ref_pipeline_Treated.csv").table(t, s.Indicators())
	for text, file := range map[string]string{
		"minmax:0:100":           "ref_norm_Treated_minmax_0_100.csv",
		"minmax:1:100":           "ref_norm_Treated_minmax_1_100.csv",
		"zscore:0:1":             "ref_norm_Treated_zscore_0_1.csv",
		"zscore:10:2":            "ref_norm_Treated_zscore_10_2.csv",
		"scaled:0:100":           "ref_norm_Treated_scaled.csv",
		"rank":                   "ref_norm_Treated_rank.csv",
		"borda":                  "ref_norm_Treated_borda.csv",
		"percentile":             "ref_norm_Treated_prank.csv",
		"fraction-max":           "ref_norm_Treated_fracmax.csv",
		"distance-max":           "ref_norm_Treated_dist2max.csv",
		"distance-target":        "ref_norm_Treated_dist2targ.csv",
		"distance-reference:BGR": "ref_norm_Treated_dist2ref_cap.csv",
	} {
		t.Run(text, func(t *testing.T) {
			got, warnings, err := parsed(t, index.ParseNormalisation, text).Normalise(treated, s)
			if err != nil {
				t.Fatal(err)
			}
			same(t, got, coinr(t, file), 1e-12)
			t.Log(warnings)
		})
	}
	posts := map[string]index.Goalpost{}
	in := coinr(t, "in_goalposts.csv")
	for i, code := range in.column("iCode") {
		lower, _ := value(t, in.column("goalpost_lower")[i])
		upper, _ := value(t, in.column("goalpost_upper")[i])
		factor, _ := value(t, in.column("goalpost_scale")[i])
		posts[code] = index.Goalpost{Lower: lower, Upper: upper, Factor: factor}
	}
	got, _, err := index.Normalisation{Scale: index.ByGoalposts, Goalposts: posts}.Normalise(treated, s)
	if err != nil {
		t.Fatal(err)
	}
	same(t, got, coinr(t, "ref_norm_Treated_goalposts.csv"), 1e-12)
}

func TestAggregatingAsCOINrDoes(t *testing.T) {
	s := structure(t)
	for file, text := range map[string]string{
		"ref_agg_N1_amean_Original.csv":             "amean",
		"ref_agg_N1_gmean_Original.csv":             "gmean",
		"ref_agg_N1_hmean_Original.csv":             "hmean",
		"ref_agg_N1_amean_amean_gmean_Original.csv": "amean,amean,gmean",
		"ref_agg_N1_amean_gmean_hmean_Original.csv": "amean,gmean,hmean",
	} {
		t.Run(text, func(t *testing.T) {
			want := coinr(t, file)
			got, _, err := index.Aggregate(want.table(t, s.Indicators()), s, parsed(t, index.ParseAggregations, text), 0)
			if err != nil {
				t.Fatal(err)
			}
			same(t, got, want, 1e-12)
		})
	}
}

func TestEffectiveWeightsAsCOINrHasThem(t *testing.T) {
	s := structure(t)
	want := coinr(t, "ref_effective_weights.csv")
	effective := s.EffectiveWeights()
	for i, n := range s.Nodes() {
		w, _ := value(t, want.column("EffWeight")[slices.Index(want.column("iCode"), n.Code)])
		if math.Abs(effective[i]-w) > 1e-15 {
			t.Errorf("%s counts %v, not %v", n.Code, effective[i], w)
		}
	}
}

func TestWholePipelineAsCOINrRunsIt(t *testing.T) {
	s := structure(t)
	raw := coinr(t, "ref_pipeline_Denominated.csv").table(t, s.Indicators())
	groups := coinr(t, "in_iData.csv")
	var labels []string
	for _, unit := range raw.Units() {
		labels = append(labels, groups.column("EurAsia_group")[slices.Index(groups.column("uCode"), unit)])
	}
	if err := raw.Label("EurAsia_group", labels); err != nil {
		t.Fatal(err)
	}
	r, err := index.Build(raw, s, index.Method{
		Impute:    parsed(t, index.ParseImputation, "group-mean:EurAsia_group"),
		Treat:     index.Treatment{Winsorise: true, Points: 5},
		Normalise: parsed(t, index.ParseNormalisation, "minmax:0:100"),
		Aggregate: []index.Aggregation{{Kind: index.Arithmetic}},
	})
	if err != nil {
		t.Fatal(err)
	}
	same(t, r.Imputed, coinr(t, "ref_pipeline_Imputed.csv"), 1e-12)
	same(t, r.Treated, coinr(t, "ref_pipeline_Treated.csv"), 1e-12)
	same(t, r.Normalised, coinr(t, "ref_pipeline_Normalised.csv"), 1e-12)
	same(t, r.Scores, coinr(t, "ref_pipeline_Aggregated.csv"), 1e-12)
	want := coinr(t, "ref_results_ranked.csv")
	for i, unit := range r.Scores.Units() {
		rank, _ := value(t, want.column("Rank")[slices.Index(want.column("uCode"), unit)])
		if got := r.Ranks[slices.Index(r.Scores.Codes(), "Index")][i]; got != int32(rank) {
			t.Errorf("%s has rank %d, not %v", unit, got, rank)
		}
	}
}
