package city

// City is a city or another local government. Its ID is a lower-case slug, unique in the node, by which files, pages and other nodes
// name it.
type City struct {
	ID               string
	Name             string // as the city writes it
	Country          string // ISO 3166-1 alpha-2; see Countries
	Kind             Kind   // empty: Municipality
	Population       *int64 // nil: not known
	PopulationYear   int    // of the figure; 0: not known
	PopulationSource string
	Languages        []string // BCP 47, the working languages of the government first
	Latitude         *float64 // WGS 84 degrees; both or none
	Longitude        *float64
	Place            map[string]string     // external code by its source: "LAU", "UN/LOCODE", "Wikidata" …
	Competences      map[string]Competence // by service key of the standard; a service that is absent is not known yet
	Fictional        bool                  // invented, for demonstration; every page says so
	Since            string                // year in which it declared itself a human rights city; empty: it has not, or not known
	About            string
	Version          int64 // counts the changes; handed back to Update
}

// Kind is the kind of a local government.
type Kind string

const (
	Municipality Kind = "municipality" // a city, town or commune
	Metropolitan Kind = "metropolitan" // several municipalities under one government
	Borough      Kind = "borough"      // a part of a city with a government of its own
	County       Kind = "county"       // between municipalities and a region
	Region       Kind = "region"       // a region, province or state
	Other        Kind = "other"
)

// Kinds lists all kinds of local government in the order in which they are offered.
var Kinds = []Kind{Municipality, Metropolitan, Borough, County, Region, Other}

// Competence says whose work a service is, and which law shows it.
type Competence struct {
	Share Share  `json:"share"`
	Law   string `json:"law,omitempty"` // statute and section; empty: not shown yet
}

// Share is a city's part in a service.
type Share string

const (
	Own    Share = "own"     // the city's own task
	Shared Share = "shared"  // together with another level of government
	NotOwn Share = "not_own" // the task of another level
)

// Shares lists all shares in the order in which they are offered.
var Shares = []Share{Own, Shared, NotOwn}

// Competent tells for each service that is known whether it is at least partly the city's own.
func (c City) Competent() map[string]bool {
	own := make(map[string]bool, len(c.Competences))
	for service, competence := range c.Competences {
		own[service] = competence.Share != NotOwn
	}
	return own
}
