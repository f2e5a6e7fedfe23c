package city

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/standard"
)

// PutIndicator adds one indicator of a city's own, or changes the one that has its id, and gives the id. Without an id it gets the next one of
// its requirement and kind that no version has had. The version is that from which it was made. Returns the errors of SetAdditions, with the
// id that its faults name, and NotFound where an id is given that the city does not have.
func (r *Room) PutIndicator(ctx context.Context, by account.Actor, base *standard.Standard, cityID string, version int64, in standard.Indicator) (id string, err error) {
	err = r.db.Write(ctx, func(tx database.Tx) error {
		a, err := r.Additions(ctx, tx, cityID)
		if err != nil {
			return err
		}
		switch {
		case in.ID == "" && in.Requirement == "":
			id, err = checkUnplaced(in, base)
			return errors.Join(fault.SaidOf("requirement", "own.wrong.requirement", "choose the requirement that the indicator belongs to"), err)
		case in.ID == "":
			if in.ID, err = r.nextID(ctx, tx, cityID, in.Requirement, in.Kind); err != nil {
				return err
			}
			a.Indicators = append(a.Indicators, in)
		default:
			known, err := a.Named(in.ID)
			if err != nil {
				return err
			}
			*known = in
		}
		a.Base, a.Version, id = base.Ref(), version, in.ID
		return r.SetAdditionsIn(ctx, tx, by, base, a)
	})
	return id, err
}

// checkUnplaced says what else is wrong with an indicator that belongs to no requirement yet, so that all of it is said at once, and the id that
// its faults name: it is looked at as if it belonged to the first requirement.
func checkUnplaced(in standard.Indicator, base *standard.Standard) (id string, err error) {
	in.Requirement = base.Dimensions[0].Requirements[0].ID
	in.Kind = cmp.Or(in.Kind, standard.Process)
	in.ID = "L." + in.Requirement + "." + string(in.Kind) + "1"
	_, err = cleanAdditions(standard.Local{Indicators: []standard.Indicator{in}}, base)
	return in.ID, err
}

// RemoveIndicator takes one indicator of a city's own back. Returns the errors of SetAdditions, and NotFound where the city does not have it.
func (r *Room) RemoveIndicator(ctx context.Context, by account.Actor, base *standard.Standard, cityID string, version int64, id string) error {
	return r.db.Write(ctx, func(tx database.Tx) error {
		a, err := r.Additions(ctx, tx, cityID)
		if err != nil {
			return err
		}
		if _, err := a.Named(id); err != nil {
			return err
		}
		a.Indicators = slices.DeleteFunc(a.Indicators, func(in standard.Indicator) bool { return in.ID == id })
		a.Base, a.Version = base.Ref(), version
		return r.SetAdditionsIn(ctx, tx, by, base, a)
	})
}

// nextID gives an id that no version of the city's additions has had, because an id is never given to something else.
func (r *Room) nextID(ctx context.Context, tx database.Tx, cityID, requirement string, kind standard.Kind) (string, error) {
	history, err := r.AdditionsHistory(ctx, tx, cityID)
	prefix, last := "L."+requirement+"."+string(kind), 0
	for _, version := range history {
		for i := range version.Indicators {
			if number, ok := strings.CutPrefix(version.Indicators[i].ID, prefix); ok {
				if n, err := strconv.Atoi(number); err == nil {
					last = max(last, n)
				}
			}
		}
	}
	return prefix + strconv.Itoa(last+1), err
}
