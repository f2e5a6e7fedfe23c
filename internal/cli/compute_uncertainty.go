package cli

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/cityrights/cityrights/measure/index"
)

type computeUncertainty struct {
	indexFlags
	alternativeFlags

	Replications   int    `help:"How many times to draw other choices." placeholder:"N"`
	StatisticsOnly bool   `help:"Write rankstats.csv only, which needs a third of the memory."`
	Out            string `help:"Folder for scores.csv, ranks.csv and rankstats.csv; without it the statistics are printed." type:"path" placeholder:"DIR"`
	JSON           bool   `help:"Print the statistics as JSON."`

	forceFlag
}

// Help shows an example.
func (computeUncertainty) Help() string {
	return example("cityrights compute uncertainty --data iData.csv --meta iMeta.csv --treat winsorise:5 --replications 1000 --seed 7 --out results",
		"Each replication draws a treatment, a normalisation, an aggregation and weights. The same seed gives the same bytes, on any number of cores.",
		"rankstats.csv says where each unit stands: its rank as built, and mean, median, 5th and 95th percentile over all replications.")
}

// The largest simulations, in rows times replications: a gigabyte or so each.
const (
	maxScores = 100_000_000
	maxRanks  = 250_000_000
)

// Run repeats the index.
func (u computeUncertainty) Run(c *call) error {
	if (u.Draws == "") == (u.Replications == 0) {
		return usageError{"name either --draws FILE or --replications N"}
	}
	if u.Replications < 0 {
		return usageError{fmt.Sprintf("--replications: %d is less than 1", u.Replications)}
	}
	job, err := u.build(c)
	if err != nil {
		return err
	}
	design, alternatives, err := u.design(job)
	if err != nil {
		return err
	}
	limit := maxScores
	if u.StatisticsOnly {
		limit = maxRanks
	}
	if rows := job.result.Scores.Rows(); design.Len() > limit/rows {
		return fmt.Errorf("%d replications of %d rows are more than %d results: draw fewer, or use --statistics-only", design.Len(), rows, limit)
	}
	simulation, end := u.simulation(c, job, alternatives, design.Len())
	spread, err := simulation.Uncertainty(design, u.Out != "" && !u.StatisticsOnly)
	end()
	if err != nil {
		return atDraw(err, u.Draws)
	}
	statistics := job.statistics(spread)
	files := []resultFile{statistics}
	if u.Out != "" && !u.StatisticsOnly {
		files = append(files, job.replicated("scores.csv", spread, func(row int) string { return decimal(spread.Nominal(row)) },
			func(row, replication int) string { return decimal(spread.Score(row, replication)) }),
			job.replicated("ranks.csv", spread, func(row int) string { return rankOf(spread.Statistics[row].Nominal) },
				func(row, replication int) string { return whole(spread.Rank(row, replication)) }))
	}
	if err := c.deliver(u.Out, u.JSON, job.spreadReport(spread), files...); err != nil || u.JSON || u.Out == "" {
		return err
	}
	fmt.Fprintf(c.Stdout, "%d replications of %d rows: the results are in %s.\n", design.Len(), len(spread.Statistics), plain(u.Out))
	return nil
}

// design gives the replications to run.
func (u computeUncertainty) design(job *indexJob) (index.Design, index.Alternatives, error) {
	if u.Draws != "" {
		drawn, err := readDraws(u.Draws, job)
		if err != nil {
			return nil, index.Alternatives{}, err
		}
		return drawn.draws, drawn.alternatives, nil
	}
	a, err := u.alternatives(job)
	return index.Random{Alternatives: a, Noise: u.WeightNoise, Replications: u.Replications, Seed: u.Seed}, a, err
}

// atDraw says of a replication that cannot be computed where its choices come from.
func atDraw(err error, draws string) error {
	var at *index.ReplicationError
	var refused *index.NotPositiveError
	switch {
	case draws != "" && errors.As(err, &at):
		return fmt.Errorf("%s: %w", draws, err)
	case errors.As(err, &refused):
		return fmt.Errorf("%w; --try-normalise and --try-aggregate say what is tried", err)
	}
	return err
}

func rankOf(rank int32) string { return whole(rank, rank > 0) }

// statistics gives rankstats.csv.
func (j *indexJob) statistics(s *index.Spread) resultTable {
	return resultTable{"rankstats.csv", append(j.head(), "Nominal", "Mean", "Median", "Q5", "Q95"), func(yield func([]string) bool) {
		for row, of := range s.Statistics {
			ranked := of.N > 0
			cells := append(j.key(row), rankOf(of.Nominal), decimal(of.Mean, ranked), decimal(of.Median, ranked), decimal(of.Q5, ranked), decimal(of.Q95, ranked))
			if !yield(cells) {
				return
			}
		}
	}}
}

// replicated gives a table with a column for each replication, behind the nominal one.
func (j *indexJob) replicated(name string, s *index.Spread, nominal func(int) string, of func(row, replication int) string) resultTable {
	header := append(j.head(), "Nominal")
	for replication := range s.Replications() {
		header = append(header, "r_"+strconv.Itoa(replication+1))
	}
	return resultTable{name, header, func(yield func([]string) bool) {
		for row := range s.Statistics {
			cells := append(make([]string, 0, len(header)), j.key(row)...)
			cells = append(cells, nominal(row))
			for replication := range s.Replications() {
				cells = append(cells, of(row, replication))
			}
			if !yield(cells) {
				return
			}
		}
	}}
}

type spreadReport struct {
	Replications int              `json:"replications"`
	Units        []spreadOfReport `json:"units"`
}

type spreadOfReport struct {
	Code         string   `json:"uCode"`
	Time         string   `json:"Time,omitempty"`
	Score        *float64 `json:"score"`
	Nominal      *int32   `json:"nominal"`
	Mean         *float64 `json:"mean"`
	Median       *float64 `json:"median"`
	Q5           *float64 `json:"q5"`
	Q95          *float64 `json:"q95"`
	Replications int      `json:"replications"`
}

func (j *indexJob) spreadReport(s *index.Spread) spreadReport {
	r := spreadReport{Replications: s.Replications(), Units: []spreadOfReport{}}
	for row, of := range s.Statistics {
		ranked, key := of.N > 0, j.key(row)
		u := spreadOfReport{
			Code: key[0], Score: optional(s.Nominal(row)), Nominal: optional(of.Nominal, of.Nominal > 0), Mean: optional(of.Mean, ranked),
			Median: optional(of.Median, ranked), Q5: optional(of.Q5, ranked), Q95: optional(of.Q95, ranked), Replications: of.N,
		}
		if len(key) > 1 {
			u.Time = key[1]
		}
		r.Units = append(r.Units, u)
	}
	return r
}
