package backup

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

func TestWhatAnInterruptedBackupHasLeftIsRemovedADayLater(t *testing.T) {
	folder, now := t.TempDir(), time.Now()
	for name, age := range map[string]time.Duration{
		".cityrights-snapshot-12/snapshot.sqlite": 25 * time.Hour,
		".cityrights-snapshot-13/snapshot.sqlite": time.Hour,
		".monday.zip.4711":                        25 * time.Hour,
		".tuesday.zip.4712":                       time.Hour,
		"sunday.zip":                              25 * time.Hour,
		".profile":                                25 * time.Hour,
	} {
		file := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, changed := range []string{file, filepath.Join(folder, filepath.Dir(name))} {
			if changed != folder {
				if err := os.Chtimes(changed, now, now.Add(-age)); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if err := sweep(folder, now); err != nil {
		t.Fatal(err)
	}
	var left []string
	entries, _ := os.ReadDir(folder)
	for _, e := range entries {
		left = append(left, e.Name())
	}
	if want := []string{".cityrights-snapshot-13", ".profile", ".tuesday.zip.4712", "sunday.zip"}; !slices.Equal(left, want) {
		t.Errorf("there is left %v, want %v", left, want)
	}
}
