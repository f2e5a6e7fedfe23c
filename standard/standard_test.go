package standard

import "testing"

func TestAMinimumIsReachedOnTheSideThatIsGood(t *testing.T) {
	for _, c := range []struct {
		minimum, value float64
		good           Good
		want           bool
	}{
		{95, 95, Up, true}, {95, 94.9, Up, false}, {5, 5, Down, true}, {5, 5.1, Down, false},
		{0.8, 0.8, Parity, true}, {0.8, 1.25, Parity, true}, {0.8, 1.26, Parity, false}, {0.8, 0.79, Parity, false}, {0.8, 1, Parity, true},
		{1, 1, Yes, false}, {1, 1, None, false},
	} {
		if got := (Minimum{Value: c.minimum}).Reached(c.value, c.good); got != c.want {
			t.Errorf("minimum %v %s, value %v: %v", c.minimum, c.good, c.value, got)
		}
	}
}
