package fault

import (
	"errors"
	"fmt"
	"testing"
)

func TestAFaultIsSaidInEnglishWithItsArgumentsAndItsPlace(t *testing.T) {
	err := SaidOf("code", "error.code", `"{Code}" is longer than {Most} characters`, "Code", "{Most}", "Most", 60)
	if got, want := err.Error(), `code: "{Most}" is longer than 60 characters`; got != want {
		t.Errorf("said %q, want %q", got, want)
	}
	if KindOf(err) != Invalid || err.Key != "error.code" || len(err.Args) != 4 {
		t.Errorf("the fault is %+v", err)
	}
}

func TestAFaultKeepsItsCause(t *testing.T) {
	cause := errors.New("no such device")
	err := Said(Invalid, "error.unread", "the file cannot be read").At(Place{File: "a.csv"}).Because(cause)
	if got, want := err.Error(), "a.csv: the file cannot be read: no such device"; got != want {
		t.Errorf("said %q, want %q", got, want)
	}
	if !errors.Is(err, cause) {
		t.Error("the cause is lost")
	}
}

func TestAPlaceNamesTheItemOfAListBeforeItsField(t *testing.T) {
	if got, want := (Place{File: "own.yaml", Item: "L.LIV.1.P2", Field: "unit"}).String(), "own.yaml: L.LIV.1.P2: unit"; got != want {
		t.Errorf("the place is %q, want %q", got, want)
	}
}

func TestAReasonGivesNoCauseAway(t *testing.T) {
	secret := errors.New("password of postgres://rights@10.0.0.7 is wrong")
	if got := Reason(fmt.Errorf("ask: %w", New(Unavailable, "the database does not answer").Because(secret))); got != "the database does not answer" {
		t.Errorf("said %q", got)
	}
	if got := Reason(secret); got != "an internal error" {
		t.Errorf("said %q", got)
	}
}
