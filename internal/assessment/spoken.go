package assessment

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/measure/scorecard"
)

// Spoken is an answer with whose word it is, so that a door can ask who may read it.
type Spoken struct {
	scorecard.Given
	Resource account.Resource
}

// Spoken gives all answers of a cycle, in no order. What an organisation has said while the cycle is open is its draft. Returns NotFound where
// there is no such cycle.
func (r *Room) Spoken(ctx context.Context, tx database.Tx, cityID, period string) ([]Spoken, error) {
	c, err := r.Cycle(ctx, tx, cityID, period)
	if err != nil {
		return nil, err
	}
	organisations, err := r.cities.Organisations(ctx, tx, cityID)
	if err != nil {
		return nil, err
	}
	rows, err := tx.Query(ctx, `SELECT requirement, organisation_id, party, grade, honest_value, reasons, language, grounds
		FROM assessment_answer WHERE city_id = $1 AND period = $2`, cityID, period)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var all []Spoken
	for rows.Next() {
		var a Answer
		var party string
		var document []byte
		var kept grounds
		if err := rows.Scan(&a.Requirement, &a.Organisation, &party, &a.Grade, &a.Value, &a.Reasons, &a.Language, &document); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(document, &kept); err != nil {
			return nil, fmt.Errorf("answer of %q to %s: %w", a.Organisation, a.Requirement, err)
		}
		a.Share, a.Evidence, a.Indicators = kept.Share, kept.Evidence, kept.Indicators
		said := Spoken{Given: a.given(organisations), Resource: account.Resource{
			Kind: "answer", City: cityID, Organisation: a.Organisation, Independent: independent(a.Organisation, organisations),
			Draft: a.Organisation != "" && (c.State == Draft || c.State == Open),
		}}
		said.Party = party
		all = append(all, said)
	}
	return all, rows.Err()
}

// independent tells whether an organisation is no part of the city's own authority. One that is not known any more counts as independent.
func independent(id string, organisations []city.Organisation) bool {
	if id == "" {
		return false // the residents
	}
	at := slices.IndexFunc(organisations, func(o city.Organisation) bool { return o.ID == id })
	return at < 0 || organisations[at].Kind != city.Authority
}
