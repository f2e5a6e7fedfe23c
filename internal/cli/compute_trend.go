package cli

import (
	"fmt"
	"slices"

	"github.com/cityrights/cityrights/measure"
)

type computeTrend struct {
	Table string `name:"data" help:"CSV of unit, indicator, period, value and direction (up, down, parity or none; or 1 and -1)." required:"" type:"path" env:"CITYRIGHTS_COMPUTE_DATA" placeholder:"FILE"`
	Out   string `help:"Folder for trend.csv, or a file; without it the table is printed." type:"path" placeholder:"DIR"`
	JSON  bool   `help:"Print the trends as JSON."`

	forceFlag
}

// Help shows an example.
func (computeTrend) Help() string {
	return example("cityrights compute trend --data series.csv --out trend.csv",
		"The slope per year is the median of those between every two points (Theil and Sen), with an interval of 95 per cent. The verdict is better or worse "+
			"where the whole interval lies on one side of 0, and too_little_data below five different times.")
}

// series is one indicator of one unit.
type series struct {
	unit, indicator string
	direction       measure.Direction
	points          []measure.Point
}

// Run judges each series.
func (r computeTrend) Run(c *call) error {
	t, err := readComputeTable(r.Table, "unit", "indicator", "period", "value", "direction")
	if err != nil {
		return err
	}
	list, err := seriesOf(t)
	if err != nil {
		return err
	}
	found := make([]trendReport, len(list))
	for i, s := range list {
		found[i] = trendOf(s)
		if found[i].Slope == nil && found[i].N >= measure.MinPoints {
			c.warn(fmt.Sprintf("%s of %s: its values are so large that a slope is beyond the range of numbers", s.indicator, s.unit))
		}
		if err := c.Err(); err != nil {
			return err
		}
	}
	table := resultTable{"trend.csv", []string{"unit", "indicator", "slope", "lower", "upper", "verdict", "n"}, func(yield func([]string) bool) {
		for _, f := range found {
			if !yield([]string{f.Unit, f.Indicator, decimalOf(f.Slope), decimalOf(f.Lower), decimalOf(f.Upper), string(f.Verdict), whole(f.N, true)}) {
				return
			}
		}
	}}
	return c.deliver(r.Out, r.JSON, found, table)
}

type trendReport struct {
	Unit      string          `json:"unit"`
	Indicator string          `json:"indicator"`
	N         int             `json:"n"`
	Slope     *float64        `json:"slope"`
	Lower     *float64        `json:"lower"`
	Upper     *float64        `json:"upper"`
	Verdict   measure.Verdict `json:"verdict"`
}

func trendOf(s *series) trendReport {
	verdict, slope := measure.Trend(s.points, s.direction)
	r := trendReport{Unit: s.unit, Indicator: s.indicator, Verdict: verdict}
	if slope == nil {
		times := map[float64]bool{}
		for _, p := range s.points {
			times[p.Time] = true
		}
		r.N = len(times)
		return r
	}
	r.N, r.Slope, r.Lower, r.Upper = slope.N, &slope.PerYear, &slope.Lower, &slope.Upper
	return r
}

// seriesOf gathers the rows of each series, in the order in which series begin. A missing value is left out: years are never filled in.
func seriesOf(t *computeTable) ([]*series, error) {
	type key struct{ unit, indicator string }
	type moment struct {
		key
		time float64
	}
	var list []*series
	known, seen := map[key]*series{}, map[moment]bool{}
	var wrong computeProblems
	for row := range t.rows {
		k := key{t.cell(row, t.column("unit")), t.cell(row, t.column("indicator"))}
		direction, err := directionOf(t.word(row, t.column("direction")))
		if err != nil {
			wrong.add(t.wrong(row, "direction", "%v", err))
			continue
		}
		s := known[k]
		if s == nil {
			s = &series{unit: k.unit, indicator: k.indicator, direction: direction}
			known[k] = s
			list = append(list, s)
		}
		time, err := parsePeriod(t.cell(row, t.column("period")))
		switch {
		case k.unit == "":
			wrong.add(t.wrong(row, "unit", "the unit is missing"))
		case k.indicator == "":
			wrong.add(t.wrong(row, "indicator", "the indicator is missing"))
		case s.direction != direction:
			wrong.add(t.wrong(row, "direction", "the direction of %s of %s is %s above and %s here", k.indicator, k.unit, s.direction, direction))
		case err != nil:
			wrong.add(t.wrong(row, "period", "%v", err))
		case seen[moment{k, time}]:
			wrong.add(t.wrong(row, "period", "%s of %s has this period twice", k.indicator, k.unit))
		}
		seen[moment{k, time}] = true
		value, present, err := t.number(row, t.column("value"))
		if err != nil {
			wrong.add(err)
		}
		if present {
			s.points = append(s.points, measure.Point{Time: time, Value: value})
		}
	}
	return list, wrong.joined()
}

func directionOf(text string) (measure.Direction, error) {
	switch text {
	case "1":
		return measure.Up, nil
	case "-1":
		return measure.Down, nil
	case "0":
		return measure.None, nil
	}
	if d := measure.Direction(text); slices.Contains([]measure.Direction{measure.Up, measure.Down, measure.Parity, measure.None}, d) {
		return d, nil
	}
	return "", fmt.Errorf("%q is no direction: write up, down, parity or none", text)
}
