package assessment

import (
	"context"
	"slices"

	"github.com/cityrights/cityrights/internal/platform/database"
)

// Progress is how far an organisation has come in a cycle, in numbers.
type Progress struct {
	Organisation string
	Asked        int // requirements of the profile
	Answered     int // handed in, accepted or disputed
	Drafts       int
	Returned     int
}

// Progress gives how far each organisation has come that has begun in a cycle, by organisation. Whoever may not see an organisation's drafts is not
// to be told how many there are.
func (r *Room) Progress(ctx context.Context, tx database.Tx, c Cycle) (map[string]Progress, error) {
	asked, err := r.Requirements(c)
	if err != nil {
		return nil, err
	}
	rows, err := tx.Query(ctx, "SELECT requirement, organisation_id, state FROM assessment_answer WHERE city_id = $1 AND period = $2 AND organisation_id <> ''", c.City, c.Period)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	all := map[string]Progress{}
	for rows.Next() {
		var requirement, organisation string
		var state AnswerState
		if err := rows.Scan(&requirement, &organisation, &state); err != nil {
			return nil, err
		}
		if !slices.Contains(asked, requirement) {
			continue
		}
		p := all[organisation]
		p.Organisation, p.Asked = organisation, len(asked)
		switch {
		case state.Judges():
			p.Answered++
		case state == AnswerReturned:
			p.Returned++
		default:
			p.Drafts++
		}
		all[organisation] = p
	}
	return all, rows.Err()
}
