package index

import (
	"cmp"
	"slices"
)

// valued is a value with the row it stands in.
type valued struct {
	value float64
	row   int32
}

// ranker ranks columns again and again without allocating.
type ranker struct {
	groups [][]int // rows that are ranked among each other
	order  []valued
}

func newRanker(groups [][]int) *ranker { return &ranker{groups: groups} }

// descending puts the rank of each value into ranks: the largest has rank 1, equal ones all the smallest of their ranks, missing ones 0.
func (r *ranker) descending(column []float64, ranks []int32) {
	for _, rows := range r.groups {
		r.order = r.order[:0]
		for _, row := range rows {
			ranks[row] = 0
			if v := column[row]; !isMissing(v) {
				r.order = append(r.order, valued{-v, int32(row)})
			}
		}
		r.put(ranks)
	}
}

func (r *ranker) put(ranks []int32) {
	slices.SortFunc(r.order, func(a, b valued) int {
		if a.value < b.value {
			return -1
		}
		if a.value > b.value {
			return 1
		}
		return cmp.Compare(a.row, b.row)
	})
	for i, v := range r.order {
		ranks[v.row] = int32(i + 1)
		if i > 0 && r.order[i-1].value == v.value {
			ranks[v.row] = ranks[r.order[i-1].row]
		}
	}
}

// ascending gives the ranks of a column over all its rows: the smallest value has rank 1, equal ones all the smallest of their ranks,
// missing ones 0.
func ascending(column []float64) []int32 {
	r := ranker{order: make([]valued, 0, len(column))}
	for row, v := range column {
		if !isMissing(v) {
			r.order = append(r.order, valued{v, int32(row)})
		}
	}
	ranks := make([]int32, len(column))
	r.put(ranks)
	return ranks
}

// Ranks gives the rank of each row in each column, within its period: the largest value has rank 1, equal ones all the smallest of their
// ranks. A missing value has the rank 0.
func Ranks(t *Table) [][]int32 {
	by := newRanker(t.samePeriod())
	all := make([][]int32, len(t.columns))
	for j, column := range t.columns {
		all[j] = make([]int32, len(column))
		by.descending(column, all[j])
	}
	return all
}
