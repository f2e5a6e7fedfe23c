package city

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"net/url"
	"regexp"
	"slices"
	"strconv"
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
	longestCode = 80 // in another catalogue of places
	mostTongues = 40
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
	note(checkCountry(c.Country, c.Fictional))
	if c.Kind == "" {
		c.Kind = Municipality
	}
	if !slices.Contains(Kinds, c.Kind) {
		note(fault.SaidOf("kind", "error.city.kind",
			`"{Kind}" is not a kind of local government; known are {Known}`, "Kind", string(c.Kind), "Known", join(Kinds)))
	}
	note(cleanPopulation(&c))
	note(cleanLanguages(&c))
	note(checkPosition(c))
	note(cleanPlaces(&c))
	note(cleanCompetences(&c))
	c.Since = strings.TrimSpace(c.Since)
	if c.Since != "" && !yearForm.MatchString(c.Since) {
		note(fault.SaidOf("since", "error.year", `"{Year}" is not a year`, "Year", c.Since))
	}
	c.About = strings.TrimSpace(norm.NFC.String(c.About))
	note(checkText("about", c.About))
	return c, errors.Join(all...)
}

func countryNeeded() error {
	return fault.SaidOf("country", "error.city.country_needed", "a country is needed; write its two-letter code, as in GB")
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
		note(fault.SaidOf("kind", "error.organisation.kind",
			`"{Kind}" is not a kind of organisation; known are {Known}`, "Kind", string(o.Kind), "Known", join(OrganisationKinds)))
	}
	if o.Kind == Authority && o.City == "" {
		note(fault.SaidOf("city", "error.organisation.city", "an authority belongs to a city"))
	}
	o.Country = strings.ToUpper(strings.TrimSpace(o.Country))
	if o.Country != "" && !OfficialCountry(o.Country) && !InventedCountry(o.Country) {
		note(fault.SaidOf("country", "error.organisation.country",
			`"{Country}" is not a country; write its two-letter code, as in GB`, "Country", o.Country))
	}
	if o.URL = strings.TrimSpace(o.URL); o.URL != "" {
		note(checkURL("url", o.URL))
	}
	return o, errors.Join(all...)
}

func checkSlug(field, id string) error {
	if id == "" {
		return fault.SaidOf(field, "error.code_needed", "a code is needed, as in bristol")
	}
	if len(id) > longestID || !slugForm.MatchString(id) {
		return fault.SaidOf(field, "error.code",
			`"{Code}" is not a code; use at most {Most} lower-case letters a to z, digits and single hyphens, as in bristol`, "Code", id, "Most", longestID)
	}
	return nil
}

func checkName(field, name string) error {
	switch {
	case name == "":
		return fault.SaidOf(field, "error.name.needed", "a name is needed")
	case utf8.RuneCountInString(name) > longestName:
		return fault.SaidOf(field, "error.name.long", "the name is longer than {Most} characters", "Most", longestName)
	case !plainLine(name):
		return fault.SaidOf(field, "error.name.signs", "the name holds characters that cannot be shown")
	}
	return nil
}

func checkText(field, text string) error {
	if utf8.RuneCountInString(text) > longestText {
		return fault.SaidOf(field, "error.text.long", "the text is longer than {Most} characters", "Most", longestText)
	}
	if !plainLine(strings.NewReplacer("\n", "", "\r", "", "\t", "").Replace(text)) {
		return fault.SaidOf(field, "error.text.signs", "the text holds characters that cannot be shown")
	}
	return nil
}

func checkURL(field, address string) error {
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || u.User != nil || len(address) > 500 {
		return fault.SaidOf(field, "error.url", `"{Address}" is not the address of a web page`, "Address", address)
	}
	return nil
}

func cleanPopulation(c *City) error {
	c.PopulationSource = tidy(c.PopulationSource)
	switch {
	case c.Population != nil && (*c.Population < 0 || *c.Population > 1_000_000_000):
		return fault.SaidOf("population", "error.city.population", "{Number} is not a number of inhabitants", "Number", strconv.FormatInt(*c.Population, 10))
	case c.PopulationYear != 0 && (c.PopulationYear < 1800 || c.PopulationYear > 2200):
		return fault.SaidOf("population-year", "error.city.population_year", "{Year} is not the year of a count", "Year", strconv.Itoa(c.PopulationYear))
	case c.Population == nil && (c.PopulationYear != 0 || c.PopulationSource != ""):
		return fault.SaidOf("population", "error.city.population_missing", "a year or source of the population is given, and no population")
	}
	return checkText("population-source", c.PopulationSource)
}

func cleanLanguages(c *City) error {
	if len(c.Languages) > mostTongues {
		return fault.SaidOf("languages", "error.city.languages", "at most {Most} languages", "Most", mostTongues)
	}
	var tags []string
	for _, written := range c.Languages {
		tag, err := language.Parse(strings.TrimSpace(written))
		if err != nil || tag == language.Und {
			return fault.SaidOf("languages", "error.language", `"{Language}" is not a language; write a BCP 47 tag, as in en or pt-BR`, "Language", written)
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
		return fault.SaidOf("latitude", "error.city.position", "latitude and longitude are given together or not at all")
	}
	if c.Latitude == nil {
		return nil
	}
	var latitude, longitude error
	// Written so that a NaN is refused.
	if !(math.Abs(*c.Latitude) <= 90) {
		latitude = fault.SaidOf("latitude", "error.city.latitude", "{Degrees} is not between -90 and 90", "Degrees", fmt.Sprint(*c.Latitude))
	}
	if !(math.Abs(*c.Longitude) <= 180) {
		longitude = fault.SaidOf("longitude", "error.city.longitude", "{Degrees} is not between -180 and 180", "Degrees", fmt.Sprint(*c.Longitude))
	}
	return errors.Join(latitude, longitude)
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
			return fault.SaidOf("place", "error.city.place_twice", "two codes of {Source}", "Source", source)
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
			return fault.SaidOf("competences", "error.city.service", `"{Service}" is not the key of a service`, "Service", service)
		}
		if !slices.Contains(Shares, competence.Share) {
			return fault.SaidOf("competences", "error.city.share", `{Service}: "{Share}" is neither {Known}`,
				"Service", service, "Share", string(competence.Share), "Known", join(Shares))
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
