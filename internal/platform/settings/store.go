package settings

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"github.com/cityrights/cityrights/internal/platform/clock"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/seal"
)

// Store keeps the settings of a node. Make it with New; its fields are set before it is used.
type Store struct {
	// Clock is the machine's where it is nil.
	Clock clock.Clock
	// Given stands above what is kept: what the program was started with.
	Given Node
	// Changed is told, in the same transaction, who has changed which fields of a section; nil: nobody is.
	Changed func(ctx context.Context, tx database.Tx, by, section string, fields []string) error

	db    *database.DB
	keys  *seal.Keeper
	mu    sync.Mutex
	known bool
	at    int64 // the database's version of the values
	now   Values
}

// New makes the store of a node; keys seal its secrets.
func New(db *database.DB, keys *seal.Keeper) *Store {
	return &Store{db: db, keys: keys, Clock: clock.System{}}
}

// Current gives the settings of this moment, from memory while nothing public has changed. A change of another process is seen within the
// time that database.DB.Version says. Not inside a transaction: see Read.
func (s *Store) Current(ctx context.Context) (Values, error) {
	version, err := s.db.Version(ctx) // before the settings are read: a change in between is then seen the next time
	if err != nil {
		return Values{}, err
	}
	s.mu.Lock()
	if s.known && s.at == version {
		defer s.mu.Unlock()
		return s.now, nil
	}
	s.mu.Unlock()
	var values Values
	err = s.db.Read(ctx, func(tx database.Tx) (err error) {
		values, err = s.Read(ctx, tx)
		return err
	})
	if err != nil {
		return Values{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now, s.at, s.known = values, version, true
	return values, nil
}

// Read gives the settings as a transaction sees them.
func (s *Store) Read(ctx context.Context, tx database.Tx) (Values, error) {
	values := defaults()
	values.Versions = map[string]int64{}
	rows, err := tx.Query(ctx, `SELECT v.section, v.version, v.document FROM settings_version v
		WHERE v.version = (SELECT max(w.version) FROM settings_version w WHERE w.section = v.section)`)
	if err != nil {
		return Values{}, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var section string
		var version int64
		var document []byte
		if err := rows.Scan(&section, &version, &document); err != nil {
			return Values{}, err
		}
		into, known := map[string]any{SectionNode: &values.Node, SectionMail: &values.Mail, SectionDigests: &values.Digests}[section]
		if !known {
			continue // a newer program has more of them
		}
		if err := json.Unmarshal(document, into); err != nil {
			return Values{}, err
		}
		values.Versions[section] = version
	}
	values.Kept = values.Node
	values.Node = values.Node.under(s.Given)
	return values, rows.Err()
}

// Zone gives the node's time zone; UTC where it is not known.
func (v Values) Zone() *time.Location {
	zone, err := time.LoadLocation(v.Node.Zone)
	if err != nil {
		return time.UTC
	}
	return zone
}

// SaveNode keeps the section, by a person, where it is still at the version that they have seen. What was given at the start is not kept: the
// fields of that are as they were. Returns Invalid with the fields, or Conflict. Saving what is there changes nothing.
func (s *Store) SaveNode(ctx context.Context, by string, version int64, n Node) error {
	n, err := n.Clean()
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx database.Tx) error {
		values, err := s.Read(ctx, tx)
		if err != nil {
			return err
		}
		return s.save(ctx, tx, by, SectionNode, version, values.Versions, values.Kept, n.besides(s.Given, values.Kept))
	})
}

// SaveDigests is as SaveNode.
func (s *Store) SaveDigests(ctx context.Context, by string, version int64, d Digests) error {
	d, err := d.Clean()
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx database.Tx) error {
		values, err := s.Read(ctx, tx)
		if err != nil {
			return err
		}
		return s.save(ctx, tx, by, SectionDigests, version, values.Versions, values.Digests, d)
	})
}

// save adds a version of a section where something has changed.
func (s *Store) save(ctx context.Context, tx database.Tx, by, section string, seen int64, versions map[string]int64, before, after any) error {
	changes, err := compared(before, after)
	if err != nil {
		return err
	}
	fresh := versions[section] == 0
	if versions[section] != seen {
		return errChanged()
	}
	if len(changes) == 0 && !fresh {
		return nil
	}
	document, err := json.Marshal(after)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, "INSERT INTO settings_version (section, version, changed_at, changed_by, document) VALUES ($1, $2, $3, $4, $5)",
		section, seen+1, s.Clock.Now().UnixMilli(), by, string(document))
	if s.db.Duplicate(err) {
		return errChanged()
	}
	if err != nil {
		return err
	}
	if s.Changed != nil {
		fields := make([]string, len(changes))
		for i, c := range changes {
			fields[i] = c.Field
		}
		if err := s.Changed(ctx, tx, by, section, fields); err != nil {
			return err
		}
	}
	return tx.Bump(ctx)
}

func errChanged() error {
	return fault.Said(fault.Conflict, "error.settings.changed", "somebody else has changed these settings meanwhile; look at them and set yours again")
}
