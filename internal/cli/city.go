package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/internal/city"
)

type cityCommand struct {
	nodeFlags

	Add    cityAdd    `cmd:"" help:"Add a city."`
	List   cityList   `cmd:"" help:"List the cities."`
	Remove cityRemove `cmd:"" help:"Remove a city that was added by mistake."`
	Local  cityLocal  `cmd:"" help:"Show, set or remove the indicators that a city adds to the standard."`
}

// Help shows an example.
func (cityCommand) Help() string { return example("cityrights city list") }

type cityAdd struct {
	Code       string   `arg:"" help:"Short name, as bristol: small letters, digits, hyphens."`
	Name       string   `required:"" help:"Name, as the city writes it." env:"CITYRIGHTS_CITY_NAME" placeholder:"NAME"`
	Country    string   `required:"" help:"ISO 3166-1 alpha-2 code, as GB; XA to XZ with --fictional." placeholder:"CC"`
	Population int64    `help:"Inhabitants." placeholder:"N"`
	Place      []string `help:"Code of the city elsewhere, as LAU=E06000023; may be repeated." placeholder:"SOURCE=ID" sep:"none"`
	Language   []string `help:"Working language, BCP 47; may be repeated." placeholder:"TAG"`
	Location   string   `help:"Latitude and longitude in degrees, as 51.45,-2.59." placeholder:"LAT,LON"`
	Fictional  bool     `help:"The city is invented; every page says so."`
}

// Help shows an example.
func (cityAdd) Help() string {
	return example("cityrights city add bristol --name Bristol --country GB --population 472400 --place LAU=E06000023",
		"The country is an assigned code of ISO 3166-1. An invented place has one from XA to XZ, and --fictional.")
}

// Run adds the city.
func (a cityAdd) Run(c *call) error {
	added, err := a.city()
	if err != nil {
		return err
	}
	return c.founding(func(r *Rooms) error {
		if err := r.City.Add(c, operator, added); err != nil {
			return err
		}
		_, err := fmt.Fprintf(c.Stdout, "Added %s (%s). Next: %s import statistics --city %s --from opensdg FOLDER\n", added.Name, added.ID, c.Program, added.ID)
		return err
	})
}

// city gives the city that the flags describe, or everything that is wrong with them.
func (a cityAdd) city() (city.City, error) {
	added := city.City{ID: a.Code, Name: a.Name, Country: a.Country, Languages: a.Language, Fictional: a.Fictional, Place: map[string]string{}}
	if a.Population != 0 {
		added.Population = &a.Population
	}
	var wrong []error
	for _, p := range a.Place {
		source, code, ok := strings.Cut(p, "=")
		if !ok {
			wrong = append(wrong, usageError{fmt.Sprintf("--place %s: write SOURCE=ID, as LAU=E06000023", p)})
			continue
		}
		added.Place[source] = code
	}
	if a.Location != "" {
		lat, lon, ok := strings.Cut(a.Location, ",")
		latitude, err := strconv.ParseFloat(strings.TrimSpace(lat), 64)
		longitude, err2 := strconv.ParseFloat(strings.TrimSpace(lon), 64)
		if ok && err == nil && err2 == nil {
			added.Latitude, added.Longitude = &latitude, &longitude
		} else {
			wrong = append(wrong, usageError{fmt.Sprintf("--location %s: write LAT,LON in degrees, as 51.45,-2.59", a.Location)})
		}
	}
	added, err := city.Clean(added)
	return added, errors.Join(append(wrong, err)...)
}

// operator is by whom the histories say that something was done on the command line.
const operator = "command line"

type cityList struct {
	JSON bool `help:"Print JSON."`
}

// Help shows an example.
func (cityList) Help() string {
	return example("cityrights city list --json", "Without --json each line has code, name, country and population, with a tab between them.")
}

// Run prints a line for each city.
func (l cityList) Run(c *call) error {
	return c.together(func(r *Rooms) error {
		all, err := r.City.All(c)
		if err != nil {
			return err
		}
		if l.JSON {
			type item struct {
				Code       string            `json:"code"`
				Name       string            `json:"name"`
				Country    string            `json:"country"`
				Population *int64            `json:"population"`
				Place      map[string]string `json:"place"`
			}
			items := make([]item, len(all))
			for i, one := range all {
				items[i] = item{one.ID, one.Name, one.Country, one.Population, one.Place}
			}
			out := json.NewEncoder(c.Stdout)
			out.SetIndent("", "  ")
			return out.Encode(map[string]any{"items": items})
		}
		for _, one := range all {
			population := "-"
			if one.Population != nil {
				population = strconv.FormatInt(*one.Population, 10)
			}
			fmt.Fprintf(c.Stdout, "%s\t%s\t%s\t%s\n", one.ID, plain(one.Name), one.Country, population)
		}
		if len(all) == 0 {
			fmt.Fprintf(c.Stderr, "There is no city yet. Next: %s city add CODE --name NAME --country CC\n", c.Program)
		}
		return nil
	})
}
