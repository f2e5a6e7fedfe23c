package settings

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/cityrights/cityrights/internal/platform/database"
)

// Change is what became of one field. Of a secret From and To are empty: only that it has changed is known.
type Change struct {
	Field, From, To string
	Secret          bool
}

// Entry is a version of a section in the history.
type Entry struct {
	Section string
	Version int64
	At      time.Time
	By      string // person; empty: the command line
	Changes []Change
}

// secrets are the fields that hold the id of a secret.
var secrets = []string{"secret"}

// compared gives the fields in which two values of a section differ, by their names.
func compared(before, after any) ([]Change, error) {
	from, err := fieldsOf(before)
	if err != nil {
		return nil, err
	}
	to, err := fieldsOf(after)
	if err != nil {
		return nil, err
	}
	all := maps.Clone(from)
	maps.Copy(all, to)
	var changes []Change
	for _, field := range slices.Sorted(maps.Keys(all)) {
		c := Change{Field: field, From: from[field], To: to[field], Secret: slices.Contains(secrets, field)}
		if c.From == c.To {
			continue
		}
		if c.Secret {
			c.From, c.To = "", ""
		}
		changes = append(changes, c)
	}
	return changes, nil
}

// fieldsOf gives the fields of a section as texts. A value that is a JSON document is read as one.
func fieldsOf(value any) (map[string]string, error) {
	document, ok := value.([]byte)
	if !ok {
		var err error
		if document, err = json.Marshal(value); err != nil {
			return nil, err
		}
	}
	var read map[string]any
	if err := json.Unmarshal(document, &read); err != nil {
		return nil, err
	}
	texts := make(map[string]string, len(read))
	for field, v := range read {
		texts[field] = fmt.Sprint(v)
	}
	return texts, nil
}

// History gives all versions of all sections, the newest first, each with what it changed; a first version is compared with the defaults.
func (s *Store) History(ctx context.Context) ([]Entry, error) {
	var all []Entry
	before := map[string]any{SectionNode: defaults().Node, SectionMail: defaults().Mail, SectionDigests: defaults().Digests}
	err := s.db.Read(ctx, func(tx database.Tx) error {
		rows, err := tx.Query(ctx, "SELECT section, version, changed_at, changed_by, document FROM settings_version ORDER BY section, version")
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var e Entry
			var at int64
			var document []byte
			if err := rows.Scan(&e.Section, &e.Version, &at, &e.By, &document); err != nil {
				return err
			}
			if before[e.Section] == nil {
				before[e.Section] = []byte("{}")
			}
			if e.Changes, err = compared(before[e.Section], document); err != nil {
				return err
			}
			e.At, before[e.Section] = time.UnixMilli(at).UTC(), document
			all = append(all, e)
		}
		return rows.Err()
	})
	slices.SortStableFunc(all, func(a, b Entry) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.Version, a.Version)) })
	return all, err
}
