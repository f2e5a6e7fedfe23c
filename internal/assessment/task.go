package assessment

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/cityrights/cityrights/internal/platform/database"
)

// Task is something that waits for somebody. It is derived from assignments and answers, and never stored.
type Task struct {
	Key
	State     AnswerState // empty: not begun; draft or returned
	Note      string      // of who returned it
	Person    string      // empty: nobody
	Alternate string
	Due       int64 // the last day; 0: none
}

// Overdue tells whether the last day of a task has passed.
func (t Task) Overdue(now time.Time) bool { return Over(t.Due, now) }

// ByDeadline orders tasks: the earliest last day first, those without one at the end; then returned ones; then by city, period and requirement.
func ByDeadline(tasks []Task) {
	late := func(day int64) int64 { return cmp.Or(day, 1<<62) }
	returned := func(t Task) int {
		if t.State == AnswerReturned {
			return 0
		}
		return 1
	}
	slices.SortFunc(tasks, func(a, b Task) int {
		return cmp.Or(cmp.Compare(late(a.Due), late(b.Due)), returned(a)-returned(b), strings.Compare(a.City, b.City), strings.Compare(b.Period, a.Period),
			strings.Compare(a.Organisation, b.Organisation), compareIDs(a.Requirement, b.Requirement))
	})
}

// compareIDs orders requirements of one dimension by their numbers.
func compareIDs(a, b string) int {
	x, _, _ := strings.Cut(a, ".")
	y, _, _ := strings.Cut(b, ".")
	return cmp.Or(strings.Compare(x, y), len(a)-len(b), strings.Compare(a, b))
}

// TasksOf gives what a person has to answer in all cities, as the one assigned or as the alternate, by deadline: what is not handed in while a
// cycle is open, and what was returned until its review ends.
func (r *Room) TasksOf(ctx context.Context, tx database.Tx, person string) ([]Task, error) {
	rows, err := tx.Query(ctx, `SELECT s.city_id, s.period, s.requirement, s.organisation_id, s.person_id, s.alternate_id,
			coalesce(s.due_at, c.answer_by, 0), coalesce(a.state, ''), coalesce(a.note, '')
		FROM assessment_assignment s
		JOIN assessment_cycle c ON c.city_id = s.city_id AND c.period = s.period
		LEFT JOIN assessment_answer a ON a.city_id = s.city_id AND a.period = s.period AND a.requirement = s.requirement AND a.organisation_id = s.organisation_id
		WHERE (s.person_id = $1 OR s.alternate_id = $1)
			AND (c.state = 'open' AND coalesce(a.state, 'draft') IN ('draft', 'returned') OR c.state = 'review' AND a.state = 'returned')`, person)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var all []Task
	for rows.Next() {
		var t Task
		if err := rows.Scan(&t.City, &t.Period, &t.Requirement, &t.Organisation, &t.Person, &t.Alternate, &t.Due, &t.State, &t.Note); err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	ByDeadline(all)
	return all, rows.Err()
}

// Waiting gives everything that is still to be answered for an organisation in a cycle, assigned or not, by deadline. What its coordinators look
// for is in it: overdue, due, returned and unassigned. A draft looks like one that nobody has begun to those who may not see drafts.
func (r *Room) Waiting(ctx context.Context, tx database.Tx, c Cycle, organisation string) ([]Task, error) {
	asked, err := r.Requirements(c)
	if err != nil {
		return nil, err
	}
	entries, err := r.Entries(ctx, tx, c.City, c.Period, organisation)
	if err != nil {
		return nil, err
	}
	assigned, err := r.Assignments(ctx, tx, c.City, c.Period, organisation)
	if err != nil {
		return nil, err
	}
	var all []Task
	for _, id := range asked {
		e, a := entries[id], assigned[id]
		if !Writable(c.State, e.State) {
			continue
		}
		all = append(all, Task{Key: Key{c.City, c.Period, id, organisation}, State: e.State, Note: e.Note, Person: a.Person, Alternate: a.Alternate,
			Due: cmp.Or(a.Due, c.AnswerBy)})
	}
	ByDeadline(all)
	return all, nil
}
