package opinion

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// votesOf draws votes, some of them cast again, of up to thirty participants.
func votesOf(t *rapid.T) []Vote {
	participants, statements := rapid.IntRange(1, 30).Draw(t, "participants"), rapid.IntRange(1, 9).Draw(t, "statements")
	votes := make([]Vote, rapid.IntRange(1, 150).Draw(t, "votes"))
	for i := range votes {
		votes[i] = Vote{
			// ids of both kinds, and more votes by the first ones
			Participant: []string{"%d", "p%d"}[i%2],
			Statement:   fmt.Sprint(rapid.IntRange(0, statements-1).Draw(t, "statement")),
			Value:       Value(rapid.IntRange(-1, 1).Draw(t, "value")),
		}
		votes[i].Participant = fmt.Sprintf(votes[i].Participant, rapid.IntRange(0, participants-1).Draw(t, "participant"))
	}
	return votes
}

// statementsOf draws statuses, also of a statement that nobody votes on.
func statementsOf(t *rapid.T) []Statement {
	var list []Statement
	for id := range 11 {
		if rapid.IntRange(0, 4).Draw(t, "named") == 0 {
			list = append(list, Statement{fmt.Sprint(id), rapid.SampledFrom([]Status{Open, Out, Meta}).Draw(t, "status")})
		}
	}
	return list
}

func built(t *rapid.T, statements []Statement, batches ...[]Vote) *Conversation {
	c := &Conversation{}
	if err := c.SetStatements(statements...); err != nil {
		t.Fatal(err)
	}
	for _, votes := range batches {
		if err := c.Add(votes...); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

func conversations(t *rapid.T) *Conversation { return built(t, statementsOf(t), votesOf(t)) }

func drawn(t *rapid.T, c *Conversation, o Options) *Map {
	m, err := c.Map(o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// lastVotes keeps the last vote of each participant on each statement, so that what is left may come in any order.
func lastVotes(votes []Vote) (kept []Vote) {
	for i, v := range votes {
		if !slices.ContainsFunc(votes[i+1:], func(w Vote) bool { return w.Participant == v.Participant && w.Statement == v.Statement }) {
			kept = append(kept, v)
		}
	}
	return kept
}

func TestTheMapDoesNotDependOnTheOrderOfTheVotes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		votes, statements := votesOf(t), statementsOf(t)
		want := drawn(t, built(t, statements, votes), Options{Replicates: 2})
		shuffled := rapid.Permutation(lastVotes(votes)).Draw(t, "order")
		slices.Reverse(statements)
		sameMap(t, drawn(t, built(t, statements, shuffled), Options{Replicates: 2}), want)
	})
}

func TestVotesAddedLaterGiveTheMapOfAllVotesTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		votes, statements := votesOf(t), statementsOf(t)
		want := drawn(t, built(t, statements, votes), Options{})
		c, all := &Conversation{}, votes
		for len(votes) > 0 {
			n := rapid.IntRange(1, len(votes)).Draw(t, "next")
			if err := c.Add(votes[:n]...); err != nil {
				t.Fatal(err)
			}
			votes = votes[n:]
			switch rapid.IntRange(0, 3).Draw(t, "look") { // a map in between must leave no trace, whatever it groups
			case 1:
				drawn(t, c, Options{})
			case 2:
				if _, err := c.Map(Options{K: rapid.IntRange(1, 3).Draw(t, "k")}); err != nil && !strings.Contains(err.Error(), "different places") {
					t.Fatal(err)
				}
			case 3:
				given := map[string]string{}
				for _, v := range all[:len(all)-len(votes)] {
					if given[v.Participant] == "" {
						given[v.Participant] = rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "group")
					}
				}
				drawn(t, c, Options{Groups: given})
			}
		}
		if err := c.SetStatements(statements...); err != nil {
			t.Fatal(err)
		}
		sameMap(t, drawn(t, c, Options{}), want)
	})
}

func TestKeptMomentsAreThoseCountedAnew(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		votes := votesOf(t)
		c := built(t, nil, votes)
		c.moments = countMoments(c.rows, len(c.statements.ids))
		more := votesOf(t)
		if err := c.Add(more...); err != nil {
			t.Fatal(err)
		}
		if want := countMoments(c.rows, len(c.statements.ids)); !reflect.DeepEqual(c.moments, want) {
			t.Fatalf("kept %v, counted %v", c.moments, want)
		}
	})
}

func TestLawsOfEveryMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		votes := votesOf(t)
		m := drawn(t, built(t, statementsOf(t), votes), Options{Replicates: 2})
		if m.Votes != len(lastVotes(votes)) {
			t.Fatalf("%d votes count, want %d", m.Votes, len(lastVotes(votes)))
		}
		sizes := make([]int, len(m.Groups))
		for _, p := range m.Participants {
			if p.Votes >= min(enoughVotes, m.Columns) && p.Group < 0 {
				t.Fatalf("%s with %d votes is in no group", p.ID, p.Votes)
			}
			if p.Group >= 0 {
				sizes[p.Group]++
			}
		}
		for g, group := range m.Groups {
			if sizes[g] != group.Size || group.Size == 0 || g > 0 && group.Size > m.Groups[g-1].Size {
				t.Fatalf("groups have the sizes %v, said are %+v", sizes, m.Groups)
			}
			if len(m.Groups) > 1 && group.Size < smallestGroup(m.Grouped()) {
				t.Fatalf("a group of %d was found", group.Size)
			}
		}
		seen := map[int]bool{}
		for _, s := range m.Statements {
			if !(s.Informed > 0 && s.Informed <= 1 && s.Comparable >= s.Informed && s.Comparable <= 1 && s.Priority > 0) {
				t.Fatalf("%+v", s)
			}
			if s.Agree+s.Disagree > s.Seen || (s.Rank > 0) != (s.Status == Open && s.Seen > 0) || s.Rank > 0 && seen[s.Rank] {
				t.Fatalf("%+v", s)
			}
			seen[s.Rank] = true
		}
		if err := finite(reflect.ValueOf(*m)); err != "" {
			t.Fatalf("%s in %+v", err, m)
		}
	})
}

// finite finds a number that is none, or infinite.
func finite(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Float64:
		if f := v.Float(); math.IsNaN(f) || math.IsInf(f, 0) {
			return fmt.Sprint(f)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			return finite(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if bad := finite(v.Field(i)); bad != "" {
				return v.Type().Field(i).Name + ": " + bad
			}
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			if bad := finite(v.Index(i)); bad != "" {
				return bad
			}
		}
	default:
	}
	return ""
}

// Swapping agreement and disagreement mirrors the map, and what is shared becomes its opposite. Groups may differ where a participant stands as near to
// one as to another.
func TestOppositeVotesGiveTheMirroredMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		votes := votesOf(t)
		want := drawn(t, built(t, nil, votes), Options{})
		opposite := slices.Clone(votes)
		for i := range opposite {
			opposite[i].Value = -opposite[i].Value
		}
		got := drawn(t, built(t, nil, opposite), Options{})
		for i, p := range got.Participants {
			if q := want.Participants[i].Place; p.Place.X != -q.X || p.Place.Y != -q.Y {
				t.Fatalf("%s stands at %v, and with opposite votes at %v", p.ID, q, p.Place)
			}
		}
		if !reflect.DeepEqual(got.Consensus, Consensus{want.Consensus.Disagree, want.Consensus.Agree}) {
			t.Fatalf("%+v is not the opposite of %+v", got.Consensus, want.Consensus)
		}
	})
}
