package web

import (
	"errors"
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/standard"
)

// ungrouped takes the marks out with which people group thousands.
var ungrouped = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", ",", "", ".", "", "'", "", "’", "")

// readCity reads the form of a city. It names every field that is not a number where one is asked for; the room checks the rest.
func readCity(q *request, services []standard.Term) (city.City, error) {
	c := city.City{
		ID: strings.TrimSpace(q.PostFormValue("code")), Name: q.PostFormValue("name"), Country: strings.ToUpper(strings.TrimSpace(q.PostFormValue("country"))),
		Languages: strings.Fields(q.PostFormValue("languages")), Since: strings.TrimSpace(q.PostFormValue("since")), About: q.PostFormValue("about"),
		Fictional: q.PostFormValue("fictional") == "yes", Place: map[string]string{}, Competences: map[string]city.Competence{},
	}
	var wrong []error
	if text := ungrouped.Replace(strings.TrimSpace(q.PostFormValue("population"))); text != "" {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			wrong = append(wrong, fault.SaidOf("population", "error.number", `"{Number}" is not a whole number`, "Number", text))
		}
		c.Population = &n
	}
	degree := func(name string) *float64 {
		text := strings.ReplaceAll(strings.TrimSpace(q.PostFormValue(name)), ",", ".")
		if text == "" {
			return nil
		}
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			wrong = append(wrong, fault.SaidOf(name, "error.degrees", `"{Number}" is not a number of degrees`, "Number", text))
		}
		return &v
	}
	c.Latitude, c.Longitude = degree("latitude"), degree("longitude")
	for _, line := range strings.Split(q.PostFormValue("place"), "\n") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		source, code, ok := strings.Cut(line, "=")
		if !ok {
			wrong = append(wrong, fault.SaidOf("place", "error.city.place_form", `"{Line}" has no =; write SOURCE=ID`, "Line", line))
			continue
		}
		c.Place[strings.TrimSpace(source)] = strings.TrimSpace(code)
	}
	for _, service := range services {
		if share := q.PostFormValue("service." + service.Key); share != "" {
			c.Competences[service.Key] = city.Competence{Share: city.Share(share)}
		}
	}
	if text := q.PostFormValue("version"); text != "" {
		c.Version, _ = strconv.ParseInt(text, 10, 64)
	}
	return c, errors.Join(wrong...)
}
