package web

import (
	"io"
	"net/url"
	"sort"
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/internal/publication"
	"github.com/cityrights/cityrights/internal/web/chart"
)

type citiesView struct {
	Query     string
	Found     int
	Cities    []cityCard
	Nearest   []link // where nothing was found: what may have been meant
	Map       chart.Drawing
	Unplaced  int // cities in the list that are not on the map
	Downloads []link
}

// cities lists the cities in the order of the reader's language, with a map, and searches them by name, country and code.
func (s *Server) cities(q *request) (answer, error) {
	all, err := s.rooms.Publication.Cities(q.Context())
	if err != nil {
		return answer{}, err
	}
	order := q.locale.Collator()
	sort.SliceStable(all, func(i, j int) bool { return order.CompareString(all[i].Name, all[j].Name) < 0 })
	v := citiesView{Query: strings.TrimSpace(strings.ToValidUTF8(q.FormValue("q"), "")), Downloads: q.tables("download.cities_csv", q.path("cities"))}
	if len(v.Query) > 80 {
		v.Query = strings.ToValidUTF8(v.Query[:80], "")
	}
	var places []chart.Place
	fictional := false
	for _, c := range all {
		if v.Query != "" && !matches(v.Query, c.Name, c.ID, q.country(c.Country)) {
			continue
		}
		card := q.card(c)
		v.Cities = append(v.Cities, card)
		fictional = fictional || c.Fictional
		if c.Latitude != nil && c.Longitude != nil {
			places = append(places, chart.Place{Name: c.Name, Link: card.URL, Latitude: *c.Latitude, Longitude: *c.Longitude})
		}
	}
	v.Found, v.Unplaced = len(v.Cities), len(v.Cities)-len(places)
	if v.Found == 0 {
		v.Nearest = q.nearestCities(v.Query, all)
	}
	v.Map = chart.Map(q.t("cities.map_label"), places)
	a := q.page(q.t("cities.title"), []string{"cities"}, view{Section: "cities", Body: citiesPage(q.locale, v), Fictional: fictional, Crumbs: q.crumbs(link{Text: q.t("nav.cities")})})
	if v.Query != "" {
		for i := range a.view.Languages {
			a.view.Languages[i].URL += "?q=" + url.QueryEscape(v.Query)
		}
	}
	return a, nil
}

// nearestCities are the cities that somebody may have meant who typed what is the name of none.
func (q *request) nearestCities(query string, all []publication.Entry) []link {
	names := make([]string, len(all))
	for i, c := range all {
		names[i] = c.Name
	}
	var near []link
	for _, i := range nearest(query, names) {
		near = append(near, link{Text: all[i].Name, URL: q.path("cities", all[i].ID)})
	}
	return near
}

func (s *Server) citiesCSV(q *request) (answer, error) {
	all, err := s.rooms.Publication.Cities(q.Context())
	if err != nil {
		return answer{}, err
	}
	_, kind := tableEnding(q.URL.Path)
	return tableFile(kind, func(w io.Writer) error { return publication.WriteCitiesCSV(w, all) }, "cities")
}

func degrees(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}
