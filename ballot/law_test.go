package ballot_test

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/ballot"
)

// ballots draws any ballot that can be decided; most chambers are near the thresholds.
func ballots(t *rapid.T) ballot.Ballot {
	b := ballot.Ballot{
		Class:           rapid.SampledFrom(ballot.Classes()).Draw(t, "class"),
		LowersMinimum:   rapid.Bool().Draw(t, "lowers"),
		ImpactStatement: rapid.Bool().Draw(t, "impact"),
		OpenObjections:  rapid.Int64Range(0, 1).Draw(t, "objections"),
	}
	if rapid.Bool().Draw(t, "again") {
		b.Repeat = &ballot.Repeat{DaysAfter: rapid.Int64Range(14, 100).Draw(t, "days")}
	}
	for _, name := range ballot.ChamberNames() {
		seats := rapid.Int64Range(1, 40).Draw(t, "seats")
		no := rapid.Int64Range(0, seats/3).Draw(t, "no")
		yes := rapid.Int64Range(0, seats-no).Draw(t, "yes")
		b.Chambers = append(b.Chambers, ballot.Chamber{Name: name, Seats: seats, Yes: yes, No: no, Abstain: rapid.Int64Range(0, seats-no-yes).Draw(t, "abstain")})
	}
	return b
}

func decide(t *rapid.T, b ballot.Ballot) ballot.Decision {
	d, err := ballot.Decide(b)
	if err != nil {
		t.Fatalf("%+v: %v", b, err)
	}
	return d
}

func TestTheOrderOfTheChambersMakesNoDifference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := ballots(t)
		want := decide(t, b)
		b.Chambers = rapid.Permutation(b.Chambers).Draw(t, "order")
		if got := decide(t, b); !reflect.DeepEqual(got, want) {
			t.Fatalf("%+v, not %+v", got, want)
		}
	})
}

// better lists what can only help a text.
var better = map[string]func(*ballot.Ballot, *ballot.Chamber) bool{
	"one more yes from a seat that has not voted": func(_ *ballot.Ballot, c *ballot.Chamber) bool {
		c.Yes++
		return c.Yes+c.No+c.Abstain <= c.Seats
	},
	"a no becomes a yes": func(_ *ballot.Ballot, c *ballot.Chamber) bool {
		c.Yes, c.No = c.Yes+1, c.No-1
		return c.No >= 0
	},
	"a no becomes an abstention, where a yes is left": func(_ *ballot.Ballot, c *ballot.Chamber) bool {
		c.Abstain, c.No = c.Abstain+1, c.No-1
		return c.No >= 0 && c.Yes > 0
	},
	"an abstention becomes a yes": func(_ *ballot.Ballot, c *ballot.Chamber) bool {
		c.Yes, c.Abstain = c.Yes+1, c.Abstain-1
		return c.Abstain >= 0
	},
	"an objection is withdrawn": func(b *ballot.Ballot, _ *ballot.Chamber) bool { b.OpenObjections = 0; return true },
	"it turns out that no minimum gets lower": func(b *ballot.Ballot, _ *ballot.Chamber) bool {
		b.LowersMinimum = false
		return true
	},
	"an impact statement is published": func(b *ballot.Ballot, _ *ballot.Chamber) bool { b.ImpactStatement = true; return true },
}

func TestWhatHelpsATextNeverEndsItsAdoption(t *testing.T) {
	for name, change := range better {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				b := ballots(t)
				before := decide(t, b)
				b.Chambers = slices.Clone(b.Chambers)
				if !change(&b, &b.Chambers[rapid.IntRange(0, 3).Draw(t, "chamber")]) {
					t.Skip("nobody left for this")
				}
				if after := decide(t, b); before.Outcome == ballot.Adopted && after.Outcome != ballot.Adopted {
					t.Fatalf("adopted before, %s after: %s", after.Outcome, after.Reason)
				}
			})
		})
	}
}

func TestTheOutcomeFollowsFromTheReasons(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := ballots(t)
		d := decide(t, b)
		codes := map[string]bool{}
		for _, r := range d.Reasons {
			codes[r.Code] = true
		}
		if (d.Outcome == ballot.Adopted) != codes[ballot.Carried] || (d.Outcome == ballot.NoQuorum) != codes[ballot.QuorumMissed] {
			t.Fatalf("%s because of %v", d.Outcome, d.Reasons)
		}
		if d.Outcome == ballot.Blocked && (len(d.Reasons) != 1 || !codes[ballot.ObjectionOpen]) {
			t.Fatalf("blocked because of %v", d.Reasons)
		}
		if d.Outcome == ballot.Adopted && b.OpenObjections > 0 {
			t.Fatal("adopted against an open objection")
		}
	})
}

// A chamber's size gives it no weight: twice the seats and votes change no share.
func TestChambersWeighTheSameWhateverTheirSize(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := ballots(t)
		want := decide(t, b)
		b.Chambers = slices.Clone(b.Chambers)
		c := &b.Chambers[rapid.IntRange(0, 3).Draw(t, "chamber")]
		c.Seats, c.Yes, c.No, c.Abstain = 2*c.Seats, 2*c.Yes, 2*c.No, 2*c.Abstain
		if got := decide(t, b); got.Reason != want.Reason || got.Shares.Mean.String() != want.Shares.Mean.String() {
			t.Fatalf("%s, not %s", got.Reason, want.Reason)
		}
	})
}
