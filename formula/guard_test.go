package formula

import (
	"testing"

	"pgregory.net/rapid"
)

func TestACellThatASpreadsheetWouldRunIsGuarded(t *testing.T) {
	for cell, want := range map[string]string{
		"=1+1": "'=1+1", "+1+1": "'+1+1", "-2+3": "'-2+3", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1", "\r=1": "'\r=1", "\n=1": "'\n=1",
		"\x00=1": "'\x00=1", "＝1": "'＝1", "＋1": "'＋1", "－1": "'－1", "＠a": "'＠a", "-1,5": "'-1,5", "+44 20": "'+44 20",
		"\ufeff=1": "'\ufeff=1", "\ufeff\ufeff@a": "'\ufeff\ufeff@a", "-1.": "'-1.", "-": "'-", "--1": "'--1", "-1e": "'-1e",
	} {
		if got := Guard(cell); got != want {
			t.Errorf("Guard(%q) = %q, want %q", cell, got, want)
		}
		if got := Unguard(want); got != cell {
			t.Errorf("Unguard(%q) = %q, want %q", want, got, cell)
		}
	}
}

func TestOtherCellsStayAsTheyAre(t *testing.T) {
	for _, cell := range []string{"", "a=b", "'=1", "1", "%", "µg", "\ufeff", "\ufeffa", "\xff", "-1.5", "+3", "-.5", "-1e-7", "O'Neill"} {
		if got := Guard(cell); got != cell {
			t.Errorf("Guard(%q) = %q", cell, got)
		}
	}
	for _, cell := range []string{"", "'", "'s-Hertogenbosch", "'-5", "''=1", "a"} {
		if got := Unguard(cell); got != cell {
			t.Errorf("Unguard(%q) = %q", cell, got)
		}
	}
}

func TestWhatIsGuardedIsNotRunAndReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringMatching("[=+@'\\-0-9a-z.＝\t]{0,6}").Draw(t, "cell")
		guarded := Guard(cell)
		if runs(guarded) && !number(guarded) {
			t.Fatalf("Guard(%q) = %q would be run", cell, guarded)
		}
		if guarded != cell && Unguard(guarded) != cell {
			t.Fatalf("%q reads back as %q", cell, Unguard(guarded))
		}
		if read := Unguard(guarded); read != cell && (cell != "'"+read || Guard(read) != cell) {
			t.Fatalf("%q reads back as %q, and had no apostrophe before a formula", cell, read)
		}
	})
}

func TestACellWithAnApostropheBeforeAFormulaReadsBackWithoutIt(t *testing.T) {
	if got := Unguard(Guard("'=1")); got != "=1" {
		t.Errorf("'=1 reads back as %q", got)
	}
}
