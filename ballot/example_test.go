package ballot_test

import (
	"fmt"
	"log"

	"github.com/cityrights/cityrights/ballot"
)

func ExampleDecide() {
	d, err := ballot.Decide(ballot.Ballot{
		Class: ballot.Substantive,
		Chambers: []ballot.Chamber{
			{Name: ballot.Cities, Seats: 20, Yes: 12, No: 3, Abstain: 1},
			{Name: ballot.CivilSociety, Seats: 30, Yes: 18, No: 6},
			{Name: ballot.Residents, Seats: 50, Yes: 16, No: 16},
			{Name: ballot.Experts, Seats: 10, Yes: 6, No: 1, Abstain: 1},
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(d.Outcome, d.Shares.Mean)
	fmt.Println(d.Reason)
	// Output:
	// reject 407/560
	// In the chamber residents there are as many no as yes.
}
