package city_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/clock"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// eachRoom runs test on both engines.
func eachRoom(t *testing.T, test func(t *testing.T, room *city.Room, db *database.DB)) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		room := city.New(db)
		room.Clock = clock.Fixed(noon)
		test(t, room, db)
	})
}

func mustAdd(t *testing.T, room *city.Room, cities ...city.City) {
	t.Helper()
	for _, c := range cities {
		if err := room.Add(t.Context(), "", c); err != nil {
			t.Fatal(err)
		}
	}
}

func read[T any](t *testing.T, db *database.DB, get func(context.Context, database.Tx) (T, error)) (got T, err error) {
	t.Helper()
	err = db.Read(t.Context(), func(tx database.Tx) (err error) {
		got, err = get(t.Context(), tx)
		return err
	})
	return got, err
}

func wantKind(t *testing.T, err error, kind fault.Kind) {
	t.Helper()
	if fault.KindOf(err) != kind {
		t.Errorf("got %v, want %s", err, kind)
	}
}

func TestCityIsReadBackAsItWasAdded(t *testing.T) {
	eachRoom(t, func(t *testing.T, room *city.Room, _ *database.DB) {
		full, bare := bristol(), city.City{ID: "aldea", Name: "Aldea", Country: "ES", Fictional: true}
		mustAdd(t, room, full, bare)
		full.Version, bare.Version, bare.Kind = 1, 1, city.Municipality
		all, err := room.All(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]city.City{bare, full}, all, cmpopts.EquateEmpty()); diff != "" {
			t.Error(diff)
		}
		one, err := room.One(t.Context(), "bristol")
		if diff := cmp.Diff(full, one); diff != "" || err != nil {
			t.Error(err, diff)
		}
		_, err = room.One(t.Context(), "atlantis")
		wantKind(t, err, fault.NotFound)
	})
}

func TestCodesAreTakenOnce(t *testing.T) {
	eachRoom(t, func(t *testing.T, room *city.Room, _ *database.DB) {
		mustAdd(t, room, bristol())
		wantKind(t, room.Add(t.Context(), "", bristol()), fault.Conflict)
		twin := bristol()
		twin.ID, twin.Place = "bristol-two", map[string]string{"wikidata": "q23154"}
		wantKind(t, room.Add(t.Context(), "", twin), fault.Conflict)
		if all, err := room.All(t.Context()); err != nil || len(all) != 1 {
			t.Errorf("%d cities remain (%v)", len(all), err)
		}
	})
}

func TestUpdateRefusesAnOldVersion(t *testing.T) {
	eachRoom(t, func(t *testing.T, room *city.Room, _ *database.DB) {
		ctx := t.Context()
		mustAdd(t, room, bristol())
		mine, err := room.One(ctx, "bristol")
		if err != nil {
			t.Fatal(err)
		}
		theirs := mine
		theirs.Name = "City of Bristol"
		if err := room.Update(ctx, "ana", theirs); err != nil {
			t.Fatal(err)
		}
		mine.Population = nil
		mine.PopulationYear, mine.PopulationSource = 0, ""
		wantKind(t, room.Update(ctx, "ben", mine), fault.Conflict)
		got, err := room.One(ctx, "bristol")
		if err != nil || got.Name != "City of Bristol" || got.Population == nil || got.Version != 2 {
			t.Errorf("after a refused change: %+v (%v)", got, err)
		}
		missing := bristol()
		missing.ID = "atlantis"
		wantKind(t, room.Update(ctx, "ben", missing), fault.NotFound)
	})
}

func TestHistoryTellsWhoChangedWhat(t *testing.T) {
	eachRoom(t, func(t *testing.T, room *city.Room, db *database.DB) {
		ctx := t.Context()
		mustAdd(t, room, city.City{ID: "aldea", Name: "Aldea", Country: "ES"})
		c, err := room.One(ctx, "aldea")
		if err != nil {
			t.Fatal(err)
		}
		if err := room.Update(ctx, "nobody", c); err != nil { // changes nothing, so it is no change
			t.Fatal(err)
		}
		c.Population, c.Place = ptr(int64(900)), map[string]string{"LAU": "1"}
		if err := room.Update(ctx, "ana", c); err != nil {
			t.Fatal(err)
		}
		changes, err := read(t, db, func(ctx context.Context, tx database.Tx) ([]city.Change, error) {
			return room.History(ctx, tx, "aldea")
		})
		if err != nil {
			t.Fatal(err)
		}
		want := []city.Change{
			{City: "aldea", At: noon, Subject: "city", SubjectID: "aldea", Fields: map[string]city.Edit{
				"name": {To: "Aldea"}, "country": {To: "ES"}, "kind": {To: "municipality"}}},
			{City: "aldea", At: noon, By: "ana", Subject: "city", SubjectID: "aldea", Fields: map[string]city.Edit{
				"population": {To: 900.0}, "place": {To: map[string]any{"LAU": "1"}}}},
		}
		if diff := cmp.Diff(want, changes, cmpopts.IgnoreFields(city.Change{}, "ID")); diff != "" {
			t.Error(diff)
		}
	})
}

func TestExternalCodesLeadToTheCity(t *testing.T) {
	eachRoom(t, func(t *testing.T, room *city.Room, db *database.DB) {
		other := city.City{ID: "aldea", Name: "Aldea", Country: "ES", Place: map[string]string{"Register": "E06000023"}}
		mustAdd(t, room, bristol(), other)
		find := func(source, code string) (string, error) {
			return read(t, db, func(ctx context.Context, tx database.Tx) (string, error) { return room.ByPlace(ctx, tx, source, code) })
		}
		for _, at := range [][2]string{{"LAU", "E06000023"}, {"lau", "e06000023"}, {"unlocode", "GB BRS"}, {"", "Q23154"}} {
			if id, err := find(at[0], at[1]); id != "bristol" || err != nil {
				t.Errorf("%s=%s leads to %q (%v)", at[0], at[1], id, err)
			}
		}
		_, err := find("LAU", "E99")
		wantKind(t, err, fault.NotFound)
		_, err = find("", "E06000023")
		wantKind(t, err, fault.Conflict)
	})
}

func TestOrganisationsBelongToOrJoinCities(t *testing.T) {
	eachRoom(t, func(t *testing.T, room *city.Room, db *database.DB) {
		ctx := t.Context()
		mustAdd(t, room, city.City{ID: "aldea", Name: "Aldea", Country: "ES"}, city.City{ID: "brisa", Name: "Brisa", Country: "ES"})
		council := city.Organisation{ID: "aldea-council", City: "aldea", Kind: city.Authority, Name: "Aldea Council", Country: "ES"}
		network := city.Organisation{ID: "hrcn", Kind: city.Network, Name: "Human Rights Cities Network", URL: "https://example.org/"}
		for _, o := range []city.Organisation{council, network} {
			if err := room.AddOrganisation(ctx, "ana", o); err != nil {
				t.Fatal(err)
			}
			wantKind(t, room.AddOrganisation(ctx, "ana", o), fault.Conflict)
		}
		for _, cityID := range []string{"aldea", "brisa", "aldea"} {
			if err := room.Join(ctx, "ana", cityID, "hrcn"); err != nil {
				t.Fatal(err)
			}
		}
		wantKind(t, room.Join(ctx, "ana", "atlantis", "hrcn"), fault.NotFound)
		wantKind(t, room.Join(ctx, "ana", "aldea", "nobody"), fault.NotFound)

		council.Version, network.Version = 1, 1
		ofCity := func(id string) []city.Organisation {
			got, err := read(t, db, func(ctx context.Context, tx database.Tx) ([]city.Organisation, error) {
				return room.Organisations(ctx, tx, id)
			})
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		if diff := cmp.Diff([]city.Organisation{council, network}, ofCity("aldea")); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]city.Organisation{network}, ofCity("brisa")); diff != "" {
			t.Error(diff)
		}
		if err := errors.Join(room.Leave(ctx, "ana", "brisa", "hrcn"), room.Leave(ctx, "ana", "brisa", "hrcn")); err != nil {
			t.Fatal(err)
		}
		members, err := read(t, db, func(ctx context.Context, tx database.Tx) ([]city.Membership, error) {
			return room.Members(ctx, tx, "hrcn")
		})
		if diff := cmp.Diff([]city.Membership{{City: "aldea", Organisation: "hrcn", Since: noon.UnixMilli()}}, members); diff != "" || err != nil {
			t.Error(err, diff)
		}
		changes, err := read(t, db, func(ctx context.Context, tx database.Tx) ([]city.Change, error) {
			return room.History(ctx, tx, "brisa")
		})
		if err != nil || len(changes) != 3 {
			t.Errorf("%d changes of brisa, want added, joined, left (%v)", len(changes), err)
		}
	})
}

func TestOrganisationIsCheckedAndChangedByVersion(t *testing.T) {
	eachRoom(t, func(t *testing.T, room *city.Room, db *database.DB) {
		ctx := t.Context()
		good := city.Organisation{ID: "watch", Kind: city.CivilSociety, Name: "City Watch"}
		for field, spoil := range map[string]func(*city.Organisation){
			"code":    func(o *city.Organisation) { o.ID = "City Watch" },
			"name":    func(o *city.Organisation) { o.Name = "" },
			"kind":    func(o *city.Organisation) { o.Kind = "club" },
			"country": func(o *city.Organisation) { o.Country = "UK" },
			"url":     func(o *city.Organisation) { o.URL = "javascript:alert(1)" },
			"city":    func(o *city.Organisation) { o.Kind = city.Authority },
		} {
			bad := good
			spoil(&bad)
			err := room.AddOrganisation(ctx, "", bad)
			var e *fault.Error
			if !errors.As(err, &e) || e.Kind != fault.Invalid || e.Place.Field != field {
				t.Errorf("%s: %v", field, err)
			}
		}
		elsewhere := good
		elsewhere.City = "atlantis"
		wantKind(t, room.AddOrganisation(ctx, "", elsewhere), fault.NotFound)

		if err := room.AddOrganisation(ctx, "", good); err != nil {
			t.Fatal(err)
		}
		good.Version, good.Name = 1, "Watch of the City"
		if err := room.UpdateOrganisation(ctx, "ana", good); err != nil {
			t.Fatal(err)
		}
		good.Name = "Too late"
		wantKind(t, room.UpdateOrganisation(ctx, "ben", good), fault.Conflict)
		got, err := read(t, db, func(ctx context.Context, tx database.Tx) (city.Organisation, error) {
			return room.Organisation(ctx, tx, "watch")
		})
		if err != nil || got.Name != "Watch of the City" || got.Version != 2 {
			t.Errorf("%+v (%v)", got, err)
		}
	})
}

func TestChangedHoldsBackWhatItRefuses(t *testing.T) {
	eachRoom(t, func(t *testing.T, room *city.Room, _ *database.DB) {
		var told []string
		refuse := errors.New("refused")
		room.Changed = func(_ context.Context, _ database.Tx, id string) error {
			told = append(told, id)
			if id == "brisa" {
				return refuse
			}
			return nil
		}
		mustAdd(t, room, city.City{ID: "aldea", Name: "Aldea", Country: "ES"})
		if err := room.Add(t.Context(), "", city.City{ID: "brisa", Name: "Brisa", Country: "ES"}); !errors.Is(err, refuse) {
			t.Errorf("got %v", err)
		}
		_, err := room.One(t.Context(), "brisa")
		wantKind(t, err, fault.NotFound)
		if diff := cmp.Diff([]string{"aldea", "brisa"}, told); diff != "" {
			t.Error(diff)
		}
	})
}
