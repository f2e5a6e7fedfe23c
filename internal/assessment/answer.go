package assessment

import (
	"context"
	"fmt"
	"slices"

	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/measure/scorecard"
)

// Answer is what an organisation, or the residents, say about a requirement. Its JSON is what the history keeps of it.
type Answer struct {
	Requirement  string                `json:"-"`
	Organisation string                `json:"-"`               // its code; empty: the residents
	Grade        *int                  `json:"grade,omitempty"` // 0 to 4; nil for an honest value and for residents
	Value        string                `json:"value,omitempty"` // not_available, not_applicable, not_local, or empty
	Whose        string                `json:"whose,omitempty"` // of not_local: who has the power, in the organisation's words
	Share        *scorecard.Share      `json:"share,omitempty"`
	Reasons      string                `json:"reasons,omitempty"`
	Language     string                `json:"language,omitempty"` // BCP 47, of the reasons
	Evidence     []scorecard.Evidence  `json:"evidence,omitempty"`
	Indicators   []scorecard.Indicated `json:"indicators,omitempty"`
}

// Key names one answer.
type Key struct{ City, Period, Requirement, Organisation string }

// Entry is an answer as it is kept.
type Entry struct {
	Answer
	Party     string
	State     AnswerState // empty: nobody has begun
	Version   int64       // 0: nobody has begun
	Note      string      // of whoever returned or disputed it
	KeptFrom  string      // the period whose answer it was taken over from
	ChangedBy string      // person; empty: the command line
	Changed   int64       // unix milliseconds
}

// Answers gives the answers of a cycle that judge, in no order, each under the name of its organisation.
func (r *Room) Answers(ctx context.Context, tx database.Tx, cityID, period string) ([]scorecard.Given, error) {
	organisations, err := r.cities.Organisations(ctx, tx, cityID)
	if err != nil {
		return nil, err
	}
	entries, err := readEntries(ctx, tx, "city_id = $1 AND period = $2 AND "+judging, cityID, period)
	if err != nil {
		return nil, err
	}
	var all []scorecard.Given
	for _, e := range entries {
		given := e.given(organisations)
		given.Party = e.Party // as it was when it answered
		all = append(all, given)
	}
	return all, translate(ctx, tx, cityID, period, entries, all)
}

// Entries gives the answers of one organisation in a cycle, whatever their state, by their requirements.
func (r *Room) Entries(ctx context.Context, tx database.Tx, cityID, period, organisation string) (map[string]Entry, error) {
	all, err := readEntries(ctx, tx, "city_id = $1 AND period = $2 AND organisation_id = $3", cityID, period, organisation)
	if err != nil {
		return nil, err
	}
	entries := make(map[string]Entry, len(all))
	for _, e := range all {
		entries[e.Requirement] = e
	}
	return entries, nil
}

// Entry gives one answer, whatever its state. Where nobody has begun it, that is an entry without state and with version 0.
func (r *Room) Entry(ctx context.Context, tx database.Tx, key Key) (Entry, error) {
	all, err := readEntries(ctx, tx, "city_id = $1 AND period = $2 AND requirement = $3 AND organisation_id = $4",
		key.City, key.Period, key.Requirement, key.Organisation)
	if err != nil || len(all) == 0 {
		return Entry{Answer: Answer{Requirement: key.Requirement, Organisation: key.Organisation}}, err
	}
	return all[0], nil
}

// given names the organisation and its party; the party is empty where it does not answer.
func (a Answer) given(organisations []city.Organisation) scorecard.Given {
	given := scorecard.Given{Requirement: a.Requirement, Answer: scorecard.Answer{
		Organisation: a.Organisation, Grade: a.Grade, Value: a.Value, Whose: a.Whose, Share: a.Share, Reasons: a.Reasons, Language: a.Language,
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

func (k Key) String() string {
	return fmt.Sprintf("answer of %q to %s in %s for %s", k.Organisation, k.Requirement, k.City, k.Period)
}
