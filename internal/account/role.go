package account

// Role is what a person does in a scope.
type Role string

// The roles. A visitor has no grant, and a guest has those that follow from what is assigned to them; both roles are named, never granted.
const (
	RoleVisitor            Role = "visitor"
	RoleGuest              Role = "guest"       // answers certain questions by a link, without an account
	RoleContributor        Role = "contributor" // of a civil society organisation
	RoleFocalPoint         Role = "focal_point" // of a department or another part of the authority
	RoleAlternate          Role = "alternate"   // of a focal point
	RoleValidator          Role = "validator"   // of a department: checks what its focal points answered
	RoleCoordinator        Role = "coordinator" // of a city
	RoleReviewer           Role = "reviewer"    // from another city
	RoleObserver           Role = "observer"    // from a national human rights institution
	RoleModerator          Role = "moderator"
	RoleNetworkCoordinator Role = "network_coordinator"
	RoleAdministrator      Role = "administrator" // of the node
)

// Roles lists the roles that can be granted, in the order in which they are offered.
var Roles = []Role{
	RoleContributor, RoleFocalPoint, RoleAlternate, RoleValidator, RoleCoordinator, RoleReviewer, RoleObserver, RoleModerator,
	RoleNetworkCoordinator, RoleAdministrator,
}

// Verb is what an actor wants to do with a resource.
type Verb string

const (
	View     Verb = "view"     // what is not public
	Answer   Verb = "answer"   // a question, for an organisation
	Validate Verb = "validate" // what somebody else has answered
	Review   Verb = "review"   // an assessment of another city
	Import   Verb = "import"   // statistics
	Edit     Verb = "edit"     // what is known of a city, an organisation or a person
	Conduct  Verb = "conduct"  // open, move on and close a cycle
	Publish  Verb = "publish"  //
	Moderate Verb = "moderate" //
	Grant    Verb = "grant"    // roles to people
	Operate  Verb = "operate"  // the node: its people, settings and backups
	Audit    Verb = "audit"    // read who did what (see Room.TrailOf)
)

// Verbs lists all verbs.
var Verbs = []Verb{View, Answer, Validate, Review, Import, Edit, Conduct, Publish, Moderate, Grant, Operate, Audit}
