package opinion

import (
	"fmt"
	"math/rand/v2"
)

// invented makes a conversation with three camps: each participant votes on so many statements, drawn anew for each, mostly with the own camp. Where
// camps is 0, votes are noise.
func invented(participants, statements, each, camps int) []Vote {
	random := rand.New(rand.NewPCG(11, uint64(participants)))
	lean := make([][]float64, max(camps, 1))
	for c := range lean {
		lean[c] = make([]float64, statements)
		for j := range lean[c] {
			if camps > 0 {
				lean[c][j] = random.Float64()
			} else {
				lean[c][j] = 0.5
			}
		}
	}
	people, theses := make([]string, participants), make([]string, statements)
	for i := range people {
		people[i] = fmt.Sprint(i)
	}
	for j := range theses {
		theses[j] = fmt.Sprint(j)
	}
	votes := make([]Vote, 0, participants*each)
	order := make([]int, statements)
	for j := range order {
		order[j] = j
	}
	for i := range people {
		camp := lean[random.IntN(len(lean))]
		for n := range each {
			at := n + random.IntN(statements-n)
			order[n], order[at] = order[at], order[n]
			v := Vote{people[i], theses[order[n]], Disagree}
			switch draw := random.Float64(); {
			case draw < 0.1:
				v.Value = Pass
			case random.Float64() < camp[order[n]]:
				v.Value = Agree
			}
			votes = append(votes, v)
		}
	}
	return votes
}
