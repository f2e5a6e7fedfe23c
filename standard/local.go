package standard

import (
	"io"
	"slices"
)

// Local holds the indicators that a city has added to a standard. They inform beside the standard's own and never judge.
type Local struct {
	Base       string // the standard they were made for: "hrc-ms@0.2"
	City       string
	Indicators []Indicator
}

// LoadLocal reads a file of local additions to the standard base, of the form that standards/README.md gives, at most 1 MiB. The error is of
// type Problems and holds every mistake with its line under the given name.
func LoadLocal(r io.Reader, name string, base *Standard) (Local, error) {
	d := newDocument(name)
	data, err := io.ReadAll(io.LimitReader(r, maxYAML+1))
	if err != nil {
		d.problem(0, "the file cannot be read: %v", cause(err))
		return Local{}, d.problems.orNil()
	}
	root := d.parse(data)
	if root == nil {
		return Local{}, d.problems.orNil()
	}
	o := d.object(root, spot{}, "")
	l := Local{Base: o.text("base"), City: o.text("city")}
	for i, n := range o.items("indicators") {
		in := d.indicator(n, spot{indicator: i + 1}, "")
		in.Requirement = parentOf(in.ID)
		l.Indicators = append(l.Indicators, in)
	}
	o.close()
	if err := append(d.problems, checkLocal(l, base, d.places)...).orNil(); err != nil {
		return Local{}, err
	}
	return l, nil
}

// ValidateLocal checks additions that were made in memory by the same rules as LoadLocal. The error is of type Problems, without files and
// lines; each names the indicator and the key that broke a rule.
func ValidateLocal(l Local, base *Standard) error {
	problems := checkLocal(l, base, nil)
	for i := range l.Indicators {
		if l.Indicators[i].ID == "" {
			problems = append(problems, Problem{Key: "id", Text: "an indicator has no id"})
		}
	}
	return problems.orNil()
}

// checkLocal runs the rules of the standard's indicators, and those that keep an addition from judging.
func checkLocal(l Local, base *Standard, where places) Problems {
	c := &checker{s: base, added: l.Indicators, where: where}
	at := spot{}
	if l.Base != "" && l.Base != base.Ref() {
		c.say(at.within("base"), "the additions were made for %s, not for %s", l.Base, base.Ref())
	}
	if l.City != "" && !cityID.MatchString(l.City) {
		c.say(at.within("city"), "the city %q must be lower-case letters, digits and hyphens", l.City)
	}
	seen := map[string]bool{}
	for i := range l.Indicators {
		in := &l.Indicators[i]
		at := spot{indicator: i + 1}
		if in.ID == "" {
			continue
		}
		c.unique(seen, in.ID, at.within("id"))
		switch _, known := base.Requirement(in.Requirement); {
		case !in.Local() || kindOf(in.ID) == "":
			c.say(at.within("id"), "the id %q of a local indicator must have the form L.DIM.n.Kn with K one of S, P, O", in.ID)
		case !known:
			c.say(at.within("id"), "%s: %s has no requirement %s", in.ID, base.Ref(), in.Requirement)
		}
		if in.Minimum != nil {
			c.say(at.within("minimum"), "%s: a local indicator has no minimum, since it never judges", in.ID)
		}
		if in.Decisive {
			c.say(at.within("decisive"), "%s: a local indicator cannot be decisive, since it never judges", in.ID)
		}
		c.indicator(in, at)
	}
	return c.problems
}

// WithLocal gives the standard with a city's own indicators behind those of their requirement, each in the order of the file. The standard
// itself is not changed, and is given back where there is nothing to add. Additions whose requirement it does not have are left out; LoadLocal refuses them.
func WithLocal(s *Standard, l Local) *Standard {
	if len(l.Indicators) == 0 {
		return s
	}
	added := map[string][]Indicator{}
	for _, in := range l.Indicators {
		added[in.Requirement] = append(added[in.Requirement], in)
	}
	with := *s
	with.Dimensions = slices.Clone(s.Dimensions)
	for d := range with.Dimensions {
		requirements := slices.Clone(with.Dimensions[d].Requirements)
		for r := range requirements {
			if more := added[requirements[r].ID]; more != nil {
				requirements[r].Indicators = slices.Concat(requirements[r].Indicators, more)
			}
		}
		with.Dimensions[d].Requirements = requirements
	}
	return &with
}
