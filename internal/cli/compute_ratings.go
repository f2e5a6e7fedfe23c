package cli

import (
	"errors"
	"fmt"

	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/measure/agreement"
)

// ratingTable is a table of ratings, as the commands agreement and raters read it.
type ratingTable struct {
	name    string
	ratings []agreement.Rating
	units   []string // all that are named, also those that nobody has rated, in the order in which they are
	absent  int      // rows without a rating
}

// readRatings reads a CSV of rater, unit, rating, and where they are there, group and vignette. A row without a rating names its unit only. All
// wrong cells are told at once.
func readRatings(path string, required ...string) (*ratingTable, error) {
	t, err := readComputeTable(path, append([]string{"rater", "unit", "rating"}, required...)...)
	if err != nil {
		return nil, err
	}
	return ratingsOf(t)
}

func ratingsOf(t *computeTable) (*ratingTable, error) {
	out := &ratingTable{name: t.name}
	rater, unit, rating, group, vignette := t.column("rater"), t.column("unit"), t.column("rating"), t.column("group"), t.column("vignette")
	var wrong computeProblems
	named := map[string]bool{}
	for row := range t.rows {
		r := agreement.Rating{Rater: t.cell(row, rater), Group: t.word(row, group), Unit: t.cell(row, unit), Row: t.rows[row].Line}
		value, present, err := t.number(row, rating)
		if err != nil {
			wrong.add(err)
		}
		if r.Vignette, _, err = t.yesNo(row, vignette); err != nil {
			wrong.add(err)
		}
		for _, cell := range []struct{ column, text string }{{"rater", r.Rater}, {"unit", r.Unit}} {
			if cell.text == "" {
				wrong.add(t.wrong(row, cell.column, "the %s is missing", cell.column))
			}
		}
		if !named[r.Unit] {
			named[r.Unit] = true
			out.units = append(out.units, r.Unit)
		}
		if !present {
			out.absent++
			continue
		}
		r.Value = value
		if r.Rater != "" && r.Unit != "" {
			out.ratings = append(out.ratings, r)
		}
	}
	if len(wrong) > 0 { // then rows that contradict each other are named as well
		var invalid *agreement.InvalidError
		if _, err := agreement.KrippendorffAlpha(out.ratings, agreement.Nominal, agreement.AlphaOptions{}); errors.As(err, &invalid) {
			wrong.addEach(out.refused(err))
		}
	}
	return out, wrong.joined()
}

// yesNo reads a cell that says yes or no: 1, true, yes, or 0, false, no. present is false where it is missing.
func (t *computeTable) yesNo(row, column int) (yes, present bool, err error) {
	switch text := t.word(row, column); text {
	case "":
		return false, false, nil
	case "1", "true", "TRUE", "yes":
		return true, true, nil
	case "0", "false", "FALSE", "no":
		return false, true, nil
	default:
		return false, false, t.wrong(row, t.header[column], "%q is neither 1 (yes) nor 0 (no)", text)
	}
}

// refused puts an error of the method, and of several joined ones each, into the file.
func (t *ratingTable) refused(err error) error { return eachOf(err, t.refusedOne) }

func (t *ratingTable) refusedOne(err error) error {
	var invalid *agreement.InvalidError
	if errors.As(err, &invalid) {
		return &fault.Error{Kind: fault.Invalid, Place: fault.Place{File: t.name, Row: invalid.Row, Column: invalid.Column}, Text: invalid.Text}
	}
	return placed(t.name, err.Error())
}

// warnings says what was left out in reading.
func (t *ratingTable) warnings() []string {
	switch t.absent {
	case 0:
		return nil
	case 1:
		return []string{t.name + ": 1 row has no rating and is left out"}
	}
	return []string{fmt.Sprintf("%s: %d rows have no rating and are left out", t.name, t.absent)}
}
