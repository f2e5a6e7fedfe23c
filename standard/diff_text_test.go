package standard

import (
	"strings"
	"testing"
)

func TestADiffIsToldInWords(t *testing.T) {
	new := loadMini(t)
	new.Version = "1.0.1"
	rate(new).Unit = "per 1,000 inhabitants"
	rate(new).SDG = nil
	share(new).Minimum = nil
	home(new).Links = home(new).Links[:1]
	var out strings.Builder
	if err := Compare(loadMini(t), new).WriteText(&out); err != nil {
		t.Fatal(err)
	}
	want := `- link HOM.1: RESC:31
    substantive; comparable
~ indicator HOM.1.P1, minimum: 95 → (none)
    substantive; judgement_changes; lowers a minimum
~ indicator HOM.1.O1, sdg: 11.1.1 (close) → (none)
    editorial; comparable
~ indicator HOM.1.O1, unit: per 100,000 inhabitants → per 1,000 inhabitants
    substantive; break

mini@1.0 to mini@1.0.1: 4 changes, the highest substantive. Break in the series: figures before and after must not be joined.
A minimum is lowered: that needs three quarters in every chamber and an impact statement.
These changes demand version 1.1 at least.
`
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
	out.Reset()
	if err := Compare(loadMini(t), loadMini(t)).WriteText(&out); err != nil || out.String() != "mini@1.0 and mini@1.0 do not differ.\n" {
		t.Errorf("%q, %v", out.String(), err)
	}
	if err := Compare(loadMini(t), new).WriteText(fullDisk{}); err == nil {
		t.Error("the writer's error was lost")
	}
}
