package statistics

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// metadata is what the files about one source indicator say, in the order in which Open SDG merges them: a later one counts.
type metadata struct {
	fields     map[string][]said
	translated map[string]string // texts of the folder's own translations, by "group.key"
}

// said is one statement of one file.
type said struct{ file, value string }

func (m *metadata) add(file, field, value string) {
	value = tidyText(value)
	if text, ok := m.translated[value]; ok {
		value = tidyText(text)
	}
	if m.fields == nil {
		m.fields = map[string][]said{}
	}
	field = strings.ToLower(tidyText(field))
	m.fields[field] = append(m.fields[field], said{file, value})
}

// get gives the statement that counts: the last that is neither empty nor the text of a form that nobody filled in.
func (m *metadata) get(fields ...string) string { return m.find(fields...).value }

func (m *metadata) find(fields ...string) said {
	for _, field := range fields {
		list := m.fields[field]
		for i := len(list) - 1; i >= 0; i-- {
			if v := list[i].value; v != "" && !formText(v) {
				return list[i]
			}
		}
	}
	return said{}
}

// formText tells whether a text is what a metadata form holds before it is filled in, or a reference to a translation that the folder
// does not have.
func formText(v string) bool {
	v = strings.TrimRight(fold(v), " ,.")
	return formTexts[v] || strings.HasPrefix(v, "lorem ipsum") || translationKey.MatchString(v)
}

var (
	formTexts = invertWords("dataset title|description of dataset|title of the graph, usually indicator name|org name|organisation name|link|link to source|text for link|" +
		"initial datapoint|units on y axis|what data is being shown specifically|calculations performed on the dataset|any other info on the dataset, e.g. data control applied?|" +
		"contact details for those responsible for dataset ideally|other info specific to this dataset|untitled|indicator name|title|test|example|placeholder|tba|tbc|todo|xxx|n/a|-|none")
	translationKey = regexp.MustCompile(`^[a-z_]+\.[a-z0-9_-]+$`)
)

// about gives what is known of a source indicator, with defaults for what no file says.
func (m *metadata) about(code string, defaults Defaults) About {
	a := About{Source: Source{
		Code:        code,
		Title:       cmp.Or(m.get(titleFields...), m.get("indicator_name"), code),
		Licence:     cmp.Or(m.get("source_licence_1", "source_license_1", "licence", "license", "copyright"), defaults.Licence),
		Periodicity: m.get("source_periodicity_1", "national_indicator_periodicity", "periodicity"),
		Released:    m.get("source_release_date_1", "admin_release_date", "national_release_date"),
		Coverage:    m.get("source_geographical_coverage_1", "national_geographical_coverage"),
		Classification: m.get("source_statistical_classification_1", "admin_statistical_classification", "national_statistical_classification",
			"statistical_classification"),
	}, Unit: m.get("computation_units", "unit_of_measure")}
	var method []string
	for _, field := range []string{"computation_definitions", "computation_calculations", "comments_limitations", "other_information", "data_footnote"} {
		if text := m.get(field); text != "" && fold(text) != "no calculations" && !slices.Contains(method, text) {
			method = append(method, text)
		}
	}
	a.Method = strings.Join(method, " ")
	n := m.source()
	a.Publisher, a.URLText = m.get("source_organisation_"+n, "source_organization_"+n), m.get("source_url_text_"+n)
	address, text := webAddress(m.get("source_url_" + n))
	a.URL, a.URLText = address, cmp.Or(a.URLText, text)
	if a.Publisher == "" || a.URL == "" {
		a.Publisher, a.URL = cmp.Or(a.Publisher, defaults.Publisher), cmp.Or(a.URL, defaults.URL)
		if a.Publisher != "" && a.URL != "" {
			a.Assumed = "yes"
		}
	}
	return a
}

// source picks the first active source that names a publisher and an address, else the first that names a publisher.
func (m *metadata) source() string {
	found := "1"
	for _, n := range []string{"6", "5", "4", "3", "2", "1"} {
		if m.get("source_organisation_"+n, "source_organization_"+n) != "" && fold(m.get("source_active_"+n)) != "false" {
			found = n
		}
	}
	for _, n := range []string{"1", "2", "3", "4", "5", "6"} {
		if address, _ := webAddress(m.get("source_url_" + n)); address != "" && fold(m.get("source_active_"+n)) != "false" &&
			m.get("source_organisation_"+n, "source_organization_"+n) != "" {
			return n
		}
	}
	return found
}

var linkText = regexp.MustCompile(`^\[(.*)\]\((\S+)\)$`)

// webAddress gives the absolute http or https address in a text, or the text where there is none.
func webAddress(text string) (address, rest string) {
	label := ""
	if m := linkText.FindStringSubmatch(text); m != nil {
		label, text = m[1], m[2]
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || strings.ContainsAny(text, " <>\"`") {
		return "", text
	}
	return u.String(), label
}

// status is the reporting status that counts: complete, notstarted, inprogress, notapplicable, or a city's own.
func (m *metadata) status() string {
	return strings.NewReplacer(" ", "", "_", "", "-", "").Replace(fold(m.get("reporting_status")))
}

func (m *metadata) unpublished() bool { return slices.Contains(falsehoods, fold(m.get("published"))) }

var falsehoods = []string{"false", "no", "n", "0"}

// contradictions reports where the files about one indicator disagree.
func (m *metadata) contradictions(code string, f *findings) {
	for _, field := range []string{"reporting_status", "data_non_statistical", "published"} {
		list := m.differing(field)
		if len(list) > 1 {
			f.add(Note, "meta.differ", 0, field, "first", list[0].value, "file", list[0].file, "last", list[len(list)-1].value, "counts", list[len(list)-1].file)
		}
	}
	for _, s := range append(m.fields["indicator_number"], m.fields["indicator"]...) {
		if s.value != "" && sourceCode(s.value) != code && !strings.HasPrefix(code, sourceCode(s.value)+"-") {
			f.add(Warning, "meta.number", 0, "indicator_number", "number", s.value, "file", s.file, "code", code)
		}
	}
	title := m.find(titleFields...)
	for _, s := range m.fields["indicator_name"] {
		if title.value == "" || s.value == "" || formText(s.value) || s.file == title.file || alike(s.value, title.value) {
			continue
		}
		f.add(Warning, "meta.title", 0, "indicator_name", "name", s.value, "file", s.file, "title", title.value, "counts", title.file)
	}
}

// titleFields hold what the source says that it measures; indicator_name is the name of the global indicator.
var titleFields = []string{"indicator_available", "national_indicator_available", "graph_title"}

// differing gives the statements of a field, one for each value, if there are several.
func (m *metadata) differing(field string) []said {
	var list []said
	for _, s := range m.fields[field] {
		if s.value == "" || slices.ContainsFunc(list, func(other said) bool { return truth(other.value) == truth(s.value) }) {
			continue
		}
		list = append(list, s)
	}
	return list
}

// truth makes the ways to write yes and no comparable.
func truth(v string) string {
	switch v = fold(v); v {
	case "n", "no", "0":
		return "false"
	case "y", "yes", "1":
		return "true"
	}
	return v
}

// alike tells whether two titles share at least half of their telling words: then they can be two wordings of one thing.
func alike(a, b string) bool {
	x, y := telling(a), telling(b)
	shared := 0
	for _, w := range x {
		if slices.Contains(y, w) {
			shared++
		}
	}
	return shared*2 >= min(len(x), len(y))
}

func telling(title string) []string {
	return slices.DeleteFunc(words(title), func(w string) bool { return len(w) < 3 || commonWords[w] })
}

var commonWords = invertWords("the|and|with|their|who|for|per|from|that|which|are|percentage|percent|proportion|share|rate|number|total|annual|average|population|people|persons|city")
