package assessment

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Handout is one act of assigning, with what it replaced.
type Handout struct {
	ID string
	Assigning
	Replaced map[string]*Replaced // by requirement; nil where nobody had it
	Undone   bool
	At       int64 // unix milliseconds
	By       string
}

// Replaced says who had a requirement before.
type Replaced struct {
	Person    string `json:"person"`
	Alternate string `json:"alternate,omitempty"`
	Due       int64  `json:"due,omitempty"`
}

// HandOut is Assign that tells under which id it can be undone.
func (r *Room) HandOut(ctx context.Context, by account.Actor, a Assigning) (id string, err error) {
	err = r.db.Write(ctx, func(tx database.Tx) error {
		if err := r.checkAssigning(ctx, tx, a); err != nil {
			return err
		}
		id, err = r.handOut(ctx, tx, by, a)
		return err
	})
	return id, err
}

// handOut assigns what has been checked.
func (r *Room) handOut(ctx context.Context, tx database.Tx, by account.Actor, a Assigning) (id string, err error) {
	before, err := r.Assignments(ctx, tx, a.City, a.Period, a.Organisation)
	if err != nil {
		return "", err
	}
	replaced := map[string]*Replaced{}
	for _, requirement := range a.Requirements {
		replaced[requirement] = nil
		if had, ok := before[requirement]; ok {
			replaced[requirement] = &Replaced{had.Person, had.Alternate, had.Due}
		}
		if err := r.assign(ctx, tx, by, requirement, a); err != nil {
			return "", err
		}
	}
	if err := r.prolong(ctx, tx, a); err != nil {
		return "", err
	}
	document, err := json.Marshal(replaced)
	if err != nil {
		return "", err
	}
	id = database.NewID()
	_, err = tx.Exec(ctx, `INSERT INTO assessment_handout
		(city_id, period, organisation_id, handout_id, person_id, alternate_id, due_at, replaced, undone, at, by_person)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10)`,
		a.City, a.Period, a.Organisation, id, a.Person, a.Alternate, orNull(a.Due), string(document), r.Clock.Now().UnixMilli(), by.Person)
	return id, err
}

// Undo gives the requirements of a handout back to those who had them, and tells of how many. One that has been assigned anew since stays as it
// is. Undoing twice changes nothing. Returns NotFound where there is no such handout, and Conflict once the cycle is validated.
func (r *Room) Undo(ctx context.Context, by account.Actor, cityID, period, organisation, id string) (n int, err error) {
	err = r.db.Write(ctx, func(tx database.Tx) error {
		h, err := r.Handout(ctx, tx, cityID, period, organisation, id)
		if err != nil || h.Undone {
			return err
		}
		if _, err := r.checkAsked(ctx, tx, h.Assigning); err != nil {
			return err
		}
		now, err := r.Assignments(ctx, tx, cityID, period, organisation)
		if err != nil {
			return err
		}
		for _, requirement := range h.Requirements {
			if a := now[requirement]; a.Person != h.Person || a.Alternate != h.Alternate || a.Due != h.Due {
				continue
			}
			back := Assigning{City: cityID, Period: period, Organisation: organisation}
			if had := h.Replaced[requirement]; had != nil {
				back.Person, back.Alternate, back.Due = had.Person, had.Alternate, had.Due
			}
			if err := r.assign(ctx, tx, by, requirement, back); err != nil {
				return err
			}
			n++
		}
		_, err = tx.Exec(ctx, "UPDATE assessment_handout SET undone = 1 WHERE city_id = $1 AND period = $2 AND organisation_id = $3 AND handout_id = $4",
			cityID, period, organisation, id)
		return err
	})
	return n, err
}

// Handout gives an act of assigning. Returns NotFound.
func (r *Room) Handout(ctx context.Context, tx database.Tx, cityID, period, organisation, id string) (Handout, error) {
	h := Handout{ID: id, Assigning: Assigning{City: cityID, Period: period, Organisation: organisation}}
	var document []byte
	err := tx.QueryRow(ctx, `SELECT person_id, alternate_id, coalesce(due_at, 0), replaced, undone, at, by_person FROM assessment_handout
		WHERE city_id = $1 AND period = $2 AND organisation_id = $3 AND handout_id = $4`, cityID, period, organisation, id).
		Scan(&h.Person, &h.Alternate, &h.Due, &document, &h.Undone, &h.At, &h.By)
	if errors.Is(err, sql.ErrNoRows) {
		return h, fault.Said(fault.NotFound, "error.assignment.no_handout", "nothing was assigned under {ID}", "ID", id)
	}
	if err != nil {
		return h, err
	}
	if err := json.Unmarshal(document, &h.Replaced); err != nil {
		return h, err
	}
	h.Requirements = slices.SortedFunc(maps.Keys(h.Replaced), compareIDs)
	return h, nil
}
