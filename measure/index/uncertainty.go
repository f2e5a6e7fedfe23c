package index

import (
	"errors"
	"fmt"
	"slices"
	"sync"
)

// Simulation is an index that is built many times over, with other choices each time.
type Simulation struct {
	Result       *Result // as built with the choices that were made: the nominal one
	Alternatives Alternatives
	Threshold    float64 // as in Method
	Target       string  // code of the aggregate that is looked at; empty: the one at the top
	Options      Options
}

// RankStatistics say where a row stands over all replications.
type RankStatistics struct {
	Nominal               int32 // rank with the choices that were made; 0 where it has none
	N                     int   // replications in which the row has a rank; below 1 the rest is 0 and means nothing
	Mean, Median, Q5, Q95 float64
}

// Spread is what a simulation found.
type Spread struct {
	Statistics   []RankStatistics // of each row of the nominal result
	replications int
	rows         int
	nominal      []float64
	scores       []float64 // replication by replication; nil where they were not kept
	ranks        []int32
}

// errNoReplications is the answer to a design of none.
var errNoReplications = errors.New("there is no replication to run")

// Uncertainty runs a design (OECD and JRC, 2008, step 7) and gives scores and ranks of every replication. Ranks are descending within a period,
// equal scores have the smallest of their ranks; quantiles are those of type 7. Scores take 8 bytes for each row and replication, ranks 4;
// without keepScores only ranks are kept. A replication that cannot be computed is a ReplicationError.
func (s Simulation) Uncertainty(design Design, keepScores bool) (*Spread, error) {
	target, err := s.Result.Structure.target(s.Target)
	if err != nil {
		return nil, err
	}
	p, err := prepare(s.Result, s.Alternatives, s.Threshold, design)
	if err != nil {
		return nil, err
	}
	rows := p.table.Rows()
	made := &Spread{rows: rows, replications: design.Len(), ranks: make([]int32, rows*design.Len())}
	if keepScores {
		made.scores = make([]float64, len(made.ranks))
	}
	err = p.run(design, target, s.Options, func(replication int, scores []float64, ranks []int32) {
		copy(made.ranks[replication*rows:], ranks)
		if keepScores {
			copy(made.scores[replication*rows:], scores)
		}
	})
	if err != nil {
		return nil, err
	}
	var nominal []int32
	made.nominal, nominal = s.nominal()
	made.Statistics = made.statistics(nominal)
	return made, nil
}

// nominal gives the scores and ranks of the target as it was built.
func (s Simulation) nominal() ([]float64, []int32) {
	code := s.Target
	if code == "" {
		code = s.Result.Structure.Tops()[0]
	}
	j := s.Result.Scores.place[code]
	return s.Result.Scores.columns[j], s.Result.Ranks[j]
}

// statisticsRows is how many rows are gathered at a time: their ranks in one replication lie side by side.
const statisticsRows = 64

func (s *Spread) statistics(nominal []int32) []RankStatistics {
	made := make([]RankStatistics, s.rows)
	var all sync.WaitGroup
	limit := make(chan struct{}, 8)
	for from := 0; from < s.rows; from += statisticsRows {
		limit <- struct{}{}
		all.Go(func() {
			defer func() { <-limit }()
			to := min(from+statisticsRows, s.rows)
			of := make([][]int32, to-from)
			for replication := range s.replications {
				for i, rank := range s.ranks[replication*s.rows+from : replication*s.rows+to] {
					if rank > 0 {
						of[i] = append(of[i], rank)
					}
				}
			}
			for i, ranks := range of {
				made[from+i] = statisticsOf(nominal[from+i], ranks)
			}
		})
	}
	all.Wait()
	return made
}

func statisticsOf(nominal int32, ranks []int32) RankStatistics {
	made := RankStatistics{Nominal: nominal, N: len(ranks)}
	if len(ranks) == 0 {
		return made
	}
	slices.Sort(ranks)
	sum := int64(0)
	sorted := make([]float64, len(ranks))
	for i, rank := range ranks {
		sum += int64(rank)
		sorted[i] = float64(rank)
	}
	made.Mean = float64(sum) / float64(len(ranks))
	made.Median, made.Q5, made.Q95 = quantile(sorted, 0.5), quantile(sorted, 0.05), quantile(sorted, 0.95)
	return made
}

// Replications is how many there are.
func (s *Spread) Replications() int { return s.replications }

// Nominal gives the score of a row with the choices that were made; false where it is missing.
func (s *Spread) Nominal(row int) (float64, bool) { return there(s.nominal[row]) }

// Score gives the score of a row in a replication; false where it is missing or was not kept.
func (s *Spread) Score(row, replication int) (float64, bool) {
	if s.scores == nil {
		return 0, false
	}
	return there(s.scores[replication*s.rows+row])
}

// Rank gives the rank of a row in a replication; false where it has none.
func (s *Spread) Rank(row, replication int) (int32, bool) {
	rank := s.ranks[replication*s.rows+row]
	return rank, rank > 0
}

func there(v float64) (float64, bool) {
	if isMissing(v) {
		return 0, false
	}
	return v, true
}

// String says how large it is.
func (s *Spread) String() string {
	return fmt.Sprintf("%d rows, %d replications", s.rows, s.replications)
}
