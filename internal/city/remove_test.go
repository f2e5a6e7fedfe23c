package city_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

func TestACityAddedByMistakeIsRemovedAndTold(t *testing.T) {
	eachRoom(t, func(t *testing.T, room *city.Room, db *database.DB) {
		mustAdd(t, room, bristol())
		var told []string
		room.Trail = func(_ context.Context, _ database.Tx, by account.Actor, act, subject string, _ map[string]string) error {
			told = append(told, strings.Join([]string{by.Person, act, subject}, " "))
			return nil
		}
		room.Changed = func(_ context.Context, _ database.Tx, id string) error {
			told = append(told, "refreshed "+id)
			return nil
		}
		if err := room.Remove(t.Context(), officer, "bristol"); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"p1 city removed bristol", "refreshed bristol"}, told); diff != "" {
			t.Error(diff)
		}
		_, err := room.One(t.Context(), "bristol")
		wantKind(t, err, fault.NotFound)
		wantKind(t, room.Remove(t.Context(), officer, "bristol"), fault.NotFound)
		history, err := read(t, db, func(ctx context.Context, tx database.Tx) ([]city.Change, error) {
			return room.History(ctx, tx, "bristol")
		})
		if err != nil || len(history) != 2 || history[1].By != "Officer" || history[1].Fields["name"].To != nil {
			t.Errorf("the history is %+v, %v", history, err)
		}
		mustAdd(t, room, bristol()) // its codes are free again
	})
}

func TestACityOnWhichSomethingHangsStays(t *testing.T) {
	base := loadBase(t)
	for name, test := range map[string]struct {
		hang func(*testing.T, *city.Room)
		key  string
	}{
		"an organisation": {func(t *testing.T, room *city.Room) {
			must(t, room.AddOrganisation(t.Context(), "", city.Organisation{ID: "hall", City: "bristol", Kind: city.Authority, Name: "Hall"}))
		}, "error.city.holds_organisations"},
		"a member": {func(t *testing.T, room *city.Room) {
			must(t, room.AddOrganisation(t.Context(), "", city.Organisation{ID: "union", Kind: city.CivilSociety, Name: "Union"}))
			must(t, room.Join(t.Context(), "", "bristol", "union"))
		}, "error.city.holds_members"},
		"an indicator that was taken back": {func(t *testing.T, room *city.Room) {
			must(t, room.SetAdditions(t.Context(), officer, base, additionsOf("bristol", 0, wait("L.EQU.2.P1"))))
			must(t, room.SetAdditions(t.Context(), officer, base, additionsOf("bristol", 1)))
		}, "error.city.holds_indicators"},
		"what another room holds": {func(_ *testing.T, room *city.Room) {
			room.Holds = append(room.Holds, func(context.Context, database.Tx, string) error {
				return fault.Said(fault.Conflict, "error.city.holds_figures", "it has figures")
			})
		}, "error.city.holds_figures"},
	} {
		t.Run(name, func(t *testing.T) {
			eachRoom(t, func(t *testing.T, room *city.Room, _ *database.DB) {
				mustAdd(t, room, bristol())
				test.hang(t, room)
				err := room.Remove(t.Context(), officer, "bristol")
				wantKind(t, err, fault.Conflict)
				var said *fault.Error
				if !errors.As(err, &said) || said.Key != test.key {
					t.Errorf("the reason is %v, want %s", err, test.key)
				}
				if kept, err := room.One(t.Context(), "bristol"); err != nil || len(kept.Place) == 0 {
					t.Errorf("the city that stays is %+v, %v", kept, err)
				}
			})
		})
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
