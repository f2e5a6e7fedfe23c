package assessment

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/cityrights/cityrights/internal/platform/database"
)

// Change is a version of an answer, or a text that was put aside.
type Change struct {
	ID string
	Answer
	State   AnswerState // of the answer since; empty for a text that was put aside
	Version int64       // that the answer has since; of a text that was put aside, the version on which it was written
	How     How
	At      int64  // unix milliseconds
	By      string // person; empty: the command line
	Note    string
}

// changeDocument is the form in which the history keeps an answer.
type changeDocument struct {
	Answer
	State AnswerState `json:"state,omitempty"`
}

// note writes the history.
func note(ctx context.Context, tx database.Tx, key Key, c Change) error {
	document, err := json.Marshal(changeDocument{c.Answer, c.State})
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO assessment_answer_change
		(city_id, period, requirement, organisation_id, change_id, version, how, document, at, by_person, note)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		key.City, key.Period, key.Requirement, key.Organisation, database.NewID(), c.Version, string(c.How), string(document), c.At, c.By, c.Note)
	return err
}

// History gives everything that an answer has been, and what was put aside, the newest first.
func (r *Room) History(ctx context.Context, tx database.Tx, key Key) ([]Change, error) {
	rows, err := tx.Query(ctx, `SELECT change_id, version, how, document, at, by_person, note FROM assessment_answer_change
		WHERE city_id = $1 AND period = $2 AND requirement = $3 AND organisation_id = $4 ORDER BY change_id DESC`,
		key.City, key.Period, key.Requirement, key.Organisation)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var all []Change
	for rows.Next() {
		var c Change
		var text []byte
		if err := rows.Scan(&c.ID, &c.Version, &c.How, &text, &c.At, &c.By, &c.Note); err != nil {
			return nil, err
		}
		var kept changeDocument
		if err := json.Unmarshal(text, &kept); err != nil {
			return nil, fmt.Errorf("history of the %s: %w", key, err)
		}
		c.Answer, c.State = kept.Answer, kept.State
		c.Requirement, c.Organisation = key.Requirement, key.Organisation
		all = append(all, c)
	}
	return all, rows.Err()
}
