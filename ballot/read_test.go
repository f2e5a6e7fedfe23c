package ballot_test

import (
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/ballot"
)

const good = `{"class":"substantive","chambers":[{"name":"cities","seats":20,"yes":12,"no":3,"abstain":1},{"name":"civil_society","seats":30,"yes":18,"no":6,"abstain":0},
{"name":"residents","seats":50,"yes":20,"no":12,"abstain":0},{"name":"experts","seats":10,"yes":6,"no":1,"abstain":1}]}`

func TestChambersMayBeAListOrAnObject(t *testing.T) {
	list, err := ballot.Read(strings.NewReader(good))
	if err != nil {
		t.Fatal(err)
	}
	object, err := ballot.Read(strings.NewReader(`{"class":"substantive","lowers_minimum":false,"impact_statement":false,"open_objections":0,"repeat":null,"chambers":{
		"cities":{"seats":20,"yes":12,"no":3,"abstain":1},"civil_society":{"seats":30,"yes":18,"no":6,"abstain":0},
		"residents":{"seats":50,"yes":20,"no":12,"abstain":0},"experts":{"seats":10,"yes":6,"no":1,"abstain":1}}}`))
	if err != nil {
		t.Fatal(err)
	}
	one, _ := ballot.Decide(list)
	other, _ := ballot.Decide(object)
	if !reflect.DeepEqual(one, other) || one.Outcome != ballot.Adopted {
		t.Fatalf("%+v, %+v", one, other)
	}
}

func TestABadBallotIsRefusedWithItsPlace(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"more votes than seats":        {`"yes":20,"no":12`, `"yes":20,"no":31`, "chambers[2] residents: no: 20 yes, 31 no and 0 abstentions are more votes than the 50 seats"},
		"a negative number":            {`"no":12`, `"no":-12`, "chambers[2] residents: no: -12 is negative"},
		"a chamber missing":            {`"name":"experts"`, `"name":"residents"`, "chambers: the chamber experts is missing"},
		"a chamber twice":              {`"name":"experts"`, `"name":"residents"`, "chambers[3] residents: the chamber stands twice, first at chambers[2]"},
		"an unknown chamber":           {`"name":"experts"`, `"name":"mayors"`, `chambers[3]: name: there is no chamber "mayors"; write one of cities, civil_society, residents, experts`},
		"an unknown class":             {`"substantive"`, `"huge"`, `class: there is no class "huge"; write one of editorial, substantive, major, urgent`},
		"no class":                     {`"class":"substantive",`, ``, "class: it is missing"},
		"a class that is no text":      {`"substantive"`, `4`, "class: it must be a text"},
		"no seats":                     {`"seats":50`, `"seats":0`, "chambers[2] residents: seats: a chamber has at least one seat, not 0"},
		"a number missing":             {`,"abstain":1},{"name":"civil`, `},{"name":"civil`, "chambers[0] cities: abstain: it is missing"},
		"half a vote":                  {`"yes":20`, `"yes":20.5`, "chambers[2] residents: yes: 20.5 is not a whole number"},
		"a number as text":             {`"yes":20`, `"yes":"20"`, "chambers[2] residents: yes: it must be a whole number"},
		"a number beyond all":          {`"yes":20`, `"yes":20000000000000000000`, "chambers[2] residents: yes: 20000000000000000000 is not a whole number"},
		"a slip in a name":             {`"yes":20`, `"yess":20`, `chambers[2]: there is no field "yess"`},
		"a number twice":               {`"yes":20`, `"yes":20,"yes":50`, "chambers[2]: yes: it stands twice (line 2)"},
		"an objection less than none":  {`{"class"`, `{"open_objections":-1,"class"`, "open_objections: -1 is negative"},
		"a flag that is no flag":       {`{"class"`, `{"lowers_minimum":"no","class"`, "lowers_minimum: it must be true or false"},
		"a repeat too early":           {`{"class"`, `{"repeat":{"days_after":13},"class"`, "repeat: days_after: a failed ballot may be repeated after 14 days, not after 13"},
		"a repeat of unknown distance": {`{"class"`, `{"repeat":{},"class"`, "repeat: days_after: it is missing"},
		"cut off":                      {`"abstain":1}]}`, `"abst`, "line 2: the ballot ends too early"},
		"something behind it":          {`"abstain":1}]}`, `"abstain":1}]} {}`, "line 2: something stands behind the ballot"},
		"no JSON":                      {`{"class"`, `class`, "line 1: this is not JSON"},
		"a list":                       {good, `[]`, "it must be an object"},
		"too deep":                     {good, strings.Repeat("[", 100), "more than 8 deep"},
		"too long":                     {good, strings.Repeat(" ", 2<<20), "larger than 1 MB"},
		"chambers that are none":       {good, `{"class":"urgent","chambers":3}`, "chambers: they must be a list"},
		"a chamber that is none":       {good, `{"class":"urgent","chambers":[3]}`, "chambers[0]: it must be an object"},
		"nothing":                      {good, ``, "the ballot ends too early"},
	} {
		text := strings.Replace(good, c.old, c.new, 1)
		_, err := ballot.Read(strings.NewReader(text))
		var named *ballot.Error
		if err == nil || !errors.As(err, &named) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
		}
	}
}

func TestNoSumOfVotesOverflows(t *testing.T) {
	b := ballot.Ballot{Class: ballot.Urgent}
	for _, name := range ballot.ChamberNames() {
		b.Chambers = append(b.Chambers, ballot.Chamber{Name: name, Seats: math.MaxInt64, Yes: math.MaxInt64 - 1, No: 1})
	}
	if d, err := ballot.Decide(b); err != nil || d.Outcome != ballot.Adopted {
		t.Fatalf("%+v, %v", d, err)
	}
	b.Chambers[0].Abstain = math.MaxInt64
	if _, err := ballot.Decide(b); err == nil {
		t.Fatal("more votes than seats were taken")
	}
}

type unreadable struct{}

func (unreadable) Read([]byte) (int, error) { return 0, errors.New("the disk is gone") }

func TestAReadersErrorIsKept(t *testing.T) {
	if _, err := ballot.Read(unreadable{}); err == nil || !strings.Contains(err.Error(), "the disk is gone") {
		t.Fatal(err)
	}
}

// FuzzRead feeds any text as a ballot: it is refused with a named error, or decided, and the decision can be written.
func FuzzRead(f *testing.F) {
	f.Add(good)
	for _, text := range []string{"", "{", "[[", `{"class":null}`, `{"chambers":{"":{}}}`, `{"class":"urgent","chambers":[{},{}]}`, "\xff", `{"a":1e999}`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		b, err := ballot.Read(strings.NewReader(text))
		if err != nil {
			var named *ballot.Error
			if !errors.As(err, &named) {
				t.Fatalf("an error without a name: %v", err)
			}
			return
		}
		d, err := ballot.Decide(b)
		if err != nil {
			t.Fatalf("it could be read and not be decided: %v", err)
		}
		if _, err := json.Marshal(d); err != nil {
			t.Fatal(err)
		}
	})
}
