package cli

import (
	"fmt"
	"strings"

	"github.com/cityrights/cityrights/measure/feasible"
)

type computeFeasible struct {
	Table     string `name:"data" help:"CSV of unit, indicator, period, value and resources." required:"" type:"path" env:"CITYRIGHTS_COMPUTE_DATA" placeholder:"FILE"`
	Reference string `help:"CSV of indicator, min, frontier and peak; with a column right, rights are scored too, and version and date are kept." required:"" type:"path" placeholder:"FILE"`
	AsOf      string `help:"Year from which the age of a component is counted; without it, the latest in the data." placeholder:"YEAR"`
	Rights    bool   `help:"Print rights instead of indicators: the mean of all components, none where one is absent or more than ten years old."`
	Out       string `help:"Folder for feasible.csv and, where the reference has rights, rights.csv, or a file for the one beside the other; without it the table is printed." type:"path" placeholder:"DIR"`
	JSON      bool   `help:"Print scores and rights as JSON."`

	forceFlag
}

// Help shows an example.
func (computeFeasible) Help() string {
	return example("cityrights compute feasible --data d.csv --reference frontiers.csv --out feasible.csv",
		"100 is the frontier: the most that any place has achieved with as much. Above the peak, more resources ask for more.",
		"For a city, resources are its fiscal capacity per head. The reference table is yours to choose and to date.")
}

// feasibleReport is all that was scored.
type feasibleReport struct {
	Version string                `json:"reference_version,omitempty"`
	Date    string                `json:"reference_date,omitempty"`
	AsOf    string                `json:"as_of"`
	Scores  []feasibleScoreReport `json:"scores"`
	Rights  []feasibleRightReport `json:"rights"`
}

type feasibleScoreReport struct {
	Unit      string   `json:"unit"`
	Indicator string   `json:"indicator"`
	Period    string   `json:"period"`
	Score     *float64 `json:"score"`
}

type feasibleRightReport struct {
	Unit       string   `json:"unit"`
	Right      string   `json:"right"`
	Score      *float64 `json:"score"`
	Components int      `json:"components"`
	Absent     []string `json:"absent"`
}

// Run scores each value, and each right where the reference names them.
func (f computeFeasible) Run(c *call) error {
	reference, report, err := readReference(f.Reference)
	if err != nil {
		return err
	}
	t, err := readComputeTable(f.Table, "unit", "indicator", "period", "value", "resources")
	if err != nil {
		return err
	}
	observations, rows, err := observationsOf(t, reference)
	if err != nil {
		return err
	}
	asOf, err := f.asOf(t, observations, rows, report)
	if err != nil {
		return err
	}
	of := make(map[string]feasible.Benchmark, len(reference))
	for _, b := range reference {
		of[b.Indicator] = b
	}
	unknown, next := 0, 0
	for row := range t.rows {
		scored := feasibleScoreReport{Unit: t.cell(row, t.column("unit")), Indicator: t.cell(row, t.column("indicator")), Period: t.cell(row, t.column("period"))}
		if next < len(rows) && rows[next] == row {
			score, known := of[scored.Indicator].Score(observations[next].Value, observations[next].Resources)
			if scored.Score = optional(score, known); !known {
				unknown++
			}
			next++
		}
		report.Scores = append(report.Scores, scored)
	}
	if unknown > 0 {
		c.warn(fmt.Sprintf("%d of %d values have no score: their indicator has a peak, and their resources are missing", unknown, len(observations)))
	}
	for _, r := range feasible.Rights(observations, reference, asOf) {
		report.Rights = append(report.Rights, feasibleRightReport{r.Unit, r.Right, optional(r.Score, r.Known()), r.Components, append([]string{}, r.Absent...)})
	}
	return f.deliver(c, report)
}

// asOf gives the time from which ages are counted, and notes the period it is that of.
func (f computeFeasible) asOf(t *computeTable, observations []feasible.Observation, rows []int, report *feasibleReport) (float64, error) {
	if f.AsOf != "" {
		report.AsOf = f.AsOf
		at, err := parsePeriod(f.AsOf)
		if err != nil {
			return 0, usageError{fmt.Sprintf("--as-of: %v", err)}
		}
		return at, nil
	}
	latest := 0.0
	for i, o := range observations {
		if o.Year > latest {
			latest, report.AsOf = o.Year, t.cell(rows[i], t.column("period"))
		}
	}
	return latest, nil
}

func (f computeFeasible) deliver(c *call, report *feasibleReport) error {
	scores, rights := report.scores(), report.rights()
	if f.Rights && len(report.Rights) == 0 {
		return placed(f.Reference, "there is no column right that says which right an indicator is a component of")
	}
	var files []resultFile
	switch {
	case f.Rights:
		files = []resultFile{rights, scores}
	case len(report.Rights) > 0:
		files = []resultFile{scores, rights}
	default:
		files = []resultFile{scores}
	}
	return c.deliver(f.Out, f.JSON, report, files...)
}

func (r *feasibleReport) scores() resultTable {
	return resultTable{"feasible.csv", []string{"unit", "indicator", "period", "score"}, func(yield func([]string) bool) {
		for _, s := range r.Scores {
			if !yield([]string{s.Unit, s.Indicator, s.Period, decimalOf(s.Score)}) {
				return
			}
		}
	}}
}

func (r *feasibleReport) rights() resultTable {
	return resultTable{"rights.csv", []string{"unit", "right", "score", "components", "absent"}, func(yield func([]string) bool) {
		for _, s := range r.Rights {
			if !yield([]string{s.Unit, s.Right, decimalOf(s.Score), whole(s.Components, true), strings.Join(s.Absent, "; ")}) {
				return
			}
		}
	}}
}

// readReference reads what indicators are measured against.
func readReference(path string) ([]feasible.Benchmark, *feasibleReport, error) {
	t, err := readComputeTable(path, "indicator", "min", "frontier", "peak")
	if err != nil {
		return nil, nil, err
	}
	return referenceOf(t)
}

func referenceOf(t *computeTable) ([]feasible.Benchmark, *feasibleReport, error) {
	report := &feasibleReport{Version: t.word(0, t.column("version")), Date: t.word(0, t.column("date")), Scores: []feasibleScoreReport{}, Rights: []feasibleRightReport{}}
	var reference []feasible.Benchmark
	var wrong computeProblems
	seen := map[string]bool{}
	for row := range t.rows {
		b := feasible.Benchmark{Indicator: t.cell(row, t.column("indicator")), Right: t.word(row, t.column("right"))}
		bad := false
		for _, part := range []struct {
			column   string
			into     *float64
			optional bool
		}{{"min", &b.Min, false}, {"frontier", &b.Frontier, false}, {"peak", &b.Peak, true}} {
			v, present, err := t.number(row, t.column(part.column))
			switch {
			case err != nil:
			case !present && !part.optional:
				err = t.wrong(row, part.column, "the value is missing")
			case part.optional && present && v <= 0:
				err = t.wrong(row, part.column, "the peak must be above 0; leave it empty where resources make no difference")
			}
			if *part.into = v; err != nil {
				wrong.add(err)
				bad = true
			}
		}
		switch {
		case b.Indicator == "":
			wrong.add(t.wrong(row, "indicator", "the indicator is missing"))
		case seen[b.Indicator]:
			wrong.add(t.wrong(row, "indicator", "%s stands twice", b.Indicator))
		case t.word(row, t.column("version")) != report.Version || t.word(row, t.column("date")) != report.Date:
			wrong.add(t.wrong(row, "version", "the table has more than one version or date"))
		case !bad:
			if err := b.Check(); err != nil {
				wrong.add(t.wrong(row, "frontier", "%v", err))
			}
		}
		seen[b.Indicator] = true
		reference = append(reference, b)
	}
	return reference, report, wrong.joined()
}

// observationsOf reads the values that are there, each with the row it stands in.
func observationsOf(t *computeTable, reference []feasible.Benchmark) (list []feasible.Observation, rows []int, err error) {
	known := map[string]bool{}
	for _, b := range reference {
		known[b.Indicator] = true
	}
	type key struct {
		unit, indicator string
		year            float64
	}
	seen := map[key]bool{}
	var wrong computeProblems
	for row := range t.rows {
		o := feasible.Observation{Unit: t.cell(row, t.column("unit")), Indicator: t.cell(row, t.column("indicator"))}
		var errs [3]error
		var present, resourced bool
		var resources float64
		o.Year, errs[0] = parsePeriod(t.cell(row, t.column("period")))
		if errs[0] != nil {
			errs[0] = t.wrong(row, "period", "%v", errs[0])
		}
		o.Value, present, errs[1] = t.number(row, t.column("value"))
		resources, resourced, errs[2] = t.number(row, t.column("resources"))
		if errs[2] == nil && resources < 0 {
			errs[2] = t.wrong(row, "resources", "resources are 0 or more, not %v", resources)
		}
		o.Resources = optional(resources, resourced)
		k := key{o.Unit, o.Indicator, o.Year}
		switch {
		case o.Unit == "":
			wrong.add(t.wrong(row, "unit", "the unit is missing"))
		case !known[o.Indicator]:
			wrong.add(t.wrong(row, "indicator", "the reference table has no %q", o.Indicator))
		case errs[0] == nil && seen[k]:
			wrong.add(t.wrong(row, "period", "%s of %s has this period twice", o.Indicator, o.Unit))
		}
		seen[k] = true
		for _, err := range errs {
			if err != nil {
				wrong.add(err)
			}
		}
		if present {
			list, rows = append(list, o), append(rows, row)
		}
	}
	return list, rows, wrong.joined()
}
