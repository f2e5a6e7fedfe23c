package standard

// Class is the class of a change by which it is decided (design of deliberation, section 4 of docs/standard.md).
type Class string

const (
	Editorial   Class = "editorial"   // no requirement, indicator or threshold is altered
	Substantive Class = "substantive" // what is asked or how it is judged is altered
	Major       Class = "major"       // dimensions come or go, a requirement goes, or the rules of judgement are altered
)

// Effect says what a change means for results before and after it.
type Effect string

const (
	Comparable       Effect = "comparable"           // results can be compared as they stand
	WithNote         Effect = "comparable_with_note" // results can be compared if the change is told beside them
	JudgementChanges Effect = "judgement_changes"    // figures can be compared, but the same figures may now be judged otherwise
	Break            Effect = "break"                // figures before and after must not be joined
)

// Words gives the effect as an English sentence.
func (e Effect) Words() string {
	switch e {
	case Comparable:
		return "Results before and after can be compared."
	case WithNote:
		return "Results before and after can be compared with a note on the change."
	case JudgementChanges:
		return "The judgement changes: the same figures may lead to another state."
	case Break:
		return "Break in the series: figures before and after must not be joined."
	}
	return ""
}

// Lowering tells whether a change asks less of a city than before. Lowering a minimum needs three quarters in every chamber.
type Lowering string

const (
	NotLowered Lowering = ""
	MayLower   Lowering = "may_lower" // a wording or a measure changed; people must say whether it asks less
	Lowered    Lowering = "lowered"   // it asks less
)

// weight is what follows from a change.
type weight struct {
	class  Class
	effect Effect
	lowers Lowering
}

// ofField says what follows when a field of a part gets another content. A field that is not here is editorial and comparable: it explains
// and does not ask.
var ofField = map[Part]map[string]weight{
	PartStandard: {
		"id":       {Major, JudgementChanges, MayLower},
		"language": {Substantive, WithNote, NotLowered}, // another text is now the original
	},
	PartTerm:  {"text": {Substantive, WithNote, NotLowered}},
	PartGrade: {"text": {Substantive, JudgementChanges, NotLowered}},
	PartRule:  {"text": {Major, JudgementChanges, NotLowered}},
	PartProfile: {
		"requirements": {Substantive, WithNote, NotLowered},
		"indicators":   {Substantive, WithNote, NotLowered},
	},
	PartRequirement: {
		"minimum":  {Substantive, JudgementChanges, MayLower},
		"services": {Substantive, WithNote, NotLowered},
		"groups":   {Substantive, WithNote, NotLowered},
		"proof":    {Substantive, JudgementChanges, NotLowered},
		"question": {Substantive, Break, NotLowered}, // residents' shares depend on the wording
		"grade 0":  {Substantive, JudgementChanges, NotLowered},
		"grade 1":  {Substantive, JudgementChanges, NotLowered},
		"grade 2":  {Substantive, JudgementChanges, NotLowered},
		"grade 3":  {Substantive, JudgementChanges, MayLower}, // the line of "met"
		"grade 4":  {Substantive, JudgementChanges, NotLowered},
	},
	PartIndicator: {
		"title":       {Substantive, WithNote, NotLowered},
		"question":    {Substantive, WithNote, NotLowered},
		"value":       {Substantive, Break, NotLowered},
		"unit":        {Substantive, Break, NotLowered},
		"good":        {Substantive, JudgementChanges, NotLowered},
		"minimum":     {Substantive, JudgementChanges, NotLowered},
		"by":          {Substantive, WithNote, NotLowered},
		"evidence":    {Substantive, WithNote, NotLowered},
		"answered_by": {Substantive, WithNote, NotLowered},
		"decisive":    {Substantive, WithNote, NotLowered},
	},
	PartTranslation: { // of what people answer by; the original's words still decide
		"question": {Editorial, WithNote, NotLowered},
		"grade 0":  {Editorial, WithNote, NotLowered},
		"grade 1":  {Editorial, WithNote, NotLowered},
		"grade 2":  {Editorial, WithNote, NotLowered},
		"grade 3":  {Editorial, WithNote, NotLowered},
		"grade 4":  {Editorial, WithNote, NotLowered},
	},
}

// ofPart says what follows when a whole part comes or goes. What is not here is editorial and comparable.
var ofPart = map[Part]map[Operation]weight{
	PartRule: {
		Added:   {Major, JudgementChanges, NotLowered},
		Removed: {Major, JudgementChanges, NotLowered},
	},
	PartProfile: {
		Added:   {Substantive, Comparable, NotLowered},
		Removed: {Substantive, WithNote, NotLowered},
	},
	PartDimension: {
		Added:   {Major, WithNote, NotLowered},
		Removed: {Major, WithNote, Lowered},
	},
	PartRequirement: {
		Added:   {Substantive, WithNote, NotLowered},
		Removed: {Major, WithNote, Lowered},
	},
	PartLink: {
		Added:   {Substantive, Comparable, NotLowered},
		Removed: {Substantive, Comparable, NotLowered},
	},
	PartIndicator: {
		Added:   {Substantive, Comparable, NotLowered},
		Removed: {Substantive, WithNote, NotLowered},
	},
}

// weigh looks a change up; by default it is editorial and comparable.
func weigh(table map[Operation]weight, op Operation) weight {
	if w, ok := table[op]; ok {
		return w
	}
	return weight{Editorial, Comparable, NotLowered}
}

// isGround tells whether an indicator is a ground of the state "met" without a threshold: a structure that must be there.
func isGround(i *Indicator) bool {
	return i.Kind == Structure && i.Value == valueBool && i.Good == Yes
}

// judges tells whether an indicator bears on the state of its requirement at all.
func judges(i *Indicator) bool { return i.Minimum != nil || isGround(i) }

// thresholdLowered compares the declared minima of one indicator in two versions. With another unit, kind of value or direction two figures
// cannot be compared by a machine.
func thresholdLowered(old, new *Indicator) Lowering {
	switch {
	case old.Minimum == nil:
		return NotLowered
	case new.Minimum == nil:
		return Lowered
	case old.Unit != new.Unit || old.Value != new.Value || old.Good != new.Good:
		return MayLower
	case old.Good == Down && new.Minimum.Value > old.Minimum.Value,
		old.Good != Down && new.Minimum.Value < old.Minimum.Value:
		return Lowered
	}
	return NotLowered
}
