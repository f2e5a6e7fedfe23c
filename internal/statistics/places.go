package statistics

import (
	"context"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/database"
)

// Known is a code by which a source knows a city: Source "EUROSTAT" and Code "UK013C".
type Known struct{ City, Source, Code string }

// Elsewhere is a place of a file of many places that no figure was taken of.
type Elsewhere struct {
	Code    string `json:"code"`
	Name    string `json:"name,omitempty"` // where the file has it
	Country bool   `json:"country"`        // its code is that of a country or a group of countries
	Rows    int    `json:"rows"`
}

// known reads by which codes sources know the cities.
func (r *Room) known(ctx context.Context) (list []Known, err error) {
	if r.Places == nil {
		return nil, nil
	}
	err = r.db.Read(ctx, func(tx database.Tx) error {
		list, err = r.Places(ctx, tx)
		return err
	})
	return list, err
}

// agencies are what people call the agencies of SDMX.
var agencies = map[string]string{"estat": "eurostat", "eurostat": "estat"}

// match finds the cities of a message's places. A place is known by the code that a city has in a source which the message names: its agency,
// its data set, or the component that holds the places. The same code in another source says nothing.
func (m *message) match(list []Known) (byCity map[string][]*placeRows, rest []*placeRows) {
	bare := func(name string) string { return strings.ReplaceAll(foldName(name), " ", "") }
	agency := bare(m.agency)
	sources := map[string]bool{agency: true, agencies[agency]: true, bare(m.flow): true, bare(m.columns.place.id): true}
	cities := map[string]string{}
	for _, k := range list {
		if code := placeKey(k.Code); sources[bare(k.Source)] && bare(k.Source) != "" {
			if other := cities[code]; other != "" && other != k.City {
				m.found.add(Error, "sdmx.known_twice", 0, m.columns.place.id, "code", k.Code, "first", other, "second", k.City)
			}
			cities[code] = k.City
		}
	}
	byCity = map[string][]*placeRows{}
	for _, p := range m.places {
		if city := cities[placeKey(p.Code)]; city != "" {
			byCity[city] = append(byCity[city], p)
		} else {
			rest = append(rest, p)
		}
	}
	return byCity, rest
}

// placeKey folds the ways in which people write the code of a place.
func placeKey(code string) string { return strings.Join(strings.Fields(fold(code)), " ") }

// readSDMX reads what SDMX-CSV holds of one city. A file without a component of places is about the city alone.
func (r *Room) readSDMX(ctx context.Context, req *Request, mapping Mapping, report *Report) (*collected, error) {
	known, err := r.known(ctx)
	if err != nil {
		return nil, err
	}
	messages, results, err := readMessages(ctx, req)
	if err != nil {
		return nil, err
	}
	all := &collected{found: findings{file: req.Name}}
	for _, m := range messages {
		mine := m.places
		var rest []*placeRows
		if m.columns.place.at >= 0 {
			byCity, others := m.match(known)
			mine = byCity[req.City]
			for city, places := range byCity {
				if city != req.City {
					others = append(others, places...)
				}
			}
			if rest = others; len(mine) == 0 {
				m.found.add(Error, "sdmx.nobody", 0, m.columns.place.id, "city", req.City, "agency", m.agency, "count", itoa(len(rest)), "places", placeNames(rest))
			}
		}
		report.Elsewhere = append(report.Elsewhere, elsewhere(rest)...)
		if m.found.failed() {
			results = append(results, result{file: m.file, found: m.found}.refused())
			continue
		}
		all.list = append(all.list, m.found.done()...)
		results = append(results, m.of(mine, mapping, req)...)
	}
	all.take(results)
	return all, nil
}

func elsewhere(places []*placeRows) []Elsewhere {
	out := make([]Elsewhere, len(places))
	for i, p := range places {
		out[i] = p.Elsewhere
	}
	slices.SortFunc(out, func(a, b Elsewhere) int { return natural(a.Code, b.Code) })
	return out
}

// placeNames names some places, for a message.
func placeNames(places []*placeRows) string {
	names := make([]string, len(places))
	for i, p := range places {
		names[i] = p.Code
	}
	return choices(names)
}
