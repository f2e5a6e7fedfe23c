package standard

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"
)

// localFile is the form of local additions in a file and in JSON; standards/schema/local.json describes it.
type localFile struct {
	Base       string           `yaml:"base" json:"base"`
	City       string           `yaml:"city" json:"city"`
	Indicators []localIndicator `yaml:"indicators" json:"indicators"`
}

// localIndicator is an indicator without what would let it judge.
type localIndicator struct {
	ID         string    `yaml:"id" json:"id"`
	Title      string    `yaml:"title" json:"title"`
	Question   string    `yaml:"question" json:"question"`
	Value      string    `yaml:"value" json:"value"`
	Unit       string    `yaml:"unit,omitempty" json:"unit,omitempty"`
	Good       string    `yaml:"good" json:"good"`
	By         []string  `yaml:"by,omitempty,flow" json:"by,omitempty"`
	Evidence   []string  `yaml:"evidence,flow" json:"evidence"`
	AnsweredBy []string  `yaml:"answered_by,flow" json:"answered_by"`
	SDG        *localSDG `yaml:"sdg,omitempty,flow" json:"sdg,omitempty"`
	Note       string    `yaml:"note,omitempty" json:"note,omitempty"`
}

type localSDG struct {
	Indicator string `yaml:"indicator" json:"indicator"`
	Fit       string `yaml:"fit" json:"fit"`
}

// WriteLocal writes additions as a file that LoadLocal reads back to the same.
func WriteLocal(w io.Writer, l Local) error {
	e := yaml.NewEncoder(w)
	e.SetIndent(2)
	if err := e.Encode(l.file()); err != nil {
		return err
	}
	return e.Close()
}

// MarshalJSON gives the additions in the form of the file.
func (l Local) MarshalJSON() ([]byte, error) { return json.Marshal(l.file()) }

// UnmarshalJSON reads what MarshalJSON gives. It checks no rules: what was in order under its base stays readable under a newer one.
func (l *Local) UnmarshalJSON(data []byte) error {
	var f localFile
	if err := json.Unmarshal(data, &f); err != nil {
		return fmt.Errorf("local additions: %w", err)
	}
	*l = Local{Base: f.Base, City: f.City}
	for _, in := range f.Indicators {
		l.Indicators = append(l.Indicators, in.indicator())
	}
	return nil
}

func (l Local) file() localFile {
	f := localFile{Base: l.Base, City: l.City, Indicators: make([]localIndicator, len(l.Indicators))}
	for i := range l.Indicators {
		in := &l.Indicators[i]
		f.Indicators[i] = localIndicator{ID: in.ID, Title: in.Title, Question: in.Question, Value: in.Value, Unit: in.Unit, Good: string(in.Good),
			By: in.By, Evidence: in.Evidence, AnsweredBy: in.AnsweredBy, Note: in.Note}
		if in.SDG != nil {
			f.Indicators[i].SDG = &localSDG{Indicator: in.SDG.Indicator, Fit: in.SDG.Fit}
		}
	}
	return f
}

func (in localIndicator) indicator() Indicator {
	out := Indicator{ID: in.ID, Requirement: parentOf(in.ID), Kind: kindOf(in.ID), Title: in.Title, Question: in.Question, Value: in.Value,
		Unit: in.Unit, Good: Good(in.Good), By: in.By, Evidence: in.Evidence, AnsweredBy: in.AnsweredBy, Note: in.Note}
	if len(out.By) == 0 {
		out.By = nil
	}
	if in.SDG != nil {
		out.SDG = &SDG{Indicator: in.SDG.Indicator, Fit: in.SDG.Fit}
	}
	return out
}

// Tidied gives additions as their file is read: texts without outer spaces, and the kind and the requirement as the ids say.
func (l Local) Tidied() Local {
	f := l.file()
	tidy := Local{Base: strings.TrimSpace(l.Base), City: strings.TrimSpace(l.City)}
	for i, in := range f.Indicators {
		for _, text := range []*string{&in.ID, &in.Title, &in.Question, &in.Value, &in.Unit, &in.Good, &in.Note} {
			*text = strings.TrimSpace(*text)
		}
		out := in.indicator()
		out.Minimum, out.Decisive = l.Indicators[i].Minimum, l.Indicators[i].Decisive // refused by the check, not dropped in silence
		tidy.Indicators = append(tidy.Indicators, out)
	}
	return tidy
}
