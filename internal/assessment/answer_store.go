package assessment

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/measure/scorecard"
)

// grounds is the part of an answer that is kept as JSON.
type grounds struct {
	Share      *scorecard.Share      `json:"share,omitempty"`
	Evidence   []scorecard.Evidence  `json:"evidence,omitempty"`
	Indicators []scorecard.Indicated `json:"indicators,omitempty"`
}

const entryColumns = `requirement, organisation_id, party, grade, honest_value, whose, reasons, language, grounds,
	state, version, note, kept_from, changed_by, changed_at`

func readEntries(ctx context.Context, tx database.Tx, where string, args ...any) ([]Entry, error) {
	rows, err := tx.Query(ctx, "SELECT "+entryColumns+" FROM assessment_answer WHERE "+where, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var all []Entry
	for rows.Next() {
		e, err := scanEntry(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, rows.Err()
}

// scanEntry reads the columns of an answer; before are where the row's columns before them go.
func scanEntry(row scanner, before ...any) (e Entry, err error) {
	var document []byte
	err = row.Scan(append(before, &e.Requirement, &e.Organisation, &e.Party, &e.Grade, &e.Value, &e.Whose, &e.Reasons, &e.Language, &document,
		&e.State, &e.Version, &e.Note, &e.KeptFrom, &e.ChangedBy, &e.Changed)...)
	if err != nil {
		return e, err
	}
	var kept grounds
	if err := json.Unmarshal(document, &kept); err != nil {
		return e, fmt.Errorf("answer of %q to %s: %w", e.Organisation, e.Requirement, err)
	}
	e.Share, e.Evidence, e.Indicators = kept.Share, kept.Evidence, kept.Indicators
	return e, nil
}

// put keeps an answer in place of the one before, and what it is now in the history.
func put(ctx context.Context, tx database.Tx, key Key, e Entry, how How) error {
	document, err := json.Marshal(grounds{Share: e.Share, Evidence: e.Evidence, Indicators: e.Indicators})
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO assessment_answer
		(city_id, period, requirement, organisation_id, party, grade, honest_value, whose, reasons, language, grounds,
			state, version, note, kept_from, changed_by, changed_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
		ON CONFLICT (city_id, period, requirement, organisation_id) DO UPDATE SET party = excluded.party, grade = excluded.grade,
			honest_value = excluded.honest_value, whose = excluded.whose, reasons = excluded.reasons, language = excluded.language,
			grounds = excluded.grounds, state = excluded.state, version = excluded.version, note = excluded.note, kept_from = excluded.kept_from,
			changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
		key.City, key.Period, key.Requirement, key.Organisation, e.Party, e.Grade, e.Value, e.Whose, e.Reasons, e.Language, string(document),
		string(e.State), e.Version, e.Note, e.KeptFrom, e.ChangedBy, e.Changed)
	if err != nil {
		return err
	}
	return note(ctx, tx, key, Change{Answer: e.Answer, State: e.State, Version: e.Version, How: how, At: e.Changed, By: e.ChangedBy, Note: e.Note})
}

// same tells whether two answers say the same.
func same(a, b Answer) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

// readPresent reads a cycle with one answer in it; begun tells whether that is there. Returns sql.ErrNoRows where there is no such cycle.
func readPresent(ctx context.Context, tx database.Tx, key Key) (c Cycle, e Entry, begun bool, err error) {
	var answerBy *int64
	e, err = scanEntry(tx.QueryRow(ctx, `SELECT c.city_id, c.period, c.standard, c.profile, c.state, c.changed_at, c.answer_by, c.purpose,
			coalesce(a.requirement, ''), coalesce(a.organisation_id, ''), coalesce(a.party, ''), a.grade, coalesce(a.honest_value, ''), coalesce(a.whose, ''),
			coalesce(a.reasons, ''), coalesce(a.language, ''), coalesce(a.grounds, '{}'), coalesce(a.state, ''), coalesce(a.version, 0), coalesce(a.note, ''),
			coalesce(a.kept_from, ''), coalesce(a.changed_by, ''), coalesce(a.changed_at, 0)
		FROM assessment_cycle c LEFT JOIN assessment_answer a
			ON a.city_id = c.city_id AND a.period = c.period AND a.requirement = $3 AND a.organisation_id = $4
		WHERE c.city_id = $1 AND c.period = $2`, key.City, key.Period, key.Requirement, key.Organisation),
		&c.City, &c.Period, &c.Standard, &c.Profile, &c.State, &c.Changed, &answerBy, &c.Purpose)
	if answerBy != nil {
		c.AnswerBy = *answerBy
	}
	return c, e, err == nil && e.Version > 0, err
}
