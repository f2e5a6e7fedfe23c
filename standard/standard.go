package standard

import "sort"

// Kind says what an indicator looks at, in the terms of OHCHR (Human Rights Indicators, HR/PUB/12/5, 2012, chapter II).
type Kind string

const (
	Structure Kind = "S" // what has been bound by rule
	Process   Kind = "P" // what is being done
	Outcome   Kind = "O" // what people live with
)

// Good is the direction of an indicator's value that is good for rights.
type Good string

const (
	Up     Good = "up"     // more is better
	Down   Good = "down"   // less is better
	Yes    Good = "yes"    // a yes-or-no indicator that should be yes
	Parity Good = "parity" // a ratio that should be 1
	None   Good = "none"   // no direction is good as such
)

// Check says how well a fact was confirmed.
type Check string

const (
	Seen   Check = "seen"   // confirmed in the document
	Known  Check = "known"  // confirmed from knowledge of the field
	Unsure Check = "unsure" // must be looked up before it is relied on; shown as unsure
)

// Standard is one version of a standard: a value that is never changed after loading.
type Standard struct {
	ID         string
	Version    string // "0.2": MAJOR.MINOR or MAJOR.MINOR.PATCH
	Title      string
	About      string
	Date       string // ISO 8601 day
	Status     string // draft or released
	Language   string // BCP 47 tag of the original texts
	Licence    string
	Terms      Terms
	Rules      []Rule
	Dimensions []Dimension
	Profiles   []Profile
	Catalogue  *Catalogue
	// Translations by BCP 47 tag, the original's own excepted.
	Translations map[string]*Translation
}

// Term is a word of a standard's own vocabulary: a key that files use and the text that people read.
type Term struct{ Key, Text string }

// Terms are the vocabularies of a standard, each in the order of its file.
type Terms struct {
	Kinds, Values, Evidence, Services, Groups, Grounds, Parties []Term
	Grades                                                      [5]string
}

// Rule is one of the rules by which the standard is judged.
type Rule struct{ ID, Text string }

// Dimension is a field of city life with its requirements.
type Dimension struct {
	ID, Title, About string
	Requirements     []Requirement
}

// Requirement is one minimum standard: the unit of judgement.
type Requirement struct {
	ID         string // DIM.n
	Dimension  string // DIM
	Title      string
	Minimum    string // the minimum in one sentence
	Why        string
	Links      []Link
	Check      Check
	Services   []string // keys of Terms.Services
	Grades     [5]string
	Question   string   // the residents' question
	Groups     []string // keys of Terms.Groups
	Proof      string   // what counts as evidence, and what does not
	Indicators []Indicator
}

// Link points from a requirement to an article of an instrument.
type Link struct{ Instrument, Article string }

// String gives the form of the files, "ICESCR:11".
func (l Link) String() string { return l.Instrument + ":" + l.Article }

// Indicator is one ground of a requirement's judgement.
type Indicator struct {
	ID          string // DIM.n.Kn; a city's own begins with "L."
	Requirement string // DIM.n
	Kind        Kind
	Title       string
	Question    string
	Value       string // key of Terms.Values: bool, pct, rate, count, days, gap, ratio, currency, level
	Unit        string // as printed behind the number; empty for bool
	Good        Good
	Minimum     *Minimum // nil: the indicator informs and never judges
	By          []string // keys of Terms.Grounds
	Evidence    []string // keys of Terms.Evidence
	AnsweredBy  []string // keys of Terms.Parties
	Decisive    bool
	SDG         *SDG
	Note        string
}

// Minimum is a value that law or common practice asks for; the indicator's Good gives the side.
type Minimum struct {
	Value  float64
	Source string
	Check  Check
}

// Reached tells whether v holds the minimum under the indicator's good direction: at least for Up, at most for Down; for Parity v must
// be at least the minimum and at most its inverse. Other directions have no minimum.
func (m Minimum) Reached(v float64, good Good) bool {
	switch good {
	case Up:
		return v >= m.Value
	case Down:
		return v <= m.Value
	case Parity:
		return v >= m.Value && v*m.Value <= 1
	}
	return false
}

// SDG links an indicator to one of the 2030 Agenda's.
type SDG struct{ Indicator, Fit string } // Fit: exact or close

// Profile is a selection of requirements and of their indicators.
type Profile struct {
	Key, Title, About string
	Requirements      []string // ids; empty: all
	DecisiveOnly      bool
}

// Translation holds the texts of a standard in another language.
type Translation struct {
	Language     string
	Status       string // draft or reviewed
	ReviewedBy   string
	Title        string
	Dimensions   map[string]string
	Requirements map[string]RequirementText
	Indicators   map[string]string

	detail func() (*Detail, error) // nil: there is none
}

// RequirementText is what a translation holds for a requirement; an empty field falls back to the original.
type RequirementText struct{ Title, Minimum, Question string }

// Requirement finds a requirement by its id; false if there is none.
func (s *Standard) Requirement(id string) (*Requirement, bool) {
	for d := range s.Dimensions {
		for r := range s.Dimensions[d].Requirements {
			if s.Dimensions[d].Requirements[r].ID == id {
				return &s.Dimensions[d].Requirements[r], true
			}
		}
	}
	return nil, false
}

// Indicator finds an indicator by its id; false if there is none.
func (s *Standard) Indicator(id string) (*Indicator, bool) {
	for d := range s.Dimensions {
		for r := range s.Dimensions[d].Requirements {
			for i := range s.Dimensions[d].Requirements[r].Indicators {
				if s.Dimensions[d].Requirements[r].Indicators[i].ID == id {
					return &s.Dimensions[d].Requirements[r].Indicators[i], true
				}
			}
		}
	}
	return nil, false
}

// Ref is the standard's name with its version, "hrc-ms@0.2".
func (s *Standard) Ref() string { return s.ID + "@" + s.Version }

// Languages are the tags in which the standard can be read, the original first, the others sorted.
func (s *Standard) Languages() []string {
	tags := make([]string, 0, 1+len(s.Translations))
	for tag := range s.Translations {
		tags = append(tags, tag)
	}
	sort.Strings(tags)
	return append([]string{s.Language}, tags...)
}
