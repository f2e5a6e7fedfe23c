package opinion

import (
	"github.com/google/go-cmp/cmp"
)

type fataler interface {
	Helper()
	Fatalf(string, ...any)
}

// sameMap fails where two maps differ in anything, down to the last bit of a number.
func sameMap(t fataler, got, want *Map) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("the maps differ (-want +got): %.2000s", diff)
	}
}
