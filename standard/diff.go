package standard

import "slices"

// Operation says what happened to a part between two versions.
type Operation string

const (
	Added   Operation = "added"
	Removed Operation = "removed"
	Changed Operation = "changed"
)

// Part says what kind of part a change speaks of.
type Part string

const (
	PartStandard    Part = "standard"
	PartTerm        Part = "term"  // its ID is "services.housing"
	PartGrade       Part = "grade" // a text of the scale 0–4; its ID is the grade
	PartRule        Part = "rule"
	PartProfile     Part = "profile"
	PartDimension   Part = "dimension"
	PartRequirement Part = "requirement"
	PartLink        Part = "link" // its ID is the requirement's, its Old or New the link
	PartIndicator   Part = "indicator"
	PartTranslation Part = "translation" // its ID is the language, or the language and the part: "fr LIV.1"
)

// Change is one difference between two versions with what follows from it. Old and New are texts as a person reads them; lists are joined by
// commas.
type Change struct {
	Operation Operation `json:"operation"`
	Part      Part      `json:"part"`
	ID        string    `json:"id"`
	Field     string    `json:"field,omitempty"` // of a changed part: "minimum", "grade 3", "unit"
	Old       string    `json:"old,omitempty"`
	New       string    `json:"new,omitempty"`
	Class     Class     `json:"class"`
	Effect    Effect    `json:"effect"`
	Lowers    Lowering  `json:"lowers,omitempty"`
}

// Diff is all that changed from one version to another, in the order of the new one with what was removed behind it. The order of parts, of
// keys in a list, and the version, date and status themselves are no changes. A city's local additions are not compared.
type Diff struct {
	From    string   `json:"from"` // hrc-ms@0.1
	To      string   `json:"to"`   // hrc-ms@0.2
	Changes []Change `json:"changes"`
}

// Class is the highest class of its changes; empty where nothing changed.
func (d Diff) Class() Class {
	return highest(d.Changes, []Class{Editorial, Substantive, Major}, func(c Change) Class { return c.Class })
}

// Effect is the gravest effect of its changes.
func (d Diff) Effect() Effect {
	return highest(d.Changes, []Effect{Comparable, WithNote, JudgementChanges, Break}, func(c Change) Effect { return c.Effect })
}

// Lowers tells whether a minimum is lowered, or may be.
func (d Diff) Lowers() Lowering {
	return highest(d.Changes, []Lowering{NotLowered, MayLower, Lowered}, func(c Change) Lowering { return c.Lowers })
}

// highest gives the greatest value in ascending order that a change has, the zero value where there are no changes.
func highest[T comparable](changes []Change, ascending []T, of func(Change) T) (top T) {
	rank := -1
	for _, c := range changes {
		if r := slices.Index(ascending, of(c)); r > rank {
			rank, top = r, of(c)
		}
	}
	return top
}

// Step is how far the version number must move: a patch for editorial changes, minor for substantive and major for major ones.
func (d Diff) Step() Step {
	switch d.Class() {
	case Editorial:
		return PatchStep
	case Substantive:
		return MinorStep
	case Major:
		return MajorStep
	}
	return NoStep
}

// Demands gives the lowest version that the new standard may carry.
func (d Diff) Demands() Version {
	return versionOf(d.From).Next(d.Step())
}

// Enough tells whether the new standard's version is as high as its changes demand.
func (d Diff) Enough() bool {
	return versionOf(d.To).Compare(d.Demands()) >= 0
}

// Of gives the changes that concern a requirement or an indicator by its id.
func (d Diff) Of(id string) []Change {
	var of []Change
	for _, c := range d.Changes {
		if c.ID == id {
			of = append(of, c)
		}
	}
	return of
}

// versionOf takes the version out of a reference; 0.0 where it has none.
func versionOf(ref string) Version {
	_, text, err := ParseRef(ref)
	if err != nil {
		return Version{}
	}
	v, _ := ParseVersion(text)
	return v
}
