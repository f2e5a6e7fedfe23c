package statistics

import (
	"context"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/clock"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/standard"
)

// Room is where statistics are kept. It is safe for concurrent use once its fields are set.
type Room struct {
	// City finds a city by its code; it returns a fault of kind NotFound where there is none. Nil: every code is taken.
	City func(ctx context.Context, tx database.Tx, id string) error
	// Own gives a standard with a city's own indicators in it. Nil: no city has any, and a mapping that names one is not checked.
	Own func(ctx context.Context, tx database.Tx, cityID string, std *standard.Standard) (*standard.Standard, error)
	// Places gives the codes by which sources know the cities. Nil: no city is known by any.
	Places func(ctx context.Context, tx database.Tx) ([]Known, error)
	// Changed is called in the transaction of an import that changed anything. Nil: nobody wants to know.
	Changed func(ctx context.Context, tx database.Tx, cityID string) error
	// Trail, if set, is called in the transaction of an import that changed anything; account.Room.Note is.
	Trail func(ctx context.Context, tx database.Tx, by account.Actor, act, subject string, details map[string]string) error
	// ChangedMany is called in its place where an import changed more than a few cities: what follows from it may come after the transaction.
	// Nil: Changed is called for each.
	ChangedMany func(ctx context.Context, tx database.Tx, cityIDs []string) error
	// Population gives the number of inhabitants that is kept with a city. Nil: it is not known of any.
	Population func(ctx context.Context, tx database.Tx, cityID string) (Population, error)
	// Clock tells when an import happens.
	Clock clock.Clock

	db  *database.DB
	std *standard.Standard
}

// New makes the room. A nil standard leaves the indicators of mappings unchecked.
func New(db *database.DB, std *standard.Standard) *Room {
	return &Room{Clock: clock.System{}, db: db, std: std}
}

// Import reads an input and writes what is new, changed or gone, in one transaction; with DryRun it writes nothing.
//
// A source indicator is imported whole or not at all: an error in its file leaves what was known of it as it was, and does not stop the
// other files. The import as a whole is blocked, with an error and Report.Blocked, and nothing is written, where the city is unknown, the
// mapping has an error of form (a column, a transform, an indicator that the standard does not have), the folder or file cannot be read, or
// no source indicator could be imported. A folder of Open SDG is complete: what it no longer has is withdrawn. Tidy CSV speaks of the
// source indicators that it names and of no others. The same input again changes nothing and writes nothing.
//
// Without a city, SDMX-CSV is imported for every city that it speaks of and that is known here by a code of its source, in one transaction;
// Report.Cities has a report for each, Report.Elsewhere the places of nobody.
func (r *Room) Import(ctx context.Context, req Request) (Report, error) {
	if req.City == "" {
		return r.importPlaces(ctx, req)
	}
	j := newJob(req)
	j.input = func(ctx context.Context, mapping Mapping) (*collected, error) {
		return r.read(ctx, &j.request, mapping, j.report)
	}
	err := r.prepare(ctx, j)
	if err != nil || req.DryRun || !j.report.Changes() {
		return *j.report, err
	}
	err = r.db.Write(ctx, func(tx database.Tx) error { return r.commit(ctx, tx, []*job{j}) })
	return *j.report, err
}

// job is an import into one city, from its request to what it will write.
type job struct {
	request Request
	input   func(ctx context.Context, mapping Mapping) (*collected, error)
	state   *state
	mapping Mapping
	read    *collected
	plan    *plan
	report  *Report
	own     []Finding // about the mapping, of a job that is one of many
}

func newJob(req Request) *job {
	return &job{request: req, report: &Report{City: req.City, Format: req.Format, Name: req.Name, DryRun: req.DryRun}}
}

// prepare reads the input and plans what to write. Its error blocks the import.
func (r *Room) prepare(ctx context.Context, j *job) (err error) {
	if j.state, err = r.load(ctx, j.request.City); err != nil {
		j.report.Blocked = true
		return err
	}
	j.mapping = j.state.mapping
	var own []Finding
	if j.request.Mapping != nil {
		j.mapping, own = ParseMapping(j.request.Mapping, j.request.MappingName, j.state.std)
	} else {
		j.request.MappingName = "mapping"
	}
	return r.readAndPlan(ctx, j, own)
}

// readAndPlan does so with the state and the mapping of the job; own is what was found in the mapping.
func (r *Room) readAndPlan(ctx context.Context, j *job, own []Finding) (err error) {
	if j.read, err = r.collect(ctx, j, own); err != nil {
		j.report.Blocked = true
		sortFindings(j.report.Findings)
		return err
	}
	j.plan, err = r.plan(&j.request, j.state, j.mapping, j.read, j.report)
	return err
}

// fewCities is up to how many cities what follows from an import comes in its transaction.
const fewCities = 20

// commit writes what was planned, or what must be planned again where someone else has imported meanwhile.
func (r *Room) commit(ctx context.Context, tx database.Tx, jobs []*job) error {
	cities := make([]string, len(jobs))
	for i, j := range jobs {
		cities[i] = j.request.City
	}
	now, err := loadStates(ctx, tx, cities)
	if err != nil {
		return err
	}
	for _, j := range jobs {
		if state := now[j.request.City]; !state.same(j.state) {
			state.std, state.people = j.state.std, j.state.people
			j.report.reset()
			if j.plan, err = r.plan(&j.request, state, j.mapping, j.read, j.report); err != nil {
				return err
			}
		}
	}
	if err := r.write(ctx, tx, jobs); err != nil {
		return err
	}
	if r.Trail != nil {
		for _, j := range jobs {
			err := r.Trail(ctx, tx, j.request.By, "statistics imported", j.report.Import, map[string]string{"city": j.request.City, "format": string(j.request.Format)})
			if err != nil {
				return err
			}
		}
	}
	return r.tell(ctx, tx, cities)
}

// postpones tells whether what follows from a change of so many cities comes after the transaction.
func (r *Room) postpones(cities int) bool { return r.ChangedMany != nil && cities > fewCities }

// tell says of which cities anything changed.
func (r *Room) tell(ctx context.Context, tx database.Tx, cities []string) error {
	if r.postpones(len(cities)) {
		return r.ChangedMany(ctx, tx, cities)
	}
	if r.Changed == nil {
		return nil
	}
	for _, city := range cities {
		if err := r.Changed(ctx, tx, city); err != nil {
			return err
		}
	}
	return nil
}

// load reads what the room knows of a city.
func (r *Room) load(ctx context.Context, cityID string) (*state, error) {
	var s *state
	err := r.db.Read(ctx, func(tx database.Tx) (err error) {
		if r.City != nil {
			if err := r.City(ctx, tx, cityID); err != nil {
				return err
			}
		}
		s, err = r.state(ctx, tx, cityID)
		return err
	})
	return s, err
}

// state reads what is stored of a city, and the standard as it is there.
func (r *Room) state(ctx context.Context, tx database.Tx, cityID string) (*state, error) {
	all, err := loadStates(ctx, tx, []string{cityID})
	if err != nil {
		return nil, err
	}
	s := all[cityID]
	if s.std, err = r.standardOf(ctx, tx, cityID); err != nil {
		return nil, err
	}
	s.people, err = r.populationOf(ctx, tx, cityID)
	return s, err
}

func (r *Room) populationOf(ctx context.Context, tx database.Tx, cityID string) (Population, error) {
	if r.Population == nil {
		return Population{}, nil
	}
	return r.Population(ctx, tx, cityID)
}

// standardOf gives the standard as it is in a city.
func (r *Room) standardOf(ctx context.Context, tx database.Tx, cityID string) (*standard.Standard, error) {
	if r.std == nil || r.Own == nil {
		return r.std, nil
	}
	return r.Own(ctx, tx, cityID, r.std)
}

// collect reads the input of a job. Its error blocks the import.
func (r *Room) collect(ctx context.Context, j *job, own []Finding) (*collected, error) {
	req, report := &j.request, j.report
	report.Findings = own
	switch req.Periods {
	case AskPeriod, SpanPeriod, MonthPeriod:
	case "ask":
		req.Periods = AskPeriod
	default:
		return nil, fault.SaidOf("periods", "error.import.periods", `"{Rule}" is not one of ask, span, month`, "Rule", string(req.Periods))
	}
	if hasError(own) {
		return nil, blocked(req.MappingName, own)
	}
	input, err := j.input(ctx, j.mapping)
	if err != nil {
		return nil, err
	}
	input.licences()
	report.Files = input.files
	report.Findings = append(report.Findings, input.list...)
	if len(input.raws)+len(input.changes) == 0 {
		f := findings{file: req.Name}
		f.add(Error, "input.nothing", 0, "", "files", itoa(len(input.files)))
		report.Findings = append(report.Findings, f.done()...)
		return nil, blocked(req.Name, f.list)
	}
	return input, nil
}

// read reads the files of one city by their form.
func (r *Room) read(ctx context.Context, req *Request, mapping Mapping, report *Report) (*collected, error) {
	switch req.Format {
	case OpenSDG:
		return readOpenSDG(ctx, req.Files, req, mapping)
	case TidyCSV, XLSX:
		return readTidy(ctx, req.Files, req, mapping)
	case SDMXCSV:
		return r.readSDMX(ctx, req, mapping, report)
	}
	return nil, fault.SaidOf("from", "error.import.format",
		`statistics are read from opensdg, csv, sdmx-csv or xlsx, not from "{Format}"`, "Format", string(req.Format))
}

// licences notes once how many sources do not say under which licence they may be used.
func (c *collected) licences() {
	n := 0
	for _, raw := range c.raws {
		if raw.About.Licence == "" {
			n++
		}
	}
	if n > 0 {
		f := findings{file: c.found.file}
		f.add(Note, "meta.licence", 0, "", "count", itoa(n))
		c.list = append(c.list, f.done()...)
	}
}
