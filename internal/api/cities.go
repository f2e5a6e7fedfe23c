package api

import (
	"context"
	"io"
	"time"

	"github.com/cityrights/cityrights/internal/publication"
)

// City is a city in lists.
type City struct {
	CityName
	Population *int64      `json:"population" doc:"Null: not known."`
	Latitude   *float64    `json:"latitude,omitempty" doc:"Degrees north, WGS 84."`
	Longitude  *float64    `json:"longitude,omitempty" doc:"Degrees east, WGS 84."`
	Newest     *Assessment `json:"newest,omitempty" doc:"The newest assessment; absent where nothing is published yet."`
	Changed    time.Time   `json:"changed" doc:"When anything public about the city last changed."`
}

// CityName says which city something is about.
type CityName struct {
	Code      string `json:"code" doc:"Unique in this node."`
	Name      string `json:"name"`
	Country   string `json:"country" doc:"ISO 3166-1 alpha-2."`
	Fictional bool   `json:"fictional" doc:"The city is invented, and so is everything about it."`
}

// CityDetail is a city with what it says of itself and its assessments.
type CityDetail struct {
	City
	PopulationYear int          `json:"population_year,omitempty"`
	Languages      []string     `json:"languages" doc:"BCP 47."`
	Since          string       `json:"since,omitempty" doc:"Since when it calls itself a human rights city."`
	About          string       `json:"about,omitempty"`
	AboutLanguage  string       `json:"about_language,omitempty" doc:"BCP 47."`
	Assessments    []Assessment `json:"assessments" doc:"The newest first."`
}

// CityPath names a city in an address.
type CityPath struct {
	City string `path:"city" example:"arvenholt" doc:"The city's code."`
}

func nameOf(h publication.Head) CityName { return CityName{h.ID, h.Name, h.Country, h.Fictional} }

func (s *Server) cities(ctx context.Context, in *Paging) (List[City], error) {
	all, err := s.rooms.Publication.Cities(ctx)
	if err != nil {
		return List[City]{}, err
	}
	cities := make([]City, len(all))
	for i, c := range all {
		cities[i] = City{CityName: nameOf(c.Head), Population: c.Population, Latitude: c.Latitude, Longitude: c.Longitude, Changed: instant(c.Changed)}
		if c.Newest != nil {
			newest := Assessment(c.Newest.Period)
			cities[i].Newest = &newest
		}
	}
	return page(*in, cities, func(c City) string { return c.Code }, rising)
}

func (s *Server) citiesTable(ctx context.Context, _ *struct{}) (func(io.Writer) error, error) {
	all, err := s.rooms.Publication.Cities(ctx)
	return func(w io.Writer) error { return publication.WriteCitiesCSV(w, all) }, err
}

func (s *Server) city(ctx context.Context, in *CityPath) (CityDetail, error) {
	c, err := s.rooms.Publication.City(ctx, in.City)
	if err != nil {
		return CityDetail{}, err
	}
	detail := CityDetail{
		City:           City{CityName: nameOf(c.Head), Population: c.Population, Latitude: c.Latitude, Longitude: c.Longitude, Changed: instant(c.Changed)},
		PopulationYear: c.PopulationYear, Languages: c.Languages, Since: c.Since, About: c.About, AboutLanguage: c.AboutLanguage,
		Assessments: assessmentsOf(c),
	}
	if c.Newest != nil {
		newest := Assessment(c.Newest.Period)
		detail.Newest = &newest
	}
	return detail, nil
}

// instant is a time that documents keep as unix milliseconds.
func instant(milliseconds int64) time.Time { return time.UnixMilli(milliseconds).UTC() }
