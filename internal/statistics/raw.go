package statistics

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	fastjson "github.com/goccy/go-json"
)

// Raw is one source indicator as its source has it, in an order that does not depend on the order of the source's rows.
type Raw struct {
	Code         string // as sourceCode gives it
	Columns      []Column
	Keys         []Key
	Observations []Observation // by key, then period
	About        About
}

// Column is a column that tells the rows of a period apart.
type Column struct {
	Name string `json:"name"`
	Role Role   `json:"role"` // Dimension, Measure or Generic

	Codes map[string]string `json:"codes,omitempty"` // by cell: the code that the source has for it, where the cell holds its name
}

// holds tells whether a cell of the column is what a mapping asks for, by its text or by its code.
func (c Column) holds(cell, want string) bool {
	return want == "*" || alikeText(cell, want) || c.Codes[cell] != "" && alikeText(c.Codes[cell], want)
}

// Key is one combination of the columns' cells.
type Key struct {
	Cells []string
	Place string // official code of the area, where the source gives one
}

// Observation is one value at one period, or the mark that stands where it is not given.
type Observation struct {
	Key    int
	Period Period
	Value  float64
	Mark   string // "c", "<5": there is no value; empty: there is one
	Status string
	Count  *int64
	Lower  *float64 // bounds of the value's interval, as the source gives them: Lower ≤ Value ≤ Upper; nil: not known
	Upper  *float64
}

// About is what the metadata says of a source indicator.
type About struct {
	Source
	Unit    string // in which the source says that it measures
	Assumed string // not empty: publisher or address were named by who imported, not by the input itself
}

// document is the stored form of a Raw: columns of numbers rather than a list of records, because it is read whole.
type document struct {
	Columns []Column          `json:"columns"`
	Keys    [][]string        `json:"keys"`
	Places  []string          `json:"places,omitempty"`
	Periods []Period          `json:"periods"`
	N       []int             `json:"n"`               // observations of each key
	P       []int             `json:"p"`               // of each observation, its period
	V       []float64         `json:"v"`               // its value
	Lower   []*float64        `json:"lower,omitempty"` // and the bounds of its interval; left out where none is known
	Upper   []*float64        `json:"upper,omitempty"`
	Marks   map[int]string    `json:"marks,omitempty"` // by index of the observation, as the two below
	Status  map[int]string    `json:"status,omitempty"`
	Counts  map[int]int64     `json:"counts,omitempty"`
	About   map[string]string `json:"about"`
}

// encode gives the stored form and a digest of all of it.
func (r *Raw) encode() (text, digest string, err error) {
	d := document{Columns: r.Columns, About: r.About.fields()}
	periods := map[Period]int{}
	for _, o := range r.Observations {
		periods[o.Period] = 0
	}
	for p := range periods {
		d.Periods = append(d.Periods, p)
	}
	slices.SortFunc(d.Periods, func(a, b Period) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Text, b.Text))
	})
	for i, p := range d.Periods {
		periods[p] = i
	}
	for _, k := range r.Keys {
		d.Keys = append(d.Keys, k.Cells)
		d.Places = append(d.Places, k.Place)
	}
	if !slices.ContainsFunc(d.Places, func(s string) bool { return s != "" }) {
		d.Places = nil
	}
	d.N, d.P, d.V = make([]int, len(r.Keys)), make([]int, 0, len(r.Observations)), make([]float64, 0, len(r.Observations))
	for i, o := range r.Observations {
		d.N[o.Key]++
		d.P, d.V = append(d.P, periods[o.Period]), append(d.V, o.Value)
		if o.Mark != "" {
			set(&d.Marks, i, o.Mark)
		}
		if o.Status != "" {
			set(&d.Status, i, o.Status)
		}
		if o.Count != nil {
			set(&d.Counts, i, *o.Count)
		}
		d.Lower, d.Upper = append(d.Lower, o.Lower), append(d.Upper, o.Upper)
	}
	if !slices.ContainsFunc(r.Observations, func(o Observation) bool { return o.Lower != nil || o.Upper != nil }) {
		d.Lower, d.Upper = nil, nil
	}
	data, err := json.Marshal(d)
	if err != nil {
		return "", "", err
	}
	sum := sha256.Sum256(data)
	return string(data), hex.EncodeToString(sum[:]), nil
}

// set puts a value into a map that may not be made yet.
func set[K comparable, V any](m *map[K]V, key K, value V) {
	if *m == nil {
		*m = map[K]V{}
	}
	(*m)[key] = value
}

// decodeRaw reads the stored form, not by encoding/json: a scorecard reads all documents of a city, and reading is most of its time.
func decodeRaw(code, text string) (*Raw, error) {
	var d document
	if err := fastjson.Unmarshal([]byte(text), &d); err != nil {
		return nil, err
	}
	r := &Raw{Code: code, Columns: d.Columns, Keys: make([]Key, len(d.Keys)), Observations: make([]Observation, 0, len(d.V))}
	for k, cells := range d.Keys {
		r.Keys[k].Cells = cells
		if d.Places != nil {
			r.Keys[k].Place = d.Places[k]
		}
		for range d.N[k] {
			i := len(r.Observations)
			o := Observation{Key: k, Period: d.Periods[d.P[i]], Value: d.V[i], Mark: d.Marks[i], Status: d.Status[i]}
			if d.Lower != nil {
				o.Lower, o.Upper = d.Lower[i], d.Upper[i]
			}
			if n, ok := d.Counts[i]; ok {
				o.Count = &n
			}
			r.Observations = append(r.Observations, o)
		}
	}
	r.About = aboutFrom(d.About)
	r.About.Official = r.official()
	return r, nil
}

// fields gives the metadata that is set, by name; aboutFrom reads it back. The time of retrieval is kept beside it.
func (a About) fields() map[string]string {
	out := map[string]string{}
	for name, field := range a.pointers() {
		if *field != "" {
			out[name] = *field
		}
	}
	return out
}

func aboutFrom(fields map[string]string) About {
	var a About
	for name, field := range a.pointers() {
		*field = fields[name]
	}
	return a
}

func (a *About) pointers() map[string]*string {
	return map[string]*string{"code": &a.Code, "title": &a.Title, "publisher": &a.Publisher, "url": &a.URL, "url_text": &a.URLText, "licence": &a.Licence,
		"periodicity": &a.Periodicity, "released": &a.Released, "classification": &a.Classification, "method": &a.Method, "coverage": &a.Coverage, "unit": &a.Unit, "assumed": &a.Assumed}
}

// official tells whether a named source has published the figures at an address. Who imports may say so of an input that does not, but not
// of one that counts the people behind its figures: such files come from a survey's own data as often as from a publication, and the
// counts themselves can decide what may be shown.
func (r *Raw) official() bool {
	counted := func(o Observation) bool { return o.Count != nil }
	return r.About.Publisher != "" && r.About.URL != "" && (r.About.Assumed == "" || !slices.ContainsFunc(r.Observations, counted))
}
