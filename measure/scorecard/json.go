package scorecard

import (
	"encoding/json"
	"io"
)

// WriteJSON writes the scorecard as indented JSON, ending in a line feed. Numbers read back to the same float64.
func WriteJSON(w io.Writer, card Scorecard) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(card)
}
