package measure

import (
	"math"
	"testing"
)

func TestInversionsAgreeWithCountingAllOrders(t *testing.T) {
	for n := 1; n <= 7; n++ {
		counted, orders := make([]float64, n*(n-1)/2+1), 0.0
		permute(n, func(order []int) {
			falling := 0
			for i := range order {
				for j := i + 1; j < n; j++ {
					if order[i] > order[j] {
						falling++
					}
				}
			}
			counted[falling]++
			orders++
		})
		for j, p := range inversions(n) {
			if math.Abs(p-counted[j]/orders) > 1e-14 {
				t.Errorf("%d values, %d falling pairs: got %v, want %v", n, j, p, counted[j]/orders)
			}
		}
	}
}

func permute(n int, visit func([]int)) {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	var place func(int)
	place = func(k int) {
		if k == n {
			visit(order)
		}
		for i := k; i < n; i++ {
			order[k], order[i] = order[i], order[k]
			place(k + 1)
			order[k], order[i] = order[i], order[k]
		}
	}
	place(0)
}

// The critical values of S are those of Kendall (1970), table 1: P(S ≥ k) = 0.0083, 0.0083, 0.015, 0.016, 0.022, 0.023.
func TestIntervalRankFollowsTheTableOfS(t *testing.T) {
	for n, k := range map[int]int{5: 10, 6: 13, 7: 15, 8: 18, 9: 20, 10: 23} {
		want := (n*(n-1)/2-k)/2 + 1
		if got := intervalRank(n); got != want {
			t.Errorf("%d points: rank %d, want %d", n, got, want)
		}
	}
	if got := intervalRank(MinPoints - 1); got != 0 {
		t.Errorf("%d points allow rank %d, want none", MinPoints-1, got)
	}
}

func TestApproximationContinuesTheExactRanks(t *testing.T) {
	exact, approximate := intervalRank(exactUpTo), intervalRank(exactUpTo+1)
	if step := approximate - exact; step < 10 || step > 25 {
		t.Fatalf("rank %d at %d points, %d at one more", exact, exactUpTo, approximate)
	}
}
