package agreement

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

// These tests look inside: at the derivatives, at the algebra of the eliminated blocks, and at the approximation itself.

func TestDerivativesOfAGradeAreThoseOfItsLogarithm(t *testing.T) {
	const h = 1e-5
	for _, c := range [][2]float64{{-1, 0.5}, {0.2, 0.9}, {-7, -6}, {5, 9}, {negativeInfinity, -2}, {1.5, positiveInfinity}, {-0.01, 0.01}, {18, 18.5}} {
		a, b := c[0], c[1]
		g := between(a, b)
		near := func(name string, got, want float64) {
			if math.Abs(got-want) > 2e-5*math.Max(1, math.Abs(want)) {
				t.Errorf("%s at [%v, %v]: got %v, want %v", name, a, b, got, want)
			}
		}
		if !math.IsInf(a, 0) {
			near("∂a", g.da, (between(a+h, b).log-between(a-h, b).log)/(2*h))
			near("∂a²", g.daa, (between(a+h, b).da-between(a-h, b).da)/(2*h))
		}
		if !math.IsInf(b, 0) {
			near("∂b", g.db, (between(a, b+h).log-between(a, b-h).log)/(2*h))
			near("∂b²", g.dbb, (between(a, b+h).db-between(a, b-h).db)/(2*h))
			near("∂a∂b", g.dab, (between(a, b+h).da-between(a, b-h).da)/(2*h))
		}
	}
	for _, c := range [][2]float64{{1, 1}, {2, 1}, {60, 61}, {math.NaN(), 1}} {
		if !between(c[0], c[1]).impossible {
			t.Errorf("[%v, %v] is taken as possible", c[0], c[1])
		}
	}
}

// drawn invents a small survey with vignettes, so that every kind of unknown occurs.
func drawn(t *rapid.T) *design {
	var ratings []Rating
	for r := range rapid.IntRange(2, 5).Draw(t, "raters") {
		for u := range rapid.IntRange(2, 6).Draw(t, "units") {
			ratings = append(ratings, Rating{Rater: strconv.Itoa(r), Group: []string{"a", "b"}[r%2], Unit: strconv.Itoa(u), Vignette: u == 0,
				Value: float64(rapid.IntRange(0, 3).Draw(t, "rating"))})
		}
	}
	table, err := arrange(ratings)
	if err != nil {
		t.Fatal(err)
	}
	d, err := newDesign(table, rapid.Bool().Draw(t, "equal"), "")
	if err != nil {
		t.Fatal(err)
	}
	if len(d.categories) < 2 {
		t.Skip("all equal")
	}
	if rapid.Bool().Draw(t, "discerning") { // as if some raters had enough ratings
		d.perRater = 2
		d.discerning[0], d.discerning[len(d.discerning)-1] = true, true
	}
	return d
}

func TestGradientIsThatOfTheLogPosterior(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, v := drawn(t), spread{1.1, 0.4, 0.3}
		s := d.begin(v)
		for _, list := range [][]float64{s.unit, s.rater} {
			for i := range list {
				list[i] = float64(rapid.IntRange(-10, 10).Draw(t, "value")) / 10
			}
		}
		m := newSystem(d)
		m.fill(s, v, true)
		const h = 1e-6
		check := func(name string, list []float64, i int, got float64) {
			was := list[i]
			list[i] = was + h
			up := d.logPosterior(s, v)
			list[i] = was - h
			down := d.logPosterior(s, v)
			list[i] = was
			if want := (up - down) / (2 * h); math.Abs(got-want) > 1e-6*math.Max(1, math.Abs(want))*10 {
				t.Fatalf("%s %d: gradient %v, want %v", name, i, got, want)
			}
		}
		for i := range s.common {
			check("common", s.common, i, m.right[m.n-d.common+i])
		}
		for u := range s.unit {
			if m.byUnit {
				check("unit", s.unit, u, m.blocks[u].gradient[0])
			} else {
				check("unit", s.unit, u, m.right[u])
			}
		}
		for i := range s.rater {
			if m.byUnit {
				check("rater", s.rater, i, m.right[i])
			} else {
				check("rater", s.rater, i, m.blocks[i/d.perRater].gradient[i%d.perRater])
			}
		}
	})
}

// Whether units or raters are eliminated makes no difference.
func TestEitherKindCanBeEliminated(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, v := drawn(t), spread{1, 0.4, 0.3}
		var logDet [2]float64
		var modes, variances [2]state
		for way := range 2 {
			m := newSystemBy(d, way == 0)
			s, _, _, err := m.mode(d.begin(v), v)
			if err != nil {
				t.Fatal(err)
			}
			if variances[way], err = m.variances(); err != nil {
				t.Fatal(err)
			}
			modes[way], logDet[way] = s, m.logDet
		}
		if math.Abs(logDet[0]-logDet[1]) > 1e-5 {
			t.Fatalf("log determinants %v", logDet)
		}
		for _, pair := range [][2]state{modes, variances} {
			far := difference(pair[0], pair[1])
			for _, list := range [][]float64{far.unit, far.rater, far.common} {
				for _, x := range list {
					if math.Abs(x) > 1e-4 {
						t.Fatalf("the two ways differ by %v", x)
					}
				}
			}
		}
	})
}

func referenceTable(t *testing.T, name string) [][]string {
	t.Helper()
	root := os.Getenv("CITYRIGHTS_SHARED")
	if root == "" {
		root = "../../../shared"
	}
	file, err := os.Open(root + "/reference/measure/ratings/" + name)
	if err != nil {
		t.Skipf("the reference material is not here (%v); set CITYRIGHTS_SHARED to its folder", err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

func parsed(t *testing.T, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// At the parameters that clmm of R's package ordinal found, without discriminations, Laplace's approximation of the likelihood, the most likely
// positions and their conditional variances are the same to the digits that clmm's own search leaves.
func TestApproximationIsThatOfClmmAtItsParameters(t *testing.T) {
	par := map[string]float64{}
	for _, row := range referenceTable(t, "ref_clmm_probit_par.csv") {
		par[row[0]] = parsed(t, row[1])
	}
	var ratings []Rating
	for _, row := range referenceTable(t, "in_sim_60x200_ratings.csv") {
		ratings = append(ratings, Rating{Rater: row[0], Group: row[1], Unit: row[2], Value: parsed(t, row[3])})
	}
	table, err := arrange(ratings)
	if err != nil {
		t.Fatal(err)
	}
	d, err := newDesign(table, true, "city")
	if err != nil {
		t.Fatal(err)
	}
	d.held = true
	sd := math.Sqrt(par["var_unit"])
	v := spread{noise: 1 / sd, shift: math.Sqrt(par["var_rater"]) / sd, discrimination: 1}
	s := d.newState()
	for k := range 4 {
		s.common[k] = par[fmt.Sprintf("%d|%d", k, k+1)] / sd
	}
	for _, group := range []string{"civil", "resident"} {
		s.common[d.shiftAt[numbers(d.groups)[group]]] = par["group"+group] / sd
	}
	m := newSystem(d)
	s, log, _, err := m.mode(s, v)
	if err != nil {
		t.Fatal(err)
	}
	for i, x := range s.common {
		log += x * x / (2 * d.commonVariance(i))
	}
	if got := log - m.logDet/2; math.Abs(got-par["logLik"]) > 1e-6 {
		t.Errorf("log likelihood %v, want %v", got, par["logLik"])
	}
	variance, err := m.variances()
	if err != nil {
		t.Fatal(err)
	}
	number := numbers(d.units)
	for _, row := range referenceTable(t, "ref_clmm_probit_unit.csv") {
		u := number[row[0]]
		if got, want := s.unit[u]*sd, parsed(t, row[1]); math.Abs(got-want) > 1e-6 {
			t.Errorf("unit %s: mode %v, want %v", row[0], got, want)
		}
		if got, want := variance.unit[u]*sd*sd, parsed(t, row[2]); math.Abs(got-want) > 1e-6 {
			t.Errorf("unit %s: variance %v, want %v", row[0], got, want)
		}
	}
}
