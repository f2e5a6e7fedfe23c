package opinion

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestVotesAreReadFromEveryFormOfTable(t *testing.T) {
	want := []Vote{{"1", "a", Agree}, {"1", "b", Disagree}, {"2", "a", Pass}}
	for name, text := range map[string]string{
		"plain":                         "participant,statement,vote\n1,a,1\n1,b,-1\n2,a,0\n",
		"as Polis exports it":           "timestamp,datetime,comment-id,voter-id,vote\n1,Tue Jun 30,a,1,1\n2,x,b,1,-1\n3,x,a,2,0\n",
		"other order of rows":           "participant,statement,vote\n2,a,0\n1,b,-1\n1,a,1\n",
		"semicolons, CRLF, a mark":      "\ufeffParticipant;Statement;Vote\r\n1;a;+1\r\n1;b;-1\r\n2;a;0\r\n",
		"tabs, blank lines, no ending":  "vote\tstatement\tparticipant\n\n1\ta\t1\n-1\tb\t1\n\n0\ta\t2",
		"quoted":                        "\"participant\",statement,vote\n\"1\",\"a\",1\n1,b, \"-1\" \n2,a,0\n",
		"a vote changed later":          "participant,statement,vote\n1,a,-1\n1,b,-1\n2,a,0\n1,a,1\n",
		"a vote changed, by time":       "timestamp,participant,statement,vote\n9,1,a,1\n5,1,a,-1\n6,1,b,-1\n7,2,a,0\n",
		"at the same time, the last":    "timestamp,participant,statement,vote\n5,1,a,-1\n5,1,a,1\n6,1,b,-1\n7,2,a,0\n",
		"with a column nobody asks for": "participant,statement,vote,remark\n1,a,1,x\n1,b,-1,\n2,a,0,\"y, z\"\n",
	} {
		c, err := Read(strings.NewReader(text), "votes.csv")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := c.listed(); !slices.Equal(got, want) || c.Votes() != 3 {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestQuotationMarksWithinIDs(t *testing.T) {
	c, err := Read(strings.NewReader("participant,statement,vote\n\"a \"\"b\"\", c\",x,1\n"), "votes.csv")
	if err != nil || c.participants.ids[0] != `a "b", c` {
		t.Fatal(err, c.participants.ids)
	}
}

func TestABadTableOfVotesIsRefusedWithItsPlace(t *testing.T) {
	const head = "participant,statement,vote\n"
	for text, want := range map[string]string{
		"":                               "votes.csv: the file is empty",
		"\n \n":                          "votes.csv: the file is empty",
		head:                             "votes.csv: there are no votes below the header",
		"who,statement,vote\n1,a,1\n":    "votes.csv:1: participant: there is no column participant or voter-id",
		"participant,what,vote\n1,a,1\n": "votes.csv:1: statement: there is no column statement or comment-id",
		"participant,statement\n1,a\n":   "votes.csv:1: vote: there is no column vote",
		"participant,statement,vote,voter-id\n1,a,1,1\n": "votes.csv:1: voter-id: there are two columns for this, number 1 and 4",
		head + "1,a,2\n":                        `votes.csv:2: vote: "2" is none of 1 (agree), 0 (pass) and -1 (disagree)`,
		head + "1,a,1\n1,b,\n":                  `votes.csv:3: vote: "" is none of`,
		head + "1,a,NaN\n":                      `votes.csv:2: vote: "NaN" is none of`,
		head + "1,a,0.5\n":                      `votes.csv:2: vote: "0.5" is none of`,
		head + "1,a,1\n,b,1\n":                  "votes.csv:3: participant: the id is empty",
		head + "1,,1\n":                         "votes.csv:2: statement: the id is empty",
		head + "1,a,1\n1,a\n":                   "votes.csv:3: the row has 2 cells, and the header has 3",
		head + "1,a,1,x\n":                      "votes.csv:2: the row has 4 cells, and the header has 3",
		head + "\"1,a,1\n":                      "votes.csv:2: a quotation mark is never closed on this line",
		head + "\"1\"x,a,1\n":                   "votes.csv:2: there is text behind a closing quotation mark",
		head + "\xff,a,1\n":                     "votes.csv:2: participant: the id is not in UTF-8",
		head + "1,a\x1b[2J,1\n":                 "votes.csv:2: statement: the id has a control character",
		head + strings.Repeat("x", 70_000):      "votes.csv:2: the line is longer than 65536 characters",
		"timestamp," + head + "now,1,a,1\n":     `votes.csv:2: timestamp: "now" is not a whole number`,
		"timestamp," + head + "1,1,a,1\n,1,b,1": `votes.csv:3: timestamp: "" is not a whole number`,
	} {
		_, err := Read(strings.NewReader(text), "votes.csv")
		var named *Error
		if !errors.As(err, &named) || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%.60q: got %v, want %s", text, err, want)
		}
	}
}

// apart gives the errors that one joins, or itself.
func apart(err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return joined.Unwrap()
	}
	return []error{err}
}

func TestAllMistakesOfATableAreToldAtOnce(t *testing.T) {
	_, ofVotes := Read(strings.NewReader("participant,statement,vote\n1,a,2\n1,a,1\n,b,1\n1,c\n"), "votes.csv")
	_, ofStatements := ReadStatements(strings.NewReader("statement,status\n1,gone\n2\n1,open\n"), "statements.csv")
	for _, c := range []struct {
		got  error
		want string
	}{
		{ofVotes, "votes.csv:2: vote: \"2\" is none of 1 (agree), 0 (pass) and -1 (disagree)\nvotes.csv:4: participant: the id is empty\n" +
			"votes.csv:5: the row has 2 cells, and the header has 3"},
		{ofStatements, "statements.csv:2: status: \"gone\" is none of open, moderated_out and meta\nstatements.csv:3: wrong number of fields\n" +
			"statements.csv:4: statement: \"1\" stands twice, first in row 2"},
	} {
		if c.got == nil || c.got.Error() != c.want {
			t.Errorf("%v\nwant\n%s", c.got, c.want)
		}
	}
}

func TestOfManyMistakesTheFirstAreToldAndTheRestCounted(t *testing.T) {
	_, err := Read(strings.NewReader("participant,statement,vote\n"+strings.Repeat("1,a,9\n", 25)), "votes.csv")
	told := apart(err)
	if len(told) != mostTold+1 || told[mostTold].Error() != "votes.csv: and 5 more mistakes" || !strings.HasPrefix(told[mostTold-1].Error(), "votes.csv:21: ") {
		t.Fatalf("%d: %v", len(told), err)
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("the disk is gone") }

func TestAReadersErrorIsKeptWithTheFile(t *testing.T) {
	c := &Conversation{}
	_, ofVotes := Read(broken{}, "a.csv")
	_, ofStatements := ReadStatements(broken{}, "a.csv")
	_, ofGroups := c.ReadGroups(broken{}, "a.csv")
	for _, err := range []error{ofVotes, ofStatements, ofGroups} {
		if err == nil || err.Error() != "a.csv: the disk is gone" {
			t.Errorf("%v", err)
		}
	}
}

func TestStatementsAreReadWithTheirStatus(t *testing.T) {
	want := []Statement{{"1", Out}, {"2", Meta}, {"3", Open}}
	for name, text := range map[string]string{
		"plain":               "statement,status\n1,moderated_out\n2,meta\n3,open\n",
		"as Polis exports it": "comment-id,moderated,is-meta,comment-body\n1,-1,true,\"two\nlines\"\n2,1,1,x\n3,0,false,x\n",
	} {
		list, err := ReadStatements(strings.NewReader(text), "statements.csv")
		if err != nil || !slices.Equal(list, want) {
			t.Errorf("%s: %v, %v", name, list, err)
		}
	}
	for text, want := range map[string]string{
		"":                            "statements.csv: the file is empty",
		"id\n1\n":                     "statements.csv:1: statement: there is no column statement or comment-id",
		"statement\n1\n2\n1\n":        `statements.csv:4: statement: "1" stands twice, first in row 2`,
		"statement,status\n1,gone\n":  `statements.csv:2: status: "gone" is none of open, moderated_out and meta`,
		"statement,moderated\n1,2\n":  `statements.csv:2: moderated: "2" is none of -1 (out), 0 and 1`,
		"statement,is-meta\n1,maybe":  `statements.csv:2: is-meta: "maybe" is none of`,
		"statement,status\n,open\n":   "statements.csv:2: statement: the id is empty",
		"statement,status\n1\n":       "statements.csv:2: wrong number of fields",
		"statement,status\n\"1,open":  "statements.csv:2: extraneous or missing",
		"statement,status,status\n\n": "statements.csv:1: status: there are two columns for this, number 2 and 3",
	} {
		if _, err := ReadStatements(strings.NewReader(text), "statements.csv"); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}

func TestGroupsAreReadForThoseWhoVoted(t *testing.T) {
	c := &Conversation{}
	if err := c.Add(Vote{"1", "a", Agree}, Vote{"2", "a", Agree}, Vote{"3", "a", Agree}); err != nil {
		t.Fatal(err)
	}
	groups, err := c.ReadGroups(strings.NewReader("participant,group-id\n1,left\n2,\n3,right\n9,\n"), "groups.csv")
	if err != nil || fmt.Sprint(groups) != "map[1:left 3:right]" {
		t.Fatal(groups, err)
	}
	for text, want := range map[string]string{
		"participant,group\n1,a\n9,a\n": `groups.csv:3: participant: "9" is in a group and has not voted`,
		"participant,group\n1,a\n1,b\n": `groups.csv:3: participant: "1" stands twice, first in row 2`,
		"participant,group\n1,\n":       "groups.csv: group: nobody is in a group",
		"participant,group\n1,a\x07\n":  "groups.csv:2: group: the id has a control character",
		"participant\n1\n":              "groups.csv:1: group: there is no column group or group-id",
	} {
		if _, err := c.ReadGroups(strings.NewReader(text), "groups.csv"); err == nil || err.Error() != want {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}

// FuzzRead feeds any text as a table of votes: it is refused with the file's name, or gives a map without a number that is none.
func FuzzRead(f *testing.F) {
	for _, text := range []string{
		"participant,statement,vote\n1,a,1\n1,b,-1\n2,a,0\n", "timestamp,datetime,comment-id,voter-id,vote\n1,x,a,1,1\n0,x,a,1,-1\n", "vote;participant;statement\r\n1;;\r\n",
		"\ufeffparticipant,statement,vote\n\"\"\"\",a,1", "participant,statement,vote\n\xff,\x00,1", "", "\n", ",,,\n", "\"", "participant\tstatement\tvote\n1\t1\t1\n2\t1\t-1\n",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := Read(strings.NewReader(text), "votes.csv")
		if err != nil {
			for _, one := range apart(err) {
				var named *Error
				if !errors.As(one, &named) || named.File != "votes.csv" || strings.ContainsRune(one.Error(), '\n') {
					t.Fatalf("%q", one)
				}
			}
			return
		}
		m, err := c.Map(Options{Restarts: 2})
		if err != nil {
			t.Fatalf("the votes could be read and give no map: %v", err)
		}
		if len(m.Participants) == 0 || m.Grouped() == 0 {
			t.Fatalf("%v", m)
		}
	})
}

// FuzzReadStatements feeds any text as a table of statements.
func FuzzReadStatements(f *testing.F) {
	f.Add("comment-id,moderated,is-meta,comment-body\n1,-1,true,\"two\nlines\"\n")
	f.Add("statement,status\n1,meta\n")
	f.Fuzz(func(t *testing.T, text string) {
		list, err := ReadStatements(strings.NewReader(text), "statements.csv")
		if err != nil {
			if !strings.HasPrefix(err.Error(), "statements.csv:") {
				t.Fatalf("%q", err)
			}
			return
		}
		if err := (&Conversation{}).SetStatements(list...); err != nil {
			t.Fatalf("the statements could be read and not be set: %v", err)
		}
	})
}

// FuzzReadGroups feeds any text as a table of groups: whatever can be read gives a map of these groups.
func FuzzReadGroups(f *testing.F) {
	for _, text := range []string{"participant,group\n1,a\n2,b\n", "voter-id,group-id\n1,\n2,0\n", "participant,group\n9,a\n", "group\n", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c := given(t, "+-+", "-+-", "++-")
		groups, err := c.ReadGroups(strings.NewReader(text), "groups.csv")
		if err != nil {
			if !strings.HasPrefix(err.Error(), "groups.csv:") {
				t.Fatalf("%q", err)
			}
			return
		}
		if m := mapped(t, c, Options{Groups: groups}); m.Grouped() != len(groups) {
			t.Fatalf("%v of %v", m, groups)
		}
	})
}
