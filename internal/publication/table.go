package publication

import (
	"slices"
	"strings"
)

// numberColumns hold numbers, or true and false, in the tables of docs/data.md. All others are texts, also where they look like numbers: a period
// is as its source writes it.
var numberColumns = strings.Fields(`population latitude longitude fictional settled self_assessed grade share_yes share_lower share_upper share_n value lower upper
	slope slope_lower slope_upper slope_n minimum reached lowest_value highest_value gap local count cases base draft minimum_value decisive year`)

// NumberColumn tells whether a column of a public table holds numbers.
func NumberColumn(name string) bool { return slices.Contains(numberColumns, name) }
