package assessment

import (
	"context"
	"slices"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/measure/scorecard"
	"github.com/cityrights/cityrights/standard"
)

// Former is the answer that an organisation gave to a requirement in an earlier cycle.
type Former struct {
	Period   string
	Standard string // by which it was given
	Entry
}

// Formers gives the last answers of an organisation before a cycle, by their requirements: of each the newest that was handed in. With an
// empty requirement that is of all.
func (r *Room) Formers(ctx context.Context, tx database.Tx, c Cycle, organisation, requirement string) (map[string]Former, error) {
	cycles, err := r.Cycles(ctx, tx, c.City)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(cycles, func(other Cycle) bool { return other.Period == c.Period })
	formers := map[string]Former{}
	for _, earlier := range cycles[at+1:] { // the newest first
		entries, err := readEntries(ctx, tx, "city_id = $1 AND period = $2 AND organisation_id = $3 AND ($4 = '' OR requirement = $4) AND "+judging,
			c.City, earlier.Period, organisation, requirement)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if _, newer := formers[e.Requirement]; !newer {
				formers[e.Requirement] = Former{Period: earlier.Period, Standard: earlier.Standard, Entry: e}
			}
		}
	}
	return formers, nil
}

// Keep takes over the answer of an earlier cycle, with its evidence, as a text that is not handed in yet. What it says of indicators that
// this cycle's standard does not have, or asks otherwise, is left out.
//
// Returns NotFound where there is no such cycle or no earlier answer, and Conflict as Save does.
func (r *Room) Keep(ctx context.Context, by account.Actor, key Key, on int64) (e Entry, err error) {
	err = r.db.Write(ctx, func(tx database.Tx) error {
		c, before, err := r.present(ctx, tx, key)
		if err != nil {
			return err
		}
		if before.Version != on {
			return changedMeanwhile()
		}
		if err := checkWritable(c, before.State); err != nil {
			return err
		}
		formers, err := r.Formers(ctx, tx, c, key.Organisation, key.Requirement)
		if err != nil {
			return err
		}
		former, ok := formers[key.Requirement]
		if !ok {
			return fault.Said(fault.NotFound, "error.answer.no_former", "there is no earlier answer to {Requirement}", "Requirement", key.Requirement)
		}
		q, err := r.asked(ctx, tx, c, former.Answer)
		if err != nil {
			return err
		}
		e = before
		e.Answer = former.Answer
		e.Indicators = stillFitting(former.Answer, before.Party, q)
		e.Version, e.KeptFrom, e.ChangedBy, e.Changed = before.Version+1, former.Period, by.Person, r.Clock.Now().UnixMilli()
		if e.State == "" {
			e.State = AnswerDraft
		}
		if err := put(ctx, tx, key, e, Kept); err != nil || r.KeepEvidence == nil {
			return err
		}
		return r.KeepEvidence(ctx, tx, by, Key{key.City, former.Period, key.Requirement, key.Organisation}, key)
	})
	return e, err
}

// stillFitting gives those statements of an answer that a requirement still asks for.
func stillFitting(a Answer, party string, q *standard.Requirement) (kept []scorecard.Indicated) {
	for _, said := range a.Indicators {
		alone := Answer{Requirement: a.Requirement, Value: scorecard.NotAvailable, Indicators: []scorecard.Indicated{said}}
		if checkAlone(alone, party, q) == nil {
			kept = append(kept, said)
		}
	}
	return kept
}
