package city_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/standard"
	"github.com/cityrights/cityrights/standards"
)

var officer = account.Actor{Person: "p1", Name: "Officer"}

func loadBase(t *testing.T) *standard.Standard {
	t.Helper()
	base, err := standards.Load("hrc-ms@0.2")
	if err != nil {
		t.Fatal(err)
	}
	return base
}

// wait is an indicator that a city may add.
func wait(id string) standard.Indicator {
	return standard.Indicator{ID: id, Requirement: "EQU.2", Kind: standard.Process, Title: "Wait for the office", Question: "How many days?", Value: "days", Unit: "days",
		Good: standard.Down, Evidence: []string{"dataset"}, AnsweredBy: []string{"authority"}}
}

func additionsOf(cityID string, version int64, indicators ...standard.Indicator) city.Additions {
	return city.Additions{Local: standard.Local{Base: "hrc-ms@0.2", City: cityID, Indicators: indicators}, Version: version}
}

func TestACityAddsChangesAndTakesBackItsOwnIndicators(t *testing.T) {
	base := loadBase(t)
	eachRoom(t, func(t *testing.T, room *city.Room, db *database.DB) {
		mustAdd(t, room, bristol(), city.City{ID: "aldea", Name: "Aldea", Country: "ES", Languages: []string{"es", "en"}})
		var acts []string
		room.Trail = func(_ context.Context, _ database.Tx, by account.Actor, act, subject string, details map[string]string) error {
			acts = append(acts, strings.Join([]string{by.Person, act, subject, details["version"], details["indicators"]}, " "))
			return nil
		}
		refreshed := 0
		room.Changed = func(context.Context, database.Tx, string) error { refreshed++; return nil }
		set := func(a city.Additions) {
			t.Helper()
			if err := room.SetAdditions(t.Context(), officer, base, a); err != nil {
				t.Fatal(err)
			}
		}
		set(additionsOf("aldea", 0, wait("L.EQU.2.P1"), wait("L.EQU.2.P2")))
		set(additionsOf("aldea", 1, wait("L.EQU.2.P1"), wait("L.EQU.2.P2"))) // the same again
		changed := wait("L.EQU.2.P1")
		changed.Title = "Wait"
		set(additionsOf("aldea", 1, changed))
		set(additionsOf("aldea", 2))

		now, err := room.OwnIndicators(t.Context(), "aldea")
		if err != nil || len(now.Indicators) != 0 || now.Version != 3 || now.Language != "es" || now.By != "Officer" || !now.At.Equal(noon) {
			t.Errorf("got %+v, %v", now, err)
		}
		if other, err := room.OwnIndicators(t.Context(), "bristol"); err != nil || other.Version != 0 || len(other.Indicators) != 0 {
			t.Errorf("another city has %+v, %v", other, err)
		}
		if diff := cmp.Diff([]string{"p1 own indicators changed aldea 1 2", "p1 own indicators changed aldea 2 1", "p1 own indicators changed aldea 3 0"}, acts); diff != "" {
			t.Error(diff)
		}
		if refreshed != 3 {
			t.Errorf("public documents were refreshed %d times, want 3", refreshed)
		}
		history, err := read(t, db, func(ctx context.Context, tx database.Tx) ([]city.Additions, error) {
			return room.AdditionsHistory(ctx, tx, "aldea")
		})
		if err != nil || len(history) != 3 {
			t.Fatalf("history %+v, %v", history, err)
		}
		first, err := city.Version(history, 1)
		if diff := cmp.Diff([]standard.Indicator{wait("L.EQU.2.P1"), wait("L.EQU.2.P2")}, first.Indicators); err != nil || diff != "" {
			t.Error(err, diff)
		}
		changes, err := read(t, db, func(ctx context.Context, tx database.Tx) ([]city.Change, error) {
			return room.History(ctx, tx, "aldea")
		})
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]city.Edit{"L.EQU.2.P1": {From: "Wait for the office", To: "Wait"}, "L.EQU.2.P2": {From: "Wait for the office"}}
		if diff := cmp.Diff(want, changes[2].Fields); diff != "" || changes[2].By != "Officer" || changes[2].Subject != "indicators" {
			t.Errorf("%+v\n%s", changes[2], diff)
		}
		_, err = city.Version(history, 9)
		wantKind(t, err, fault.NotFound)
	})
}

func TestWhatWouldJudgeOrIsOutdatedIsNotKept(t *testing.T) {
	base := loadBase(t)
	eachRoom(t, func(t *testing.T, room *city.Room, _ *database.DB) {
		mustAdd(t, room, bristol())
		judging := wait("L.EQU.2.P1")
		judging.Decisive = true
		long := wait("L.EQU.2.P1")
		long.Title = strings.Repeat("x", 300)
		steering := wait("L.EQU.2.P1")
		steering.Unit = "days\x1b[2J"
		many := make([]standard.Indicator, 201)
		for _, c := range []struct {
			name string
			a    city.Additions
			kind fault.Kind
			want string
		}{
			{"it would judge", additionsOf("bristol", 0, judging), fault.Invalid, "L.EQU.2.P1: decisive: a local indicator cannot be decisive"},
			{"no such requirement", additionsOf("bristol", 0, wait("L.EQU.99.P1")), fault.Invalid, "L.EQU.99.P1: id: hrc-ms@0.2 has no requirement EQU.99"},
			{"twice", additionsOf("bristol", 0, wait("L.EQU.2.P1"), wait("L.EQU.2.P1")), fault.Invalid, "L.EQU.2.P1: id: the id is taken already"},
			{"a title longer than a line", additionsOf("bristol", 0, long), fault.Invalid, "L.EQU.2.P1: title: the name is longer than 200 characters"},
			{"what steers a terminal", additionsOf("bristol", 0, steering), fault.Invalid, "L.EQU.2.P1: unit: "},
			{"too many", additionsOf("bristol", 0, many...), fault.Invalid, "201 indicators are more than the 200"},
			{"made from another version", additionsOf("bristol", 7, wait("L.EQU.2.P1")), fault.Conflict, "somebody else has changed"},
			{"no such city", additionsOf("nowhere", 0, wait("L.EQU.2.P1")), fault.NotFound, `no city with the code "nowhere"`},
		} {
			err := room.SetAdditions(t.Context(), officer, base, c.a)
			if fault.KindOf(err) != c.kind || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: got %v", c.name, err)
			}
		}
		if now, _ := room.OwnIndicators(t.Context(), "bristol"); now.Version != 0 {
			t.Errorf("something was kept: %+v", now)
		}
	})
}

func TestAnIDIsNeverGivenToSomethingElse(t *testing.T) {
	base := loadBase(t)
	eachRoom(t, func(t *testing.T, room *city.Room, _ *database.DB) {
		mustAdd(t, room, bristol())
		put := func(version int64, in standard.Indicator) string {
			t.Helper()
			id, err := room.PutIndicator(t.Context(), officer, base, "bristol", version, in)
			if err != nil {
				t.Fatal(err)
			}
			return id
		}
		if id := put(0, wait("")); id != "L.EQU.2.P1" {
			t.Errorf("the first is %s", id)
		}
		if err := room.RemoveIndicator(t.Context(), officer, base, "bristol", 1, "L.EQU.2.P1"); err != nil {
			t.Fatal(err)
		}
		if id := put(2, wait("")); id != "L.EQU.2.P2" {
			t.Errorf("the next is %s", id)
		}
		changed := wait("L.EQU.2.P2")
		changed.Unit = "working days"
		put(3, changed)
		now, err := room.OwnIndicators(t.Context(), "bristol")
		if err != nil || now.Version != 4 || len(now.Indicators) != 1 || now.Indicators[0].Unit != "working days" {
			t.Errorf("got %+v, %v", now, err)
		}
		_, err = room.PutIndicator(t.Context(), officer, base, "bristol", 4, wait("L.EQU.2.P1"))
		wantKind(t, err, fault.NotFound)
		wantKind(t, room.RemoveIndicator(t.Context(), officer, base, "bristol", 4, "L.EQU.2.P9"), fault.NotFound)
		wantKind(t, room.RemoveIndicator(t.Context(), officer, base, "bristol", 3, "L.EQU.2.P2"), fault.Conflict)
	})
}

func TestAdditionsHangOnOneStandardOnly(t *testing.T) {
	base := loadBase(t)
	a := additionsOf("bristol", 1, wait("L.EQU.2.P1"))
	if _, has := a.Under(base).Indicator("L.EQU.2.P1"); !has {
		t.Error("the indicator is not under its standard")
	}
	newer, other := *base, *base
	newer.Version, other.ID = "0.3", "other"
	if _, has := a.Under(&newer).Indicator("L.EQU.2.P1"); !has {
		t.Error("the indicator is not under a newer version of its standard")
	}
	if a.Under(&other) != &other {
		t.Error("the indicator is under another standard")
	}
}

// Public pages and what they are made from change together or not at all.
func TestAdditionsAreNotKeptWhereThePublicDocumentsCannotFollow(t *testing.T) {
	base := loadBase(t)
	eachRoom(t, func(t *testing.T, room *city.Room, db *database.DB) {
		mustAdd(t, room, bristol())
		room.Changed = func(ctx context.Context, tx database.Tx, cityID string) error {
			if now, err := room.Additions(ctx, tx, cityID); err != nil || len(now.Indicators) != 1 {
				t.Errorf("the refresh sees %+v, %v", now, err)
			}
			return fault.New(fault.Unavailable, "no refresh today")
		}
		wantKind(t, room.SetAdditions(t.Context(), officer, base, additionsOf("bristol", 0, wait("L.EQU.2.P1"))), fault.Unavailable)
		history, err := read(t, db, func(ctx context.Context, tx database.Tx) ([]city.Additions, error) {
			return room.AdditionsHistory(ctx, tx, "bristol")
		})
		if err != nil || len(history) != 0 {
			t.Errorf("kept is %+v, %v", history, err)
		}
	})
}
