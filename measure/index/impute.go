package index

import (
	"fmt"
	"strings"
)

// Filling is a way to fill in what is missing.
type Filling string

const (
	NoFilling   Filling = "none"
	MeanOf      Filling = "mean"         // of the column
	MedianOf    Filling = "median"       // of the column
	GroupMean   Filling = "group-mean"   // of the column among rows with the same label
	GroupMedian Filling = "group-median" // the same with the median
	RowMean     Filling = "row-mean"     // of the row's indicators with the same parent, on a scale from 0 to 1
	LastValue   Filling = "locf"         // panels: the unit's last value before
	Linear      Filling = "linear"       // panels: between the unit's values before and after, beyond its first and last the nearest one
)

// Imputation says how to fill in what is missing. The zero value fills in nothing.
type Imputation struct {
	Filling Filling
	Label   string // of GroupMean and GroupMedian: the name of the labels that tell the groups
}

// ParseImputation reads none, mean, median, group-mean:LABEL, group-median:LABEL, row-mean, locf or linear.
func ParseImputation(text string) (Imputation, error) {
	name, label, labelled := strings.Cut(text, ":")
	switch f := Filling(name); f {
	case NoFilling, MeanOf, MedianOf, RowMean, LastValue, Linear:
		if !labelled {
			return Imputation{Filling: f}, nil
		}
	case GroupMean, GroupMedian:
		if label != "" {
			return Imputation{Filling: f, Label: label}, nil
		}
		return Imputation{}, fmt.Errorf("%s: name the column that tells the groups, as %s:Region", text, name)
	}
	return Imputation{}, fmt.Errorf("%q is no way to fill in: write none, mean, median, group-mean:COLUMN, group-median:COLUMN, row-mean, locf or linear", text)
}

func (m Imputation) String() string {
	switch {
	case m.Filling == "":
		return string(NoFilling)
	case m.Label != "":
		return string(m.Filling) + ":" + m.Label
	}
	return string(m.Filling)
}

// Impute fills in what is missing among the indicators of the tree. What cannot be filled in, since nothing is there to fill it from, stays
// missing, with a warning per column. Values that are there do not change.
func (m Imputation) Impute(t *Table, s *Structure) (*Table, []Warning, error) {
	var columns [][]float64
	var err error
	switch m.Filling {
	case "", NoFilling:
		return t, nil, nil
	case MeanOf:
		columns = each(t, func(column []float64) []float64 { return fillGroups(column, nil, average) })
	case MedianOf:
		columns = each(t, func(column []float64) []float64 { return fillGroups(column, nil, median) })
	case GroupMean, GroupMedian:
		labels, ok := t.labels[m.Label]
		if !ok {
			return nil, nil, fmt.Errorf("there is no column %q to tell the groups", m.Label)
		}
		centre := average
		if m.Filling == GroupMedian {
			centre = median
		}
		columns = each(t, func(column []float64) []float64 { return fillGroups(column, labels, centre) })
	case RowMean:
		columns = fillRows(t, s)
	case LastValue, Linear:
		columns, err = fillPeriods(t, m.Filling)
	default:
		err = fmt.Errorf("%q is no way to fill in", m.Filling)
	}
	if err != nil {
		return nil, nil, err
	}
	var warnings []Warning
	for j, column := range columns {
		if left := len(column) - len(present(column)); left > 0 {
			warnings = append(warnings, Warning{"impute", t.codes[j], fmt.Sprintf("%d values stay missing: there is nothing to fill them in from", left)})
		}
	}
	return t.with(t.codes, columns), warnings, nil
}

// each gives the columns with the incomplete ones replaced.
func each(t *Table, fill func([]float64) []float64) [][]float64 {
	columns := make([][]float64, len(t.columns))
	for j, column := range t.columns {
		columns[j] = column
		if !complete(column) {
			columns[j] = fill(column)
		}
	}
	return columns
}

func average(column []float64) float64 {
	m, _ := mean(column)
	return m
}

// fillGroups replaces what is missing by the centre of the values with the same label; of all values where labels is nil. Rows with the empty
// label stay as they are.
func fillGroups(column []float64, labels []string, centre func([]float64) float64) []float64 {
	groups := map[string][]float64{}
	of := func(i int) string {
		if labels == nil {
			return "all"
		}
		return labels[i]
	}
	for i, v := range column {
		groups[of(i)] = append(groups[of(i)], v)
	}
	centres := make(map[string]float64, len(groups))
	for label, values := range groups {
		centres[label] = centre(values)
	}
	filled := make([]float64, len(column))
	for i, v := range column {
		filled[i] = v
		if isMissing(v) && of(i) != "" {
			if c := centres[of(i)]; finite(c) {
				filled[i] = c
			}
		}
	}
	return filled
}
