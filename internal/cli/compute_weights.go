package cli

import (
	"fmt"
	"math"
	"strconv"

	"github.com/cityrights/cityrights/measure/survey"
)

type computeWeights struct {
	Responses string   `help:"Table with one respondent per row." required:"" type:"path" placeholder:"FILE"`
	Margin    []string `help:"Table of categories and their totals in the population; its first header names the column. Can be given several times." required:"" sep:"none" type:"path" placeholder:"FILE"`
	Base      string   `help:"Column of the weights to begin with, those of the sampling; without it all are the same." placeholder:"COL"`
	Out       string   `help:"Folder for weights.csv, or a file; without it the weights are printed." type:"path" placeholder:"DIR"`
	JSON      bool     `help:"Print what was done and who is missing among the respondents as JSON."`

	forceFlag
}

// Help shows an example.
func (computeWeights) Help() string {
	return example("cityrights compute weights --responses answers.csv --margin age.csv --margin district.csv --base weight --out weights.csv",
		"All margins must count the same people, and each category needs a respondent.",
		"docs/methods/survey.md explains what weights can mend and what they cannot.")
}

// Run rakes the weights to the margins and writes one per respondent.
func (w computeWeights) Run(c *call) error {
	files, err := readResponses(w.Responses, map[survey.Part]string{survey.Weights: w.Base}, w.Base)
	if err != nil {
		return err
	}
	raked, margins, err := files.rake(w.Base, w.Margin)
	if err != nil {
		return err
	}
	table := weightsTable(raked.Weights())
	if w.Out != "" {
		if err := writeResult(w.Out, c.results, table); err != nil {
			return err
		}
	}
	if w.Out == "" && !w.JSON {
		return table.writeTo(c.Stdout)
	}
	report, err := reportWeights(raked, margins)
	if err != nil {
		return files.place(err)
	}
	if w.JSON {
		return c.printJSON(report)
	}
	report.print(c)
	return nil
}

// rake makes the weights of the base column add up to the margins. What is wrong with the base and with the margins is told together.
func (f *surveyFiles) rake(base string, paths []string) (*survey.Design, []survey.Margin, error) {
	var wrong computeProblems
	margins, err := f.readMargins(paths)
	wrong.addEach(err)
	weights, err := f.numbers(base)
	wrong.addEach(err)
	if err := wrong.joined(); err != nil {
		return nil, nil, err
	}
	design, err := survey.NewDesign(len(f.responses.rows), survey.Sampling{Weights: weights})
	if err != nil {
		wrong.addEach(f.place(err))
		if design, err = survey.NewDesign(len(f.responses.rows), survey.Sampling{}); err != nil {
			return nil, nil, f.place(err) // one respondent, whose weight is wrong too
		}
	}
	raked, err := design.Rake(margins, survey.RakeOptions{})
	if err != nil {
		wrong.addEach(f.place(err))
	}
	return raked, margins, wrong.joined()
}

// weightsTable gives each respondent by the number of the row, the first one after the header being 1.
func weightsTable(weights []float64) resultTable {
	return resultTable{"weights.csv", []string{"row", "weight"}, func(yield func([]string) bool) {
		for i, w := range weights {
			if !yield([]string{strconv.Itoa(i + 1), decimal(w, true)}) {
				return
			}
		}
	}}
}

// weightsReport says what weighting did and what it cannot mend.
type weightsReport struct {
	Respondents int             `json:"n"`
	Effective   float64         `json:"neff"`
	Effect      float64         `json:"weighting_effect"`
	Sweeps      int             `json:"sweeps"`
	Gap         float64         `json:"gap"`
	Lowest      float64         `json:"lowest_factor"`
	Highest     float64         `json:"highest_factor"`
	Coverage    survey.Coverage `json:"coverage"`
}

func reportWeights(raked *survey.Design, margins []survey.Margin) (*weightsReport, error) {
	coverage, err := raked.Coverage(margins)
	if err != nil {
		return nil, err
	}
	done, _ := raked.Calibration()
	weights := raked.Weights()
	return &weightsReport{
		Respondents: raked.Len(), Effective: survey.EffectiveSize(weights), Effect: survey.WeightingEffect(weights),
		Sweeps: done.Sweeps, Gap: done.Gap, Lowest: done.Lowest, Highest: done.Highest, Coverage: coverage,
	}, nil
}

// shortfallsShown are as many as a reader takes in.
const shortfallsShown = 5

func (r *weightsReport) print(c *call) {
	fmt.Fprintf(c.Stdout, "%d weights, as precise as %.1f equal ones; multiplied by %.3g to %.3g in %d rounds.\n",
		r.Respondents, math.Floor(r.Effective*10)/10, r.Lowest, r.Highest, r.Sweeps)
	for _, s := range r.Coverage.Shortfalls[:min(shortfallsShown, len(r.Coverage.Shortfalls))] {
		fmt.Fprintf(c.Stdout, "  missing: %s %s is %.1f%% of the people and %.1f%% of the sample (%d respondents).\n",
			plain(s.Column), plain(s.Category), 100*s.Population, 100*s.Sample, s.Respondents)
	}
}
