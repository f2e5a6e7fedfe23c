package scorecard

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
)

// Number is the value of an indicator: a number, or yes or no. In JSON it is a number, true or false.
type Number struct {
	number float64
	yes    bool
	isBool bool
}

// Numeric makes a value that is a number; it must be finite, or JSON cannot hold it.
func Numeric(v float64) *Number { return &Number{number: v} }

// YesNo makes a value that is yes or no.
func YesNo(yes bool) *Number { return &Number{yes: yes, isBool: true} }

// Float gives the number; false where the value is yes or no.
func (n Number) Float() (float64, bool) { return n.number, !n.isBool }

// Bool gives yes or no; false as the second result where the value is a number.
func (n Number) Bool() (yes, ok bool) { return n.yes, n.isBool }

// Equal tells whether two values are the same.
func (n Number) Equal(m Number) bool { return n == m }

// String gives the value as it stands in JSON.
func (n Number) String() string {
	if n.isBool {
		return strconv.FormatBool(n.yes)
	}
	return strconv.FormatFloat(n.number, 'f', -1, 64)
}

// MarshalJSON writes a number, true or false.
func (n Number) MarshalJSON() ([]byte, error) {
	if n.isBool {
		return strconv.AppendBool(nil, n.yes), nil
	}
	return json.Marshal(n.number)
}

// UnmarshalJSON reads a number, true or false, and nothing else.
func (n *Number) UnmarshalJSON(text []byte) error {
	switch {
	case bytes.Equal(text, []byte("true")), bytes.Equal(text, []byte("false")):
		*n = Number{yes: text[0] == 't', isBool: true}
		return nil
	case len(text) > 0 && (text[0] == '-' || text[0] >= '0' && text[0] <= '9'):
		v, err := strconv.ParseFloat(string(text), 64)
		if err != nil {
			return fmt.Errorf("value %s: %w", text, err)
		}
		*n = Number{number: v}
		return nil
	}
	return fmt.Errorf("value %s is neither a number nor true or false", text)
}
