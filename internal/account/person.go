package account

import (
	"context"
	"database/sql"
	"errors"
	"net/mail"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Person is somebody with an account.
type Person struct {
	ID       string
	Email    string
	Name     string
	Language string // BCP 47; empty: the node's
	Disabled bool
	Guest    bool // comes by a link only (see Guest); their Grants are the questions assigned to them
	Created  time.Time
	Grants   []Granted

	password string
	epoch    int64
}

const longestName = 100 // characters

// Clean gives a person as they are kept, or all that is wrong with them: one Invalid fault for each field, joined.
func Clean(p Person) (Person, error) {
	var all []error
	p.Name = strings.Join(strings.Fields(norm.NFC.String(p.Name)), " ")
	if p.Name == "" || utf8.RuneCountInString(p.Name) > longestName || strings.ContainsFunc(p.Name, unicode.IsControl) || !utf8.ValidString(p.Name) {
		all = append(all, fault.SaidOf("name", "error.person.name", "a name of at most {Most} characters is needed", "Most", longestName))
	}
	p.Email = norm.NFC.String(strings.TrimSpace(p.Email))
	address, err := mail.ParseAddress(p.Email)
	switch {
	case p.Email == "":
		all = append(all, fault.SaidOf("email", "error.person.email_needed", "an e-mail address is needed"))
	case err != nil || address.Address != p.Email || len(p.Email) > 254 || strings.ContainsFunc(p.Email, unicode.IsSpace):
		all = append(all, fault.SaidOf("email", "error.person.email", `"{Address}" is not an e-mail address`, "Address", p.Email))
	}
	if p.Language != "" {
		tag, err := language.Parse(p.Language)
		if err != nil {
			all = append(all, fault.SaidOf("language", "error.language", `"{Language}" is not a language; write a BCP 47 tag, as in en`, "Language", p.Language))
		}
		p.Language = tag.String()
	}
	return p, errors.Join(all...)
}

// emailKey folds the ways in which people write their address.
func emailKey(email string) string { return strings.ToLower(norm.NFC.String(strings.TrimSpace(email))) }

const personColumns = "person_id, email, name, language, password, epoch, disabled, created_at, guest"

func scanPerson(row interface{ Scan(...any) error }) (p Person, err error) {
	var created int64
	err = row.Scan(&p.ID, &p.Email, &p.Name, &p.Language, &p.password, &p.epoch, &p.Disabled, &created, &p.Guest)
	p.Created = time.UnixMilli(created).UTC()
	return p, err
}

// Get gives a person by id, with their grants. Returns NotFound where there is none.
func (r *Room) Get(ctx context.Context, tx database.Tx, id string) (Person, error) {
	return r.one(ctx, tx, "person_id", id)
}

// ByEmail is Get by address, however it is spelt.
func (r *Room) ByEmail(ctx context.Context, tx database.Tx, email string) (Person, error) {
	return r.one(ctx, tx, "email_key", emailKey(email))
}

func (r *Room) one(ctx context.Context, tx database.Tx, column, value string) (Person, error) {
	p, err := scanPerson(tx.QueryRow(ctx, "SELECT "+personColumns+" FROM account_person WHERE "+column+" = $1", value))
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return Person{}, fault.Said(fault.NotFound, "error.person.none", `there is no person "{Person}"`, "Person", value)
	case err != nil:
		return Person{}, err
	}
	if p.Guest {
		return r.guestNow(ctx, tx, p)
	}
	grants, err := readGrants(ctx, tx, "WHERE person_id = $1", p.ID)
	p.Grants = grants[p.ID]
	return p, err
}

// People gives everybody who has an account, in the order of their addresses.
func (r *Room) People(ctx context.Context) (all []Person, err error) {
	err = r.db.Read(ctx, func(tx database.Tx) error {
		all, err = r.everybody(ctx, tx)
		return err
	})
	slices.SortFunc(all, func(a, b Person) int { return strings.Compare(emailKey(a.Email), emailKey(b.Email)) })
	return all, err
}

// everybody gives all people who have an account, with their grants, in no order.
func (r *Room) everybody(ctx context.Context, tx database.Tx) ([]Person, error) {
	rows, err := tx.Query(ctx, "SELECT "+personColumns+" FROM account_person WHERE guest = 0")
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var all []Person
	for rows.Next() {
		p, err := scanPerson(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	grants, err := readGrants(ctx, tx, "")
	for i := range all {
		all[i].Grants = grants[all[i].ID]
	}
	return all, err
}

// Actor gives the person as who they are when they act. A disabled person is a visitor.
func (p Person) Actor() Actor {
	if p.Disabled {
		return Actor{}
	}
	return Actor{Person: p.ID, Name: p.Name, Language: p.Language, Grants: p.Grants, Guest: p.Guest}
}
