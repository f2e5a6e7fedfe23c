package city

// Organisation is a body that answers, reviews, or brings cities together.
type Organisation struct {
	ID      string // slug, unique in the node
	City    string // the city it is a part of or works in alone; empty: none, or several by membership
	Kind    OrganisationKind
	Name    string // as it writes itself
	Country string // ISO 3166-1 alpha-2; empty: international
	URL     string
	Version int64
}

// OrganisationKind is what an organisation is, as far as its part in an assessment depends on it.
type OrganisationKind string

const (
	Authority    OrganisationKind = "authority"     // a local government or one of its bodies
	Association  OrganisationKind = "association"   // association of local governments
	CivilSociety OrganisationKind = "civil_society" //
	NHRI         OrganisationKind = "nhri"          // national human rights institution (Paris Principles, A/RES/48/134)
	EqualityBody OrganisationKind = "equality_body"
	Ombudsperson OrganisationKind = "ombudsperson"
	Academic     OrganisationKind = "academic"
	Network      OrganisationKind = "network" // of cities
	UNBody       OrganisationKind = "un_body"
)

// OrganisationKinds lists all kinds in the order in which they are offered.
var OrganisationKinds = []OrganisationKind{Authority, Association, CivilSociety, NHRI, EqualityBody, Ombudsperson, Academic, Network, UNBody}

// Party gives the side on which an organisation of this kind answers in an assessment: authority or civil_society; empty where it does
// not answer but observes or reviews.
func (k OrganisationKind) Party() string {
	switch k {
	case Authority:
		return "authority"
	case CivilSociety:
		return "civil_society"
	}
	return ""
}

// Membership joins an organisation to a city: a network that the city belongs to, or a body that takes part in its assessments.
type Membership struct {
	City         string
	Organisation string
	Since        int64 // unix milliseconds
}
