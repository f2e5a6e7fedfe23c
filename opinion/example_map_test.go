package opinion_test

import (
	"fmt"
	"log"
	"strings"

	"github.com/cityrights/cityrights/opinion"
)

func ExampleConversation_Map() {
	var votes strings.Builder
	votes.WriteString("participant,statement,vote\n")
	for i := range 20 { // two camps that agree on the third statement
		side := 1 - 2*(i%2)
		fmt.Fprintf(&votes, "%d,buses,%d\n%d,cars,%d\n%d,trees,1\n", i, side, i, -side, i)
	}
	c, err := opinion.Read(strings.NewReader(votes.String()), "votes.csv")
	if err != nil {
		log.Fatal(err)
	}
	m, err := c.Map(opinion.Options{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(m)
	for _, s := range m.Statements {
		fmt.Printf("%-5s %s\n", s.ID, s.Verdict)
	}
	for _, w := range m.Warnings {
		fmt.Println(w.English())
	}
	// Output:
	// 60 votes, 20 participants, 3 statements; grouped 20, groups 2
	// buses contested
	// cars  contested
	// trees bridging
	// Participants differ along one axis only; the second is 0 for everybody.
}
