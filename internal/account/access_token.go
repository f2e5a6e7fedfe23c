package account

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// AccessToken lets a program act for a person within bounds: with some verbs, in a scope, until a day.
type AccessToken struct {
	ID     string
	Person string
	Name   string // as the person calls it
	Verbs  []Verb
	Scope  Scope // Node: wherever the person's roles reach
	Made   time.Time
	Ends   time.Time
	Used   time.Time // the beginning of the day, in UTC, on which it was last used; zero: never. No hour is kept: it would tell how somebody works
	Ended  time.Time // when it was revoked; zero: it was not

	PersonName string
}

// Live tells whether the token still opens anything.
func (t AccessToken) Live(now time.Time) bool { return t.Ended.IsZero() && now.Before(t.Ends) }

// TokenVerbs are what a token can be made for. Roles are not granted and people not managed by programs.
var TokenVerbs = []Verb{View, Import}

const (
	// LongestToken is for how many days a token can be made.
	LongestToken  = 365
	mostTokens    = 20 // of a person, that are live
	longestNaming = 60 // characters of a token's name
)

// MakeToken makes a token for whoever asks, for so many days, and gives its text, which is kept nowhere. Returns Invalid with the fields
// name, verbs, scope or days, Conflict where somebody has very many, and Forbidden for whoever comes by a token or a link, or is nobody.
func (r *Room) MakeToken(ctx context.Context, by Actor, name string, verbs []Verb, scope Scope, days int) (AccessToken, string, error) {
	if !by.SignedIn() || by.Only != nil || by.Guest {
		return AccessToken{}, "", fault.Said(fault.Forbidden, "error.token.may_not", "{Name} may not make tokens", "Name", nameOf(by))
	}
	now := r.clock.Now()
	t := AccessToken{ID: database.NewID(), Person: by.Person, PersonName: by.Name, Name: strings.Join(strings.Fields(name), " "), Verbs: slices.Compact(slices.Sorted(slices.Values(verbs))),
		Scope: scope, Made: now, Ends: now.Add(time.Duration(days) * 24 * time.Hour)}
	if err := t.check(days); err != nil {
		return AccessToken{}, "", err
	}
	secret := newSecret()
	err := r.db.Write(ctx, func(tx database.Tx) error {
		var live int
		if err := tx.QueryRow(ctx, "SELECT count(*) FROM account_access_token WHERE person_id = $1 AND revoked_at = 0 AND expires_at > $2", by.Person, now.UnixMilli()).Scan(&live); err != nil {
			return err
		}
		if live >= mostTokens {
			return fault.Said(fault.Conflict, "error.token.many", "there are {Most} tokens already; revoke one that is not needed any more", "Most", mostTokens)
		}
		_, err := tx.Exec(ctx, `INSERT INTO account_access_token (access_token_id, person_id, token_hash, name, verbs, scope, created_at, expires_at, used_day, revoked_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0)`, t.ID, t.Person, hashToken(secret), t.Name, joinWords(t.Verbs), string(t.Scope), now.UnixMilli(), t.Ends.UnixMilli())
		if err != nil {
			return err
		}
		return r.noteToken(ctx, tx, by, "token made", t)
	})
	if err != nil {
		return AccessToken{}, "", err
	}
	return t, secret, nil
}

// check returns all that is wrong with a new token.
func (t AccessToken) check(days int) error {
	var all []*fault.Error
	if t.Name == "" || utf8.RuneCountInString(t.Name) > longestNaming || !utf8.ValidString(t.Name) || strings.ContainsFunc(t.Name, unicode.IsControl) {
		all = append(all, fault.SaidOf("name", "error.token.name", "say in at most {Most} characters what the token is for", "Most", longestNaming))
	}
	if len(t.Verbs) == 0 || slices.ContainsFunc(t.Verbs, func(v Verb) bool { return !slices.Contains(TokenVerbs, v) }) {
		all = append(all, fault.SaidOf("verbs", "error.token.verbs", "choose what the token may do: {Known}", "Known", join(TokenVerbs)))
	}
	if !scopeForm.MatchString(string(t.Scope)) || t.Scope.Kind() == "network" {
		all = append(all, fault.SaidOf("scope", "error.token.scope", "choose where the token counts"))
	}
	if days < 1 || days > LongestToken {
		all = append(all, fault.SaidOf("days", "error.token.days", "a token ends after 1 to {Most} days", "Most", LongestToken))
	}
	return joined(all)
}

// AccessTokens gives somebody's own tokens, or everybody's to those who operate the node, the newest first, ended ones included.
// Returns Forbidden.
func (r *Room) AccessTokens(ctx context.Context, by Actor, everybody bool) ([]AccessToken, error) {
	if by.Only != nil || !by.SignedIn() || everybody && !Can(by, Operate, Resource{Kind: "node"}) {
		return nil, fault.Said(fault.Forbidden, "error.token.may_not_see", "{Name} may not see these tokens", "Name", nameOf(by))
	}
	person := by.Person
	if everybody {
		person = ""
	}
	var all []AccessToken
	err := r.db.Read(ctx, func(tx database.Tx) error {
		rows, err := tx.Query(ctx, "SELECT "+accessTokenColumns+` FROM account_access_token t JOIN account_person p ON p.person_id = t.person_id
			WHERE $1 = '' OR t.person_id = $1 ORDER BY t.access_token_id DESC`, person)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			t, err := scanAccessToken(rows)
			if err != nil {
				return err
			}
			all = append(all, t)
		}
		return rows.Err()
	})
	return all, err
}

// RevokeToken ends a token at once: one's own, or anybody's for those who operate the node. One that has ended stays as it is. Returns
// NotFound, also where it is another person's.
func (r *Room) RevokeToken(ctx context.Context, by Actor, id string) error {
	none := fault.Said(fault.NotFound, "error.token.none", "there is no such token")
	if by.Only != nil || !by.SignedIn() {
		return none
	}
	return r.db.Write(ctx, func(tx database.Tx) error {
		t, err := scanAccessToken(tx.QueryRow(ctx, "SELECT "+accessTokenColumns+` FROM account_access_token t JOIN account_person p ON p.person_id = t.person_id
			WHERE t.access_token_id = $1`, id))
		switch {
		case isNoRow(err):
			return none
		case err != nil:
			return err
		case t.Person != by.Person && !Can(by, Operate, Resource{Kind: "node"}):
			return none
		case !t.Ended.IsZero():
			return nil
		}
		if _, err := tx.Exec(ctx, "UPDATE account_access_token SET revoked_at = $2 WHERE access_token_id = $1", id, r.clock.Now().UnixMilli()); err != nil {
			return err
		}
		return r.noteToken(ctx, tx, by, "token revoked", t)
	})
}

// noteToken notes an act on a token where it counts, or where its person has roles. What it is called is its person's business.
func (r *Room) noteToken(ctx context.Context, tx database.Tx, by Actor, act string, t AccessToken) error {
	p, err := r.Get(ctx, tx, t.Person)
	if err != nil {
		return err
	}
	var about []Scope
	if t.Scope == Node {
		about = scopesOf(p.Grants)
	}
	return r.note(ctx, tx, by, act, t.Person, map[string]string{"token": t.ID, "verbs": joinWords(t.Verbs), "scope": string(t.Scope)}, about)
}

const accessTokenColumns = "t.access_token_id, t.person_id, t.name, t.verbs, t.scope, t.created_at, t.expires_at, t.used_day, t.revoked_at, p.name"

func scanAccessToken(row interface{ Scan(...any) error }) (t AccessToken, err error) {
	var verbs string
	var made, ends, used, ended int64
	err = row.Scan(&t.ID, &t.Person, &t.Name, &verbs, &t.Scope, &made, &ends, &used, &ended, &t.PersonName)
	for verb := range strings.FieldsSeq(verbs) {
		t.Verbs = append(t.Verbs, Verb(verb))
	}
	t.Made, t.Ends, t.Used, t.Ended = moment(made), moment(ends), moment(used), moment(ended)
	return t, err
}

// moment is a time that the tables keep as unix milliseconds, 0 for none.
func moment(milliseconds int64) time.Time {
	if milliseconds == 0 {
		return time.Time{}
	}
	return time.UnixMilli(milliseconds).UTC()
}

func joinWords[T ~string](words []T) string {
	texts := make([]string, len(words))
	for i, word := range words {
		texts[i] = string(word)
	}
	return strings.Join(texts, " ")
}
