package web

import (
	"strings"

	"github.com/cityrights/cityrights/internal/publication"
)

// commonGroups are the groups of the common grounds, sex and disability, as sources call them in English, French, Spanish and German, in
// small letters, each with the message that says it.
var commonGroups = map[string]string{
	"women": "group.women", "female": "group.women", "females": "group.women", "femmes": "group.women", "mujeres": "group.women", "frauen": "group.women", "weiblich": "group.women",
	"men": "group.men", "male": "group.men", "males": "group.men", "hommes": "group.men", "hombres": "group.men", "männer": "group.men", "männlich": "group.men",
	"with a disability": "group.disability", "with disability": "group.disability", "disabled": "group.disability", "en situation de handicap": "group.disability",
	"con discapacidad": "group.disability", "mit behinderung": "group.disability",
	"without a disability": "group.no_disability", "without disability": "group.no_disability", "no disability": "group.no_disability", "not disabled": "group.no_disability",
	"sans handicap": "group.no_disability", "sin discapacidad": "group.no_disability", "ohne behinderung": "group.no_disability",
}

// groupName says a group in the reader's language where it is a common one, else as the source does.
func (q *request) groupName(name string) string {
	if key, ok := commonGroups[strings.ToLower(strings.TrimSpace(name))]; ok {
		return q.t(key)
	}
	return name
}

// groundName says by what a group is told apart: by the standard's word for it where it has one, else by the source's.
func (q *request) groundName(g publication.Group) string {
	if g.Ground == "" {
		return g.Dimension
	}
	return q.term("grounds", g.Ground)
}

// shownGrounds names the breakdowns on a page: those that are asked for first, then the source's others.
func (q *request) shownGrounds(doc publication.Series) []string {
	said := q.terms("grounds", doc.Grounds.Present)
	has := map[string]bool{}
	for _, name := range said {
		has[name] = true
	}
	for _, g := range doc.Groups {
		if name := q.groundName(g); name != "" && !has[name] && len(g.Points) > 0 {
			has[name] = true
			said = append(said, name)
		}
	}
	return said
}
