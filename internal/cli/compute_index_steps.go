package cli

import (
	"slices"
	"strconv"

	"github.com/cityrights/cityrights/measure/index"
)

// steps gives every step on the way to an index as a table.
func (j *indexJob) steps() []resultFile {
	r := j.result
	return []resultFile{
		j.screened(),
		j.table("steps/imputed.csv", r.Imputed),
		j.table("steps/treated.csv", r.Treated),
		j.treatment(),
		j.treatedPoints(),
		j.table("steps/normalised.csv", r.Normalised),
		j.weights(),
	}
}

// screened tells of each unit how much data it has, and whether it stayed.
func (j *indexJob) screened() resultTable {
	header := append(j.head(), "N_missing", "N_zero", "Dat_Avail", "Non_Zero", "Included")
	return resultTable{"steps/screened.csv", header, func(yield func([]string) bool) {
		for row, a := range j.result.Availability {
			cells := []string{a.Unit}
			if j.units.times != nil {
				cells = append(cells, j.units.times[row])
			}
			cells = append(cells, strconv.Itoa(a.Missing), strconv.Itoa(a.Zero), decimal(a.Available, true), decimal(a.NonZero, true), logical(a.Included()))
			if !yield(cells) {
				return
			}
		}
	}}
}

// treatment tells of each indicator what shape it had, and what was done.
func (j *indexJob) treatment() resultTable {
	header := []string{"iCode", "Pass_before", "Skew_before", "Kurt_before", "N_winsorised", "Logarithm", "Pass_after", "Skew_after", "Kurt_after"}
	return resultTable{"steps/treatment.csv", header, func(yield func([]string) bool) {
		for _, o := range j.result.Outcomes {
			if !yield([]string{
				o.Code, logical(o.Before.Passes()), decimal(o.Before.Skew, o.Before.Known), decimal(o.Before.Kurtosis, o.Before.Known), strconv.Itoa(o.Points()),
				logical(o.Logarithm), logical(o.After.Passes()), decimal(o.After.Skew, o.After.Known), decimal(o.After.Kurtosis, o.After.Known),
			}) {
				return
			}
		}
	}}
}

// treatedPoints marks each value that was changed: winhi, winlo or log.
func (j *indexJob) treatedPoints() resultTable {
	return resultTable{"steps/treated_points.csv", append(j.head(), j.result.Treated.Codes()...), func(yield func([]string) bool) {
		for row := range j.result.Treated.Rows() {
			cells := j.key(row)
			for column, o := range j.result.Outcomes {
				cells = append(cells, markOf(o, row, j.result.Treated, column))
			}
			if !yield(cells) {
				return
			}
		}
	}}
}

func markOf(o index.Outcome, row int, treated *index.Table, column int) string {
	_, present := treated.At(row, column)
	switch {
	case !present:
		return ""
	case o.Logarithm:
		return "log"
	case slices.Contains(o.High, row):
		return "winhi"
	case slices.Contains(o.Low, row):
		return "winlo"
	}
	return ""
}

// weights gives each weight as it is, and what it finally counts.
func (j *indexJob) weights() resultTable {
	return resultTable{"steps/weights.csv", []string{"iCode", "Level", "Weight", "EffWeight"}, func(yield func([]string) bool) {
		effective := j.result.Structure.EffectiveWeights()
		for i, n := range j.result.Structure.Nodes() {
			if !yield([]string{n.Code, strconv.Itoa(n.Level), decimal(n.Weight, true), decimal(effective[i], true)}) {
				return
			}
		}
	}}
}

// logical prints a truth as R does, which reads these tables back.
func logical(yes bool) string {
	if yes {
		return "TRUE"
	}
	return "FALSE"
}
