package account

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// noted writes acts into the trail, a minute apart.
func (h house) noted(acts ...map[string]string) {
	h.Helper()
	for _, details := range acts {
		h.clock.advance(time.Minute)
		h.must(h.db.Write(h.Context(), func(tx database.Tx) error {
			return h.room.Note(h.Context(), tx, Operator(), details["act"], details["subject"], details)
		}))
	}
}

func subjects(acts []Act) (all []string) {
	for _, a := range acts {
		all = append(all, a.Subject)
	}
	return all
}

func TestAnActIsReadByThoseWhomItConcerns(t *testing.T) {
	eachHouse(t, func(h house) {
		h.noted(
			map[string]string{"act": "exported", "subject": "1", "city": "alba"},
			map[string]string{"act": "exported", "subject": "2", "organisation": "watch"},
			map[string]string{"act": "exported", "subject": "3", "city": "brisa", "organisation": "brisa-hall"},
			map[string]string{"act": "backup made", "subject": "4"},
			map[string]string{"act": "role granted", "subject": "5", "scope": "city/alba", "city": "alba"},
			map[string]string{"act": "role granted", "subject": "6", "scope": "node"},
		)
		for _, c := range []struct {
			as    Granted
			about Resource
			want  []string
		}{
			{Granted{RoleCoordinator, InCity("alba")}, Resource{City: "alba"}, []string{"5", "1"}},
			{Granted{RoleCoordinator, InCity("brisa")}, Resource{City: "brisa"}, []string{"3"}},
			{Granted{RoleFocalPoint, InOrganisation("brisa-hall")}, Resource{City: "brisa", Organisation: "brisa-hall"}, []string{"3"}},
			{Granted{RoleContributor, InOrganisation("watch")}, Resource{City: "alba", Organisation: "watch", Independent: true}, []string{"2"}},
			{Granted{RoleAdministrator, Node}, Resource{Kind: "node"}, []string{"6", "5", "4", "3", "2", "1"}},
		} {
			got, _, err := h.room.TrailOf(h.Context(), Actor{Person: "x", Grants: []Granted{c.as}}, c.about, TrailQuery{})
			h.must(err)
			if diff := cmp.Diff(c.want, subjects(got)); diff != "" {
				t.Errorf("%v about %v: %s", c.as, c.about, diff)
			}
		}
		for _, c := range []struct {
			as    Granted
			about Resource
		}{
			{Granted{RoleCoordinator, InCity("brisa")}, Resource{City: "alba"}},
			{Granted{RoleCoordinator, InCity("alba")}, Resource{City: "alba", Organisation: "watch", Independent: true}},
			{Granted{RoleReviewer, InCity("alba")}, Resource{City: "alba"}},
			{Granted{RoleCoordinator, InCity("alba")}, Resource{Kind: "node"}},
			{Granted{RoleContributor, InOrganisation("watch")}, Resource{City: "alba"}},
		} {
			_, _, err := h.room.TrailOf(h.Context(), Actor{Person: "x", Grants: []Granted{c.as}}, c.about, TrailQuery{})
			h.kind(err, fault.Forbidden)
			_, err = h.room.ActsOf(h.Context(), Actor{Person: "x", Grants: []Granted{c.as}}, c.about)
			h.kind(err, fault.Forbidden)
		}
	})
}

func TestTheTrailIsReadInPartsAndByDayAndAct(t *testing.T) {
	eachHouse(t, func(h house) {
		admin := Actor{Person: "x", Grants: []Granted{{RoleAdministrator, Node}}}
		h.noted(map[string]string{"act": "exported", "subject": "1"}, map[string]string{"act": "backup made", "subject": "2"})
		h.clock.advance(48 * time.Hour)
		noon := h.clock.now
		h.noted(map[string]string{"act": "exported", "subject": "3"}, map[string]string{"act": "exported", "subject": "4"}, map[string]string{"act": "exported", "subject": "5"})
		ask := func(q TrailQuery) ([]Act, bool) {
			t.Helper()
			acts, more, err := h.room.TrailOf(h.Context(), admin, Resource{Kind: "node"}, q)
			h.must(err)
			return acts, more
		}
		first, more := ask(TrailQuery{Limit: 2})
		second, still := ask(TrailQuery{Limit: 3, Before: first[1].ID})
		if diff := cmp.Diff([]string{"5", "4", "3", "2", "1"}, append(subjects(first), subjects(second)...)); diff != "" || !more || still {
			t.Errorf("%v then %v: %s", more, still, diff)
		}
		for _, c := range []struct {
			ask  TrailQuery
			want []string
		}{
			{TrailQuery{Act: "backup made"}, []string{"2"}},
			{TrailQuery{Until: noon}, []string{"2", "1"}},
			{TrailQuery{From: noon.Add(2 * time.Minute), Act: "exported"}, []string{"5", "4"}},
			{TrailQuery{Act: "' OR 1 = 1 --"}, nil},
		} {
			if got, _ := ask(c.ask); !cmp.Equal(c.want, subjects(got)) {
				t.Errorf("%+v: %v, want %v", c.ask, subjects(got), c.want)
			}
		}
		kinds, err := h.room.ActsOf(h.Context(), admin, Resource{Kind: "node"})
		h.must(err)
		if diff := cmp.Diff([]string{"backup made", "exported"}, kinds); diff != "" {
			t.Error(diff)
		}
	})
}

func TestWhatIsDoneWithAPersonIsReadWhereTheyHaveARole(t *testing.T) {
	eachHouse(t, func(h house) {
		ana := h.coordinator()
		_, err := h.room.Reset(h.Context(), Operator(), ana.Person)
		h.must(err)
		h.token(ana, []Verb{View}, Node)
		h.must(h.room.Disable(h.Context(), Operator(), ana.Person))
		acts, _, err := h.room.TrailOf(h.Context(), ana, Resource{City: "alba"}, TrailQuery{})
		h.must(err)
		var got []string
		for _, a := range acts {
			got = append(got, a.ActorName+": "+a.Act+" "+a.SubjectName)
		}
		if diff := cmp.Diff([]string{": person disabled Ana Lima", "Ana Lima: token made Ana Lima", ": reset issued Ana Lima", ": role granted Ana Lima"}, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestARoleInAnOrganisationIsReadByItsCityUnlessItIsIndependent(t *testing.T) {
	eachHouse(t, func(h house) {
		ben := h.add("ben@example.org", "")
		h.must(h.room.Grant(h.Context(), Operator(), ben.ID, Granted{RoleFocalPoint, InOrganisation("hall")}, Resource{City: "alba", Organisation: "hall"}))
		h.must(h.room.Grant(h.Context(), Operator(), ben.ID, Granted{RoleContributor, InOrganisation("watch")}, Resource{City: "alba", Organisation: "watch", Independent: true}))
		acts, _, err := h.room.TrailOf(h.Context(), Actor{Person: "x", Grants: []Granted{{RoleCoordinator, InCity("alba")}}}, Resource{City: "alba"}, TrailQuery{})
		h.must(err)
		if len(acts) != 1 || acts[0].Details["scope"] != "organisation/hall" {
			t.Errorf("the city reads %+v", acts)
		}
	})
}
