package disk

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func begin(t *testing.T, target, text string) *Draft {
	t.Helper()
	d, err := NewDraft(target)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Discard)
	if _, err := d.WriteString(text); err != nil {
		t.Fatal(err)
	}
	return d
}

func wantFolder(t *testing.T, folder string, want map[string]string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != len(want) {
		t.Errorf("the folder holds %v", entries)
	}
	for name, text := range want {
		if got, err := os.ReadFile(filepath.Join(folder, name)); err != nil || string(got) != text {
			t.Errorf("%s holds %q (%v)", name, got, err)
		}
	}
}

func TestADraftHasItsNameWhenItIsWhole(t *testing.T) {
	folder := t.TempDir()
	target := filepath.Join(folder, "letter")
	d := begin(t, target, "first")
	if _, err := os.Stat(target); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the name is there before its time: %v", err)
	}
	if err := d.Keep(false); err != nil {
		t.Fatal(err)
	}
	d.Discard()
	wantFolder(t, folder, map[string]string{"letter": "first"})
	if info, _ := os.Stat(target); info.Mode().Perm() != 0o600 {
		t.Errorf("the mode is %v", info.Mode())
	}
}

func TestADraftReplacesOnlyWhatItMay(t *testing.T) {
	folder := t.TempDir()
	target := filepath.Join(folder, "letter")
	if err := begin(t, target, "first").Keep(false); err != nil {
		t.Fatal(err)
	}
	second := begin(t, target, "second")
	if err := second.Keep(false); !errors.Is(err, os.ErrExist) {
		t.Errorf("a name that is taken: %v", err)
	}
	second.Discard()
	wantFolder(t, folder, map[string]string{"letter": "first"})
	if err := begin(t, target, "third").Keep(true); err != nil {
		t.Fatal(err)
	}
	wantFolder(t, folder, map[string]string{"letter": "third"})
}

func TestADraftThatIsDiscardedLeavesNothing(t *testing.T) {
	folder := t.TempDir()
	begin(t, filepath.Join(folder, "letter"), "half").Discard()
	wantFolder(t, folder, nil)
	if _, err := NewDraft(filepath.Join(folder, "nowhere", "letter")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a folder that is not there: %v", err)
	}
}

func TestFreeKnowsOfRoomWhereThereIsAFolder(t *testing.T) {
	if free, all, known := Free(t.TempDir()); known && (all == 0 || free > all) {
		t.Errorf("%d bytes are free of %d", free, all)
	}
	if _, _, known := Free(filepath.Join(t.TempDir(), "nowhere")); known {
		t.Error("it knows of a folder that is not there")
	}
}

func TestTrickleOfAFileThatIsNotThereDoesNothing(*testing.T) { Trickle("/nowhere/at/all")() }
