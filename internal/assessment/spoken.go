package assessment

import (
	"context"
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

// Spoken gives all answers of a cycle, in no order. What is not handed in, or was returned and may be written anew at this moment, is a draft,
// whatever the state of the cycle. Returns NotFound where there is no such cycle.
func (r *Room) Spoken(ctx context.Context, tx database.Tx, cityID, period string) ([]Spoken, error) {
	if _, err := r.Cycle(ctx, tx, cityID, period); err != nil {
		return nil, err
	}
	organisations, err := r.cities.Organisations(ctx, tx, cityID)
	if err != nil {
		return nil, err
	}
	entries, err := readEntries(ctx, tx, "city_id = $1 AND period = $2", cityID, period)
	all := make([]Spoken, len(entries))
	for i, e := range entries {
		all[i] = Spoken{Given: e.given(organisations), Resource: account.Resource{
			Kind: "answer", City: cityID, Organisation: e.Organisation, Independent: independent(e.Organisation, organisations), Draft: !e.State.Judges(),
		}}
		all[i].Party = e.Party // as it was when it answered
	}
	return all, err
}

// independent tells whether an organisation is no part of the city's own authority. One that is not known any more counts as independent.
func independent(id string, organisations []city.Organisation) bool {
	if id == "" {
		return false // the residents
	}
	at := slices.IndexFunc(organisations, func(o city.Organisation) bool { return o.ID == id })
	return at < 0 || organisations[at].Kind != city.Authority
}
