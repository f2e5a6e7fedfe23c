package city

import (
	"errors"
	"maps"
	"math"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

const (
	longestID   = 60
	longestName = 200
	longestText = 4000
)

var (
	slugForm    = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	serviceForm = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)
	yearForm    = regexp.MustCompile(`^(19|20)[0-9]{2}$`)
)

// Clean gives the city in the spelling in which it is kept, or all that is wrong with it: one Invalid fault for each field, joined.
func Clean(c City) (City, error) {
	var all []error
	note := func(err error) {
		if err != nil {
			all = append(all, err)
		}
	}
	c.ID = strings.TrimSpace(c.ID)
	note(checkSlug("code", c.ID))
	c.Name = tidy(c.Name)
	note(checkName("name", c.Name))
	c.Country = strings.ToUpper(strings.TrimSpace(c.Country))
	if !OfficialCountry(c.Country) && !UserAssignedCountry(c.Country) {
		note(fault.Field("country", "%q is not a country; write its two-letter code, as in GB (or XA to XZ for an invented place)", c.Country))
	}
	if c.Kind == "" {
		c.Kind = Municipality
	}
	if !slices.Contains(Kinds, c.Kind) {
		note(fault.Field("kind", "%q is not a kind of local government; known are %s", c.Kind, join(Kinds)))
	}
	note(cleanPopulation(&c))
	note(cleanLanguages(&c))
	note(checkPosition(c))
	note(cleanPlaces(&c))
	note(cleanCompetences(&c))
	c.Since = strings.TrimSpace(c.Since)
	if c.Since != "" && !yearForm.MatchString(c.Since) {
		note(fault.Field("since", "%q is not a year", c.Since))
	}
	c.About = strings.TrimSpace(norm.NFC.String(c.About))
	note(checkText("about", c.About))
	return c, errors.Join(all...)
}

// CleanOrganisation is Clean for an organisation.
func CleanOrganisation(o Organisation) (Organisation, error) {
	var all []error
	note := func(err error) {
		if err != nil {
			all = append(all, err)
		}
	}
	o.ID = strings.TrimSpace(o.ID)
	note(checkSlug("code", o.ID))
	o.Name = tidy(o.Name)
	note(checkName("name", o.Name))
	if !slices.Contains(OrganisationKinds, o.Kind) {
		note(fault.Field("kind", "%q is not a kind of organisation; known are %s", o.Kind, join(OrganisationKinds)))
	}
	if o.Kind == Authority && o.City == "" {
		note(fault.Field("city", "an authority belongs to a city"))
	}
	o.Country = strings.ToUpper(strings.TrimSpace(o.Country))
	if o.Country != "" && !OfficialCountry(o.Country) && !UserAssignedCountry(o.Country) {
		note(fault.Field("country", "%q is not a country; write its two-letter code, as in GB", o.Country))
	}
	if o.URL = strings.TrimSpace(o.URL); o.URL != "" {
		note(checkURL("url", o.URL))
	}
	return o, errors.Join(all...)
}

func checkSlug(field, id string) error {
	if len(id) > longestID || !slugForm.MatchString(id) {
		return fault.Field(field, "%q is not a code; use at most %d lower-case letters a to z, digits and single hyphens, as in bristol", id, longestID)
	}
	return nil
}

func checkName(field, name string) error {
	switch {
	case name == "":
		return fault.Field(field, "a name is needed")
	case utf8.RuneCountInString(name) > longestName:
		return fault.Field(field, "the name is longer than %d characters", longestName)
	case !plainLine(name):
		return fault.Field(field, "the name holds characters that cannot be shown")
	}
	return nil
}

func checkText(field, text string) error {
	if utf8.RuneCountInString(text) > longestText {
		return fault.Field(field, "the text is longer than %d characters", longestText)
	}
	if !plainLine(strings.NewReplacer("\n", "", "\r", "", "\t", "").Replace(text)) {
		return fault.Field(field, "the text holds characters that cannot be shown")
	}
	return nil
}

func checkURL(field, address string) error {
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || u.User != nil || len(address) > 500 {
		return fault.Field(field, "%q is not the address of a web page", address)
	}
	return nil
}

func cleanPopulation(c *City) error {
	c.PopulationSource = tidy(c.PopulationSource)
	switch {
	case c.Population != nil && (*c.Population < 0 || *c.Population > 1_000_000_000):
		return fault.Field("population", "%d is not a number of inhabitants", *c.Population)
	case c.PopulationYear != 0 && (c.PopulationYear < 1800 || c.PopulationYear > 2200):
		return fault.Field("population-year", "%d is not the year of a count", c.PopulationYear)
	case c.Population == nil && (c.PopulationYear != 0 || c.PopulationSource != ""):
		return fault.Field("population", "a year or source of the population is given, and no population")
	}
	return checkText("population-source", c.PopulationSource)
}

func cleanLanguages(c *City) error {
	if len(c.Languages) > 40 {
		return fault.Field("languages", "at most 40 languages")
	}
	var tags []string
	for _, written := range c.Languages {
		tag, err := language.Parse(strings.TrimSpace(written))
		if err != nil || tag == language.Und {
			return fault.Field("languages", "%q is not a language; write a BCP 47 tag, as in en or pt-BR", written)
		}
		if !slices.Contains(tags, tag.String()) {
			tags = append(tags, tag.String())
		}
	}
	c.Languages = tags
	return nil
}

func checkPosition(c City) error {
	if (c.Latitude == nil) != (c.Longitude == nil) {
		return fault.Field("latitude", "latitude and longitude are given together or not at all")
	}
	if c.Latitude == nil {
		return nil
	}
	// Written so that a NaN is refused.
	if !(math.Abs(*c.Latitude) <= 90) {
		return fault.Field("latitude", "%v is not between -90 and 90", *c.Latitude)
	}
	if !(math.Abs(*c.Longitude) <= 180) {
		return fault.Field("longitude", "%v is not between -180 and 180", *c.Longitude)
	}
	return nil
}

func cleanPlaces(c *City) error {
	places := make(map[string]string, len(c.Place))
	seen := map[string]bool{}
	for _, written := range slices.Sorted(maps.Keys(c.Place)) {
		source, code, err := canonicalPlace(written, c.Place[written])
		if err != nil {
			return err
		}
		if seen[sourceKey(source)] {
			return fault.Field("place", "two codes of %s", source)
		}
		seen[sourceKey(source)] = true
		places[source] = code
	}
	c.Place = places
	return nil
}

func cleanCompetences(c *City) error {
	clean := make(map[string]Competence, len(c.Competences))
	for _, service := range slices.Sorted(maps.Keys(c.Competences)) {
		competence := c.Competences[service]
		if !serviceForm.MatchString(service) {
			return fault.Field("competences", "%q is not the key of a service", service)
		}
		if !slices.Contains(Shares, competence.Share) {
			return fault.Field("competences", "%s: %q is neither %s", service, competence.Share, join(Shares))
		}
		competence.Law = tidy(competence.Law)
		if err := checkText("competences", competence.Law); err != nil {
			return err
		}
		clean[service] = competence
	}
	c.Competences = clean
	return nil
}

// tidy gives text on one line, in the composed form of Unicode, with single spaces.
func tidy(text string) string { return strings.Join(strings.Fields(norm.NFC.String(text)), " ") }

// plainLine tells whether text is valid and free of control characters and of marks that turn the direction of other text around.
func plainLine(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsControl(r) || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
	})
}

func join[T ~string](words []T) string {
	texts := make([]string, len(words))
	for i, word := range words {
		texts[i] = string(word)
	}
	return strings.Join(texts, ", ")
}
