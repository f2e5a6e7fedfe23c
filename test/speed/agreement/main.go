// Command agreement studies the latent model of measure/agreement on invented surveys whose truth is known: how close positions come to it,
// how often intervals hold it, and how much better that is than the mean of the ratings. It ends with 1 where a promise is missed.
//
//	go run ./test/speed/agreement -surveys 120 -seed 9000
//
// docs/methods/agreement.md has the figures.
package main

import (
	"flag"
	"fmt"
	"math"

	"github.com/cityrights/cityrights/measure/agreement"
	"github.com/cityrights/cityrights/measure/agreement/agreementtest"
	"github.com/cityrights/cityrights/test/speed/bench"
)

func main() {
	surveys := flag.Int("surveys", 120, "surveys of each design")
	seed := flag.Uint64("seed", 9000, "seed of the first survey")
	flag.Parse()
	b := bench.New("agreement")
	b.End(run(b, *surveys, *seed))
}

func run(b *bench.Bench, surveys int, seed uint64) error {
	for _, d := range []struct {
		name     string
		design   agreementtest.Design
		balanced bool
	}{
		{"balanced", agreementtest.Balanced(), true},
		{"unbalanced, a group rates a random half", agreementtest.Unbalanced(false), false},
		{"unbalanced, a group rates the best half", agreementtest.Unbalanced(true), false},
		{"many residents who rate little", agreementtest.ManyResidents(), false},
		{"three groups and five vignettes", agreementtest.Anchored(), false},
	} {
		result, err := study(d.design, surveys, seed)
		if err != nil {
			return err
		}
		result.report(b, d.name, d.balanced)
	}
	return speed(b)
}

// result sums up the surveys of one design.
type result struct {
	surveys, settled  int
	mean              agreementtest.Quality // of all surveys
	lowest            float64               // correlation
	lowestBest        float64               // of those who know all else
	beaten            int                   // surveys in which the raw mean was better by either measure
	shift, experience kept                  // of groups
	signal            float64               // mean of the estimates
}

// kept counts how often intervals hold the truth.
type kept struct {
	all, held int
	bias      float64 // summed
}

func (k *kept) count(e agreement.Estimate, truth float64) {
	k.all++
	k.bias += e.Value - truth
	if e.Lower <= truth && truth <= e.Upper {
		k.held++
	}
}

func (k kept) String() string {
	return fmt.Sprintf("bias %+.3f, 90 %% intervals hold %.1f %% of %d", k.bias/float64(k.all), 100*float64(k.held)/float64(k.all), k.all)
}

func study(d agreementtest.Design, surveys int, seed uint64) (result, error) {
	r := result{surveys: surveys, lowest: 1, lowestBest: 1}
	shift, experience := map[string]float64{}, map[string]float64{}
	for _, g := range d.Groups {
		shift[g.Name], experience[g.Name] = g.Shift, g.Experience
	}
	n := float64(surveys)
	for i := range surveys {
		survey := d.Draw(seed + uint64(i))
		m, err := agreement.Fit(survey.Ratings, agreement.FitOptions{})
		if err != nil {
			return r, fmt.Errorf("seed %d: %w", seed+uint64(i), err)
		}
		q := survey.Judge(m)
		r.mean.Correlation += q.Correlation / n
		r.mean.RMSE += q.RMSE / n
		r.mean.Covered += q.Covered / n
		r.mean.MeanCorrelation += q.MeanCorrelation / n
		r.mean.MeanRMSE += q.MeanRMSE / n
		r.mean.CentredCorrelation += q.CentredCorrelation / n
		r.mean.CentredRMSE += q.CentredRMSE / n
		r.mean.BestCorrelation += q.BestCorrelation / n
		r.mean.BestRMSE += q.BestRMSE / n
		r.lowest, r.lowestBest = math.Min(r.lowest, q.Correlation), math.Min(r.lowestBest, q.BestCorrelation)
		r.signal += m.Signal.Value / n
		if q.MeanCorrelation >= q.Correlation || q.MeanRMSE <= q.RMSE {
			r.beaten++
		}
		if m.Diagnostics.Converged {
			r.settled++
		}
		for _, g := range m.Groups {
			if g.Reference {
				continue
			}
			r.shift.count(g.Shift, shift[g.Group])
			if g.Experience != nil {
				r.experience.count(*g.Experience, experience[g.Group])
			}
		}
	}
	return r, nil
}

// report prints a design's figures beside what is promised of them.
func (r result) report(b *bench.Bench, name string, balanced bool) {
	q := r.mean
	fmt.Printf("%s, %d surveys:\n", name, r.surveys)
	fmt.Printf("  positions: lowest correlation %.4f, RMSE %.3f\n", r.lowest, q.RMSE)
	fmt.Printf("  with all but positions known, nobody can do better: correlation %.4f, lowest %.4f, RMSE %.3f\n", q.BestCorrelation, r.lowestBest, q.BestRMSE)
	fmt.Printf("  raw mean:  correlation %.4f, RMSE %.3f; at least as good in %d surveys\n", q.MeanCorrelation, q.MeanRMSE, r.beaten)
	fmt.Printf("  mean less each group's mean: correlation %.4f, RMSE %.3f\n", q.CentredCorrelation, q.CentredRMSE)
	fmt.Printf("  shifts of groups: %s; mean signal %.3f\n", r.shift, r.signal)
	if r.experience.all > 0 {
		fmt.Printf("  experience of groups: %s\n", r.experience)
	}
	b.AtLeast("  searches that settled", float64(r.settled), float64(r.surveys), "surveys", "")
	b.AtLeast("  positions held by intervals of 90 %", 100*q.Covered, 85, "%", "")
	b.AtMost("  positions held by intervals of 90 %", 100*q.Covered, 95, "%", "")
	if balanced {
		b.AtLeast("  correlation with the truth", q.Correlation, 0.97, "", "")
	} else {
		b.AtLeast("  correlation with the truth", q.Correlation, q.MeanCorrelation, "", "that of the raw mean")
		b.AtMost("  RMSE", q.RMSE, q.MeanRMSE, "", "that of the raw mean")
	}
	fmt.Println()
}
