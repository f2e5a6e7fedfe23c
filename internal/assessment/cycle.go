package assessment

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/account"
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

// Purpose is what a cycle is for.
type Purpose string

const (
	Regular Purpose = "regular"
	First   Purpose = "first" // the first year of a city that becomes a human rights city
)

// Purposes lists all purposes.
var Purposes = []Purpose{Regular, First}

// Cycle is one assessment of a city over a period. It stays on the version of the standard that it began with.
type Cycle struct {
	City     string
	Period   string // a year, or a span of years
	Standard string // hrc-ms@0.2
	Profile  string
	State    State
	Changed  int64   // when it came to its state, unix milliseconds
	AnswerBy int64   // the day until which answers are asked for (see ParseDay); 0: none was named
	Purpose  Purpose // empty in Begin and Start: Regular
}

// Begin keeps a new cycle as a draft. Returns NotFound where the city, the standard or the profile is not known, Invalid where the period is
// not one or the purpose is not known, and Conflict where the city has a cycle for it.
func (r *Room) Begin(ctx context.Context, by account.Actor, c Cycle) error {
	return r.db.Write(ctx, func(tx database.Tx) error {
		if err := r.begin(ctx, tx, by.Person, c); err != nil {
			return err
		}
		return r.noted(ctx, tx, by, "assessment begun", c.City, c.Period, "")
	})
}

// Start is Begin by the command line, inside a transaction of the caller.
func (r *Room) Start(ctx context.Context, tx database.Tx, c Cycle) error {
	return r.begin(ctx, tx, "", c)
}

func (r *Room) begin(ctx context.Context, tx database.Tx, person string, c Cycle) error {
	if _, _, err := scorecard.Span(c.Period); err != nil {
		return notAPeriod(c.Period)
	}
	if c.Purpose = cmp.Or(c.Purpose, Regular); !slices.Contains(Purposes, c.Purpose) {
		return fault.SaidOf("purpose", "error.cycle.purpose", `"{Purpose}" is no purpose of an assessment`, "Purpose", string(c.Purpose))
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
	_, err := tx.Exec(ctx, `INSERT INTO assessment_cycle (city_id, period, standard, profile, state, changed_at, answer_by, purpose)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		c.City, c.Period, c.Standard, c.Profile, string(Draft), r.Clock.Now().UnixMilli(), orNull(c.AnswerBy), string(c.Purpose))
	if err != nil {
		return err
	}
	if err := r.trace(ctx, tx, c, Step{To: Draft, By: person}); err != nil {
		return err
	}
	return r.changed(ctx, tx, c.City)
}

// Remove takes a draft back, with its assignments and its trace. Returns NotFound, and Conflict where the cycle is no draft any more.
func (r *Room) Remove(ctx context.Context, by account.Actor, cityID, period string) error {
	return r.db.Write(ctx, func(tx database.Tx) error {
		c, err := r.Cycle(ctx, tx, cityID, period)
		if err != nil {
			return err
		}
		if c.State != Draft {
			return fault.Said(fault.Conflict, "error.cycle.not_draft", "only a draft can be removed; the assessment of {City} for {Period} is in the state {State}",
				"City", cityID, "Period", period, "State", string(c.State))
		}
		for _, table := range []string{"assessment_handout", "assessment_assignment", "assessment_step", "assessment_cycle"} {
			if _, err := tx.Exec(ctx, "DELETE FROM "+table+" WHERE city_id = $1 AND period = $2", cityID, period); err != nil {
				return err
			}
		}
		if err := r.noted(ctx, tx, by, "assessment removed", cityID, period, ""); err != nil {
			return err
		}
		return r.changed(ctx, tx, cityID)
	})
}

// Prepare changes the day until which answers are asked for, and the purpose, of a cycle that is not validated yet. Returns NotFound, Invalid or Conflict.
func (r *Room) Prepare(ctx context.Context, cityID, period string, answerBy int64, purpose Purpose) error {
	if !slices.Contains(Purposes, purpose) {
		return fault.SaidOf("purpose", "error.cycle.purpose", `"{Purpose}" is no purpose of an assessment`, "Purpose", string(purpose))
	}
	return r.db.Write(ctx, func(tx database.Tx) error {
		c, err := r.Cycle(ctx, tx, cityID, period)
		if err != nil {
			return err
		}
		if !slices.Contains([]State{Draft, Open, Review, Reply}, c.State) {
			return notOpen(c)
		}
		_, err = tx.Exec(ctx, "UPDATE assessment_cycle SET answer_by = $3, purpose = $4 WHERE city_id = $1 AND period = $2",
			cityID, period, orNull(answerBy), string(purpose))
		return err
	})
}

const cycleColumns = "city_id, period, standard, profile, state, changed_at, coalesce(answer_by, 0), purpose"

// Cycle gives a city's cycle for a period. Returns NotFound where there is none.
func (r *Room) Cycle(ctx context.Context, tx database.Tx, cityID, period string) (Cycle, error) {
	c, err := scanCycle(tx.QueryRow(ctx, "SELECT "+cycleColumns+" FROM assessment_cycle WHERE city_id = $1 AND period = $2", cityID, period))
	return c, notFound(err, noCycle(cityID, period))
}

func noCycle(cityID, period string) *fault.Error {
	return fault.Said(fault.NotFound, "error.assessment.none", "there is no assessment of {City} for {Period}", "City", cityID, "Period", period)
}

// notFound gives missing where the database has no row.
func notFound(err error, missing *fault.Error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return missing
	}
	return err
}

// orNull is a number that 0 stands for the lack of.
func orNull(n int64) *int64 {
	if n == 0 {
		return nil
	}
	return &n
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
	err = row.Scan(&c.City, &c.Period, &c.Standard, &c.Profile, &c.State, &c.Changed, &c.AnswerBy, &c.Purpose)
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
