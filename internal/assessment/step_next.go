package assessment

import (
	"context"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/measure/scorecard"
)

// Next is what comes after the present state of a cycle, and what has to be done before.
type Next struct {
	To         State // empty: nothing comes after it
	Unmet      []*fault.Error
	Unanswered []string // of an open cycle: the requirements without an answer by the authority, in the order of the standard
	Asked      int      // of an open cycle: the requirements of its profile
	Returned   int      // answers of the authority that were sent back and are not handed in again
}

// Next gives the state that follows and the conditions for it that do not hold. From open to review, requirements without an answer by the
// authority are no hindrance where a Move names them all and says why: they become unknown.
func (r *Room) Next(ctx context.Context, tx database.Tx, c Cycle) (n Next, err error) {
	if at := slices.Index(States, c.State) + 1; at < len(States) {
		n.To = States[at]
	}
	switch c.State {
	case Draft:
		return n, r.needAuthority(ctx, tx, c, &n)
	case Open:
		return n, r.needAnswers(ctx, tx, c, &n)
	case Review:
		return n, r.needNoneReturned(ctx, tx, c, &n)
	case Published:
		n.Unmet = append(n.Unmet, fault.Said(fault.Conflict, "error.cycle.archives_itself",
			"it goes to the archive by itself when a newer assessment of the city is published"))
	}
	return n, nil
}

// without gives the conditions that do not hold for a move.
func (n Next) without(m Move) (unmet []error) {
	named := strings.TrimSpace(m.Note) != "" && !slices.ContainsFunc(n.Unanswered, func(id string) bool { return !slices.Contains(m.Unanswered, id) })
	for _, f := range n.Unmet {
		if f.Key == "error.cycle.unanswered" && named {
			continue
		}
		unmet = append(unmet, f)
	}
	return unmet
}

func (r *Room) needAuthority(ctx context.Context, tx database.Tx, c Cycle, n *Next) error {
	organisations, err := r.cities.Organisations(ctx, tx, c.City)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(organisations, func(o city.Organisation) bool { return o.Kind == city.Authority }) {
		n.Unmet = append(n.Unmet, fault.Said(fault.Conflict, "error.cycle.no_authority",
			"{City} has no organisation of the authority that could answer; add one first", "City", c.City))
	}
	return nil
}

func (r *Room) needAnswers(ctx context.Context, tx database.Tx, c Cycle, n *Next) error {
	asked, err := r.Requirements(c)
	if err != nil {
		return err
	}
	n.Asked = len(asked)
	rows, err := tx.Query(ctx, `SELECT DISTINCT requirement FROM assessment_answer WHERE city_id = $1 AND period = $2 AND party = $3 AND `+judging,
		c.City, c.Period, scorecard.Authority)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	answered := map[string]bool{}
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return err
		}
		answered[id] = true
	}
	for _, id := range asked {
		if !answered[id] {
			n.Unanswered = append(n.Unanswered, id)
		}
	}
	if len(n.Unanswered) > 0 {
		n.Unmet = append(n.Unmet, fault.Said(fault.Conflict, "error.cycle.unanswered",
			"{Missing} of {Asked} requirements have no answer by the authority; have them answered, or name them and say why they stay unanswered",
			"Missing", len(n.Unanswered), "Asked", n.Asked))
	}
	return rows.Err()
}

// needNoneReturned asks for the authority's own answers: nobody else's silence can hold the assessment up. What others were sent back and do not
// hand in again does not judge.
func (r *Room) needNoneReturned(ctx context.Context, tx database.Tx, c Cycle, n *Next) error {
	err := tx.QueryRow(ctx, "SELECT count(*) FROM assessment_answer WHERE city_id = $1 AND period = $2 AND state = $3 AND party = $4",
		c.City, c.Period, string(AnswerReturned), scorecard.Authority).Scan(&n.Returned)
	if err == nil && n.Returned > 0 {
		n.Unmet = append(n.Unmet, fault.Said(fault.Conflict, "error.cycle.returned", "{Returned} answers were returned and are not handed in again", "Returned", n.Returned))
	}
	return err
}

// Requirements gives the ids of the requirements that a cycle asks for, in the order of its standard. Returns NotFound where the node does
// not have the standard.
func (r *Room) Requirements(c Cycle) ([]string, error) {
	std, profile, err := r.standardOf(c)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, d := range std.Select(profile) {
		for i := range d.Requirements {
			ids = append(ids, d.Requirements[i].ID)
		}
	}
	return ids, nil
}
