package assessment

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
)

// Overview is how far one organisation has come in a cycle that goes on.
type Overview struct {
	Cycle        Cycle
	Organisation city.Organisation
	Progress
	Unassigned int // neither assigned nor handed in
	Unchecked  int // handed in, and neither accepted nor disputed
}

// Begun tells whether the organisation has written anything.
func (o Overview) Begun() bool { return o.Answered+o.Drafts+o.Returned > 0 }

// Open is how many requirements still wait for an answer.
func (o Overview) Open() int { return o.Asked - o.Answered }

// Overviews gives how far each organisation that answers has come, in every cycle that is a draft, open, in review or in reply: by city, the newest
// period first, then by organisation. Those for which want says no are left out before anything is counted. It takes four statements, however many
// cities, organisations and answers there are.
func (r *Room) Overviews(ctx context.Context, tx database.Tx, want func(Cycle, city.Organisation) bool) ([]Overview, error) {
	cycles, err := r.going(ctx, tx)
	if err != nil || len(cycles) == 0 {
		return nil, err
	}
	organisations, err := r.cities.OrganisationsByCity(ctx, tx)
	if err != nil {
		return nil, err
	}
	var all []Overview
	at := map[Key]int{}
	for _, c := range cycles {
		asked, err := r.Requirements(c)
		if err != nil {
			return nil, err
		}
		for _, o := range organisations[c.City] {
			if o.Kind.Party() == "" || !want(c, o) {
				continue
			}
			at[Key{City: c.City, Period: c.Period, Organisation: o.ID}] = len(all)
			all = append(all, Overview{Cycle: c, Organisation: o, Progress: Progress{Organisation: o.ID, Asked: len(asked)}, Unassigned: len(asked)})
		}
	}
	if len(all) == 0 {
		return nil, nil
	}
	count := func(key Key, state AnswerState, n int) {
		i, wanted := at[key]
		if !wanted {
			return
		}
		o := &all[i]
		switch {
		case state == taken:
			o.Unassigned -= n
		case state.Judges():
			o.Answered += n
			if state == AnswerGiven {
				o.Unchecked += n
			}
		case state == AnswerReturned:
			o.Returned += n
		default:
			o.Drafts += n
		}
	}
	return all, r.countGoing(ctx, tx, count)
}

// going gives the cycles that are not validated, by city, the newest period first.
func (r *Room) going(ctx context.Context, tx database.Tx) ([]Cycle, error) {
	rows, err := tx.Query(ctx, "SELECT "+cycleColumns+" FROM assessment_cycle WHERE state IN ('draft', 'open', 'review', 'reply')")
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
	slices.SortFunc(all, func(a, b Cycle) int {
		return cmp.Or(strings.Compare(a.City, b.City), strings.Compare(lastYear(b.Period)+b.Period, lastYear(a.Period)+a.Period))
	})
	return all, rows.Err()
}

// taken stands in the counts for requirements that are assigned to somebody or handed in.
const taken AnswerState = "taken"

// countGoing counts the answers of the cycles that go on by organisation and state, and what is taken.
func (r *Room) countGoing(ctx context.Context, tx database.Tx, count func(Key, AnswerState, int)) error {
	for _, statement := range []string{
		`SELECT a.city_id, a.period, a.organisation_id, a.state, count(*) FROM assessment_answer a
			JOIN assessment_cycle c ON c.city_id = a.city_id AND c.period = a.period
			WHERE a.organisation_id <> '' AND c.state IN ('draft', 'open', 'review', 'reply')
			GROUP BY a.city_id, a.period, a.organisation_id, a.state`,
		`SELECT t.city_id, t.period, t.organisation_id, 'taken', count(*) FROM (
				SELECT city_id, period, organisation_id, requirement FROM assessment_assignment
				UNION SELECT city_id, period, organisation_id, requirement FROM assessment_answer WHERE organisation_id <> '' AND ` + judging + `) t
			JOIN assessment_cycle c ON c.city_id = t.city_id AND c.period = t.period
			WHERE c.state IN ('draft', 'open', 'review', 'reply')
			GROUP BY t.city_id, t.period, t.organisation_id`,
	} {
		if err := countEach(ctx, tx, statement, count); err != nil {
			return err
		}
	}
	return nil
}

func countEach(ctx context.Context, tx database.Tx, statement string, count func(Key, AnswerState, int)) error {
	rows, err := tx.Query(ctx, statement)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var key Key
		var state AnswerState
		var n int
		if err := rows.Scan(&key.City, &key.Period, &key.Organisation, &state, &n); err != nil {
			return err
		}
		count(key, state, n)
	}
	return rows.Err()
}
