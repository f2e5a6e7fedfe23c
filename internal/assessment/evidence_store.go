package assessment

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

const evidenceColumns = `city_id, period, requirement, organisation_id, evidence_id, version, indicator, kind, title, dated, language, note, url, file_hash, file_name, media_type, size, level, checked_by, checked_at, from_period, at, by_person, removed_at`

func readEvidence(ctx context.Context, tx database.Tx, where string, args ...any) ([]Evidence, error) {
	rows, err := tx.Query(ctx, "SELECT "+evidenceColumns+" FROM assessment_evidence WHERE "+where, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var all []Evidence
	for rows.Next() {
		e, err := scanEvidence(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, rows.Err()
}

// scanEvidence reads the columns of evidence; before are where the row's columns before them go.
func scanEvidence(row scanner, before ...any) (e Evidence, err error) {
	err = row.Scan(append(before, &e.City, &e.Period, &e.Requirement, &e.Organisation, &e.ID, &e.Version, &e.Indicator, &e.Kind, &e.Title, &e.Dated, &e.Language, &e.Note,
		&e.URL, &e.File.Hash, &e.File.Name, &e.File.Media, &e.File.Size, &e.Level, &e.CheckedBy, &e.Checked, &e.FromPeriod, &e.At, &e.By, &e.Removed)...)
	return e, err
}

// EvidenceFor gives the evidence of one answer, that which was removed included, in the order in which it was added.
func (r *Room) EvidenceFor(ctx context.Context, tx database.Tx, key Key) ([]Evidence, error) {
	return readEvidence(ctx, tx, "city_id = $1 AND period = $2 AND requirement = $3 AND organisation_id = $4 ORDER BY evidence_id",
		key.City, key.Period, key.Requirement, key.Organisation)
}

// CycleEvidence gives all evidence of a cycle, that which was removed included, by requirement and organisation and in the order in which it was added.
func (r *Room) CycleEvidence(ctx context.Context, tx database.Tx, cityID, period string) ([]Evidence, error) {
	return readEvidence(ctx, tx, "city_id = $1 AND period = $2 ORDER BY requirement, organisation_id, evidence_id", cityID, period)
}

// ListedEvidence is a piece of evidence with the state of the answer that rests on it.
type ListedEvidence struct {
	Evidence
	Answer AnswerState // empty: nobody has begun
}

// EvidenceLibrary gives what evidence of a cycle is there, in the order of requirements and organisations, by one query.
func (r *Room) EvidenceLibrary(ctx context.Context, tx database.Tx, cityID, period string) ([]ListedEvidence, error) {
	rows, err := tx.Query(ctx, "SELECT coalesce(a.state, ''), e."+strings.ReplaceAll(evidenceColumns, ", ", ", e.")+` FROM assessment_evidence e
		LEFT JOIN assessment_answer a ON a.city_id = e.city_id AND a.period = e.period AND a.requirement = e.requirement AND a.organisation_id = e.organisation_id
		WHERE e.city_id = $1 AND e.period = $2 AND e.removed_at = 0 ORDER BY e.requirement, e.organisation_id, e.evidence_id`, cityID, period)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var all []ListedEvidence
	for rows.Next() {
		var one ListedEvidence
		if one.Evidence, err = scanEvidence(rows, &one.Answer); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// OneEvidence gives a piece of evidence by its answer and id. Returns NotFound where the answer has none of this id.
func (r *Room) OneEvidence(ctx context.Context, tx database.Tx, key Key, id string) (Evidence, error) {
	e, err := scanEvidence(tx.QueryRow(ctx, "SELECT "+evidenceColumns+` FROM assessment_evidence
		WHERE city_id = $1 AND period = $2 AND requirement = $3 AND organisation_id = $4 AND evidence_id = $5`,
		key.City, key.Period, key.Requirement, key.Organisation, id))
	if errors.Is(err, sql.ErrNoRows) {
		return Evidence{}, fault.Said(fault.NotFound, "error.evidence.none", "there is no such evidence for {Requirement}", "Requirement", key.Requirement)
	}
	return e, err
}

// EvidenceCounts gives how much evidence each answer of a cycle has, by one query.
func (r *Room) EvidenceCounts(ctx context.Context, tx database.Tx, cityID, period string) (map[Key]int, error) {
	rows, err := tx.Query(ctx, `SELECT requirement, organisation_id, count(*) FROM assessment_evidence
		WHERE city_id = $1 AND period = $2 AND removed_at = 0 GROUP BY requirement, organisation_id`, cityID, period)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	counts := map[Key]int{}
	for rows.Next() {
		key, n := Key{City: cityID, Period: period}, 0
		if err := rows.Scan(&key.Requirement, &key.Organisation, &n); err != nil {
			return nil, err
		}
		counts[key] = n
	}
	return counts, rows.Err()
}

// NamedFiles gives the hashes of all files that evidence names, of any city: also of evidence that was removed and can be brought back.
func (r *Room) NamedFiles(ctx context.Context, tx database.Tx) (map[string]bool, error) {
	rows, err := tx.Query(ctx, "SELECT DISTINCT file_hash FROM assessment_evidence WHERE file_hash <> '' AND (removed_at = 0 OR removed_at > $1)",
		r.Clock.Now().Add(-RestoreWithin).UnixMilli())
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	named := map[string]bool{}
	for rows.Next() {
		var hash string
		if err := rows.Scan(&hash); err != nil {
			return nil, err
		}
		named[hash] = true
	}
	return named, rows.Err()
}

// insertEvidence keeps a new piece of evidence with its first entry in the history.
func insertEvidence(ctx context.Context, tx database.Tx, e Evidence, how EvidenceHow, by string, at int64) error {
	_, err := tx.Exec(ctx, "INSERT INTO assessment_evidence ("+evidenceColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)`,
		e.City, e.Period, e.Requirement, e.Organisation, e.ID, e.Version, e.Indicator, e.Kind, e.Title, e.Dated, e.Language, e.Note,
		e.URL, e.File.Hash, e.File.Name, e.File.Media, e.File.Size, string(e.Level), e.CheckedBy, e.Checked, e.FromPeriod, e.At, e.By, e.Removed)
	if err != nil {
		return err
	}
	return noteEvidence(ctx, tx, e, how, by, at)
}

// updateEvidence keeps what may change of a piece of evidence, with its entry in the history.
func updateEvidence(ctx context.Context, tx database.Tx, e Evidence, how EvidenceHow, by string, at int64) error {
	_, err := tx.Exec(ctx, `UPDATE assessment_evidence SET version = $6, indicator = $7, kind = $8, title = $9, dated = $10, language = $11, note = $12,
			level = $13, checked_by = $14, checked_at = $15, removed_at = $16
		WHERE city_id = $1 AND period = $2 AND requirement = $3 AND organisation_id = $4 AND evidence_id = $5`,
		e.City, e.Period, e.Requirement, e.Organisation, e.ID, e.Version, e.Indicator, e.Kind, e.Title, e.Dated, e.Language, e.Note,
		string(e.Level), e.CheckedBy, e.Checked, e.Removed)
	if err != nil {
		return err
	}
	return noteEvidence(ctx, tx, e, how, by, at)
}

// EvidenceHow is what was done with a piece of evidence.
type EvidenceHow string

const (
	EvidenceAdded    EvidenceHow = "added"
	EvidenceKept     EvidenceHow = "kept" // taken over from an earlier assessment
	EvidenceEdited   EvidenceHow = "edited"
	EvidenceLevelled EvidenceHow = "levelled" // others may see it since
	EvidenceRemoved  EvidenceHow = "removed"
	EvidenceRestored EvidenceHow = "restored"
)

// EvidenceHows lists all.
var EvidenceHows = []EvidenceHow{EvidenceAdded, EvidenceKept, EvidenceEdited, EvidenceLevelled, EvidenceRemoved, EvidenceRestored}

// EvidenceChange is an entry in the history of a piece of evidence.
type EvidenceChange struct {
	Evidence string // its id
	How      EvidenceHow
	EvidenceText
	Level Level
	At    int64  // unix milliseconds
	By    string // person; empty: the command line
}

// evidenceDocument is the form in which the history keeps what evidence said.
type evidenceDocument struct {
	EvidenceText
	Level Level  `json:"level"`
	URL   string `json:"url,omitempty"`
	Hash  string `json:"file_hash,omitempty"`
}

func noteEvidence(ctx context.Context, tx database.Tx, e Evidence, how EvidenceHow, by string, at int64) error {
	document, err := json.Marshal(evidenceDocument{e.EvidenceText, e.Level, e.URL, e.File.Hash})
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO assessment_evidence_change (city_id, period, evidence_id, change_id, how, document, at, by_person)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, e.City, e.Period, e.ID, database.NewID(), string(how), string(document), at, by)
	return err
}

// EvidenceHistory gives what was done with a piece of evidence, the newest first.
func (r *Room) EvidenceHistory(ctx context.Context, tx database.Tx, e Evidence) ([]EvidenceChange, error) {
	rows, err := tx.Query(ctx, `SELECT how, document, at, by_person FROM assessment_evidence_change
		WHERE city_id = $1 AND period = $2 AND evidence_id = $3 ORDER BY change_id DESC`, e.City, e.Period, e.ID)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var all []EvidenceChange
	for rows.Next() {
		c := EvidenceChange{Evidence: e.ID}
		var text []byte
		if err := rows.Scan(&c.How, &text, &c.At, &c.By); err != nil {
			return nil, err
		}
		var kept evidenceDocument
		if err := json.Unmarshal(text, &kept); err != nil {
			return nil, err
		}
		c.EvidenceText, c.Level = kept.EvidenceText, kept.Level
		all = append(all, c)
	}
	return all, rows.Err()
}
