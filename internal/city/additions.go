package city

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/standard"
)

// maxAdditions is how many indicators of its own a city may have: a page must stay quick to read.
const maxAdditions = 200

// Additions are a city's own indicators as one version has them. They inform beside the standard's and never judge.
type Additions struct {
	standard.Local
	Version  int64 // 0: the city has never had any
	At       time.Time
	By       string // the name of who made this version
	Language string // BCP 47, in which their texts are written: the first of the city's; empty where it has named none
}

// Indicator finds one by its id; false where the city has none of it.
func (a *Additions) Indicator(id string) (*standard.Indicator, bool) {
	for i := range a.Indicators {
		if a.Indicators[i].ID == id {
			return &a.Indicators[i], true
		}
	}
	return nil, false
}

// Named is Indicator for one that somebody asks for. Returns NotFound.
func (a *Additions) Named(id string) (*standard.Indicator, error) {
	if in, has := a.Indicator(id); has {
		return in, nil
	}
	return nil, fault.Said(fault.NotFound, "error.own.none", "{City} has no indicator {Code} of its own", "City", a.City, "Code", id)
}

// IDs lists the ids of the indicators in their order.
func (a *Additions) IDs() []string {
	ids := make([]string, len(a.Indicators))
	for i := range a.Indicators {
		ids[i] = a.Indicators[i].ID
	}
	return ids
}

// Lost lists the ids of the indicators that the next additions no longer have.
func (a *Additions) Lost(next standard.Local) []string {
	there := (&Additions{Local: next}).IDs()
	return slices.DeleteFunc(a.IDs(), func(id string) bool { return slices.Contains(there, id) })
}

// Under gives a standard with the additions in it. They hang on requirements by their ids, which keep their meaning through all versions of
// one standard; under another standard they are left out.
func (a *Additions) Under(s *standard.Standard) *standard.Standard {
	if id, _, err := standard.ParseRef(a.Base); err != nil || id != s.ID {
		return s
	}
	return standard.WithLocal(s, a.Local)
}

// SetAdditions keeps a new version of a city's own indicators in place of the present one; with no indicators in it, it takes them back. What
// was there stays in the history, and statistics that were mapped to an indicator stay where they are. The additions handed in have the
// version that they were made from: where somebody else has changed them since, SetAdditions returns Conflict and changes nothing. Returns
// NotFound, or Invalid with one fault for each rule of the base that is broken, each with the id of its indicator as the item of its place.
// The same again writes nothing.
func (r *Room) SetAdditions(ctx context.Context, by account.Actor, base *standard.Standard, a Additions) error {
	return r.db.Write(ctx, func(tx database.Tx) error { return r.SetAdditionsIn(ctx, tx, by, base, a) })
}

// SetAdditionsIn is SetAdditions inside a transaction of the caller.
func (r *Room) SetAdditionsIn(ctx context.Context, tx database.Tx, by account.Actor, base *standard.Standard, a Additions) error {
	local, err := cleanAdditions(a.Local, base)
	if err != nil {
		return err
	}
	before, err := r.Additions(ctx, tx, a.City)
	if err != nil {
		return err
	}
	if before.Version != a.Version {
		return changedSince(a.City)
	}
	if slices.EqualFunc(before.Indicators, local.Indicators, func(x, y standard.Indicator) bool { return reflect.DeepEqual(x, y) }) &&
		(before.Base == local.Base || len(local.Indicators) == 0) {
		return nil
	}
	after := Additions{Local: local, Version: before.Version + 1, At: r.Clock.Now(), By: by.Name}
	if err := insertAdditions(ctx, tx, after); err != nil {
		return err
	}
	if err := r.note(ctx, tx, by.Name, a.City, "indicators", a.City, changedIndicators(before.Indicators, local.Indicators)); err != nil {
		return err
	}
	if r.Trail != nil {
		details := map[string]string{"city": a.City, "version": fmt.Sprint(after.Version), "indicators": fmt.Sprint(len(local.Indicators))}
		if err := r.Trail(ctx, tx, by, "own indicators changed", a.City, details); err != nil {
			return err
		}
	}
	if r.Changed == nil {
		return nil
	}
	return r.Changed(ctx, tx, a.City)
}

// cleanAdditions gives the additions in the spelling in which they are kept, or all that is wrong with them.
func cleanAdditions(l standard.Local, base *standard.Standard) (standard.Local, error) {
	l = l.Tidied()
	if l.Base == "" {
		l.Base = base.Ref()
	}
	if len(l.Indicators) > maxAdditions {
		return l, fault.SaidOf("indicators", "error.own.many", "{Number} indicators are more than the {Most} that a city may add", "Number", len(l.Indicators), "Most", maxAdditions)
	}
	var all []error
	for i := range l.Indicators {
		in := &l.Indicators[i]
		for _, one := range []struct {
			field string
			text  *string
			check func(field, text string) error
		}{{"title", &in.Title, checkLine}, {"question", &in.Question, checkText}, {"unit", &in.Unit, checkLine}, {"note", &in.Note, checkText}} {
			*one.text = norm.NFC.String(*one.text)
			all = append(all, ofIndicator(in.ID, one.check(one.field, *one.text)))
		}
	}
	var problems standard.Problems
	if errors.As(standard.ValidateLocal(l, base), &problems) {
		for _, p := range problems {
			rule := strings.TrimPrefix(p.Text, p.Indicator+": ")
			all = append(all, ofIndicator(p.Indicator, fault.SaidOf(p.Key, "error.own.rule", "{Rule}", "Rule", rule)))
		}
	}
	return l, errors.Join(all...)
}

// ofIndicator puts the id of an indicator into the place of its fault.
func ofIndicator(id string, err error) error {
	var f *fault.Error
	if errors.As(err, &f) {
		f.Place.Item = id
	}
	return err
}

// checkLine is checkName for a text that may be left out.
func checkLine(field, text string) error {
	if text == "" {
		return nil
	}
	return checkName(field, text)
}

// changedIndicators gives the ids that were added, changed or taken back, each with its title before and after.
func changedIndicators(before, after []standard.Indicator) map[string]Edit {
	edits := map[string]Edit{}
	find := func(all []standard.Indicator, id string) *standard.Indicator {
		if at := slices.IndexFunc(all, func(in standard.Indicator) bool { return in.ID == id }); at >= 0 {
			return &all[at]
		}
		return nil
	}
	title := func(in *standard.Indicator) any {
		if in == nil {
			return nil
		}
		return in.Title
	}
	for _, in := range slices.Concat(before, after) {
		if was, is := find(before, in.ID), find(after, in.ID); !reflect.DeepEqual(was, is) {
			edits[in.ID] = Edit{From: title(was), To: title(is)}
		}
	}
	return edits
}
