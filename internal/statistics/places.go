package statistics

import (
	"bytes"
	"context"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
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

// importPlaces imports a file of many places for all cities that it speaks of and that are known here, in one transaction.
func (r *Room) importPlaces(ctx context.Context, req Request) (Report, error) {
	report := Report{Format: req.Format, Name: req.Name, DryRun: req.DryRun}
	block := func(err error) (Report, error) {
		report.Blocked = true
		sortFindings(report.Findings)
		return report, err
	}
	if req.Format != SDMXCSV {
		return block(fault.SaidOf("city", "error.import.city", "files of the form {Format} are about one city: name it", "Format", string(req.Format)))
	}
	mapping, err := mappingText(&req)
	if err != nil {
		return block(err)
	}
	known, err := r.known(ctx)
	if err != nil {
		return block(err)
	}
	messages, failed, err := readMessages(ctx, &req)
	if err != nil {
		return block(err)
	}
	cities := report.share(messages, failed, known)
	if len(cities) == 0 {
		return block(blocked(req.Name, report.Findings))
	}
	var jobs []*job
	for i, city := range slices.SortedFunc(maps.Keys(cities), natural) {
		one := req
		one.City, one.Progress = city, nil
		if req.Mapping != nil {
			one.Mapping = bytes.NewReader(mapping)
		}
		j := newJob(one)
		j.input = func(_ context.Context, mapping Mapping) (*collected, error) {
			all := &collected{found: findings{file: req.Name}}
			var results []result
			for _, part := range cities[city] {
				results = append(results, part.message.of(part.places, mapping, &one)...)
			}
			all.take(results)
			return all, nil
		}
		jobs = append(jobs, j)
		if err := r.prepare(ctx, j); err != nil {
			report.Cities = append(report.Cities, *j.report)
			if !j.report.Blocked || len(j.report.Files) == 0 {
				return block(err) // the mapping is at fault, or the node: then it is for every city
			}
			continue
		}
		req.progress(i+1, len(cities), city)
	}
	return r.writeAll(ctx, report, jobs)
}

// mappingText reads the mapping, which is parsed again for every city: each has a standard with its own indicators.
func mappingText(req *Request) ([]byte, error) {
	if req.Mapping == nil {
		return nil, nil
	}
	data, err := io.ReadAll(io.LimitReader(req.Mapping, mappingBytes+1))
	if err != nil {
		return nil, fault.Said(fault.Invalid, "error.folder.unread", "the folder cannot be read").At(fault.Place{File: req.MappingName}).Because(err)
	}
	return data, nil
}

// cityPart is what one file holds of one city.
type cityPart struct {
	message *message
	places  []*placeRows
}

// share gives each known city its parts; what cannot be used, and the places of nobody, go to the report.
func (r *Report) share(messages []*message, failed []result, known []Known) map[string][]cityPart {
	cities := map[string][]cityPart{}
	for _, m := range messages {
		if m.columns.place.at < 0 {
			m.found.add(Error, "sdmx.place", 0, "", "columns", choices(ids(m.columns.dimensions)))
		}
		byCity, rest := m.match(known)
		r.Elsewhere = append(r.Elsewhere, elsewhere(rest)...)
		if len(byCity) == 0 && !m.found.failed() {
			m.found.add(Error, "sdmx.nobody_known", 0, m.columns.place.id, "agency", m.agency, "count", itoa(len(rest)), "places", placeNames(rest))
		}
		if m.found.failed() {
			failed = append(failed, result{file: m.file, found: m.found}.refused())
			continue
		}
		r.Findings = append(r.Findings, m.found.done()...)
		for city, places := range byCity {
			cities[city] = append(cities[city], cityPart{m, places})
		}
	}
	for i := range failed {
		r.Files = append(r.Files, failed[i].file)
		r.Findings = append(r.Findings, failed[i].found.done()...)
	}
	if len(messages)+len(failed) == 0 {
		f := findings{file: r.Name}
		f.add(Error, "input.nothing", 0, "", "files", "0")
		r.Findings = append(r.Findings, f.done()...)
	}
	return cities
}

// writeAll writes the plans of all cities in one transaction.
func (r *Room) writeAll(ctx context.Context, report Report, jobs []*job) (Report, error) {
	finish := func(err error) (Report, error) {
		report.Cities, report.Values, report.Sources = nil, Totals{}, Totals{}
		for _, j := range jobs {
			report.Cities = append(report.Cities, *j.report)
			report.Values.add(j.report.Values)
			report.Sources.add(j.report.Sources)
		}
		sortFindings(report.Findings)
		return report, err
	}
	ready := slices.DeleteFunc(slices.Clone(jobs), func(j *job) bool { return j.report.Blocked })
	if len(ready) == 0 {
		report.Blocked = true
		return finish(blocked(report.Name, append(slices.Clone(report.Findings), jobs[0].report.Findings...)))
	}
	if report.DryRun || !slices.ContainsFunc(ready, func(j *job) bool { return j.report.Changes() }) {
		return finish(nil)
	}
	err := r.db.Write(ctx, func(tx database.Tx) error {
		for _, j := range ready {
			if !j.report.Changes() {
				continue
			}
			if err := r.commit(ctx, tx, j); err != nil {
				return err
			}
		}
		return nil
	})
	return finish(err)
}
