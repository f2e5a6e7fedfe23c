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
	from, err := auditable(by, about)
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
			FROM `+from.tables+` LEFT JOIN account_person p ON p.person_id = a.actor LEFT JOIN account_person s ON s.person_id = a.subject
			WHERE `+from.which+` AND a.acted_at >= $2 AND a.acted_at < $3 AND ($4 = '' OR a.act = $4) AND ($5 = '' OR `+from.order+` < $5)
			ORDER BY `+from.order+` DESC LIMIT `+strconv.Itoa(limit+1), from.scope, since, until, asked.Act, asked.Before)
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
	from, err := auditable(by, about)
	if err != nil {
		return nil, err
	}
	err = r.db.Read(ctx, func(tx database.Tx) error {
		rows, err := tx.Query(ctx, "SELECT DISTINCT a.act FROM "+from.tables+" WHERE "+from.which+" ORDER BY a.act", from.scope)
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

// part is where the acts about a resource stand: tables with each act as a, which of them, and the column that is in the order of time, so that
// the newest are found without reading the others.
type part struct{ tables, which, order, scope string }

func auditable(by Actor, about Resource) (part, error) {
	if !Can(by, Audit, about) {
		return part{}, fault.Said(fault.Forbidden, "error.trail.may_not", "{Name} may not read this trail", "Name", nameOf(by))
	}
	scoped := part{tables: "account_audit_about b JOIN account_audit a ON a.audit_id = b.audit_id", which: "b.scope = $1", order: "b.audit_id"}
	switch {
	case about.Organisation != "":
		scoped.scope = string(InOrganisation(about.Organisation))
	case about.City != "":
		scoped.scope = string(InCity(about.City))
	default:
		return part{tables: "account_audit a", which: "$1 = 'node'", order: "a.audit_id", scope: string(Node)}, nil
	}
	return scoped, nil
}
