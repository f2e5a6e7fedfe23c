package statistics

import (
	"bytes"
	"context"
	"io"
	"maps"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/standard"
)

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
	given, err := r.mappingOf(&req)
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
	jobs, err := r.jobs(ctx, &req, given, cities)
	if err != nil {
		return block(err)
	}
	failures := r.planAll(ctx, jobs)
	for i, j := range jobs {
		if err := failures[i]; err != nil {
			report.Cities = append(report.Cities, *j.report)
			if !j.report.Blocked || len(j.report.Files) == 0 {
				return block(err) // the mapping is at fault, or the node: then it is for every city
			}
			continue
		}
		req.progress(i+1, len(jobs), j.request.City)
	}
	return r.writeAll(ctx, report, jobs)
}

// planAll reads and plans every job, as many at once as there are processors: they share nothing that they write.
func (r *Room) planAll(ctx context.Context, jobs []*job) []error {
	failures := make([]error, len(jobs))
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(jobs)) {
		workers.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(jobs)); i = next.Add(1) - 1 {
				failures[i] = r.readAndPlan(ctx, jobs[i], jobs[i].own)
			}
		})
	}
	workers.Wait()
	return failures
}

// jobs makes a job for each city, in their order, with the mapping that it will have.
func (r *Room) jobs(ctx context.Context, req *Request, given *givenMapping, cities map[string][]cityPart) (jobs []*job, err error) {
	names := slices.SortedFunc(maps.Keys(cities), natural)
	err = r.db.Read(ctx, func(tx database.Tx) error {
		states, err := loadStates(ctx, tx, names)
		if err != nil {
			return err
		}
		for _, city := range names {
			one := *req
			one.City, one.Progress = city, nil
			j := newJob(one)
			j.input = manyInput(cities[city], &j.request)
			j.state, j.mapping = states[city], states[city].mapping
			j.state.std = r.std
			if given.local || slices.ContainsFunc(j.mapping, func(row MappingRow) bool { return standard.IsLocal(row.Indicator) }) {
				if j.state.std, err = r.standardOf(ctx, tx, city); err != nil {
					return err
				}
			}
			if j.decide(given); slices.ContainsFunc(j.mapping, MappingRow.rates) {
				if j.state.people, err = r.populationOf(ctx, tx, city); err != nil {
					return err
				}
			}
			jobs = append(jobs, j)
		}
		return nil
	})
	return jobs, err
}

func manyInput(parts []cityPart, req *Request) func(context.Context, Mapping) (*collected, error) {
	return func(_ context.Context, mapping Mapping) (*collected, error) {
		all := &collected{found: findings{file: req.Name}}
		var results []result
		for _, part := range parts {
			results = append(results, part.message.of(part.places, mapping, req)...)
		}
		all.take(results)
		return all, nil
	}
}

// givenMapping is a mapping that is given for many cities.
type givenMapping struct {
	text     []byte
	mapping  Mapping
	findings []Finding
	local    bool // it names indicators of cities' own, which each city has for itself
}

// mappingOf reads the mapping of a request; without one, the zero value.
func (r *Room) mappingOf(req *Request) (*givenMapping, error) {
	if req.Mapping == nil {
		return &givenMapping{}, nil
	}
	data, err := io.ReadAll(io.LimitReader(req.Mapping, mappingBytes+1))
	if err != nil {
		return nil, fault.Said(fault.Invalid, "error.folder.unread", "the folder cannot be read").At(fault.Place{File: req.MappingName}).Because(err)
	}
	given := &givenMapping{text: data}
	given.mapping, given.findings = ParseMapping(bytes.NewReader(data), req.MappingName, r.std)
	given.local = slices.ContainsFunc(given.mapping, func(row MappingRow) bool { return standard.IsLocal(row.Indicator) })
	return given, nil
}

// decide takes the given mapping for a city that has none, or that has the same. One that has another keeps it unless all are to be
// replaced: whoever imports for many cities does not see what each has decided.
func (j *job) decide(given *givenMapping) {
	if given.text == nil {
		j.request.MappingName = "mapping"
		return
	}
	mapping, own := given.mapping, given.findings
	if given.local {
		mapping, own = ParseMapping(bytes.NewReader(given.text), j.request.MappingName, j.state.std)
	}
	if len(j.mapping) > 0 && !j.request.ReplaceMapping && !hasError(own) && !sameMapping(mapping, j.mapping) {
		j.report.MappingKept = true
		j.request.Mapping, j.request.MappingName = nil, "mapping"
		return
	}
	j.mapping, j.own = mapping, own
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
	ready = slices.DeleteFunc(ready, func(j *job) bool { return !j.report.Changes() })
	if report.DryRun || len(ready) == 0 {
		return finish(nil)
	}
	report.Postponed = r.postpones(len(ready))
	err := r.db.Write(ctx, func(tx database.Tx) error { return r.commit(ctx, tx, ready) })
	return finish(err)
}
