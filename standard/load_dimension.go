package standard

import (
	"io/fs"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// dimension reads the file of the dimension id, the one at index i of the standard.
func (d *document) dimension(fsys fs.FS, dir string, i int, id string) Dimension {
	root := d.read(fsys, dir)
	if root == nil {
		return Dimension{ID: id}
	}
	at := spot{dimension: i + 1}
	o := d.object(root, at, "")
	dimension := Dimension{ID: o.text("id"), Title: o.text("title"), About: o.text("about")}
	if dimension.ID != "" && dimension.ID != id {
		o.problem(d.places.find(at.within("id")).line, "the file of dimension %s holds dimension %s", id, dimension.ID)
		dimension.ID = id
	}
	for r, n := range o.items("requirements") {
		at.requirement = r + 1
		dimension.Requirements = append(dimension.Requirements, d.requirement(n, at, id))
	}
	o.close()
	return dimension
}

// requirement reads one minimum standard.
func (d *document) requirement(n *yaml.Node, at spot, dimension string) Requirement {
	o := d.object(n, at, "requirement "+strconv.Itoa(at.requirement))
	id := o.text("id")
	if id != "" {
		o.name = id
	}
	q := Requirement{
		ID:        id,
		Dimension: dimension,
		Title:     o.text("title"),
		Minimum:   o.text("minimum"),
		Why:       o.text("why"),
		Links:     o.links(),
		Check:     Check(o.text("check")),
		Services:  o.texts("services", true),
		Grades:    o.grades("grades"),
		Question:  o.text("question"),
		Groups:    o.texts("groups", true),
		Proof:     o.text("proof"),
	}
	for i, n := range o.items("indicators") {
		at.indicator = i + 1
		q.Indicators = append(q.Indicators, d.indicator(n, at, id))
	}
	o.close()
	return q
}

// links reads "ICESCR:11" and the like.
func (o *object) links() []Link {
	var links []Link
	for i, text := range o.texts("links", true) {
		instrument, article, ok := strings.Cut(text, ":")
		if !ok || instrument == "" || article == "" {
			at := o.doc.places.find(o.at.within("links").nth(i))
			o.problem(at.line, `the link %q must have the form "ICESCR:11"`, text)
			links = append(links, Link{}) // kept, so that positions hold
			continue
		}
		links = append(links, Link{instrument, article})
	}
	return links
}

// indicator reads one ground of a requirement.
func (d *document) indicator(n *yaml.Node, at spot, requirement string) Indicator {
	o := d.object(n, at, strings.TrimSpace(requirement+" indicator "+strconv.Itoa(at.indicator)))
	id := o.text("id")
	if id != "" {
		o.name = id
	}
	in := Indicator{
		ID:          id,
		Requirement: requirement,
		Kind:        kindOf(id),
		Title:       o.text("title"),
		Question:    o.text("question"),
		Value:       o.text("value"),
		Unit:        o.optionalText("unit"),
		Good:        o.good(),
		Minimum:     o.minimum(),
		By:          o.texts("by", false),
		Evidence:    o.texts("evidence", true),
		AnsweredBy:  o.texts("answered_by", true),
		Decisive:    o.boolean("decisive"),
		SDG:         o.sdg(),
		Note:        o.optionalText("note"),
	}
	o.close()
	return in
}

// good reads the direction, which some editors write as a truth value.
func (o *object) good() Good {
	n := o.need("good")
	if n == nil {
		return ""
	}
	if n.Kind == yaml.ScalarNode && n.Tag == "!!bool" {
		o.problem(n.Line, `"good" must be up, down, "yes", parity or none, not %s`, n.Value)
		return ""
	}
	return Good(o.scalar("good", n))
}

func (o *object) minimum() *Minimum {
	inner := o.inner("minimum", false)
	if inner == nil {
		return nil
	}
	m := &Minimum{Value: inner.number("value"), Source: inner.text("source"), Check: Check(inner.text("check"))}
	inner.close()
	return m
}

func (o *object) sdg() *SDG {
	inner := o.inner("sdg", false)
	if inner == nil {
		return nil
	}
	g := &SDG{Indicator: inner.text("indicator"), Fit: inner.text("fit")}
	inner.close()
	return g
}
