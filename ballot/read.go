package ballot

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
)

const (
	longest = 1 << 20 // bytes of a ballot's file
	deepest = 8       // objects and lists within each other
)

// Read reads a ballot from JSON and checks it:
//
//	{"class": "substantive", "lowers_minimum": false, "impact_statement": false, "open_objections": 0, "repeat": {"days_after": 20},
//	 "chambers": [{"name": "cities", "seats": 20, "yes": 12, "no": 3, "abstain": 1}, …]}
//
// Chambers may also be an object from name to tally. The class, the chambers and every number of a chamber must be there; what else is left out
// is false, 0, and the first ballot on the text. A name that is not known or stands twice is an error, so that no slip of the pen counts as 0.
// Errors are of type *Error, several of them joined.
func Read(r io.Reader) (Ballot, error) {
	data, err := io.ReadAll(io.LimitReader(r, longest+1))
	if err != nil {
		return Ballot{}, fmt.Errorf("the ballot cannot be read: %w", err)
	}
	if len(data) > longest {
		return Ballot{}, wrong("", "the ballot is larger than %d MB", longest>>20)
	}
	root, err := parse(data)
	if err != nil {
		return Ballot{}, err
	}
	in := reader{}
	b := in.ballot(root)
	if err := errors.Join(in.found...); err != nil {
		return Ballot{}, err
	}
	return b, b.Check()
}

// reader takes a ballot out of a JSON value and collects what is wrong with it.
type reader struct{ found []error }

func (in *reader) fail(place, format string, args ...any) {
	in.found = append(in.found, wrong(place, format, args...))
}

func (in *reader) ballot(root any) (b Ballot) {
	top := in.object("", root, "class", "chambers", "lowers_minimum", "impact_statement", "open_objections", "repeat")
	if top == nil {
		return b
	}
	switch class := top["class"].(type) {
	case string:
		b.Class = Class(class)
	case nil:
		in.fail("class", "it is missing")
	default:
		in.fail("class", "it must be a text")
	}
	b.LowersMinimum = in.flag("lowers_minimum", top["lowers_minimum"])
	b.ImpactStatement = in.flag("impact_statement", top["impact_statement"])
	if n, ok := top["open_objections"]; ok {
		b.OpenObjections = in.number("open_objections", n)
	}
	if again, ok := top["repeat"]; ok && again != nil {
		if fields := in.object("repeat", again, "days_after"); fields != nil {
			b.Repeat = &Repeat{DaysAfter: in.number("repeat: days_after", fields["days_after"])}
		}
	}
	b.Chambers = in.chambers(top["chambers"])
	return b
}

func (in *reader) chambers(value any) (all []Chamber) {
	switch list := value.(type) {
	case []any:
		for i, one := range list {
			place := fmt.Sprintf("chambers[%d]", i)
			fields := in.object(place, one, "name", "seats", "yes", "no", "abstain")
			if fields == nil {
				continue
			}
			name, ok := fields["name"].(string)
			if !ok {
				in.fail(place+": name", "it is missing, or no text")
			}
			all = append(all, in.chamber(place+" "+name, name, fields))
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(list)) {
			if fields := in.object("chambers: "+name, list[name], "seats", "yes", "no", "abstain"); fields != nil {
				all = append(all, in.chamber("chambers: "+name, name, fields))
			}
		}
	case nil:
		in.fail("chambers", "they are missing")
	default:
		in.fail("chambers", "they must be a list, or an object from name to tally")
	}
	return all
}

func (in *reader) chamber(place, name string, fields map[string]any) Chamber {
	number := func(field string) int64 { return in.number(place+": "+field, fields[field]) }
	return Chamber{Name: name, Seats: number("seats"), Yes: number("yes"), No: number("no"), Abstain: number("abstain")}
}

// object gives the fields of value, nil where it is no object; other names than the known ones are mistakes.
func (in *reader) object(place string, value any, known ...string) map[string]any {
	fields, ok := value.(map[string]any)
	if !ok {
		in.fail(place, "it must be an object")
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if !slices.Contains(known, name) {
			in.fail(place, "there is no field %q; write %s", name, inWords(known))
		}
	}
	return fields
}

func (in *reader) flag(place string, value any) bool {
	set, ok := value.(bool)
	if !ok && value != nil {
		in.fail(place, "it must be true or false")
	}
	return set
}

func (in *reader) number(place string, value any) int64 {
	switch v := value.(type) {
	case json.Number:
		n, err := v.Int64()
		if err != nil {
			in.fail(place, "%s is not a whole number", v)
		}
		return n
	case nil:
		in.fail(place, "it is missing")
	default:
		in.fail(place, "it must be a whole number")
	}
	return 0
}
