package cli

import (
	"fmt"

	"github.com/cityrights/cityrights/measure/index"
)

type computeIndex struct {
	indexFlags

	Out  string `help:"Folder for scores.csv, ranks.csv and steps/; without it the scores are printed." type:"path" placeholder:"DIR"`
	JSON bool   `help:"Print scores, ranks, weights and what was treated as JSON."`

	forceFlag
}

// Help shows an example.
func (computeIndex) Help() string {
	return example("cityrights compute index --data iData.csv --meta iMeta.csv --treat winsorise:5 --normalise minmax:1:100 --aggregate amean,gmean --out results",
		"What cannot be computed is left empty, with a warning that says why.",
		"An index depends on choices: see cityrights compute uncertainty before you publish a rank. docs/methods/index.md explains each step.")
}

// Run builds the index and writes it with all its steps.
func (i computeIndex) Run(c *call) error {
	job, err := i.build(c)
	if err != nil {
		return err
	}
	scores := job.table("scores.csv", job.result.Scores)
	files := append([]resultFile{scores, job.ranks()}, job.steps()...)
	if err := c.deliver(i.Out, i.JSON, job.report(), files...); err != nil || i.JSON || i.Out == "" {
		return err
	}
	fmt.Fprintf(c.Stdout, "%d rows, %d indicators, %d aggregates: scores.csv, ranks.csv and steps are in %s.\n", job.result.Scores.Rows(),
		len(job.result.Structure.Indicators()), len(job.result.Structure.Aggregates()), plain(i.Out))
	return nil
}

// indexReport is an index for machines. Missing numbers are null.
type indexReport struct {
	Units     []unitReport      `json:"units"`
	Weights   []weightReport    `json:"weights"`
	Treatment []treatmentReport `json:"treatment"`
	Screened  []string          `json:"screened_out"`
	Warnings  []warningReport   `json:"warnings"`
}

type unitReport struct {
	Code   string              `json:"uCode"`
	Name   string              `json:"uName,omitempty"`
	Time   string              `json:"Time,omitempty"`
	Scores map[string]*float64 `json:"scores"`
	Ranks  map[string]*int32   `json:"ranks"`
}

type weightReport struct {
	Code      string  `json:"iCode"`
	Level     int     `json:"level"`
	Weight    float64 `json:"weight"`
	Effective float64 `json:"effective_weight"`
}

type treatmentReport struct {
	Code            string   `json:"iCode"`
	Points          int      `json:"winsorised_points"`
	Logarithm       bool     `json:"logarithm"`
	SkewBefore      *float64 `json:"skew_before"`
	KurtosisBefore  *float64 `json:"kurtosis_before"`
	SkewAfter       *float64 `json:"skew_after"`
	KurtosisAfter   *float64 `json:"kurtosis_after"`
	NeededTreatment bool     `json:"needed_treatment"`
}

type warningReport struct {
	Step string `json:"step"`
	Code string `json:"iCode"`
	Text string `json:"text"`
}

func (j *indexJob) report() indexReport {
	r := indexReport{Units: []unitReport{}, Screened: []string{}, Warnings: []warningReport{}}
	scores := j.result.Scores
	for row := range scores.Rows() {
		at := j.kept[row]
		u := unitReport{Code: j.units.units[at], Scores: map[string]*float64{}, Ranks: map[string]*int32{}}
		if j.units.names != nil {
			u.Name = j.units.names[at]
		}
		if j.units.times != nil {
			u.Time = j.units.times[at]
		}
		for k, code := range scores.Codes() {
			u.Scores[code] = optional(scores.At(row, k))
			rank := j.result.Ranks[k][row]
			u.Ranks[code] = optional(rank, rank > 0)
		}
		r.Units = append(r.Units, u)
	}
	effective := j.result.Structure.EffectiveWeights()
	for i, n := range j.result.Structure.Nodes() {
		r.Weights = append(r.Weights, weightReport{n.Code, n.Level, n.Weight, effective[i]})
	}
	for _, o := range j.result.Outcomes {
		r.Treatment = append(r.Treatment, treatmentReport{
			Code: o.Code, Points: o.Points(), Logarithm: o.Logarithm, NeededTreatment: !o.Before.Passes(),
			SkewBefore: optional(o.Before.Skew, o.Before.Known), KurtosisBefore: optional(o.Before.Kurtosis, o.Before.Known),
			SkewAfter: optional(o.After.Skew, o.After.Known), KurtosisAfter: optional(o.After.Kurtosis, o.After.Known),
		})
	}
	for _, a := range j.result.Availability {
		if !a.Included() {
			r.Screened = append(r.Screened, a.Unit)
		}
	}
	for _, w := range j.result.Warnings {
		r.Warnings = append(r.Warnings, warningReport(w))
	}
	return r
}

// table gives a table of the index as one to write.
func (j *indexJob) table(name string, t *index.Table) resultTable {
	codes := t.Codes()
	return resultTable{name, append(j.head(), codes...), func(yield func([]string) bool) {
		for row := range t.Rows() {
			cells := j.key(row)
			for column := range codes {
				cells = append(cells, decimal(t.At(row, column)))
			}
			if !yield(cells) {
				return
			}
		}
	}}
}

// ranks gives ranks.csv.
func (j *indexJob) ranks() resultTable {
	return resultTable{"ranks.csv", append(j.head(), j.result.Scores.Codes()...), func(yield func([]string) bool) {
		for row := range j.result.Scores.Rows() {
			cells := j.key(row)
			for _, ranks := range j.result.Ranks {
				cells = append(cells, whole(ranks[row], ranks[row] > 0))
			}
			if !yield(cells) {
				return
			}
		}
	}}
}
