package agreement

import (
	"fmt"
	"math"
	"slices"

	"github.com/cityrights/cityrights/measure/internal/mistakes"
)

// Level is what differences between ratings mean.
type Level string

// The levels of measurement (Stevens, 1946).
const (
	Nominal       Level = "nominal"  // ratings are names: the same or not
	Ordinal       Level = "ordinal"  // only the order counts
	IntervalLevel Level = "interval" // differences count
	RatioLevel    Level = "ratio"    // differences count in relation to the size; no rating is negative
)

// Levels lists the levels that Alpha knows.
var Levels = []Level{Nominal, Ordinal, IntervalLevel, RatioLevel}

// LevelError is a level that Alpha does not know.
type LevelError struct{ Level Level }

func (e *LevelError) Error() string {
	return fmt.Sprintf("there is no level %q; it is one of nominal, ordinal, interval, ratio", string(e.Level))
}

// Why α is missing.
const (
	NoPairs     = "no unit has been rated by two raters, so there is nothing to compare"
	NoVariation = "all ratings that can be compared are equal, so agreement cannot be told from a constant habit"
	Beyond      = "ratings are so large that their squares are beyond what a number can hold"
)

// Alphas is α over all raters and within each group.
type Alphas struct {
	Level  Level
	All    Alpha
	Groups []Alpha // by name; none where no rating names a group
}

// Alpha is Krippendorff's α: 1 where all agree, 0 where they agree no more than ratings dealt out at random would, below 0 where they
// systematically disagree.
type Alpha struct {
	Group    string
	Value    *float64  // nil: see Missing
	Missing  string    // why there is no value
	Interval *Interval // nil without AlphaOptions.Replications, or where Value is nil or fewer than 19 in 20 replications have an α
	Units    int       // with at least two ratings
	Raters   int       // who rated one of these
	Ratings  int       // of these units
	Pairs    int       // of ratings of one unit
	Left     int       // ratings left out, since nobody else rated their unit
}

// AlphaOptions say whether and how an interval is drawn.
type AlphaOptions struct {
	Replications int     // of the bootstrap over units; 0: no interval
	Seed         uint64  // of the bootstrap; the same seed gives the same interval
	Confidence   float64 // between 0 and 1; 0 means 0.95
}

// KrippendorffAlpha computes α = 1 − Do/De over the coincidence matrix of the units that at least two raters have rated (Krippendorff, 2011).
// With n_c the number of such ratings with value c, δ² is, by level: 1 where c ≠ k; (Σ_{g=c..k} n_g − (n_c+n_k)/2)²; (c−k)²;
// ((c−k)/(c+k))². Missing ratings need no mark: they are absent from the list. The interval is the percentile interval of a bootstrap that
// draws units with replacement.
//
// A rating that is not finite, a negative one at the ratio level, a second one by the same rater of the same unit, or a rater in two groups is an
// *InvalidError, of several the first twenty are joined; an unknown level is a *LevelError. A confidence that does not lie between 0 and 1 is an error.
func KrippendorffAlpha(ratings []Rating, level Level, options AlphaOptions) (Alphas, error) {
	if !slices.Contains(Levels, level) {
		return Alphas{}, &LevelError{level}
	}
	if options.Confidence == 0 {
		options.Confidence = 0.95
	}
	if !(options.Confidence > 0 && options.Confidence < 1) {
		return Alphas{}, fmt.Errorf("a confidence of %v does not lie between 0 and 1", options.Confidence)
	}
	t, err := arrange(ratings)
	if err != nil {
		return Alphas{}, err
	}
	if level == RatioLevel {
		var wrong mistakes.List
		for i, r := range ratings {
			if r.Value < 0 {
				wrong.Add(&InvalidError{place(r, i), "rating", fmt.Sprintf("%v is negative, which the ratio level does not allow", r.Value)})
			}
		}
		if err := wrong.Joined(); err != nil {
			return Alphas{}, err
		}
	}
	out := Alphas{Level: level, All: t.alpha(level, options, func(int) bool { return true })}
	if len(t.groups) > 1 || len(t.groups) == 1 && t.groups[0] != "" {
		for g, name := range t.groups {
			one := t.alpha(level, options, func(rater int) bool { return t.groupOf[rater] == g })
			one.Group = name
			out.Groups = append(out.Groups, one)
		}
	}
	return out, nil
}

// alpha computes α over the raters that are wanted.
func (t *rated) alpha(level Level, options AlphaOptions, wanted func(rater int) bool) Alpha {
	var out Alpha
	var units [][]float64
	values := make([]float64, 0, len(t.cells)) // of all units, one after the other
	seen := make([]bool, len(t.raters))
	for from := 0; from < len(t.cells); {
		to, first := from, len(values)
		for ; to < len(t.cells) && t.cells[to].unit == t.cells[from].unit; to++ {
			if wanted(t.cells[to].rater) {
				values = append(values, t.cells[to].value)
			}
		}
		m := len(values) - first
		switch {
		case m < 2:
			out.Left += m
			values = values[:first]
		default:
			units = append(units, values[first:])
			out.Ratings += m
			out.Pairs += m * (m - 1) / 2
			for _, c := range t.cells[from:to] {
				if wanted(c.rater) && !seen[c.rater] {
					seen[c.rater] = true
					out.Raters++
				}
			}
		}
		from = to
	}
	out.Units = len(units)
	if len(units) == 0 {
		out.Missing = NoPairs
		return out
	}
	coded := code(units, values)
	value, missing := coded.alpha(level, nil)
	if out.Missing = missing; missing != "" {
		return out
	}
	out.Value = &value
	if options.Replications > 0 {
		out.Interval = coded.interval(level, options)
	}
	return out
}

// alphaFrom gives 1 − Do/De, or why it is missing. Both sums are over ordered pairs: observed is Σ_u Σ δ²/(m_u−1), expected is Σ n_c n_k δ² over n
// ratings.
func alphaFrom(observed, expected, n float64) (value float64, missing string) {
	value = 1 - (n-1)*observed/expected
	switch {
	case expected == 0:
		return 0, NoVariation
	case math.IsNaN(value) || math.IsInf(value, 0) || math.IsInf(expected, 0):
		return 0, Beyond
	}
	return value, ""
}
