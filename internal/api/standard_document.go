package api

import "github.com/cityrights/cityrights/standard"

// Standard is a whole standard.
type Standard struct {
	StandardHead
	About        string                `json:"about"`
	Grades       [5]string             `json:"grades" doc:"What the grades 0 to 4 mean in general."`
	Terms        map[string][]Term     `json:"terms" doc:"The words that the standard's keys stand for, by vocabulary."`
	Rules        []Rule                `json:"rules" doc:"By which it is judged."`
	Profiles     []Profile             `json:"profiles"`
	Dimensions   []StandardDimension   `json:"dimensions"`
	Instruments  []Instrument          `json:"instruments" doc:"The law and practice that requirements link to."`
	Translations []StandardTranslation `json:"translations"`
}

// Term is a word of the standard's own vocabulary.
type Term struct {
	Key  string `json:"key"`
	Text string `json:"text"`
}

// Rule is one of the rules by which a standard is judged.
type Rule struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// Profile is a selection of requirements.
type Profile struct {
	Key          string   `json:"key"`
	Title        string   `json:"title"`
	About        string   `json:"about"`
	Requirements []string `json:"requirements" doc:"Ids; empty: all."`
	DecisiveOnly bool     `json:"decisive_only" doc:"Of their indicators only the decisive ones."`
}

// StandardDimension is a field of city life with its requirements.
type StandardDimension struct {
	ID           string                `json:"id"`
	Title        string                `json:"title"`
	About        string                `json:"about"`
	Requirements []StandardRequirement `json:"requirements"`
}

// StandardRequirement is one minimum standard.
type StandardRequirement struct {
	ID         string              `json:"id"`
	Title      string              `json:"title"`
	Minimum    string              `json:"minimum" doc:"One sentence that is true or false of a city."`
	Why        string              `json:"why"`
	Links      []string            `json:"links" doc:"Articles behind it, as INSTRUMENT:ARTICLE."`
	Check      string              `json:"check" enum:"seen,known,unsure" doc:"How well the links were confirmed."`
	Services   []string            `json:"services"`
	Grades     [5]string           `json:"grades" doc:"What the grades 0 to 4 mean here."`
	Question   string              `json:"question" doc:"For residents."`
	Groups     []string            `json:"groups"`
	Proof      string              `json:"proof" doc:"What counts as evidence, and what does not."`
	Indicators []StandardIndicator `json:"indicators"`
}

// StandardIndicator is one ground of a requirement's judgement.
type StandardIndicator struct {
	ID         string           `json:"id"`
	Kind       string           `json:"kind" enum:"S,P,O" doc:"Structure, process or outcome (OHCHR, HR/PUB/12/5, 2012)."`
	Title      string           `json:"title"`
	Question   string           `json:"question"`
	Value      string           `json:"value" doc:"Of which kind the value is, by the vocabulary values."`
	Unit       string           `json:"unit"`
	Good       string           `json:"good" enum:"up,down,yes,parity,none" doc:"The direction that is good for rights."`
	Minimum    *DeclaredMinimum `json:"minimum,omitempty" doc:"Absent: the indicator informs and never judges."`
	By         []string         `json:"by" doc:"Grounds by which it is to be broken down."`
	Evidence   []string         `json:"evidence"`
	AnsweredBy []string         `json:"answered_by"`
	Decisive   bool             `json:"decisive"`
	SDG        string           `json:"sdg,omitempty" doc:"The indicator of the 2030 Agenda that it corresponds to."`
	SDGFit     string           `json:"sdg_fit,omitempty" enum:"exact,close"`
	Note       string           `json:"note,omitempty"`
}

// DeclaredMinimum is a value that law or common practice asks for.
type DeclaredMinimum struct {
	Value  float64 `json:"value"`
	Source string  `json:"source"`
	Check  string  `json:"check" enum:"seen,known,unsure"`
}

// Instrument is a treaty, charter, declaration or other text.
type Instrument struct {
	Key      string    `json:"key"`
	Name     string    `json:"name"`
	Issuer   string    `json:"issuer"`
	Year     int       `json:"year"`
	Articles []Article `json:"articles"`
}

// Article is one article of an instrument.
type Article struct {
	Number string `json:"number"`
	Title  string `json:"title"`
	Check  string `json:"check" enum:"seen,known,unsure"`
}

func standardOf(std *standard.Standard) Standard {
	doc := Standard{StandardHead: headOf(std), About: std.About, Grades: std.Terms.Grades, Terms: map[string][]Term{}, Rules: []Rule{}, Profiles: []Profile{},
		Dimensions: []StandardDimension{}, Instruments: []Instrument{}, Translations: []StandardTranslation{}}
	for vocabulary, terms := range map[string][]standard.Term{"kinds": std.Terms.Kinds, "values": std.Terms.Values, "evidence": std.Terms.Evidence,
		"services": std.Terms.Services, "groups": std.Terms.Groups, "grounds": std.Terms.Grounds, "parties": std.Terms.Parties} {
		doc.Terms[vocabulary] = converted(terms, func(t standard.Term) Term { return Term(t) })
	}
	for _, r := range std.Rules {
		doc.Rules = append(doc.Rules, Rule(r))
	}
	for _, p := range std.Profiles {
		doc.Profiles = append(doc.Profiles, Profile{p.Key, p.Title, p.About, listed(p.Requirements), p.DecisiveOnly})
	}
	for _, d := range std.Dimensions {
		doc.Dimensions = append(doc.Dimensions, StandardDimension{d.ID, d.Title, d.About, converted(d.Requirements, requirementOf)})
	}
	if std.Catalogue != nil {
		for _, in := range std.Catalogue.Instruments {
			doc.Instruments = append(doc.Instruments, Instrument{in.Key, in.Name, in.Issuer, in.Year,
				converted(in.Articles, func(a standard.Article) Article { return Article{a.Number, a.Title, string(a.Check)} })})
		}
	}
	for _, tag := range std.Languages()[1:] {
		doc.Translations = append(doc.Translations, translationOf(std.Translations[tag]))
	}
	return doc
}

func requirementOf(q standard.Requirement) StandardRequirement {
	return StandardRequirement{ID: q.ID, Title: q.Title, Minimum: q.Minimum, Why: q.Why, Links: converted(q.Links, standard.Link.String), Check: string(q.Check),
		Services: listed(q.Services), Grades: q.Grades, Question: q.Question, Groups: listed(q.Groups), Proof: q.Proof, Indicators: converted(q.Indicators, indicatorOf)}
}

func indicatorOf(i standard.Indicator) StandardIndicator {
	said := StandardIndicator{ID: i.ID, Kind: string(i.Kind), Title: i.Title, Question: i.Question, Value: i.Value, Unit: i.Unit, Good: string(i.Good),
		By: listed(i.By), Evidence: listed(i.Evidence), AnsweredBy: listed(i.AnsweredBy), Decisive: i.Decisive, Note: i.Note}
	if m := i.Minimum; m != nil {
		said.Minimum = &DeclaredMinimum{m.Value, m.Source, string(m.Check)}
	}
	if i.SDG != nil {
		said.SDG, said.SDGFit = i.SDG.Indicator, i.SDG.Fit
	}
	return said
}

// converted gives a list in the API's form; never nil, so that JSON has [] and not null.
func converted[From, To any](from []From, as func(From) To) []To {
	to := make([]To, len(from))
	for i, one := range from {
		to[i] = as(one)
	}
	return to
}

// listed is a list of words that is never nil.
func listed(words []string) []string { return converted(words, func(s string) string { return s }) }
