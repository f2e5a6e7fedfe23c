package assessment

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Step is an entry in the trace of a cycle.
type Step struct {
	ID         string
	From, To   State // From is empty where the cycle was begun
	At         int64 // unix milliseconds
	By         string
	Note       string
	Unanswered []string // requirements that were left without an answer by the authority
}

// Move is what somebody wants to do with a cycle.
type Move struct {
	City, Period string
	To           State
	Note         string
	Unanswered   []string // from open to review, with a note: the requirements that stay without an answer by the authority
}

// Step brings a cycle to its next state. Returns NotFound, and Conflict where To is not the state that follows or a condition does not hold;
// all that do not are joined (see Next).
func (r *Room) Step(ctx context.Context, by account.Actor, m Move) error {
	return r.db.Write(ctx, func(tx database.Tx) error {
		c, err := r.Cycle(ctx, tx, m.City, m.Period)
		if err != nil {
			return err
		}
		if err := follows(c, m.To); err != nil {
			return err
		}
		next, err := r.Next(ctx, tx, c)
		if err != nil {
			return err
		}
		if unmet := next.without(m); len(unmet) > 0 {
			return errors.Join(unmet...)
		}
		if err := r.noted(ctx, tx, by, "assessment moved", m.City, m.Period, m.To); err != nil {
			return err
		}
		return r.advance(ctx, tx, c, Step{To: m.To, By: by.Person, Note: strings.TrimSpace(m.Note), Unanswered: next.Unanswered})
	})
}

// Advance brings a cycle to its next state and asks for no condition but the order: for a cycle that was conducted elsewhere. Returns
// NotFound where there is no such cycle, and Conflict where to is not the state after the one that the cycle is in.
func (r *Room) Advance(ctx context.Context, tx database.Tx, cityID, period string, to State) error {
	c, err := r.Cycle(ctx, tx, cityID, period)
	if err != nil {
		return err
	}
	if err := follows(c, to); err != nil {
		return err
	}
	return r.advance(ctx, tx, c, Step{To: to})
}

// follows returns Conflict where a state is not the one after the cycle's own.
func follows(c Cycle, to State) error {
	if at := slices.Index(States, c.State) + 1; at < len(States) && States[at] == to {
		return nil
	}
	return fault.Said(fault.Conflict, "error.assessment.order", "the assessment of {City} for {Period} is in the state {State}, which {To} does not follow",
		"City", c.City, "Period", c.Period, "State", string(c.State), "To", string(to))
}

// advance moves a cycle on, and with one that is published, the older ones into the archive.
func (r *Room) advance(ctx context.Context, tx database.Tx, c Cycle, s Step) error {
	if err := r.move(ctx, tx, c, s); err != nil {
		return err
	}
	if s.To == Published {
		if err := r.archive(ctx, tx, c.City, s.By); err != nil {
			return err
		}
	}
	return r.changed(ctx, tx, c.City)
}

// archive moves all published cycles of a city but the newest on.
func (r *Room) archive(ctx context.Context, tx database.Tx, cityID, person string) error {
	cycles, err := r.Cycles(ctx, tx, cityID)
	if err != nil {
		return err
	}
	newest := true
	for _, c := range cycles {
		if c.State != Published {
			continue
		}
		if !newest {
			if err := r.move(ctx, tx, c, Step{To: Archived, By: person}); err != nil {
				return err
			}
		}
		newest = false
	}
	return nil
}

func (r *Room) move(ctx context.Context, tx database.Tx, c Cycle, s Step) error {
	_, err := tx.Exec(ctx, "UPDATE assessment_cycle SET state = $3, changed_at = $4 WHERE city_id = $1 AND period = $2",
		c.City, c.Period, string(s.To), r.Clock.Now().UnixMilli())
	if err != nil {
		return err
	}
	s.From = c.State
	return r.trace(ctx, tx, c, s)
}

func (r *Room) trace(ctx context.Context, tx database.Tx, c Cycle, s Step) error {
	_, err := tx.Exec(ctx, `INSERT INTO assessment_step (city_id, period, step_id, from_state, to_state, at, by_person, note, unanswered)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		c.City, c.Period, database.NewID(), string(s.From), string(s.To), r.Clock.Now().UnixMilli(), s.By, s.Note, strings.Join(s.Unanswered, " "))
	return err
}

// Steps gives the trace of a cycle, the first step first.
func (r *Room) Steps(ctx context.Context, tx database.Tx, cityID, period string) ([]Step, error) {
	rows, err := tx.Query(ctx, `SELECT step_id, from_state, to_state, at, by_person, note, unanswered FROM assessment_step
		WHERE city_id = $1 AND period = $2 ORDER BY step_id`, cityID, period)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var all []Step
	for rows.Next() {
		var s Step
		var unanswered string
		if err := rows.Scan(&s.ID, &s.From, &s.To, &s.At, &s.By, &s.Note, &unanswered); err != nil {
			return nil, err
		}
		s.Unanswered = strings.Fields(unanswered)
		all = append(all, s)
	}
	return all, rows.Err()
}
