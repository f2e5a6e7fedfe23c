package scorecard

import "testing"

func TestTerminalShowsFewDigits(t *testing.T) {
	for v, want := range map[float64]string{32.8817308405: "32.9", 85.6892427075: "85.7", 9.342: "9.34", 0.0958: "0.0958", 16858: "16858", 465987.26: "465987.3",
		99.96: "100", 100: "100", 0: "0", -1.127: "-1.13", -1300.04: "-1300", 1e-7: "0.0000001"} {
		if got := round(v); got != want {
			t.Errorf("%v is shown as %s, want %s", v, got, want)
		}
	}
}
