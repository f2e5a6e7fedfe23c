package scorecard

import "cmp"

// Interval holds the bounds of a figure as its source gives them, Lower ≤ figure ≤ Upper; nil: not known. They inform and never judge.
type Interval struct {
	Lower *float64 `json:"lower,omitempty"`
	Upper *float64 `json:"upper,omitempty"`
}

// known tells whether every bound that is given is a number.
func (i Interval) known() bool {
	return (i.Lower == nil || finite(*i.Lower)) && (i.Upper == nil || finite(*i.Upper))
}

// compare orders intervals by their bounds, one that is not known first.
func (i Interval) compare(other Interval) int {
	return cmp.Or(compareKnown(i.Lower, other.Lower), compareKnown(i.Upper, other.Upper))
}

func compareKnown(a, b *float64) int {
	switch {
	case a != nil && b != nil:
		return cmp.Compare(*a, *b)
	case a != nil:
		return 1
	case b != nil:
		return -1
	}
	return 0
}

// bounds gives "lower to upper", either part empty where it is not known.
func (i Interval) bounds() string { return optional(i.Lower) + " to " + optional(i.Upper) }
