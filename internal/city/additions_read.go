package city

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

const additionColumns = "version, changed_at, changed_by, document"

// Additions gives a city's own indicators as they are at present; without any where it has none. Returns NotFound where there is no such city.
func (r *Room) Additions(ctx context.Context, tx database.Tx, cityID string) (Additions, error) {
	var languages string
	err := tx.QueryRow(ctx, "SELECT languages FROM city_government WHERE city_id = $1", cityID).Scan(&languages)
	if err != nil {
		return Additions{}, notFound(err, noCity(cityID))
	}
	a, err := scanAdditions(tx.QueryRow(ctx, "SELECT "+additionColumns+" FROM city_addition WHERE city_id = $1 ORDER BY version DESC LIMIT 1", cityID))
	if errors.Is(err, sql.ErrNoRows) {
		a, err = Additions{}, nil
	}
	a.City = cityID
	if all := strings.Fields(languages); len(all) > 0 {
		a.Language = all[0]
	}
	return a, err
}

// OwnIndicators is Additions in a transaction of its own.
func (r *Room) OwnIndicators(ctx context.Context, cityID string) (a Additions, err error) {
	err = r.db.Read(ctx, func(tx database.Tx) error {
		a, err = r.Additions(ctx, tx, cityID)
		return err
	})
	return a, err
}

// AdditionsHistory gives all versions of a city's own indicators, the present one first.
func (r *Room) AdditionsHistory(ctx context.Context, tx database.Tx, cityID string) ([]Additions, error) {
	var all []Additions
	err := each(ctx, tx, func(row scanner) error {
		a, err := scanAdditions(row)
		a.City = cityID
		all = append(all, a)
		return err
	}, "SELECT "+additionColumns+" FROM city_addition WHERE city_id = $1 ORDER BY version DESC", cityID)
	return all, err
}

func insertAdditions(ctx context.Context, tx database.Tx, a Additions) error {
	document, err := json.Marshal(a.Local)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, "INSERT INTO city_addition (city_id, version, changed_at, changed_by, document) VALUES ($1, $2, $3, $4, $5)",
		a.City, a.Version, a.At.UnixMilli(), a.By, string(document))
	return err
}

func scanAdditions(row scanner) (a Additions, err error) {
	var at int64
	var document []byte
	if err := row.Scan(&a.Version, &at, &a.By, &document); err != nil {
		return Additions{}, err
	}
	a.At = time.UnixMilli(at).UTC()
	return a, json.Unmarshal(document, &a.Local)
}

// Version gives an earlier version of a history. Returns NotFound.
func Version(history []Additions, version int64) (Additions, error) {
	at := slices.IndexFunc(history, func(a Additions) bool { return a.Version == version })
	if at < 0 {
		return Additions{}, fault.Said(fault.NotFound, "error.own.version", "the city's own indicators have no version {Version}", "Version", strconv.FormatInt(version, 10))
	}
	return history[at], nil
}

// NoneAdded is the fault NotFound of a city that has no indicators of its own.
func NoneAdded(cityID string) error {
	return fault.Said(fault.NotFound, "error.own.nothing", "{City} has no indicators of its own", "City", cityID)
}
