package statistics

import (
	"context"

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
	// Changed is called in the transaction of an import that changed anything. Nil: nobody wants to know.
	Changed func(ctx context.Context, tx database.Tx, cityID string) error
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
func (r *Room) Import(ctx context.Context, req Request) (Report, error) {
	report := Report{City: req.City, Format: req.Format, Name: req.Name, DryRun: req.DryRun}
	state, err := r.load(ctx, req.City)
	if err != nil {
		report.Blocked = true
		return report, err
	}
	mapping := state.mapping
	var own []Finding
	if req.Mapping != nil {
		mapping, own = ParseMapping(req.Mapping, req.MappingName, state.std)
	} else {
		req.MappingName = "mapping"
	}
	input, err := r.collect(ctx, &req, mapping, own, &report)
	if err != nil {
		report.Blocked = true
		sortFindings(report.Findings)
		return report, err
	}
	plan, err := r.plan(&req, state, mapping, input, &report)
	if err != nil || req.DryRun || !report.Changes() {
		return report, err
	}
	return report, r.db.Write(ctx, func(tx database.Tx) error {
		now, err := r.state(ctx, tx, req.City)
		if err != nil {
			return err
		}
		if !now.same(state) { // someone else imported meanwhile
			report.reset()
			if plan, err = r.plan(&req, now, mapping, input, &report); err != nil {
				return err
			}
		}
		if err := r.write(ctx, tx, &req, plan, &report); err != nil {
			return err
		}
		if r.Changed != nil {
			return r.Changed(ctx, tx, req.City)
		}
		return nil
	})
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
	s, err := loadState(ctx, tx, cityID)
	if err != nil {
		return nil, err
	}
	if s.std = r.std; r.std != nil && r.Own != nil {
		s.std, err = r.Own(ctx, tx, cityID, r.std)
	}
	return s, err
}

// collect reads the input. Its error blocks the import.
func (r *Room) collect(ctx context.Context, req *Request, mapping Mapping, own []Finding, report *Report) (*collected, error) {
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
	read := readOpenSDG
	switch req.Format {
	case OpenSDG:
	case TidyCSV:
		read = readTidy
	default:
		return nil, fault.SaidOf("from", "error.import.format",
			`statistics are read from opensdg or csv, not from "{Format}"`, "Format", string(req.Format))
	}
	input, err := read(ctx, req.Files, req, mapping)
	if err != nil {
		return nil, err
	}
	input.licences()
	report.Files = input.files
	report.Findings = append(report.Findings, input.list...)
	if len(input.raws) == 0 {
		f := findings{file: req.Name}
		f.add(Error, "input.nothing", 0, "", "files", itoa(len(input.files)))
		report.Findings = append(report.Findings, f.done()...)
		return nil, blocked(req.Name, f.list)
	}
	return input, nil
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
