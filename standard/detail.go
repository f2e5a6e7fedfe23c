package standard

// Detail holds the longer texts of a translation, by id: what a reader needs to judge, and what no list of titles shows. What is left out
// falls back to the original.
type Detail struct {
	Abouts       map[string]string // of dimensions
	Requirements map[string]RequirementDetail
	Indicators   map[string]IndicatorDetail
}

// RequirementDetail is what a translation's Detail holds for a requirement: all five grades, or none.
type RequirementDetail struct {
	Why, Proof string
	Grades     [5]string
}

// IndicatorDetail is what a translation's Detail holds for an indicator.
type IndicatorDetail struct{ Question, Unit, Note string }

// Detail gives the translation's longer texts, never nil. They may be read at the first call, once; it can be called from several goroutines
// at a time, and nobody may change what it gives. The error is of type Problems, with what could be read beside it.
func (t *Translation) Detail() (*Detail, error) {
	if t.detail == nil {
		return &Detail{}, nil
	}
	return t.detail()
}

// DetailIn holds the longer texts of a requirement as a Reader finds them.
type DetailIn struct {
	Why, Proof Text
	Grades     [5]Text
}

// MeasureIn holds the texts beside an indicator's title as a Reader finds them. Unit and note are empty where the indicator has none.
type MeasureIn struct{ Question, Unit, Note Text }

// About says what the dimension is about.
func (r Reader) About(d *Dimension) Text {
	return r.text(r.detail().Abouts[d.ID], d.About)
}

// Detail gives the requirement's reason, its proof and its grades.
func (r Reader) Detail(q *Requirement) DetailIn {
	t := r.detail().Requirements[q.ID]
	said := DetailIn{Why: r.text(t.Why, q.Why), Proof: r.text(t.Proof, q.Proof)}
	for g := range said.Grades {
		said.Grades[g] = r.text(t.Grades[g], q.Grades[g])
	}
	return said
}

// Measure gives the indicator's question, unit and note.
func (r Reader) Measure(i *Indicator) MeasureIn {
	t := r.detail().Indicators[i.ID]
	return MeasureIn{Question: r.text(t.Question, i.Question), Unit: r.text(t.Unit, i.Unit), Note: r.text(t.Note, i.Note)}
}

// detail gives the translation's longer texts, those that could be read where some are broken.
func (r Reader) detail() *Detail {
	detail, _ := r.translated().Detail() // the original stands in for what is broken; Validate tells it
	return detail
}
