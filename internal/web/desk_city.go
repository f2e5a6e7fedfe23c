package web

import (
	"errors"
	"net/http"
	"sort"
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

type cityFormView struct {
	Title, Action, Saved string
	Version              string
	Problems             []link
	Fields, Services     []field
	Fictional            bool
}

func (s *Server) cityNew(q *request) (answer, error) {
	return q.cityForm(city.City{}, city.City{}, nil, nil, 0), nil
}

func (s *Server) cityEdit(q *request) (answer, error) {
	c, err := s.rooms.City.One(q.Context(), q.PathValue("city"))
	if err != nil {
		return answer{}, err
	}
	return q.cityForm(c, c, nil, nil, 0), nil
}

// citySave adds a city, or changes it as a whole where nobody else has changed it since the form was opened.
func (s *Server) citySave(q *request) (answer, error) {
	id := q.PathValue("city")
	c, err := readCity(q, s.rooms.Standard.Terms.Services)
	fresh := id == ""
	var before city.City
	if !fresh {
		var missing error
		if before, missing = s.rooms.City.One(q.Context(), id); missing != nil {
			return answer{}, missing
		}
		c = keepUnasked(c, before)
	}
	switch {
	case err != nil: // all that is wrong is said at once
		_, more := city.Clean(c)
		err = errors.Join(err, more)
	case fresh:
		err = s.rooms.City.Add(q.Context(), q.actor.Name, c)
	default:
		err = s.rooms.City.Update(q.Context(), q.actor.Name, c)
	}
	if err != nil {
		if kind := fault.KindOf(err); kind == fault.Invalid || kind == fault.Conflict {
			return q.cityForm(c, before, err, typed(q), http.StatusUnprocessableEntity), nil
		}
		return answer{}, err
	}
	return answer{redirect: q.path("desk") + "?saved=1"}, nil
}

// keepUnasked keeps what the form does not ask for.
func keepUnasked(c, before city.City) city.City {
	c.ID, c.Kind, c.PopulationYear, c.PopulationSource = before.ID, before.Kind, before.PopulationYear, before.PopulationSource
	for service, competence := range c.Competences {
		competence.Law = before.Competences[service].Law
		c.Competences[service] = competence
	}
	return c
}

// typed gives back what a person wrote into a field, also where it could not be read.
func typed(q *request) func(name string) (string, bool) {
	return func(name string) (string, bool) {
		values, has := q.PostForm[name]
		if !has || len(values) == 0 {
			return "", false
		}
		return values[0], true
	}
}

// cityForm shows a city as it is in the form; kept is the city that the node has, none where it is new.
func (q *request) cityForm(c, kept city.City, err error, typed func(string) (string, bool), status int) answer {
	v := cityFormView{Title: q.t("city.form.new"), Action: q.path("desk", "cities"), Fictional: c.Fictional}
	if id := q.PathValue("city"); id != "" {
		v.Title, v.Action = q.t("city.form.edit", "City", c.Name), q.path("desk", "cities", id)
		v.Version = strconv.FormatInt(c.Version, 10)
	} else {
		v.Fields = []field{{Name: "code", Label: q.t("city.form.id"), Hint: q.t("city.form.id_hint"), Kind: "text", Value: c.ID, Autocomplete: "off"}}
	}
	population := ""
	if c.Population != nil {
		population = strconv.FormatInt(*c.Population, 10)
	}
	var places []string
	for source, code := range c.Place {
		places = append(places, source+"="+code)
	}
	sort.Strings(places)
	v.Fields = append(v.Fields,
		field{Name: "name", Label: q.t("city.form.name"), Kind: "text", Value: c.Name},
		field{Name: "country", Label: q.t("city.form.country"), Hint: q.t("city.form.country_hint"), Kind: "text", Value: c.Country, Short: true},
		field{Name: "population", Label: q.t("city.form.population"), Kind: "text", Mode: "numeric", Value: population, Optional: true, Short: true},
		field{Name: "languages", Label: q.t("city.form.languages"), Hint: q.t("city.form.languages_hint"), Kind: "text", Value: strings.Join(c.Languages, " "), Optional: true},
		field{Name: "latitude", Label: q.t("city.form.latitude"), Hint: q.t("city.form.position_hint"), Kind: "text", Mode: "decimal", Value: degrees(c.Latitude), Optional: true, Short: true},
		field{Name: "longitude", Label: q.t("city.form.longitude"), Kind: "text", Mode: "decimal", Value: degrees(c.Longitude), Optional: true, Short: true},
		field{Name: "place", Label: q.t("city.form.places"), Hint: q.t("city.form.places_hint"), Kind: "textarea", Value: strings.Join(places, "\n"), Optional: true},
		field{Name: "since", Label: q.t("city.form.since"), Kind: "text", Mode: "numeric", Value: c.Since, Optional: true, Short: true},
		field{Name: "about", Label: q.t("city.form.about"), Kind: "textarea", Value: c.About, Optional: true},
	)
	for _, service := range q.server.rooms.Standard.Terms.Services {
		share := string(c.Competences[service.Key].Share)
		v.Services = append(v.Services, field{Name: "service." + service.Key, Label: q.term("services", service.Key),
			Options: options(share, []string{"", string(city.Own), string(city.Shared), string(city.NotOwn)}, func(key string) string {
				return q.t(map[string]string{"": "city.form.unsaid", string(city.Own): "city.form.own", string(city.Shared): "city.form.shared", string(city.NotOwn): "city.form.not_own"}[key])
			})})
	}
	if typed != nil {
		for i := range v.Fields {
			if said, has := typed(v.Fields[i].Name); has {
				v.Fields[i].Value = said
			}
		}
	}
	if err != nil {
		v.Problems, _ = q.problems(err, v.Fields)
	}
	a := q.page(v.Title, []string{"desk"}, view{Section: "desk", Forms: true, Body: cityFormPage(q.locale, v), Crumbs: q.deskCrumbs(link{Text: v.Title}), Fictional: kept.Fictional})
	a.status = status
	return a
}
