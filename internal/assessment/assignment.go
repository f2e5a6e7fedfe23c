package assessment

import (
	"context"
	"slices"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Assignment says who is to answer a requirement for an organisation.
type Assignment struct {
	Key
	Person    string
	Alternate string // who answers where the person cannot; empty: none
	Due       int64  // the last day (see ParseDay); 0: that of the cycle
	At        int64  // unix milliseconds
	By        string
}

// Assigning is what somebody wants to assign: any number of requirements to one person.
type Assigning struct {
	City, Period, Organisation string
	Requirements               []string
	Person, Alternate          string // an empty person takes the requirements from whoever had them
	Due                        int64
}

// Assign says who is to answer, in place of what was said before. Returns NotFound where there is no such cycle or it does not ask for a
// requirement, Invalid where the organisation does not answer in the city or a person cannot answer for it, and Conflict once the cycle is validated.
func (r *Room) Assign(ctx context.Context, by account.Actor, a Assigning) error {
	_, err := r.HandOut(ctx, by, a)
	return err
}

func (r *Room) checkAssigning(ctx context.Context, tx database.Tx, a Assigning) error {
	c, err := r.checkAsked(ctx, tx, a)
	if err != nil || a.Person == "" {
		return err
	}
	able, err := r.Answerers(ctx, tx, a.City, a.Organisation)
	if err != nil {
		return err
	}
	guests, err := r.guests(ctx, tx, c, a.Organisation)
	if err != nil {
		return err
	}
	for field, id := range map[string]string{"person": a.Person, "alternate": a.Alternate} {
		known := slices.ContainsFunc(able, func(p account.Person) bool { return p.ID == id }) ||
			field == "person" && slices.ContainsFunc(guests, func(g account.Guest) bool { return g.ID == id && !g.Ended })
		if id != "" && !known {
			return fault.SaidOf(field, "error.assignment.person", "this person cannot answer for the organisation; give them a role in it first")
		}
	}
	if a.Alternate == a.Person {
		return fault.SaidOf("alternate", "error.assignment.alternate", "the alternate is somebody else")
	}
	return nil
}

// checkAsked looks at what is to be assigned and in which cycle, and not at whom.
func (r *Room) checkAsked(ctx context.Context, tx database.Tx, a Assigning) (c Cycle, err error) {
	if c, err = r.Cycle(ctx, tx, a.City, a.Period); err != nil {
		return c, err
	}
	if !slices.Contains([]State{Draft, Open, Review, Reply}, c.State) {
		return c, notOpen(c)
	}
	asked, err := r.Requirements(c)
	if err != nil {
		return c, err
	}
	for _, id := range a.Requirements {
		if !slices.Contains(asked, id) {
			return c, notAsked(c, id)
		}
	}
	if len(a.Requirements) == 0 {
		return c, fault.SaidOf("requirements", "error.assignment.none", "choose at least one requirement")
	}
	_, err = r.Answering(ctx, tx, a.City, a.Organisation)
	return c, err
}

func (r *Room) assign(ctx context.Context, tx database.Tx, by account.Actor, requirement string, a Assigning) error {
	if a.Person == "" {
		_, err := tx.Exec(ctx, "DELETE FROM assessment_assignment WHERE city_id = $1 AND period = $2 AND requirement = $3 AND organisation_id = $4",
			a.City, a.Period, requirement, a.Organisation)
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO assessment_assignment (city_id, period, requirement, organisation_id, person_id, alternate_id, due_at, at, by_person)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (city_id, period, requirement, organisation_id) DO UPDATE SET person_id = excluded.person_id,
			alternate_id = excluded.alternate_id, due_at = excluded.due_at, at = excluded.at, by_person = excluded.by_person`,
		a.City, a.Period, requirement, a.Organisation, a.Person, a.Alternate, orNull(a.Due), r.Clock.Now().UnixMilli(), by.Person)
	return err
}

// Answerers gives the people who can answer for an organisation of a city, by name. Returns Invalid where it does not answer there.
func (r *Room) Answerers(ctx context.Context, tx database.Tx, cityID, organisation string) ([]account.Person, error) {
	o, err := r.Answering(ctx, tx, cityID, organisation)
	if err != nil || r.Able == nil {
		return nil, err
	}
	return r.Able(ctx, tx, account.Answer, Resource(cityID, o, true))
}

// Answering gives an organisation that answers in a city. Returns NotFound where there is no such organisation in it, or it does not answer.
func (r *Room) Answering(ctx context.Context, tx database.Tx, cityID, organisation string) (city.Organisation, error) {
	organisations, err := r.cities.Organisations(ctx, tx, cityID)
	if err != nil {
		return city.Organisation{}, err
	}
	at := slices.IndexFunc(organisations, func(o city.Organisation) bool { return o.ID == organisation && o.Kind.Party() != "" })
	if at < 0 {
		return city.Organisation{}, fault.Said(fault.NotFound, "error.answer.no_organisation",
			"{City} has no organisation {Organisation} that answers", "City", cityID, "Organisation", organisation)
	}
	return organisations[at], nil
}

// Assignments gives what is assigned for an organisation in a cycle, by requirement.
func (r *Room) Assignments(ctx context.Context, tx database.Tx, cityID, period, organisation string) (map[string]Assignment, error) {
	rows, err := tx.Query(ctx, `SELECT requirement, person_id, alternate_id, coalesce(due_at, 0), at, by_person FROM assessment_assignment
		WHERE city_id = $1 AND period = $2 AND organisation_id = $3`, cityID, period, organisation)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	all := map[string]Assignment{}
	for rows.Next() {
		a := Assignment{Key: Key{City: cityID, Period: period, Organisation: organisation}}
		if err := rows.Scan(&a.Requirement, &a.Person, &a.Alternate, &a.Due, &a.At, &a.By); err != nil {
			return nil, err
		}
		all[a.Requirement] = a
	}
	return all, rows.Err()
}
