package account

import (
	"cmp"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Guest is somebody who answers certain questions by a link, without an account: they have no password, cannot be granted anything, and may do
// what is assigned to them at this moment (see Room.Asked). The link works as often as they need it, until it ends.
type Guest struct {
	ID       string
	Name     string // under which their answers are kept
	Email    string // may be empty; nobody signs in with it
	Language string // BCP 47; empty: the node's
	Scope    Scope  // for whom they answer, as the room that asks them names it
	Ends     time.Time
	Ended    bool // before its time, by somebody
	Invited  time.Time
	By       string // person who invited them
}

// Over tells whether the link works no more.
func (g Guest) Over(now time.Time) bool { return g.Ended || !now.Before(g.Ends) }

// Assigns tells whether somebody may say who answers for an organisation; about is its answers, as a draft. For a part of the authority that is
// who conducts the city's assessments and answers in them, for an independent organisation whoever answers for it.
func Assigns(by Actor, about Resource) bool {
	return !by.Guest && Can(by, Answer, about) && (about.Independent || Can(by, Conduct, about))
}

// InviteGuest keeps a new guest and gives the token of their link, which is not kept and cannot be shown again. Returns Invalid with the field, or
// Forbidden (see Assigns).
func (r *Room) InviteGuest(ctx context.Context, tx database.Tx, by Actor, about Resource, g Guest) (Guest, string, error) {
	if err := mayAssign(by, about); err != nil {
		return Guest{}, "", err
	}
	p, err := cleanGuest(g)
	if err != nil {
		return Guest{}, "", err
	}
	g.ID, g.Name, g.Email, g.Language = database.NewID(), p.Name, p.Email, p.Language
	g.Invited, g.By = r.clock.Now(), by.Person
	_, err = tx.Exec(ctx, `INSERT INTO account_person (person_id, email, email_key, name, language, password, epoch, disabled, created_at, guest)
		VALUES ($1, $2, $3, $4, $5, '', 0, 0, $6, 1)`, g.ID, g.Email, "guest:"+g.ID, g.Name, g.Language, g.Invited.UnixMilli())
	if err != nil {
		return Guest{}, "", err
	}
	token := rand.Text() // 128 bits or more
	_, err = tx.Exec(ctx, "INSERT INTO account_guest (person_id, scope, token_hash, ends_at, invited_at, invited_by) VALUES ($1, $2, $3, $4, $5, $6)",
		g.ID, string(g.Scope), hashToken(token), g.Ends.UnixMilli(), g.Invited.UnixMilli(), g.By)
	if err != nil {
		return Guest{}, "", err
	}
	return g, token, r.noteGuest(ctx, tx, by, "guest invited", g.ID, about)
}

// RenewGuest gives a guest a new link, which ends at the given time; the earlier one and what was opened with it end now. Returns NotFound where
// the guest does not answer for scope, or Forbidden.
func (r *Room) RenewGuest(ctx context.Context, tx database.Tx, by Actor, about Resource, scope Scope, id string, ends time.Time) (g Guest, token string, err error) {
	if g, err = r.hosted(ctx, tx, by, about, scope, id); err != nil {
		return g, "", err
	}
	if err := r.endAccess(ctx, tx, id); err != nil {
		return g, "", err
	}
	token, g.Ends, g.Ended = rand.Text(), ends, false
	if _, err := tx.Exec(ctx, "UPDATE account_person SET disabled = 0 WHERE person_id = $1", id); err != nil {
		return g, "", err
	}
	if _, err := tx.Exec(ctx, "UPDATE account_guest SET token_hash = $2, ends_at = $3 WHERE person_id = $1", id, hashToken(token), ends.UnixMilli()); err != nil {
		return g, "", err
	}
	return g, token, r.noteGuest(ctx, tx, by, "guest link renewed", id, about)
}

// ProlongGuest lets a guest's link work until the given time where it would end before.
func (r *Room) ProlongGuest(ctx context.Context, tx database.Tx, id string, ends time.Time) error {
	_, err := tx.Exec(ctx, "UPDATE account_guest SET ends_at = $2 WHERE person_id = $1 AND ends_at < $2", id, ends.UnixMilli())
	return err
}

// EndGuest ends a guest's link and what was opened with it, at once. What they wrote stays. Returns NotFound or Forbidden, as RenewGuest does.
func (r *Room) EndGuest(ctx context.Context, tx database.Tx, by Actor, about Resource, scope Scope, id string) error {
	if _, err := r.hosted(ctx, tx, by, about, scope, id); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, "UPDATE account_person SET disabled = 1 WHERE person_id = $1", id); err != nil {
		return err
	}
	if err := r.endAccess(ctx, tx, id); err != nil {
		return err
	}
	return r.noteGuest(ctx, tx, by, "guest link ended", id, about)
}

// hosted gives a guest of a scope to somebody who may say who answers in it.
func (r *Room) hosted(ctx context.Context, tx database.Tx, by Actor, about Resource, scope Scope, id string) (Guest, error) {
	if err := mayAssign(by, about); err != nil {
		return Guest{}, err
	}
	g, err := readGuest(ctx, tx, "g.person_id", id)
	if errors.Is(err, sql.ErrNoRows) || err == nil && g.Scope != scope {
		return Guest{}, noPerson(id)
	}
	return g, err
}

func noPerson(id string) error {
	return fault.Said(fault.NotFound, "error.person.none", `there is no person "{Person}"`, "Person", id)
}

// GuestNamed gives a guest by their id. Returns NotFound where there is none.
func (r *Room) GuestNamed(ctx context.Context, tx database.Tx, id string) (Guest, error) {
	g, err := readGuest(ctx, tx, "g.person_id", id)
	if errors.Is(err, sql.ErrNoRows) {
		return g, noPerson(id)
	}
	return g, err
}

// GuestsOf gives the guests of a scope, by name.
func (r *Room) GuestsOf(ctx context.Context, tx database.Tx, scope Scope) ([]Guest, error) {
	rows, err := tx.Query(ctx, "SELECT "+guestColumns+" WHERE g.scope = $1", string(scope))
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var all []Guest
	for rows.Next() {
		g, err := scanGuest(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, g)
	}
	slices.SortFunc(all, func(a, b Guest) int { return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.ID, b.ID)) })
	return all, rows.Err()
}

// Guest gives the guest whose link holds the token. Nothing begins by it: programs that look at mails open links too. Returns Forbidden in the
// same words for a token that is unknown, ended or too old; of the last two it gives the guest too, so that they can be told whom to ask.
func (r *Room) Guest(ctx context.Context, token string) (g Guest, err error) {
	err = r.db.Read(ctx, func(tx database.Tx) error {
		g, err = readGuest(ctx, tx, "g.token_hash", hashToken(token))
		return err
	})
	if errors.Is(err, sql.ErrNoRows) || err == nil && g.Over(r.clock.Now()) {
		return g, fault.Said(fault.Forbidden, "error.guest.over", "this link does not work, or works no more; ask the person who sent it")
	}
	return g, err
}

// OpenGuest begins a session by the token of a guest's link. Returns what Guest returns.
func (r *Room) OpenGuest(ctx context.Context, token string) (Guest, error) {
	g, err := r.Guest(ctx, token)
	if err != nil {
		return g, err
	}
	var p Person
	err = r.db.Write(ctx, func(tx database.Tx) (err error) {
		if p, err = r.Get(ctx, tx, g.ID); err != nil {
			return err
		}
		return r.Note(ctx, tx, p.Actor(), "guest came", g.ID, nil)
	})
	if err != nil {
		return g, err
	}
	return g, r.sessions.begin(ctx, map[string]string{sessionPerson: p.ID, sessionEpoch: strconv.FormatInt(p.epoch, 10)})
}

// guestNow gives a guest as they are at this moment: with what is assigned to them, and as a visitor once their link is over.
func (r *Room) guestNow(ctx context.Context, tx database.Tx, p Person) (Person, error) {
	g, err := readGuest(ctx, tx, "g.person_id", p.ID)
	if err != nil {
		return p, err
	}
	p.Disabled = g.Over(r.clock.Now())
	if p.Disabled || r.Asked == nil {
		return p, nil
	}
	questions, err := r.Asked(ctx, tx, p.ID)
	for _, scope := range questions {
		p.Grants = append(p.Grants, Granted{RoleGuest, scope})
	}
	return p, err
}

const guestColumns = `g.person_id, p.name, p.email, p.language, g.scope, g.ends_at, p.disabled, g.invited_at, g.invited_by
	FROM account_guest g JOIN account_person p ON p.person_id = g.person_id`

func readGuest(ctx context.Context, tx database.Tx, column, value string) (Guest, error) {
	return scanGuest(tx.QueryRow(ctx, "SELECT "+guestColumns+" WHERE "+column+" = $1", value))
}

func scanGuest(row interface{ Scan(...any) error }) (g Guest, err error) {
	var ends, invited int64
	err = row.Scan(&g.ID, &g.Name, &g.Email, &g.Language, &g.Scope, &ends, &g.Ended, &invited, &g.By)
	g.Ends, g.Invited = time.UnixMilli(ends).UTC(), time.UnixMilli(invited).UTC()
	return g, err
}

// cleanGuest is Clean where the address may be left out.
func cleanGuest(g Guest) (Person, error) {
	p := Person{Name: g.Name, Email: g.Email, Language: g.Language}
	left := strings.TrimSpace(g.Email) == ""
	if left {
		p.Email = "nobody@example.org"
	}
	p, err := Clean(p)
	if left {
		p.Email = ""
	}
	return p, err
}

func mayAssign(by Actor, about Resource) error {
	if !Assigns(by, about) {
		return fault.Said(fault.Forbidden, "error.guest.may_not", "{Name} may not say who answers for this organisation", "Name", nameOf(by))
	}
	return nil
}

// noteGuest notes what was done with a guest for those whom it concerns: the organisation, and its city where it is a part of the authority.
func (r *Room) noteGuest(ctx context.Context, tx database.Tx, by Actor, act, id string, about Resource) error {
	details := map[string]string{"organisation": about.Organisation}
	if !about.Independent {
		details["city"] = about.City
	}
	return r.Note(ctx, tx, by, act, id, details)
}

// noAccount refuses what only somebody with an account can be given.
func noAccount() error {
	return fault.Said(fault.Conflict, "error.guest.no_account", "this person answers by a link and has no account; add them as a person first")
}
