package assessment

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/measure/scorecard"
	"github.com/cityrights/cityrights/standard"
)

// State is how far a cycle has come.
type State string

const (
	Draft     State = "draft"     // being prepared
	Open      State = "open"      // the parties answer
	Review    State = "review"    // answers are checked
	Reply     State = "reply"     // those assessed may reply
	Validated State = "validated" // closed, not public yet
	Published State = "published"
	Archived  State = "archived" // public still, and followed by a newer one
)

// States lists all states in the order in which a cycle passes through them; none is left out and none comes twice.
var States = []State{Draft, Open, Review, Reply, Validated, Published, Archived}

// Public tells whether the answers of a cycle in this state may be shown to everybody.
func (s State) Public() bool { return s == Published || s == Archived }

// Cycle is one assessment of a city over a period.
type Cycle struct {
	City     string
	Period   string // a year, or a span of years
	Standard string // hrc-ms@0.2
	Profile  string
	State    State
	Changed  int64 // when it came to its state, unix milliseconds
}

// Start keeps a new cycle as a draft. Returns NotFound where the city, the standard or the profile is not known, Invalid where the period is
// not one, and Conflict where the city has a cycle for it.
func (r *Room) Start(ctx context.Context, tx database.Tx, c Cycle) error {
	if _, _, err := scorecard.Span(c.Period); err != nil {
		return notAPeriod(c.Period)
	}
	if _, err := r.cities.Get(ctx, tx, c.City); err != nil {
		return err
	}
	if _, _, err := r.standardOf(c); err != nil {
		return err
	}
	switch _, err := r.Cycle(ctx, tx, c.City, c.Period); {
	case err == nil:
		return fault.Said(fault.Conflict, "error.assessment.taken", "{City} has an assessment for {Period} already", "City", c.City, "Period", c.Period)
	case fault.KindOf(err) != fault.NotFound:
		return err
	}
	_, err := tx.Exec(ctx, "INSERT INTO assessment_cycle (city_id, period, standard, profile, state, changed_at) VALUES ($1, $2, $3, $4, $5, $6)",
		c.City, c.Period, c.Standard, c.Profile, string(Draft), r.Clock.Now().UnixMilli())
	if err != nil {
		return err
	}
	return r.changed(ctx, tx, c.City)
}

// Advance brings a cycle to its next state. Returns NotFound where there is no such cycle, and Conflict where to is not the state after the
// one that the cycle is in.
func (r *Room) Advance(ctx context.Context, tx database.Tx, cityID, period string, to State) error {
	c, err := r.Cycle(ctx, tx, cityID, period)
	if err != nil {
		return err
	}
	if at := slices.Index(States, c.State) + 1; at == len(States) || States[at] != to {
		return fault.Said(fault.Conflict, "error.assessment.order", "the assessment of {City} for {Period} is in the state {State}, which {To} does not follow",
			"City", cityID, "Period", period, "State", string(c.State), "To", string(to))
	}
	_, err = tx.Exec(ctx, "UPDATE assessment_cycle SET state = $3, changed_at = $4 WHERE city_id = $1 AND period = $2",
		cityID, period, string(to), r.Clock.Now().UnixMilli())
	if err != nil {
		return err
	}
	return r.changed(ctx, tx, cityID)
}

const cycleColumns = "city_id, period, standard, profile, state, changed_at"

// Cycle gives a city's cycle for a period. Returns NotFound where there is none.
func (r *Room) Cycle(ctx context.Context, tx database.Tx, cityID, period string) (Cycle, error) {
	c, err := scanCycle(tx.QueryRow(ctx, "SELECT "+cycleColumns+" FROM assessment_cycle WHERE city_id = $1 AND period = $2", cityID, period))
	if errors.Is(err, sql.ErrNoRows) {
		return c, fault.Said(fault.NotFound, "error.assessment.none", "there is no assessment of {City} for {Period}", "City", cityID, "Period", period)
	}
	return c, err
}

// Cycles gives all cycles of a city, the newest period first.
func (r *Room) Cycles(ctx context.Context, tx database.Tx, cityID string) ([]Cycle, error) {
	rows, err := tx.Query(ctx, "SELECT "+cycleColumns+" FROM assessment_cycle WHERE city_id = $1", cityID)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var all []Cycle
	for rows.Next() {
		c, err := scanCycle(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b Cycle) int { return strings.Compare(lastYear(b.Period)+b.Period, lastYear(a.Period)+a.Period) })
	return all, rows.Err()
}

func lastYear(period string) string { return period[strings.LastIndexByte(period, '-')+1:] }

type scanner interface{ Scan(...any) error }

func scanCycle(row scanner) (c Cycle, err error) {
	err = row.Scan(&c.City, &c.Period, &c.Standard, &c.Profile, &c.State, &c.Changed)
	return c, err
}

// standardOf gives the standard and the profile of a cycle. Returns NotFound.
func (r *Room) standardOf(c Cycle) (*standard.Standard, standard.Profile, error) {
	std, err := r.find(c.Standard)
	if err != nil {
		return nil, standard.Profile{}, err
	}
	profile, ok := std.Profile(c.Profile)
	if !ok {
		return nil, standard.Profile{}, fault.Said(fault.NotFound, "error.standard.profile",
			`the standard {Standard} has no profile "{Profile}"`, "Standard", c.Standard, "Profile", c.Profile)
	}
	return std, *profile, nil
}

// HoldsCity gives a Conflict where the city has an assessment, whatever its state.
func (r *Room) HoldsCity(ctx context.Context, tx database.Tx, cityID string) error {
	cycles, err := r.Cycles(ctx, tx, cityID)
	if err != nil || len(cycles) == 0 {
		return err
	}
	return fault.Said(fault.Conflict, "error.city.holds_assessment", "{City} cannot be removed: it has an assessment, of {Period}, which is kept", "City", cityID, "Period", cycles[0].Period)
}
