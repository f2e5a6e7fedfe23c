package assessment

import (
	"context"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Record keeps an answer that was given elsewhere, as in a file, in place of the one that the organisation gave before. It is handed in by
// that, whatever its state was. An empty organisation is the residents. Returns NotFound where there is no such cycle, Conflict where it is not
// open, and Invalid where the organisation does not answer in this city or the answer fits neither the standard nor the city's own indicators.
func (r *Room) Record(ctx context.Context, tx database.Tx, cityID, period string, a Answer) error {
	return r.RecordBy(ctx, tx, "", cityID, period, a)
}

// RecordBy is Record by a person.
func (r *Room) RecordBy(ctx context.Context, tx database.Tx, person, cityID, period string, a Answer) error {
	key := Key{cityID, period, a.Requirement, a.Organisation}
	c, before, begun, err := readPresent(ctx, tx, key)
	if err != nil {
		return notFound(err, noCycle(cityID, period))
	}
	if c.State != Open {
		return notOpen(c)
	}
	if !begun {
		organisations, err := r.cities.Organisations(ctx, tx, cityID)
		if err != nil {
			return err
		}
		if before.Party = a.given(organisations).Party; before.Party == "" {
			return doesNotAnswer(key)
		}
	}
	std, err := r.underOwn(ctx, tx, c, a)
	if err != nil {
		return err
	}
	q, ok := std.Requirement(a.Requirement)
	if !ok {
		return fault.SaidOf(a.Requirement, "error.answer.unfit", "the answer does not fit the standard").Because(errNoRequirement)
	}
	if err := checkAlone(a, before.Party, q); err != nil {
		return fault.SaidOf(a.Requirement, "error.answer.unfit", "the answer does not fit the standard").Because(err)
	}
	return put(ctx, tx, key, Entry{Answer: a, Party: before.Party, State: AnswerGiven, Version: before.Version + 1, ChangedBy: person,
		Changed: r.Clock.Now().UnixMilli()}, Imported)
}
