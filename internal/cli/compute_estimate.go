package cli

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/measure/survey"
)

type computeEstimate struct {
	Responses   string    `help:"Table with one respondent per row." required:"" type:"path" placeholder:"FILE"`
	Variable    string    `help:"Column to estimate from; for a ratio two columns, as A/B." required:"" placeholder:"COL"`
	Kind        string    `help:"What to estimate: ${enum}; ${default} if not given." enum:"mean,total,proportion,ratio,quantile" default:"mean" placeholder:"KIND"`
	Denominator string    `help:"Column by which a ratio divides, instead of A/B." placeholder:"COL"`
	Category    string    `help:"Category whose proportion to estimate; without it 1 of a column of 0 and 1, else each one." placeholder:"NAME"`
	Probability []float64 `help:"Shares of the population for a quantile, by comma; ${default} if not given." default:"0.5" placeholder:"P"`
	Interval    string    `help:"Interval of a proportion: ${enum}; ${default} if not given." enum:"logit,linear,beta,wilson,arcsine" default:"logit" placeholder:"METHOD"`
	Level       float64   `help:"Confidence of the intervals, ${default} if not given." default:"0.95" placeholder:"P"`
	By          string    `help:"Column of the domains; without it one row for all." placeholder:"COL"`
	Weights     string    `help:"Column of the weights; without it they follow from --fpc, or all are the same." placeholder:"COL"`
	Strata      string    `help:"Column of the strata." placeholder:"COL"`
	Cluster     string    `help:"Column of the primary sampling units." placeholder:"COL"`
	Nest        bool      `help:"Names of clusters begin again in each stratum."`
	FPC         string    `name:"fpc" help:"Column of the number of primary sampling units in the stratum of the population, or of the share of them that was drawn." placeholder:"COL"`
	Lonely      string    `help:"What to do with a stratum of one unit: ${enum}; ${default} if not given." enum:"fail,certain,adjust,average" default:"fail" placeholder:"RULE"`
	Margin      []string  `help:"Table of categories and their totals in the population, to which the weights are raked first. Can be given several times." sep:"none" type:"path" placeholder:"FILE"`
	Weighted    bool      `name:"weighted-residuals" help:"After raking, weight the residuals from which standard errors come by the weights before, as for post-stratification, and not as R's rake does."`
	Out         string    `help:"Folder for estimates.csv, or a file; without it the estimates are printed." type:"path" placeholder:"DIR"`
	JSON        bool      `help:"Print the estimates as JSON, with who is missing among the respondents where margins are given."`

	forceFlag
}

// Help shows an example.
func (computeEstimate) Help() string {
	return example("cityrights compute estimate --responses answers.csv --variable safe --kind proportion --by district --weights weight --strata district --cluster street --fpc streets",
		"Intervals are by Student's t with the degrees of freedom of the domain. What cannot be known is left empty, with a warning that says why.",
		"docs/methods/survey.md explains each figure with an example.")
}

// surveyJob is a command whose files have been read.
type surveyJob struct {
	computeEstimate

	files  *surveyFiles
	design *survey.Design
	level  survey.Confidence
}

// surveyRow is an estimate with what tells it from the others of its domain.
type surveyRow struct {
	survey.Estimate

	Category    string   `json:"category,omitempty"`
	Probability *float64 `json:"probability,omitempty"`
}

// surveyReport is what a command prints for machines.
type surveyReport struct {
	Estimates []surveyRow    `json:"estimates"`
	Weights   *weightsReport `json:"weights,omitempty"`
}

// Run reads the sample, rakes its weights where margins are given, and estimates in each domain.
func (e computeEstimate) Run(c *call) error {
	if err := e.understand(); err != nil {
		return err
	}
	parts := map[survey.Part]string{survey.Weights: cmp.Or(e.Weights, e.FPC), survey.Strata: cmp.Or(e.Strata, e.Cluster), survey.Clusters: e.Cluster,
		survey.Population: e.FPC, survey.Values: e.Variable, survey.Domains: e.By}
	files, err := readResponses(e.Responses, parts, e.Variable, e.Denominator, e.By, e.Weights, e.Strata, e.Cluster, e.FPC)
	if err != nil {
		return err
	}
	job := surveyJob{computeEstimate: e, files: files, level: survey.Confidence(e.Level)}
	report := surveyReport{Estimates: []surveyRow{}}
	if report.Weights, err = job.weigh(); err != nil {
		return files.place(err)
	}
	if report.Estimates, err = job.estimates(); err != nil {
		return files.place(err)
	}
	for _, row := range report.Estimates {
		c.warn(row.warnings(e.Kind)...)
	}
	return c.deliver(e.Out, e.JSON, report, estimatesTable(report.Estimates))
}

// understand refuses flags that say nothing together, and takes the two columns of a ratio apart.
func (e *computeEstimate) understand() error {
	if e.Kind == "ratio" && e.Denominator == "" {
		above, below, ok := strings.Cut(e.Variable, "/")
		if !ok || above == "" || below == "" {
			return usageError{"--variable: a ratio needs two columns, as A/B, or --denominator"}
		}
		e.Variable, e.Denominator = above, below
	}
	switch {
	case e.Kind != "ratio" && e.Denominator != "":
		return usageError{"--denominator: only a ratio has one; add --kind ratio"}
	case e.Kind != "proportion" && e.Category != "":
		return usageError{"--category: only a proportion has one; add --kind proportion"}
	case !(e.Level >= 0.5 && e.Level <= 0.9999):
		return usageError{"--level: the confidence lies between 0.5 and 0.9999"}
	}
	for _, p := range e.Probability {
		if !(p > 0 && p < 1) {
			return usageError{"--probability: a share of the population lies between 0 and 1"}
		}
	}
	return nil
}

// weigh makes the design, and says what raking did where margins are given.
func (j *surveyJob) weigh() (*weightsReport, error) {
	margins, err := j.files.readMargins(j.Margin)
	if err != nil {
		return nil, err
	}
	sampling := survey.Sampling{Strata: j.files.words(j.Strata), Clusters: j.files.words(j.Cluster), NumberedWithin: j.Nest, Lonely: survey.LonelyRule(j.Lonely)}
	if j.Lonely == "fail" {
		sampling.Lonely = survey.LonelyFail
	}
	if sampling.Weights, err = j.files.numbers(j.Weights); err != nil {
		return nil, err
	}
	if sampling.Population, err = j.files.numbers(j.FPC); err != nil {
		return nil, err
	}
	if j.design, err = survey.NewDesign(len(j.files.responses.rows), sampling); err != nil || len(margins) == 0 {
		return nil, err
	}
	if j.design, err = j.design.Rake(margins, survey.RakeOptions{WeightedResiduals: j.Weighted}); err != nil {
		return nil, err
	}
	return reportWeights(j.design, margins)
}

// estimates gives the rows in the order of the domains, and within one in that of categories or probabilities.
func (j *surveyJob) estimates() ([]surveyRow, error) {
	domains := []survey.Domain{j.design.Whole()}
	if j.By != "" {
		var err error
		if domains, err = j.design.Domains(j.files.words(j.By)); err != nil {
			return nil, err
		}
	}
	figures, err := j.figures()
	if err != nil {
		return nil, err
	}
	rows := []surveyRow{}
	for _, in := range domains {
		for _, figure := range figures {
			row, err := figure(in)
			if err != nil {
				return nil, err
			}
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// surveyFigure makes one row for a domain.
type surveyFigure func(survey.Domain) (surveyRow, error)

// figures gives what is estimated in each domain.
func (j *surveyJob) figures() ([]surveyFigure, error) {
	if j.Kind == "proportion" {
		return j.proportions()
	}
	values, err := j.files.numbers(j.Variable)
	if err != nil {
		return nil, err
	}
	below, err := j.files.numbers(j.Denominator)
	if err != nil {
		return nil, err
	}
	one := func(estimate func(survey.Domain) (survey.Estimate, error)) []surveyFigure {
		return []surveyFigure{func(in survey.Domain) (surveyRow, error) {
			est, err := estimate(in)
			return surveyRow{Estimate: est}, err
		}}
	}
	switch j.Kind {
	case "total":
		return one(func(in survey.Domain) (survey.Estimate, error) { return j.design.Total(values, in, j.level) }), nil
	case "ratio":
		return one(func(in survey.Domain) (survey.Estimate, error) { return j.design.Ratio(values, below, in, j.level) }), nil
	case "quantile":
		var all []surveyFigure
		for _, p := range j.Probability {
			all = append(all, func(in survey.Domain) (surveyRow, error) {
				est, err := j.design.Quantile(values, p, in, j.level)
				return surveyRow{Estimate: est, Probability: &p}, err
			})
		}
		return all, nil
	}
	return one(func(in survey.Domain) (survey.Estimate, error) { return j.design.Mean(values, in, j.level) }), nil
}

// proportions gives a figure for the 1 of a column of 0 and 1, for the category that is asked for, or for each category.
func (j *surveyJob) proportions() ([]surveyFigure, error) {
	words := j.files.words(j.Variable)
	categories := slices.DeleteFunc(slices.Compact(slices.Sorted(slices.Values(words))), func(word string) bool { return word == "" })
	asked, label := categories, true
	switch {
	case j.Category != "" && !slices.Contains(categories, j.Category):
		return nil, usageError{"--category: nobody has answered " + strconv.Quote(j.Category) + " in the column " + j.Variable}
	case j.Category != "":
		asked = []string{j.Category}
	case !slices.ContainsFunc(categories, func(word string) bool { return word != "0" && word != "1" }):
		asked, label = []string{"1"}, false
	}
	var all []surveyFigure
	for _, category := range asked {
		holds := survey.Share(words, category)
		all = append(all, func(in survey.Domain) (surveyRow, error) {
			est, err := j.design.Proportion(holds, in, survey.Method(j.Interval), j.level)
			row := surveyRow{Estimate: est}
			if label {
				row.Category = category
			}
			return row, err
		})
	}
	return all, nil
}
