package statistics

import (
	"regexp"
	"slices"
	"strings"
)

var rateUnit = regexp.MustCompile(`^per ([0-9][0-9, \x{00a0}]*) (.+)$`)

// UnitRate reads a unit of rates: "per 100,000 inhabitants" asks for the count by the population × 100,000. Of units that are of other
// people, households or births it gives the factor alone, because which source indicator holds those is the city's knowledge.
func UnitRate(unit string) (by float64, of string, ok bool) {
	m := rateUnit.FindStringSubmatch(strings.TrimSpace(unit))
	if m == nil {
		return 0, "", false
	}
	by, ok = plainNumber(strings.NewReplacer(",", "", " ", "", "\u00a0", "").Replace(m[1]))
	if w := words(m[2]); len(w) == 1 && slices.Contains([]string{"inhabitants", "residents", "people", "population"}, w[0]) {
		of = PopulationCode
	}
	return by, of, ok && by > 0
}
