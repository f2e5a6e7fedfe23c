package disclosure

import "fmt"

const (
	// Usual is the threshold where nothing else was decided.
	Usual = 10
	// Lowest is the smallest threshold that a decision can set, for grounds that are not sensitive.
	Lowest = 5
)

// Threshold is the smallest number of people or cases behind a published figure. The zero value is the usual one.
type Threshold struct {
	k        int64 // 0: Usual
	decision string
}

// NewThreshold makes a threshold. Below Usual it needs the reference of a logged decision, and is never below Lowest.
func NewThreshold(k int64, decision string) (Threshold, error) {
	switch {
	case k < Lowest:
		return Threshold{}, fmt.Errorf("a threshold of %d is below %d, the lowest there is", k, Lowest)
	case k < Usual && decision == "":
		return Threshold{}, fmt.Errorf("a threshold of %d is below %d and needs a logged decision", k, Usual)
	}
	return Threshold{k, decision}, nil
}

// K is the number itself.
func (t Threshold) K() int64 {
	if t.k == 0 {
		return Usual
	}
	return t.k
}

// Decision is the reference of the decision that set the threshold, empty where none was needed.
func (t Threshold) Decision() string { return t.decision }

// HidesFigure tells whether too few people stand behind a figure, such as a share or a mean. A figure whose count is not known is hidden.
func (t Threshold) HidesFigure(n *int64) bool { return n == nil || *n < t.K() }
