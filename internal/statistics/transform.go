package statistics

import (
	"math"
	"strconv"
	"strings"
)

// Transform says how the source's values become the standard's. The zero value takes them as they are.
type Transform struct {
	Kind   TransformKind `json:"kind,omitempty"`
	By     float64       `json:"by,omitempty"`     // the factor of scale and per, the whole of complement
	Column string        `json:"column,omitempty"` // of difference
	A      string        `json:"a,omitempty"`
	B      string        `json:"b,omitempty"`
	Of     string        `json:"of,omitempty"`    // of a rate: the source indicator that holds the denominators
	Where  []Condition   `json:"where,omitempty"` // and which of them
}

// TransformKind is the kind of a transform.
type TransformKind string

const (
	ValueTransform      TransformKind = ""           // the value as it is
	ScaleTransform      TransformKind = "scale"      // value × By
	ComplementTransform TransformKind = "complement" // By − value
	DifferenceTransform TransformKind = "difference" // value where Column is A, less the value where it is B
	RateTransform       TransformKind = "per"        // value / denominator × By; see Base
)

// ParseTransform reads value, scale:N, complement:N, difference:Column:A:B, per:N:source, per:N:source:Column=value; empty is value. Its error can be said as a finding is, in the
// reader's language.
func ParseTransform(text string) (Transform, error) {
	kind, rest, _ := strings.Cut(text, ":")
	switch TransformKind(strings.ToLower(strings.TrimSpace(kind))) {
	case ValueTransform:
		if rest == "" {
			return Transform{}, nil
		}
	case "value":
		if strings.TrimSpace(rest) == "" {
			return Transform{}, nil
		}
		return Transform{}, problem("mapping.transform_value")
	case ScaleTransform, ComplementTransform:
		by, ok := plainNumber(strings.TrimSpace(rest))
		if !ok || by == 0 {
			return Transform{}, problem("mapping.transform_number", "kind", strings.TrimSpace(kind))
		}
		return Transform{Kind: TransformKind(strings.ToLower(strings.TrimSpace(kind))), By: by}, nil
	case DifferenceTransform:
		parts := strings.Split(rest, ":")
		if len(parts) != 3 {
			return Transform{}, problem("mapping.transform_difference")
		}
		t := Transform{Kind: DifferenceTransform, Column: tidyText(parts[0]), A: tidyText(parts[1]), B: tidyText(parts[2])}
		if foldName(t.Column) == "" || fold(t.A) == fold(t.B) {
			return Transform{}, problem("mapping.transform_difference")
		}
		return t, nil
	case RateTransform:
		return parsePer(rest)
	}
	return Transform{}, problem("mapping.transform", "value", text)
}

// String gives the form of the mapping file.
func (t Transform) String() string {
	switch t.Kind {
	case ScaleTransform, ComplementTransform:
		return string(t.Kind) + ":" + strconv.FormatFloat(t.By, 'f', -1, 64)
	case DifferenceTransform:
		return strings.Join([]string{string(t.Kind), t.Column, t.A, t.B}, ":")
	case RateTransform:
		text := string(t.Kind) + ":" + strconv.FormatFloat(t.By, 'f', -1, 64) + ":" + t.Of
		if len(t.Where) > 0 {
			text += ":" + selectText(t.Where)
		}
		return text
	}
	return "value"
}

// apply transforms one value. Results are rounded to the decimals that the operands have, so that 100 − 77.6 is 22.4.
func (t Transform) apply(v float64) float64 {
	switch t.Kind {
	case ScaleTransform:
		return roundTo(v*t.By, decimals(v)+decimals(t.By))
	case ComplementTransform:
		return subtract(t.By, v)
	}
	return v
}

// Value transforms a value as Bounds does its bounds, so that it stays within them; nil where it is not known or becomes no number. A difference
// takes two values, a rate the denominator: of one alone they give the value as it is.
func (t Transform) Value(v *float64) *float64 {
	if v == nil {
		return nil
	}
	if moved := t.apply(*v); finite(moved) {
		return &moved
	}
	return nil
}

// Bounds transforms the bounds of a value's interval, each nil where it is not known. The complement and a negative factor turn them
// round. Of a difference none is known: it would take how the two values go together; a rate's are made with its denominator.
func (t Transform) Bounds(lower, upper *float64) (newLower, newUpper *float64) {
	if t.Kind == DifferenceTransform || t.Kind == RateTransform {
		return nil, nil
	}
	if t.Kind == ComplementTransform || t.Kind == ScaleTransform && t.By < 0 {
		return t.Value(upper), t.Value(lower)
	}
	return t.Value(lower), t.Value(upper)
}

func subtract(a, b float64) float64 { return roundTo(a-b, max(decimals(a), decimals(b))) }

// decimals are the digits behind the point of a number's shortest form.
func decimals(v float64) int {
	text := strconv.FormatFloat(v, 'f', -1, 64)
	if i := strings.IndexByte(text, '.'); i >= 0 {
		return len(text) - i - 1
	}
	return 0
}

func roundTo(v float64, decimals int) float64 {
	if decimals > 15 || math.Abs(v) >= 1e15 {
		return v
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(v, 'f', decimals, 64), 64)
	if err != nil {
		return v
	}
	if rounded == 0 {
		return 0 // not −0
	}
	return rounded
}

// formatNumber writes a number in its shortest form.
func formatNumber(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func itoa(n int) string { return strconv.Itoa(n) }
