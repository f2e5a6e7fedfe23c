package disclosure_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"

	"github.com/cityrights/cityrights/disclosure"
)

// People who asked the city for emergency shelter, by area and sex. The three women in the port could be known to their neighbours.
func ExampleTable_Suppress() {
	table, err := disclosure.TwoWay([][]int64{
		{20, 50, 10, 80},
		{8, 19, 22, 49},
		{17, 32, 3, 52},
		{45, 101, 35, 181},
	}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	threshold, err := disclosure.NewThreshold(5, "decision 2025/14: not a sensitive ground")
	if err != nil {
		fmt.Println(err)
		return
	}
	pattern, err := table.Suppress(threshold.Needs(table))
	if err != nil {
		fmt.Println(err)
		return
	}
	for row := range 4 {
		shown := make([]any, 4)
		for column := range shown {
			i := row*4 + column
			if shown[column] = table.Cells[i].Value; pattern.Hidden[i] {
				shown[column] = "hidden"
			}
		}
		fmt.Println(shown...)
	}
	fmt.Println("cost:", pattern.Cost, "cheapest of all:", pattern.Optimal())
	for _, i := range pattern.Intervals {
		fmt.Printf("cell %d: an attacker finds %d to %d\n", i.Cell+1, i.Lower, i.Upper)
	}
	// Output:
	// hidden 50 hidden 80
	// 8 19 22 49
	// hidden 32 hidden 52
	// 45 101 35 181
	// cost: 54 cheapest of all: true
	// cell 1: an attacker finds 17 to 30
	// cell 3: an attacker finds 0 to 13
	// cell 9: an attacker finds 7 to 20
	// cell 11: an attacker finds 0 to 13
}

// A city of 60,000 publishes how many people used a service, with noise, and may do so once more.
func ExampleBudget_Noise() {
	budget := disclosure.Budget{Epsilon: *big.NewRat(1, 1)}
	random := rand.NewChaCha8([32]byte{}) // for an example that always reads the same; never for real counts: crypto/rand.Reader is
	noisy, err := budget.Noise(random, "shelter 2025", []int64{120, 44, 9}, 60_000, 1, big.NewRat(1, 2))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(noisy), "counts; left of the budget:", budget.Left().RatString())
	_, err = budget.Noise(random, "shelter 2025, again", []int64{120}, 60_000, 1, big.NewRat(3, 4))
	fmt.Println(err)
	// Output:
	// 3 counts; left of the budget: 1/2
	// the privacy budget is used up: 1/2 is left, 3/4 is asked for
}
