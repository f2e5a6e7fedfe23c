package ballot_test

import (
	"fmt"
	"testing"

	"github.com/cityrights/cityrights/ballot"
)

// BenchmarkDecide decides ballots of chambers of any size: the work is in the fractions, not in the seats.
func BenchmarkDecide(b *testing.B) {
	for size := int64(1); size <= 16; size *= 2 {
		closed := ballot.Ballot{Class: ballot.Substantive}
		for _, name := range ballot.ChamberNames() {
			closed.Chambers = append(closed.Chambers, ballot.Chamber{Name: name, Seats: 60 * size, Yes: 40*size - 1, No: 10 * size, Abstain: 3 * size})
		}
		b.Run(fmt.Sprintf("seats=%d", 240*size), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if d, err := ballot.Decide(closed); err != nil || d.Outcome != ballot.Adopted {
					b.Fatal(d, err)
				}
			}
		})
	}
}
