package ballot_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/ballot"
)

func document(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile("../docs/methods/ballot.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// row is one case of the document's table.
type row struct {
	name, outcome, reasons string
	ballot                 ballot.Ballot
}

func cases(t testing.TB) (rows []row) {
	t.Helper()
	_, table, ok := strings.Cut(document(t), "| case |")
	if !ok {
		t.Fatal("the document has no table of cases")
	}
	for _, line := range strings.Split(table, "\n")[2:] {
		cells := strings.Split(strings.Trim(line, "|"), "|")
		if len(cells) < 8 {
			break
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		b := ballot.Ballot{Class: ballot.Substantive}
		for i, name := range ballot.ChamberNames() {
			c := ballot.Chamber{Name: name}
			if _, err := fmt.Sscanf(cells[1+i], "%d:%d/%d/%d", &c.Seats, &c.Yes, &c.No, &c.Abstain); err != nil {
				t.Fatalf("%s: %v", line, err)
			}
			b.Chambers = append(b.Chambers, c)
		}
		for word := range strings.FieldsFuncSeq(cells[5], func(r rune) bool { return r == ',' || r == ' ' }) {
			switch word {
			case "1":
				b.OpenObjections = 1
			case "objection":
			case "lowers":
				b.LowersMinimum = true
			case "impact":
				b.ImpactStatement = true
			case "repeat":
				b.Repeat = &ballot.Repeat{DaysAfter: 14}
			default:
				b.Class = ballot.Class(word)
			}
		}
		rows = append(rows, row{name: cells[0], ballot: b, outcome: cells[6], reasons: cells[7]})
	}
	return rows
}

func TestEveryCaseOfTheDocumentIsDecidedAsItSays(t *testing.T) {
	rows := cases(t)
	if len(rows) < 24 {
		t.Fatalf("the table has %d cases only", len(rows))
	}
	for _, c := range rows {
		d, err := ballot.Decide(c.ballot)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var reasons []string
		for _, r := range d.Reasons {
			reasons = append(reasons, strings.TrimSpace(r.Code+" "+r.Args["chamber"]))
		}
		if got := strings.Join(reasons, "; "); string(d.Outcome) != c.outcome || got != c.reasons {
			t.Errorf("%s: %s because of %s, want %s because of %s", c.name, d.Outcome, got, c.outcome, c.reasons)
		}
		if strings.ContainsAny(d.Reason, "{}_") || d.Reason == "" {
			t.Errorf("%s: the reason is no plain sentence: %q", c.name, d.Reason)
		}
		if want := c.outcome == "no_quorum" && c.ballot.Repeat == nil; d.MayRepeat != want {
			t.Errorf("%s: may be repeated: %v, want %v", c.name, d.MayRepeat, want)
		}
		if want := c.outcome == "adopt" && c.ballot.Class == ballot.Urgent; (d.LapsesAfter == 12) != want {
			t.Errorf("%s: lapses after %d months", c.name, d.LapsesAfter)
		}
	}
}

func TestTheMeanOfTheFirstCaseIsExact(t *testing.T) {
	d, err := ballot.Decide(cases(t)[0].ballot)
	if err != nil || d.Shares.Mean.String() != "849/1120" || d.Shares.Chambers[2].Yes.String() != "5/8" || d.Shares.Chambers[2].Turnout.String() != "16/25" {
		t.Fatalf("%+v, %v", d.Shares, err)
	}
}

func TestASharePrintedNeverReachesAThresholdThatItMisses(t *testing.T) {
	b := cases(t)[0].ballot
	for i := range b.Chambers {
		b.Chambers[i] = ballot.Chamber{Name: b.Chambers[i].Name, Seats: 2_999_999, Yes: 1_999_999, No: 1_000_000}
	}
	d, err := ballot.Decide(b)
	if err != nil || d.Outcome != ballot.Rejected {
		t.Fatalf("%+v, %v", d, err)
	}
	if mean := d.Reasons[0].Args["mean"]; mean != "66.66" {
		t.Errorf("a mean just below two thirds reads %s", mean)
	}
}

func TestEveryReasonHasASentenceAndIsGivenInSomeCase(t *testing.T) {
	given := map[string]bool{}
	for _, c := range cases(t) {
		d, err := ballot.Decide(c.ballot)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range d.Reasons {
			given[r.Code] = true
		}
	}
	for _, code := range ballot.ReasonCodes() {
		if !given[code] {
			t.Errorf("no case gives the reason %s", code)
		}
	}
}

func TestAShareOfNothingIsNull(t *testing.T) {
	for _, c := range cases(t) {
		if c.name != "T8" {
			continue
		}
		d, err := ballot.Decide(c.ballot)
		if err != nil {
			t.Fatal(err)
		}
		out, err := json.Marshal(d.Shares)
		if err != nil || !strings.Contains(string(out), `"yes":null`) || !strings.Contains(string(out), `"mean":null`) {
			t.Errorf("%s, %v", out, err)
		}
		if s := d.Shares.Mean; s.Known() || s.Float() != 0 || s.String() != "none" {
			t.Errorf("a mean of nothing is %v", s)
		}
	}
}
