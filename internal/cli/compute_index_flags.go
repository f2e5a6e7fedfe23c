package cli

import (
	"fmt"
	"strings"

	"github.com/cityrights/cityrights/measure/index"
)

// indexFlags say how an index is built; index, uncertainty and sensitivity share them.
type indexFlags struct {
	Table         string  `name:"data" help:"iData: CSV with uCode and a column for each indicator; in a panel also Time." required:"" type:"path" env:"CITYRIGHTS_COMPUTE_DATA" placeholder:"FILE"`
	Meta          string  `help:"iMeta: CSV with Level, iCode, Direction, Weight and Parent." required:"" type:"path" placeholder:"FILE"`
	Weights       string  `help:"CSV of iCode and Weight, before those of iMeta." type:"path" placeholder:"FILE"`
	Denominate    bool    `help:"Divide each indicator by the column that iMeta names as its Denominator."`
	Screen        float64 `help:"Leave out units of which less than this share of data is there, 0 to 1." default:"0" placeholder:"SHARE"`
	ScreenNonZero float64 `help:"Leave out units of whose data less than this share is other than 0." default:"0" placeholder:"SHARE"`
	Impute        string  `help:"none, mean, median, group-mean:COLUMN, group-median:COLUMN, row-mean; in a panel locf or linear." default:"none" placeholder:"HOW"`
	Treat         string  `help:"Outliers: none or winsorise:POINTS." default:"none" placeholder:"HOW"`
	Normalise     string  `help:"none, minmax:L:U, zscore:M:S, scaled:L:U, rank, borda, percentile, fraction-max, distance-max, distance-target, distance-reference:UNIT or goalposts:FILE; ${default} if not given." default:"minmax:0:100" placeholder:"HOW"`
	Aggregate     string  `help:"amean, gmean, hmean, power:P or copeland: one for all levels, or one per level, by comma; ${default} if not given." default:"amean" placeholder:"HOW"`
	Threshold     string  `help:"Smallest share of what belongs to an aggregate that must be there, 0 to 1, or none." default:"none" placeholder:"SHARE"`
}

// indexJob is an index that has been read and built.
type indexJob struct {
	units  *unitTable
	method index.Method
	result *index.Result
	kept   []int // rows of the data that were not screened out
}

// build reads the tables and builds the index.
func (f indexFlags) build(c *call) (*indexJob, error) {
	job := &indexJob{}
	if err := f.readMethod(&job.method); err != nil {
		return nil, err
	}
	given := &weightTable{}
	var err error
	if f.Weights != "" {
		if given, err = readWeights(f.Weights); err != nil {
			return nil, err
		}
	}
	meta, err := readMeta(f.Meta, given.weights)
	if err != nil {
		return nil, err
	}
	if f.Weights != "" {
		if err := given.known(meta.structure, f.Meta); err != nil {
			return nil, err
		}
	}
	if file, ok := strings.CutPrefix(f.Normalise, "goalposts:"); ok {
		job.method.Normalise.Scale = index.ByGoalposts
		if job.method.Normalise.Goalposts, err = readGoalposts(file, meta.structure); err != nil {
			return nil, err
		}
	}
	if job.units, err = readUnits(f.Table, meta.structure, job.method.Impute.Label, f.Denominate); err != nil {
		return nil, err
	}
	if list := job.units.divisible; len(list) > 0 {
		c.warn(fmt.Sprintf("iMeta names %s as denominators: without --denominate nothing is divided by them", strings.Join(list, ", ")))
	}
	values := job.units.values
	if f.Denominate {
		divided, warned, err := index.Denominate(values, meta.structure, job.units.others)
		if err != nil {
			return nil, meta.placed(err)
		}
		values = divided
		c.warnOf(warned)
	}
	if job.result, err = index.Build(values, meta.structure, job.method); err != nil {
		return nil, job.units.placed(meta.placed(err))
	}
	for row, a := range job.result.Availability {
		if a.Included() {
			job.kept = append(job.kept, row)
		}
	}
	c.warnOf(job.result.Warnings)
	return job, job.worthwhile()
}

// worthwhile refuses an index of which nothing could be computed.
func (j *indexJob) worthwhile() error {
	scores := j.result.Scores
	if scores.Rows() == 0 {
		return fmt.Errorf("no unit has enough data: all of them were screened out")
	}
	for _, code := range j.result.Structure.Tops() {
		for row := range scores.Rows() {
			if _, ok := scores.Value(row, code); ok {
				return nil
			}
		}
	}
	return fmt.Errorf("no unit has a score: see the warnings for what is missing")
}

// readMethod reads all that stands on the command line itself.
func (f indexFlags) readMethod(m *index.Method) (err error) {
	wrong := func(flag string, err error) error { return usageError{fmt.Sprintf("--%s: %v", flag, err)} }
	m.Screen = index.Screening{Available: f.Screen, NonZero: f.ScreenNonZero}
	for _, one := range []struct {
		flag  string
		share float64
	}{{"screen", f.Screen}, {"screen-non-zero", f.ScreenNonZero}} {
		if !(one.share >= 0 && one.share <= 1) {
			return wrong(one.flag, fmt.Errorf("%v is no share: it goes from 0 to 1", one.share))
		}
	}
	if m.Impute, err = index.ParseImputation(f.Impute); err != nil {
		return wrong("impute", err)
	}
	if m.Treat, err = index.ParseTreatment(f.Treat); err != nil {
		return wrong("treat", err)
	}
	if !strings.HasPrefix(f.Normalise, "goalposts:") {
		if m.Normalise, err = index.ParseNormalisation(f.Normalise); err != nil {
			return wrong("normalise", err)
		}
	}
	if m.Aggregate, err = index.ParseAggregations(f.Aggregate); err != nil {
		return wrong("aggregate", err)
	}
	if f.Threshold != "none" {
		if m.Threshold, err = parseNumber(f.Threshold); err != nil || m.Threshold < 0 || m.Threshold > 1 {
			return wrong("threshold", fmt.Errorf("%q is no share: write a number from 0 to 1, or none", f.Threshold))
		}
	}
	return nil
}

func (c *call) warnOf(warnings []index.Warning) {
	for _, w := range warnings {
		c.warn(w.String())
	}
}

// head gives the columns that tell the rows of a result apart.
func (j *indexJob) head() []string {
	if j.units.times != nil {
		return []string{"uCode", "Time"}
	}
	return []string{"uCode"}
}

// key gives what stands in them for a row of the result.
func (j *indexJob) key(row int) []string {
	at := j.kept[row]
	if j.units.times != nil {
		return []string{j.units.units[at], j.units.times[at]}
	}
	return []string{j.units.units[at]}
}
