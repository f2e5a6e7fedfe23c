package opinion_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/opinion"
)

// example reads a table of docs/methods/opinion.md whose header begins with a cell: the header and the rows.
func example(t *testing.T, first string) (rows [][]string) {
	t.Helper()
	text, err := os.ReadFile("../docs/methods/opinion.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, ok := strings.Cut(string(text), "\n| "+first+" |")
	if !ok {
		t.Fatalf("the document has no table of %s", first)
	}
	for i, line := range strings.Split(first+"|"+table, "\n") {
		cells := strings.Split(strings.Trim(line, "|"), "|")
		if i == 1 {
			continue
		}
		if len(cells) < 3 {
			break
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		rows = append(rows, cells)
	}
	return rows
}

// worked makes the map of the example.
func worked(t *testing.T, o opinion.Options) *opinion.Map {
	t.Helper()
	var votes []opinion.Vote
	rows := example(t, "votes")
	for _, row := range rows[1:] {
		for j, mark := range row[1:] {
			if value, ok := map[string]opinion.Value{"agree": opinion.Agree, "pass": opinion.Pass, "disagree": opinion.Disagree}[mark]; ok {
				votes = append(votes, opinion.Vote{Participant: row[0], Statement: rows[0][1+j], Value: value})
			}
		}
	}
	c := &opinion.Conversation{}
	if err := c.Add(votes...); err != nil {
		t.Fatal(err)
	}
	m, err := c.Map(o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// sameRow compares a row of the document with what is computed.
func sameRow(t *testing.T, want []string, got ...any) {
	t.Helper()
	for i, value := range got {
		text := fmt.Sprint(value)
		if f, ok := value.(float64); ok {
			text = strings.Replace(fmt.Sprintf("%.3f", f), "-", "−", 1)
		}
		if want[i] != text {
			t.Errorf("%s: column %d is %s, the document says %s", want[0], i+1, text, want[i])
		}
	}
}

func TestTheExampleOfTheDocumentGivesWhatItShows(t *testing.T) {
	m := worked(t, opinion.Options{})
	for i, row := range example(t, "participant")[1:] {
		p := m.Participants[i]
		sameRow(t, row, p.ID, p.Votes, p.Place.X, p.Place.Y, m.Groups[p.Group].Name)
	}
	for j, row := range example(t, "statement")[1:] {
		s := m.Statements[j]
		counts := func(c opinion.Counts) string { return fmt.Sprintf("%d of %d", c.Agree, c.Seen) }
		sameRow(t, row, s.ID, s.Mean, counts(s.Counts), counts(s.ByGroup[0]), counts(s.ByGroup[1]), s.Informed, s.Comparable, s.Rank, s.LeastAgreed, s.Extremity, s.Priority, s.Verdict)
	}
	var rows [][]string
	for _, g := range m.Groups {
		for _, r := range g.Representative {
			rows = append(rows, []string{g.Name, r.Statement, string(r.Side), fmt.Sprintf("%d of %d", r.Votes, r.Seen), fmt.Sprintf("%.3f", r.Ratio), fmt.Sprintf("%.3f", r.RatioTest), fmt.Sprintf("%.3f", r.ShareTest)})
		}
	}
	if got, want := fmt.Sprint(rows), fmt.Sprint(example(t, "group")[1:]); got != want {
		t.Errorf("representative are %s, the document says %s", got, want)
	}
	var tried [][]string
	for _, c := range m.Tried {
		verdict := ""
		if c.Rejected {
			verdict = "too small a group"
		}
		tried = append(tried, []string{fmt.Sprint(c.K), fmt.Sprintf("%.3f", c.Silhouette), fmt.Sprintf("%.3f", c.WSS), fmt.Sprint(c.Smallest), verdict})
	}
	if got, want := fmt.Sprint(tried), fmt.Sprint(example(t, "groups tried")[1:]); got != want {
		t.Errorf("tried are %s, the document says %s", got, want)
	}
}

// The numbers of the example that the document works out by hand.
func TestTheExampleByHand(t *testing.T) {
	m := worked(t, opinion.Options{})
	near := func(what string, got, want float64) {
		t.Helper()
		if d := got - want; d > 1e-12 || d < -1e-12 {
			t.Errorf("%s is %v, by hand %v", what, got, want)
		}
	}
	near("the mean of statement 1", m.Statements[0].Mean, (6.0-4)/12)
	near("the consensus of statement 2", m.Statements[1].Informed, 7.0/9*6/7)
	near("the consensus of statement 4", m.Statements[3].Informed, 7.0/9*5/7)
	near("the consensus of statement 5", m.Statements[4].Informed, 2.0/5*1/2)
	near("the ratio of statement 1 in group 0", m.Groups[0].Representative[0].Ratio, (7.0/9)/(1.0/7))
}
