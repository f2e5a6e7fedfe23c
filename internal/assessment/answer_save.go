package assessment

import (
	"context"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Writing is what somebody has written: an answer in a cycle, and the version on which they wrote it.
type Writing struct {
	City, Period string
	Answer
	On int64 // version; 0: nobody had begun
}

func (w Writing) key() Key { return Key{w.City, w.Period, w.Requirement, w.Organisation} }

// Clash tells that an answer has been changed since the version on which somebody wrote. It is a Conflict. Nothing is lost: theirs is the
// answer, mine is in its history, put aside.
type Clash struct {
	Mine   Answer
	Theirs Entry
	cause  *fault.Error
}

func (c *Clash) Error() string { return c.cause.Error() }

func (c *Clash) Unwrap() error { return c.cause }

// Save keeps a text that is not handed in. What is kept already changes nothing. It is one transaction of three statements, and of a few more
// when an organisation begins.
//
// Returns NotFound where there is no such cycle or it does not ask for the requirement, Invalid with the fields where the text cannot be, a
// Clash where somebody else has changed the answer meanwhile, and Conflict where it takes no text now (see Writable). In the last two the text is
// put aside in the history.
func (r *Room) Save(ctx context.Context, by account.Actor, w Writing) (Entry, error) {
	return r.write(ctx, by, w, Typed)
}

// HandIn is Save of a text that is handed in with it. Returns Invalid also where it is not complete.
func (r *Room) HandIn(ctx context.Context, by account.Actor, w Writing) (Entry, error) {
	return r.write(ctx, by, w, HandedIn)
}

func (r *Room) write(ctx context.Context, by account.Actor, w Writing, how How) (e Entry, err error) {
	var refused error // with what was put aside, which is to be kept
	err = r.db.Write(ctx, func(tx database.Tx) (err error) {
		e, refused, err = r.writeIn(ctx, tx, by, w, how)
		return err
	})
	if err == nil {
		err = refused
	}
	return e, err
}

func (r *Room) writeIn(ctx context.Context, tx database.Tx, by account.Actor, w Writing, how How) (e Entry, refused, err error) {
	c, before, err := r.present(ctx, tx, w.key())
	if err != nil {
		return Entry{}, nil, err
	}
	q, err := r.asked(ctx, tx, c, w.Answer)
	if err != nil {
		return Entry{}, nil, err
	}
	if w.Answer, err = checkText(w.Answer, before.Party, q); err != nil {
		return Entry{}, nil, err
	}
	if how == HandedIn {
		if err := checkWhole(w.Answer, before.Party); err != nil {
			return Entry{}, nil, err
		}
	}
	w.Evidence, w.Share = before.Evidence, before.Share // not typed
	unchanged := same(w.Answer, before.Answer)
	switch {
	case unchanged && how == Typed && before.Version > 0:
		return before, nil, nil
	case before.Version != w.On && !unchanged:
		clash := &Clash{Mine: w.Answer, Theirs: before, cause: changedMeanwhile()}
		return before, clash, r.putAside(ctx, tx, by, w)
	}
	if refused := checkWritable(c, before.State); refused != nil {
		if unchanged {
			return before, refused, nil
		}
		return before, refused, r.putAside(ctx, tx, by, w)
	}
	e = before
	e.Answer, e.Version, e.ChangedBy, e.Changed = w.Answer, before.Version+1, by.Person, r.Clock.Now().UnixMilli()
	switch {
	case how == HandedIn:
		e.State, e.Note = AnswerGiven, ""
	case e.State == "":
		e.State = AnswerDraft
	}
	return e, nil, put(ctx, tx, w.key(), e, how)
}

func changedMeanwhile() *fault.Error {
	return fault.Said(fault.Conflict, "error.answer.changed", "somebody else has changed this answer while you wrote; both texts are kept")
}

// present gives the cycle and the answer as it is, by one query; the party of one that nobody has begun is looked up.
func (r *Room) present(ctx context.Context, tx database.Tx, key Key) (c Cycle, e Entry, err error) {
	c, e, begun, err := readPresent(ctx, tx, key)
	if err != nil || begun {
		return c, e, notFound(err, noCycle(key.City, key.Period))
	}
	e.Requirement, e.Organisation = key.Requirement, key.Organisation
	organisations, err := r.cities.Organisations(ctx, tx, key.City)
	if err != nil {
		return c, e, err
	}
	if e.Party = e.given(organisations).Party; e.Party == "" || key.Organisation == "" {
		return c, e, doesNotAnswer(key)
	}
	return c, e, nil
}

func doesNotAnswer(key Key) error {
	return fault.SaidOf("organisation", "error.answer.organisation",
		`"{Organisation}" is no organisation that answers in {City}`, "Organisation", key.Organisation, "City", key.City)
}

// putAside keeps a text that does not become the answer. A browser may send the same one many times; it is kept once.
func (r *Room) putAside(ctx context.Context, tx database.Tx, by account.Actor, w Writing) error {
	history, err := r.History(ctx, tx, w.key())
	if err != nil {
		return err
	}
	for _, c := range history {
		if c.By == by.Person && same(c.Answer, w.Answer) {
			return nil
		}
	}
	return note(ctx, tx, w.key(), Change{Answer: w.Answer, Version: w.On, How: Aside, At: r.Clock.Now().UnixMilli(), By: by.Person})
}
