package agreement_test

import (
	"strconv"
	"testing"

	"github.com/cityrights/cityrights/measure/agreement"
	"github.com/cityrights/cityrights/test/material"
)

// ratingsOf reads a table of one row per rater and one column per unit, without a header; empty is missing.
func ratingsOf(t testing.TB, rows [][]string) (ratings []agreement.Rating) {
	t.Helper()
	for rater, row := range rows {
		for unit, text := range row {
			if text != "" {
				ratings = append(ratings, agreement.Rating{Rater: strconv.Itoa(rater), Unit: strconv.Itoa(unit), Value: material.Number(t, text)})
			}
		}
	}
	return ratings
}

// simulated reads the 4,874 ratings of 200 units by 60 raters in three groups.
func simulated(t testing.TB) (ratings []agreement.Rating) {
	t.Helper()
	for i, row := range material.Rows(t, "measure/ratings/in_sim_60x200_ratings.csv")[1:] {
		ratings = append(ratings, agreement.Rating{Rater: row[0], Group: row[1], Unit: row[2], Value: material.Number(t, row[3]), Row: i + 2})
	}
	return ratings
}
