package city

import (
	"context"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/cityrights/cityrights/internal/platform/database"
)

// Change is an entry of the history: who changed what, and when.
type Change struct {
	ID        string
	City      string
	At        time.Time
	By        string // person; empty: the command line
	Subject   string // city, organisation or membership
	SubjectID string
	Fields    map[string]Edit
}

// Edit is the value of a field before and after a change, as JSON gives it; nil where there was or is none.
type Edit struct {
	From any `json:"from"`
	To   any `json:"to"`
}

// History gives the changes of a city and of its organisations, the oldest first.
func (r *Room) History(ctx context.Context, tx database.Tx, cityID string) ([]Change, error) {
	var all []Change
	err := each(ctx, tx, func(row scanner) error {
		change := Change{City: cityID}
		var at int64
		var fields []byte
		if err := row.Scan(&change.ID, &at, &change.By, &change.Subject, &change.SubjectID, &fields); err != nil {
			return err
		}
		change.At = time.UnixMilli(at).UTC()
		all = append(all, change)
		return json.Unmarshal(fields, &all[len(all)-1].Fields)
	}, "SELECT change_id, changed_at, changed_by, subject, subject_id, fields FROM city_change WHERE city_id = $1", cityID)
	slices.SortFunc(all, func(a, b Change) int { return strings.Compare(a.ID, b.ID) })
	return all, err
}

// note adds a change to the history.
func (r *Room) note(ctx context.Context, tx database.Tx, by, cityID, subject, subjectID string, fields map[string]Edit) error {
	text, err := json.Marshal(fields)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO city_change (city_id, change_id, changed_at, changed_by, subject, subject_id, fields)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		cityID, database.NewID(), r.Clock.Now().UnixMilli(), by, subject, subjectID, string(text))
	return err
}

// differences gives the fields that are not the same. A zero value counts as none.
func differences(before, after map[string]any) map[string]Edit {
	edits := map[string]Edit{}
	for field, to := range after {
		if edit := (Edit{From: orNil(before[field]), To: orNil(to)}); !reflect.DeepEqual(edit.From, edit.To) {
			edits[field] = edit
		}
	}
	return edits
}

func orNil(value any) any {
	if v := reflect.ValueOf(value); !v.IsValid() || v.IsZero() || (v.Kind() == reflect.Map || v.Kind() == reflect.Slice) && v.Len() == 0 {
		return nil
	}
	return value
}

// fields gives what can change of a city, by the names that forms and the command line use.
func (c City) fields() map[string]any {
	return map[string]any{
		"name": c.Name, "country": c.Country, "kind": c.Kind,
		"population": value(c.Population), "population-year": c.PopulationYear, "population-source": c.PopulationSource,
		"languages": strings.Join(c.Languages, " "), "latitude": value(c.Latitude), "longitude": value(c.Longitude),
		"place": c.Place, "competences": c.Competences, "fictional": c.Fictional, "since": c.Since, "about": c.About,
	}
}

// fields gives what can change of an organisation.
func (o Organisation) fields() map[string]any {
	return map[string]any{"kind": o.Kind, "name": o.Name, "country": o.Country, "url": o.URL}
}

// value gives what a pointer points to, or nil; so that two figures are compared and not their addresses.
func value[T any](p *T) any {
	if p == nil {
		return nil
	}
	return *p
}
