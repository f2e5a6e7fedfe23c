package assessment

import (
	"context"
	"errors"
	"slices"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/files"
	"github.com/cityrights/cityrights/measure/scorecard"
	"github.com/cityrights/cityrights/standard"
)

// evidenceMost is how much evidence an answer may have: more than anybody reads.
const evidenceMost = 200

// AddEvidence adds a file that the node keeps already, or a page, to an answer. Of e are read its Key, its EvidenceText, its URL or File, and
// its Level, which may not be public yet: that has its own check. What is there already, by its file or address, is not added twice.
//
// Returns NotFound where there is no such cycle or it does not ask for the requirement, Conflict where it takes no evidence now, Invalid with the
// fields that are wrong, TooMuch where the answer has as much as it may.
func (r *Room) AddEvidence(ctx context.Context, by account.Actor, e Evidence) (Evidence, error) {
	err := r.db.Write(ctx, func(tx database.Tx) error {
		std, q, err := r.takesEvidence(ctx, tx, e.Key, e.Indicator)
		if err != nil {
			return err
		}
		if e.Level != LevelSealed {
			e.Level = LevelReviewers
		}
		if !e.IsFile() {
			e.File = files.File{}
			if e.URL, err = CheckLink(e.URL); err != nil {
				_, more := e.EvidenceText.cleaned(r, std, q, "")
				return errors.Join(err, more)
			}
		}
		if e.EvidenceText, err = e.EvidenceText.cleaned(r, std, q, e.File.Name); err != nil {
			return err
		}
		there, err := r.EvidenceFor(ctx, tx, e.Key)
		if err != nil {
			return err
		}
		present := slices.DeleteFunc(there, func(other Evidence) bool { return other.Removed != 0 })
		if twin := slices.IndexFunc(present, func(other Evidence) bool { return other.sameSource(e) && other.Indicator == e.Indicator }); twin >= 0 {
			e = present[twin]
			return nil
		}
		if len(present) >= evidenceMost {
			return fault.Said(fault.TooMuch, "error.evidence.many", "an answer takes at most {Most} pieces of evidence; remove some first, or join them", "Most", evidenceMost)
		}
		now := r.Clock.Now().UnixMilli()
		e.ID, e.Version, e.At, e.By = database.NewID(), 1, now, by.Person
		e.Checked, e.CheckedBy, e.FromPeriod, e.Removed = 0, "", "", 0
		return insertEvidence(ctx, tx, e, EvidenceAdded, by.Person, now)
	})
	return e, err
}

// sameSource tells whether two pieces of evidence are the same file or the same page.
func (e Evidence) sameSource(other Evidence) bool {
	return e.File.Hash == other.File.Hash && e.URL == other.URL
}

// takesEvidence gives the standard and the requirement of an answer that takes evidence now, with the city's own indicators if one is named.
func (r *Room) takesEvidence(ctx context.Context, tx database.Tx, key Key, indicator string) (*standard.Standard, *standard.Requirement, error) {
	c, _, err := r.present(ctx, tx, key)
	if err != nil {
		return nil, nil, err
	}
	if !c.State.TakesEvidence() {
		return nil, nil, fault.Said(fault.Conflict, "error.evidence.closed",
			"the assessment of {City} for {Period} takes evidence while it is open, under review or replied to; it is in the state {State}",
			"City", c.City, "Period", c.Period, "State", string(c.State))
	}
	std, _, err := r.standardOf(c)
	if err != nil {
		return nil, nil, err
	}
	q, err := r.asked(ctx, tx, c, Answer{Requirement: key.Requirement, Indicators: []scorecard.Indicated{{Indicator: indicator}}})
	return std, q, err
}

// DescribeEvidence changes what is said of a piece of evidence. on is the version that the person has read.
//
// Returns NotFound, Conflict where it has another version by now or the cycle takes no evidence any more, Invalid with the fields that are wrong.
func (r *Room) DescribeEvidence(ctx context.Context, by account.Actor, key Key, id string, on int64, text EvidenceText) (e Evidence, err error) {
	err = r.db.Write(ctx, func(tx database.Tx) error {
		if e, err = r.unchanged(ctx, tx, key, id, on); err != nil {
			return err
		}
		std, q, err := r.takesEvidence(ctx, tx, key, text.Indicator)
		if err != nil {
			return err
		}
		if text, err = text.cleaned(r, std, q, e.File.Name); err != nil || text == e.EvidenceText {
			return err
		}
		before := e
		e.EvidenceText = text
		return r.change(ctx, tx, before, &e, EvidenceEdited, by)
	})
	return e, err
}

// LevelEvidence changes who may see a piece of evidence, in any state of the cycle. confirmed is what the person has confirmed: to become public,
// all of Evidence.Checks.
//
// Returns NotFound, Conflict where it has another version by now, Invalid of the field check where something is not confirmed.
func (r *Room) LevelEvidence(ctx context.Context, by account.Actor, key Key, id string, on int64, level Level, confirmed []Check) (e Evidence, err error) {
	err = r.db.Write(ctx, func(tx database.Tx) error {
		if e, err = r.unchanged(ctx, tx, key, id, on); err != nil {
			return err
		}
		switch {
		case !slices.Contains(Levels, level):
			return fault.SaidOf("level", "error.evidence.level", "choose who may see it")
		case level == e.Level:
			return nil
		case level == LevelPublic && slices.ContainsFunc(e.Checks(), func(c Check) bool { return !slices.Contains(confirmed, c) }):
			return fault.SaidOf("check", "error.evidence.check", "confirm each line, or let others than the public see it")
		}
		before := e
		if e.Level = level; level == LevelPublic {
			e.Checked, e.CheckedBy = r.Clock.Now().UnixMilli(), by.Person
		}
		return r.change(ctx, tx, before, &e, EvidenceLevelled, by)
	})
	return e, err
}

// RemoveEvidence takes a piece of evidence away, in any state of the cycle: nobody is shown it any more, and its entry stays in the history.
// Within RestoreWithin it can be brought back; then its file goes, unless other evidence names it. Returns NotFound where it is not there.
func (r *Room) RemoveEvidence(ctx context.Context, by account.Actor, key Key, id string) error {
	return r.db.Write(ctx, func(tx database.Tx) error {
		e, err := r.OneEvidence(ctx, tx, key, id)
		if err != nil || e.Removed != 0 {
			return err
		}
		before := e
		e.Removed = r.Clock.Now().UnixMilli()
		return r.change(ctx, tx, before, &e, EvidenceRemoved, by)
	})
}

// RestoreEvidence brings back what was removed. Returns NotFound where it is not there, and Conflict where its time is over.
func (r *Room) RestoreEvidence(ctx context.Context, by account.Actor, key Key, id string) error {
	return r.db.Write(ctx, func(tx database.Tx) error {
		e, err := r.OneEvidence(ctx, tx, key, id)
		if err != nil || e.Removed == 0 {
			return err
		}
		if !e.Restorable(r.Clock.Now()) {
			return fault.Said(fault.Conflict, "error.evidence.gone", "this was removed too long ago to be brought back; add it once more")
		}
		before := e
		e.Removed = 0
		return r.change(ctx, tx, before, &e, EvidenceRestored, by)
	})
}

// unchanged gives a piece of evidence that is there and has the version that a person has read.
func (r *Room) unchanged(ctx context.Context, tx database.Tx, key Key, id string, on int64) (Evidence, error) {
	e, err := r.OneEvidence(ctx, tx, key, id)
	switch {
	case err != nil:
		return Evidence{}, err
	case e.Removed != 0:
		return Evidence{}, fault.Said(fault.Conflict, "error.evidence.removed", "somebody has removed this evidence meanwhile")
	case e.Version != on:
		return Evidence{}, fault.Said(fault.Conflict, "error.evidence.changed", "somebody else has changed this evidence since you opened it; look at what it says now")
	}
	return e, nil
}

// change keeps a changed piece of evidence. Where the cycle is public already, so is the change. That it goes out to the public, or is taken back
// from it, is put into the trail.
func (r *Room) change(ctx context.Context, tx database.Tx, before Evidence, e *Evidence, how EvidenceHow, by account.Actor) error {
	e.Version++
	if err := updateEvidence(ctx, tx, *e, how, by.Person, r.Clock.Now().UnixMilli()); err != nil {
		return err
	}
	if before.open() != e.open() {
		if err := r.noteOpen(ctx, tx, *e, by); err != nil {
			return err
		}
	}
	c, err := r.Cycle(ctx, tx, e.City, e.Period)
	if err != nil || !c.State.Public() {
		return err
	}
	return r.changed(ctx, tx, e.City)
}

// open tells whether everybody may see it once its cycle is public.
func (e Evidence) open() bool { return e.Level == LevelPublic && e.Removed == 0 }

// noteOpen puts into the trail that evidence goes out to the public or is taken back: for its organisation, and for the city where it is its own.
func (r *Room) noteOpen(ctx context.Context, tx database.Tx, e Evidence, by account.Actor) error {
	if r.Trail == nil {
		return nil
	}
	organisations, err := r.cities.Organisations(ctx, tx, e.City)
	if err != nil {
		return err
	}
	act, details := "evidence withdrawn", map[string]string{"organisation": e.Organisation, "period": e.Period, "requirement": e.Requirement}
	if e.open() {
		act = "evidence made public"
	}
	if !independent(e.Organisation, organisations) {
		details["city"] = e.City
	}
	return r.Trail(ctx, tx, by, act, e.ID, details)
}

// keepEvidence takes the evidence of an earlier answer over, by its files' hashes: nothing is sent again. What was removed stays behind, and so
// does what the answer has already. Of an indicator that the standard does not ask for any more, it hangs on the whole requirement.
func (r *Room) keepEvidence(ctx context.Context, tx database.Tx, by account.Actor, from, to Key) error {
	former, err := r.EvidenceFor(ctx, tx, from)
	if err != nil {
		return err
	}
	there, err := r.EvidenceFor(ctx, tx, to)
	if err != nil {
		return err
	}
	c, err := r.Cycle(ctx, tx, to.City, to.Period)
	if err != nil {
		return err
	}
	now := r.Clock.Now().UnixMilli()
	for _, e := range former {
		if e.Removed != 0 || slices.ContainsFunc(there, func(other Evidence) bool { return other.Removed == 0 && other.sameSource(e) }) {
			continue
		}
		if e.Indicator != "" {
			q, err := r.asked(ctx, tx, c, Answer{Requirement: to.Requirement, Indicators: []scorecard.Indicated{{Indicator: e.Indicator}}})
			if err != nil {
				return err
			}
			if !slices.ContainsFunc(q.Indicators, func(i standard.Indicator) bool { return i.ID == e.Indicator }) {
				e.Indicator = ""
			}
		}
		e.Key, e.ID, e.Version, e.FromPeriod, e.At, e.By = to, database.NewID(), 1, from.Period, now, by.Person
		if err := insertEvidence(ctx, tx, e, EvidenceKept, by.Person, now); err != nil {
			return err
		}
	}
	return nil
}
