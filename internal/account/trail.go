package account

import (
	"context"
	"strconv"
	"time"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// TrailQuery asks for a part of the trail.
type TrailQuery struct {
	From, Until time.Time // acts at or after From and before Until; zero: no bound
	Act         string    // empty: any
	Before      string    // id of an act: those older than it; empty: from the newest on
	Limit       int       // at most so many acts; 0: 100
}

const (
	usualPart   = 100
	longestPart = 10_000 // acts in one answer
)

// TrailOf gives the acts that concern a city or an organisation, or all of the node, the newest first, to whoever may Audit it; more tells
// that older ones follow. Entries are only ever added, never changed nor taken away. Returns Forbidden.
func (r *Room) TrailOf(ctx context.Context, by Actor, about Resource, asked TrailQuery) (acts []Act, more bool, err error) {
	from, args, err := auditable(by, about)
	if err != nil {
		return nil, false, err
	}
	limit := min(max(asked.Limit, 0), longestPart)
	if limit == 0 {
		limit = usualPart
	}
	until := int64(1) << 62
	if !asked.Until.IsZero() {
		until = asked.Until.UnixMilli()
	}
	since := int64(0)
	if !asked.From.IsZero() {
		since = asked.From.UnixMilli()
	}
	err = r.db.Read(ctx, func(tx database.Tx) error {
		rows, err := tx.Query(ctx, `SELECT a.audit_id, a.acted_at, a.actor, a.act, a.subject, a.details, coalesce(p.name, ''), coalesce(s.name, '')
			FROM `+from+` LEFT JOIN account_person p ON p.person_id = a.actor LEFT JOIN account_person s ON s.person_id = a.subject
			WHERE b.scope = $1 AND a.acted_at >= $2 AND a.acted_at < $3 AND ($4 = '' OR a.act = $4) AND ($5 = '' OR a.audit_id < $5)
			ORDER BY a.audit_id DESC LIMIT `+strconv.Itoa(limit+1), append(args, since, until, asked.Act, asked.Before)...)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var a Act
			if err := a.scan(rows, &a.ActorName, &a.SubjectName); err != nil {
				return err
			}
			acts = append(acts, a)
		}
		return rows.Err()
	})
	if len(acts) > limit {
		acts, more = acts[:limit], true
	}
	return acts, more, err
}

// ActsOf gives the kinds of acts that TrailOf has of a resource, in the order of their names. Returns Forbidden.
func (r *Room) ActsOf(ctx context.Context, by Actor, about Resource) (kinds []string, err error) {
	from, args, err := auditable(by, about)
	if err != nil {
		return nil, err
	}
	err = r.db.Read(ctx, func(tx database.Tx) error {
		rows, err := tx.Query(ctx, "SELECT DISTINCT a.act FROM "+from+" WHERE b.scope = $1 ORDER BY a.act", args...)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var kind string
			if err := rows.Scan(&kind); err != nil {
				return err
			}
			kinds = append(kinds, kind)
		}
		return rows.Err()
	})
	return kinds, err
}

// auditable gives where the acts about a resource stand, as a (each act) and b (whom it concerns, in the column scope), and the scope to ask for.
func auditable(by Actor, about Resource) (from string, args []any, err error) {
	if !Can(by, Audit, about) {
		return "", nil, fault.Said(fault.Forbidden, "error.trail.may_not", "{Name} may not read this trail", "Name", nameOf(by))
	}
	switch {
	case about.Organisation != "":
		args = []any{string(InOrganisation(about.Organisation))}
	case about.City != "":
		args = []any{string(InCity(about.City))}
	default:
		return "account_audit a JOIN (SELECT CAST('node' AS text) AS scope) b ON 1 = 1", []any{string(Node)}, nil
	}
	return "account_audit_about b JOIN account_audit a ON a.audit_id = b.audit_id", args, nil
}
