package standard

import (
	"io/fs"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// head reads standard.yaml into s and gives the order of the dimensions, empty where the file cannot be used.
func (d *document) head(s *Standard, fsys fs.FS, dir string) []string {
	root := d.read(fsys, dir)
	if root == nil {
		return nil
	}
	o := d.object(root, spot{}, "")
	s.ID = o.text("id")
	s.Version = o.text("version")
	s.Title = o.text("title")
	s.Date = o.date("date")
	s.Status = o.text("status")
	s.Language = o.text("language")
	s.Licence = o.text("licence")
	s.About = o.text("about")
	s.Terms = Terms{
		Kinds:    o.terms("kinds"),
		Values:   o.terms("values"),
		Evidence: o.terms("evidence"),
		Services: o.terms("services"),
		Groups:   o.terms("groups"),
		Grounds:  o.terms("grounds"),
		Parties:  o.terms("parties"),
		Grades:   o.grades("grades"),
	}
	s.Rules = o.rules()
	s.Profiles = o.profiles()
	order := o.order()
	o.close()
	return order
}

// date reads an ISO day, which YAML may take for a time of its own.
func (o *object) date(key string) string {
	n := o.need(key)
	if n == nil {
		return ""
	}
	if n.Kind != yaml.ScalarNode || (n.Tag != "!!timestamp" && n.Tag != "!!str") {
		o.problem(n.Line, "%q must be a day as 2026-11-23", key)
		return ""
	}
	return n.Value
}

// terms reads a vocabulary in the order of the file.
func (o *object) terms(key string) []Term {
	inner := o.inner(key, true)
	if inner == nil {
		return nil
	}
	var terms []Term
	for _, k := range inner.keys {
		terms = append(terms, Term{k.Value, inner.text(k.Value)})
	}
	if len(terms) == 0 && !inner.dead {
		o.problem(inner.line, "%q is empty", key)
	}
	return terms
}

// grades reads the five texts 0 to 4.
func (o *object) grades(key string) (grades [5]string) {
	inner := o.inner(key, true)
	if inner == nil {
		return grades
	}
	for g := range grades {
		grades[g] = inner.text(strconv.Itoa(g))
	}
	inner.close()
	return grades
}

// rules reads the rules by which the standard is judged.
func (o *object) rules() []Rule {
	var rules []Rule
	for i, n := range o.items("rules") {
		rule := o.doc.object(n, o.at.within("rules").nth(i), "rule "+strconv.Itoa(i+1))
		rules = append(rules, Rule{ID: rule.text("id"), Text: rule.text("text")})
		rule.close()
	}
	return rules
}

// profiles reads the selections that a city can make.
func (o *object) profiles() []Profile {
	inner := o.inner("profiles", true)
	if inner == nil {
		return nil
	}
	var profiles []Profile
	for _, k := range inner.keys {
		p := inner.inner(k.Value, true)
		p.name = "profile " + k.Value
		profile := Profile{Key: k.Value, Title: p.text("title"), About: p.text("about")}
		if !p.isWord("requirements", "all") {
			profile.Requirements = p.texts("requirements", true)
		}
		if !p.isWord("indicators", "all") {
			if profile.DecisiveOnly = p.isWord("indicators", "decisive"); !profile.DecisiveOnly {
				if n := p.need("indicators"); n != nil {
					p.problem(n.Line, `"indicators" must be all or decisive`)
				}
			}
		}
		p.close()
		profiles = append(profiles, profile)
	}
	return profiles
}

// isWord tells whether the value of a key is the word.
func (o *object) isWord(key, word string) bool {
	n := o.find(key)
	return n != nil && n.Kind == yaml.ScalarNode && n.Value == word
}

// order reads the list of dimensions. Their ids name files, so only the form that cannot leave the folder passes.
func (o *object) order() []string {
	list := o.texts("dimensions", true)
	if len(list) > maxFiles {
		o.problem(o.line, "there are more than %d dimensions", maxFiles)
		return nil
	}
	var order []string
	for i, id := range list {
		at := o.doc.places.find(o.at.within("dimensions").nth(i))
		switch {
		case !dimensionID.MatchString(id):
			o.problem(at.line, "dimension id %q must be three capital letters", id)
		case strings.Contains(" "+strings.Join(order, " ")+" ", " "+id+" "):
			o.problem(at.line, "dimension %s is listed twice", id)
		default:
			order = append(order, id)
		}
	}
	return order
}
