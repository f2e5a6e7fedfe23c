package account

import "slices"

// Actor is who asks: a value without secrets. The zero Actor is a visitor.
type Actor struct {
	Person   string // empty: a visitor, or the command line
	Name     string
	Language string // BCP 47
	Grants   []Granted
	Only     *Only // what else bounds them: a token; nil: nothing does
	Guest    bool  // they came by a link and answer what is assigned to them; nothing else that they may be granted counts
}

// SignedIn tells whether the actor is a known person.
func (a Actor) SignedIn() bool { return a.Person != "" }

// Operator is who works on the command line: somebody with access to the files of the node, who could change anything there anyway.
func Operator() Actor {
	return Actor{Name: "command line", Grants: []Granted{{RoleAdministrator, Node}}}
}

// Resource is what a decision needs to know of a thing. The room that owns the thing fills it; what is empty does not apply.
type Resource struct {
	Kind         string   // city, organisation, person, series, cycle, answer …: for messages and the trail
	City         string   // the city it belongs to
	Organisation string   // the organisation it belongs to
	Networks     []string // the networks that its city belongs to
	Owner        string   // of a person: the person
	Independent  bool     // it is the word of an organisation that the city may neither write nor, as a draft, read
	Period       string   // of a question: the cycle that asks it
	Requirement  string   // of a question: what it asks about
	Draft        bool     // its organisation has not handed it in yet
	Sealed       bool     // its organisation shows it to the verifier alone
	Public       bool     // anybody may see it
}

// Question is the resource as one question of a cycle, which is all that a guest reaches.
func (r Resource) Question(period, requirement string) Resource {
	r.Period, r.Requirement = period, requirement
	return r
}

// reach is how a grant's scope meets a resource.
type reach int

const (
	nowhere reach = iota
	byNode
	byNetwork
	byCity
	byOrganisation
)

func (s Scope) reaches(r Resource) reach {
	switch {
	case s == Node:
		return byNode
	case r.Requirement != "" && s == InQuestion(r.City, r.Period, r.Organisation, r.Requirement):
		return byOrganisation // whoever answers for an organisation sees what it has written
	case r.Organisation != "" && s == InOrganisation(r.Organisation):
		return byOrganisation
	case r.City != "" && s == InCity(r.City):
		return byCity
	case r.Organisation != "" && s == InNetwork(r.Organisation),
		slices.ContainsFunc(r.Networks, func(network string) bool { return s == InNetwork(network) }):
		return byNetwork
	}
	return nowhere
}

// allowed are the verbs of each role. Nobody who answers also validates or reviews by the same role, and an administrator, who could
// grant himself any role, does none of the three: what is said of a city is said by somebody who answers for it.
var allowed = map[Role][]Verb{
	RoleGuest:              {View, Answer},
	RoleContributor:        {View, Answer, Audit},
	RoleFocalPoint:         {View, Answer, Audit},
	RoleAlternate:          {View, Answer, Audit},
	RoleValidator:          {View, Validate, Audit},
	RoleCoordinator:        {View, Answer, Import, Edit, Conduct, Publish, Grant, Audit},
	RoleReviewer:           {View, Review},
	RoleObserver:           {View, Review},
	RoleModerator:          {View, Moderate},
	RoleNetworkCoordinator: {View},
	RoleAdministrator:      {View, Import, Edit, Conduct, Publish, Moderate, Grant, Operate, Audit},
}

// Can is the one function that decides whether actor may do verb with resource. What no rule allows is refused.
//
//   - Anybody may view what is public; a person may view and edit their own entry.
//   - A grant allows the verbs of its role where its scope meets the resource.
//   - A draft is seen by its organisation only, and by its city where it is the city's own.
//   - What is sealed is seen by its organisation, where it is the city's own also by who coordinates the city, and by an observer: the verifier
//     from a national human rights institution. Those who review from another city do not see it, nor does who runs the node.
//   - An independent organisation's word is written by that organisation only, only the node can let people speak for it, and the city does
//     not read who does.
//   - A guest may view and answer the questions that are assigned to them, and nothing else that is not public, whatever they are granted.
//   - A network's coordinator may also edit the network itself and grant roles in it.
//   - Who comes by a token may do what both the token and the person may, and never more than the person.
func Can(actor Actor, verb Verb, resource Resource) bool {
	if verb == View && resource.Public {
		return true
	}
	if actor.Only != nil && !actor.Only.allows(verb, resource) {
		return false
	}
	if !actor.Guest && resource.Kind == "person" && resource.Owner != "" && resource.Owner == actor.Person && (verb == View || verb == Edit) {
		return true
	}
	return slices.ContainsFunc(actor.Grants, func(g Granted) bool {
		return (g.Role == RoleGuest) == actor.Guest && g.allows(verb, resource)
	})
}

func (g Granted) allows(verb Verb, resource Resource) bool {
	at := g.Scope.reaches(resource)
	if at == nowhere {
		return false
	}
	if resource.Draft && at != byOrganisation && (at != byCity || resource.Independent) {
		return false
	}
	if resource.Sealed && at != byOrganisation && g.Role != RoleObserver && (at != byCity || resource.Independent || g.Role != RoleCoordinator) {
		return false
	}
	if resource.Independent && at != byOrganisation {
		switch verb {
		case Answer, Validate, Edit:
			return false
		case Grant, Audit:
			return at == byNode && g.Role == RoleAdministrator
		}
	}
	if g.Role == RoleNetworkCoordinator && g.Scope == InNetwork(resource.Organisation) && (verb == Edit || verb == Grant) {
		return true
	}
	return slices.Contains(allowed[g.Role], verb)
}
