package opinion

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// given makes a conversation from rows of votes: + agree, - disagree, 0 pass, space unseen.
func given(t testing.TB, rows ...string) *Conversation {
	t.Helper()
	c := &Conversation{}
	for i, row := range rows {
		for j, mark := range row {
			if at := strings.IndexRune("-0+", mark); at >= 0 {
				if err := c.Add(Vote{fmt.Sprint(i), fmt.Sprint(j), Value(at - 1)}); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	return c
}

func codes(m *Map) string {
	var list []string
	for _, w := range m.Warnings {
		list = append(list, w.Code)
		if text := w.English(); text == "" || strings.ContainsAny(text, "{}") {
			list = append(list, "without a sentence")
		}
	}
	return strings.Join(list, " ")
}

func TestWhatTheDataDoesNotCarryIsSaid(t *testing.T) {
	for _, c := range []struct {
		name     string
		rows     []string
		warnings string
		groups   int
	}{
		{"one participant", []string{"+-+0+-+"}, "no_variance no_groups", 1},
		{"one vote", []string{"+"}, "no_variance no_groups", 1},
		{"one statement on which nobody differs", []string{"+", "+", "+"}, "no_variance no_groups", 1},
		{"one statement", []string{"+", "-", "+", "-", "+", "-"}, "one_axis", 2},
		{"all votes the same", slices.Repeat([]string{"+++++++"}, 20), "no_variance no_groups", 1},
		{"two votes for and against", []string{"+", "-"}, "one_axis no_groups", 1},
		{"all passes", slices.Repeat([]string{"0000000"}, 9), "no_variance no_groups", 1},
		{"one axis, two camps", append(slices.Repeat([]string{"+++++++-"}, 9), slices.Repeat([]string{"-------+"}, 9)...), "one_axis", 2},
		{"few votes each", append(slices.Repeat([]string{"+-        "}, 9), append(slices.Repeat([]string{"-+        "}, 9), "  ++++++++")...), "one_axis few_votes", 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := mapped(t, given(t, c.rows...), Options{Replicates: 3})
			if got := codes(m); got != c.warnings || len(m.Groups) != c.groups {
				t.Errorf("%s with %d groups, want %s with %d", got, len(m.Groups), c.warnings, c.groups)
			}
			if (m.Silhouette == nil) != (c.groups == 1) {
				t.Errorf("%d groups and the silhouette %v", c.groups, m.Silhouette)
			}
			if bad := finite(reflect.ValueOf(*m)); bad != "" {
				t.Error(bad)
			}
		})
	}
}

func TestNoVotesGiveNoMap(t *testing.T) {
	c := &Conversation{}
	if err := c.SetStatements(Statement{"1", Open}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Map(Options{}); err == nil || err.Error() != "there are no votes" {
		t.Fatal(err)
	}
}

func TestAConversationOfModeratedStatementsOnlyHasAMapWithoutAxes(t *testing.T) {
	c := given(t, "+-", "-+", "++")
	if err := c.SetStatements(Statement{"0", Out}, Statement{"1", Meta}); err != nil {
		t.Fatal(err)
	}
	m := mapped(t, c, Options{})
	if codes(m) != "no_variance no_groups" || m.Statements[0].Rank != 0 || m.Statements[1].Verdict != "" || len(m.Consensus.Agree) != 0 {
		t.Fatalf("%s %+v", codes(m), m.Statements)
	}
	if m.Statements[1].Priority != metaPriority {
		t.Errorf("a meta statement has the priority %v", m.Statements[1].Priority)
	}
}

func TestBadVotesStatementsAndOptionsAreNamed(t *testing.T) {
	c := given(t, "+-+", "-+-", "+++")
	before := c.listed()
	vote := func(votes ...Vote) error { return c.Add(votes...) }
	asked := func(o Options) error { _, err := c.Map(o); return err }
	for _, k := range []struct {
		err  error
		want string
	}{
		{vote(Vote{"1", "1", Agree}, Vote{"1", "2", 2}), "row 2: vote: 2 is none of 1 (agree), 0 (pass) and -1 (disagree)"},
		{vote(Vote{"", "1", Agree}), "row 1: participant: the id is empty"},
		{vote(Vote{"7", "", Agree}), "row 1: statement: the id is empty"},
		{c.SetStatements(Statement{"1", Open}, Statement{"", Open}), "row 2: statement: the id is empty"},
		{c.SetStatements(Statement{"1", Out}, Statement{"1", Open}), `row 2: statement: "1" is named twice`},
		{c.SetStatements(Statement{"1", "gone"}), `row 1: status: there is no status "gone"`},
		{asked(Options{K: -1}), "k: -1 is no number of groups; write 1 to 255"},
		{asked(Options{K: 256}), "k: 256 is no number of groups; write 1 to 255"},
		{asked(Options{K: 4}), "k: 4 groups cannot be made of participants at 3 different places"},
		{asked(Options{Groups: map[string]string{}}), "group: nobody is in a group"},
		{asked(Options{Groups: map[string]string{"1": "a", "9": "b"}}), `participant: "9" is in a group and has not voted`},
		{asked(Options{K: 2, Groups: map[string]string{"1": "a"}}), "k: groups are given, so their number is"},
	} {
		var named *Error
		if !errors.As(k.err, &named) || k.err.Error() != k.want {
			t.Errorf("got %v, want %s", k.err, k.want)
		}
	}
	if !slices.Equal(c.listed(), before) {
		t.Error("something was added nevertheless")
	}
	many := &Conversation{}
	groups := map[string]string{}
	for i := range 300 {
		groups[fmt.Sprint(i)] = fmt.Sprint("g", i)
		if err := many.Add(Vote{fmt.Sprint(i), "1", Agree}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := many.Map(Options{Groups: groups}); err == nil || !strings.Contains(err.Error(), "300 groups") {
		t.Error(err)
	}
}

func TestTheNumberOfGroupsCanBeForced(t *testing.T) {
	c := given(t, append(slices.Repeat([]string{"+++++++++"}, 12), append(slices.Repeat([]string{"---------"}, 12), "+--++--++")...)...)
	for k := 1; k <= 3; k++ {
		m := mapped(t, c, Options{K: k, Replicates: 2})
		if len(m.Groups) != k {
			t.Errorf("%d groups, asked for %d", len(m.Groups), k)
		}
		if k == 3 && !strings.Contains(codes(m), SmallGroup) {
			t.Errorf("a group of one is not said: %s", codes(m))
		}
		if m.Stability != nil && m.Stability.SameK != 1 {
			t.Errorf("the number is held, and %v of the draws have it", m.Stability.SameK)
		}
	}
}

func TestMoreThanFiveGroupsAreFoundWhereTheVotesCarryThem(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 2))
	var points []Point
	for i := range 700 { // seven clusters on a circle
		points = append(points, Point{[]float64{10, 6, -2, -9, -9, -2, 6}[i%7] + random.NormFloat64()/3, []float64{0, 8, 10, 4, -4, -10, -8}[i%7] + random.NormFloat64()/3})
	}
	if c := choose(points, 20, 0); len(c.partition.size) != 7 {
		t.Fatalf("%d groups of %+v", len(c.partition.size), c.tried)
	}
}

func TestGroupsAreLabelledBySizeAndThenFromTheLeft(t *testing.T) {
	p := lloyd([]Point{{9, 0}, {9, 1}, {0, 0}, {0, 1}, {5, 0}, {5, 1}, {5, 2}}, []Point{{9, 0}, {0, 0}, {5, 0}})
	p.relabel()
	if !slices.Equal(p.label, []uint8{2, 2, 1, 1, 0, 0, 0}) || !slices.Equal(p.size, []int{3, 2, 2}) || p.centre[1] != (Point{0, 0.5}) {
		t.Fatalf("%+v", p)
	}
}

func TestTheMapIsTheSameOnOneCoreAndOnMany(t *testing.T) {
	for _, each := range []int{30, 10} { // by moments, and vote by vote
		votes := invented(900, 300, each, 3)
		var maps []*Map
		for _, cores := range []int{1, 4} {
			before := runtime.GOMAXPROCS(cores)
			c := &Conversation{}
			if err := c.Add(votes...); err != nil {
				t.Fatal(err)
			}
			maps = append(maps, mapped(t, c, Options{Replicates: 4}))
			runtime.GOMAXPROCS(before)
			if kept := each == 30; (c.moments != nil) != kept {
				t.Fatalf("moments are kept: %v", !kept)
			}
		}
		sameMap(t, maps[0], maps[1])
	}
}

func TestVotesAddedToALargeConversationGiveTheMapOfAllTogether(t *testing.T) {
	votes := invented(900, 300, 30, 3)
	c, together := &Conversation{}, &Conversation{}
	if err := together.Add(votes...); err != nil {
		t.Fatal(err)
	}
	// From few votes, too few for moments, to many.
	for _, part := range [][]Vote{votes[:6000], votes[6000:25_000], votes[25_000:]} {
		if err := c.Add(part...); err != nil {
			t.Fatal(err)
		}
		mapped(t, c, Options{})
	}
	sameMap(t, mapped(t, c, Options{}), mapped(t, together, Options{}))
}

func TestMoreThanFiveThousandAreComparedByCentres(t *testing.T) {
	c := &Conversation{}
	if err := c.Add(invented(5100, 40, 8, 3)...); err != nil {
		t.Fatal(err)
	}
	m := mapped(t, c, Options{})
	if m.Exact || !strings.Contains(codes(m), CentreDistance) || m.Grouped() != 5100 {
		t.Fatalf("%v exact %v: %s", m, m.Exact, codes(m))
	}
}

func TestNextDrawsByPriorityAndLeavesOutWhatWasSeen(t *testing.T) {
	c := given(t, "+-+-", "+-++", "-+0-")
	if err := c.SetStatements(Statement{"0", Out}, Statement{"new", Open}); err != nil {
		t.Fatal(err)
	}
	m := mapped(t, c, Options{})
	random, count := rand.New(rand.NewPCG(4, 4)), map[string]int{}
	total := 0.0
	for _, s := range m.Statements {
		if s.ID != "0" && s.ID != "2" {
			total += s.Priority
		}
	}
	const times = 20_000
	for range times {
		id, ok := m.Next(random, func(id string) bool { return id == "2" })
		if !ok {
			t.Fatal("nothing was drawn")
		}
		count[id]++
	}
	for _, s := range m.Statements {
		want := s.Priority / total * times
		if s.ID == "0" || s.ID == "2" {
			want = 0
		}
		if got := float64(count[s.ID]); !near(got, want, 500) {
			t.Errorf("%s was drawn %v times, want about %v", s.ID, got, want)
		}
	}
	if id, ok := m.Next(random, func(string) bool { return true }); ok {
		t.Errorf("%s was drawn, though all were seen", id)
	}
}
