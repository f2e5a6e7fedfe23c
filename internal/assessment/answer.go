package assessment

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/measure/scorecard"
)

// Answer is what an organisation, or the residents, say about a requirement.
type Answer struct {
	Requirement  string
	Organisation string // its code; empty: the residents
	Grade        *int   // 0 to 4; nil for an honest value and for residents
	Value        string // not_available, not_applicable, not_local, or empty
	Share        *scorecard.Share
	Reasons      string
	Language     string // BCP 47, of the reasons
	Evidence     []scorecard.Evidence
	Indicators   []scorecard.Indicated
}

// grounds is the part of an answer that is kept as JSON.
type grounds struct {
	Share      *scorecard.Share      `json:"share,omitempty"`
	Evidence   []scorecard.Evidence  `json:"evidence,omitempty"`
	Indicators []scorecard.Indicated `json:"indicators,omitempty"`
}

// Record keeps an answer in place of the one that the organisation gave before. Returns NotFound where there is no such cycle, Conflict
// where it is not open, and Invalid where the organisation does not answer in this city or the answer fits neither the standard nor the city's own indicators.
func (r *Room) Record(ctx context.Context, tx database.Tx, cityID, period string, a Answer) error {
	c, err := r.Cycle(ctx, tx, cityID, period)
	if err != nil {
		return err
	}
	if c.State != Open {
		return fault.Said(fault.Conflict, "error.assessment.closed",
			"the assessment of {City} for {Period} takes answers while it is open; it is in the state {State}", "City", cityID, "Period", period, "State", string(c.State))
	}
	std, _, err := r.standardOf(c)
	if err != nil {
		return err
	}
	own, err := r.cities.Additions(ctx, tx, cityID)
	if err != nil {
		return err
	}
	organisations, err := r.cities.Organisations(ctx, tx, cityID)
	if err != nil {
		return err
	}
	given := a.given(organisations)
	if given.Party == "" {
		return fault.SaidOf("organisation", "error.answer.organisation",
			`"{Organisation}" is no organisation that answers in {City}`, "Organisation", a.Organisation, "City", cityID)
	}
	if err := given.Check(own.Under(std)); err != nil {
		return fault.SaidOf(a.Requirement, "error.answer.unfit", "the answer does not fit the standard").Because(err)
	}
	document, err := json.Marshal(grounds{Share: a.Share, Evidence: a.Evidence, Indicators: a.Indicators})
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO assessment_answer
		(city_id, period, requirement, organisation_id, party, grade, honest_value, reasons, language, grounds, changed_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (city_id, period, requirement, organisation_id) DO UPDATE SET party = excluded.party, grade = excluded.grade,
			honest_value = excluded.honest_value, reasons = excluded.reasons, language = excluded.language, grounds = excluded.grounds,
			changed_at = excluded.changed_at`,
		cityID, period, a.Requirement, a.Organisation, given.Party, a.Grade, a.Value, a.Reasons, a.Language, string(document), r.Clock.Now().UnixMilli())
	return err
}

// Answers gives the answers of a cycle, in no order, each under the name of its organisation.
func (r *Room) Answers(ctx context.Context, tx database.Tx, cityID, period string) ([]scorecard.Given, error) {
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
	var all []scorecard.Given
	for rows.Next() {
		var a Answer
		var party, document string
		var kept grounds
		if err := rows.Scan(&a.Requirement, &a.Organisation, &party, &a.Grade, &a.Value, &a.Reasons, &a.Language, &document); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(document), &kept); err != nil {
			return nil, fmt.Errorf("answer of %q to %s: %w", a.Organisation, a.Requirement, err)
		}
		a.Share, a.Evidence, a.Indicators = kept.Share, kept.Evidence, kept.Indicators
		given := a.given(organisations)
		given.Party = party // as it was when it answered
		all = append(all, given)
	}
	return all, rows.Err()
}

// given names the organisation and its party; the party is empty where it does not answer.
func (a Answer) given(organisations []city.Organisation) scorecard.Given {
	given := scorecard.Given{Requirement: a.Requirement, Answer: scorecard.Answer{
		Organisation: a.Organisation, Grade: a.Grade, Value: a.Value, Share: a.Share, Reasons: a.Reasons, Language: a.Language,
		Evidence: a.Evidence, Indicators: a.Indicators}}
	if a.Organisation == "" {
		given.Party = scorecard.Residents
		return given
	}
	at := slices.IndexFunc(organisations, func(o city.Organisation) bool { return o.ID == a.Organisation })
	if at < 0 {
		return given
	}
	given.Party, given.Organisation = organisations[at].Kind.Party(), organisations[at].Name
	for i, o := range organisations {
		if i != at && o.Name == given.Organisation {
			given.Organisation += " (" + a.Organisation + ")" // two of one name in the city
			break
		}
	}
	return given
}
