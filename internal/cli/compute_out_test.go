package cli

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func lines(name string, cells ...string) resultTable {
	return resultTable{name, []string{"a"}, func(yield func([]string) bool) {
		for _, cell := range cells {
			if !yield([]string{cell}) {
				return
			}
		}
	}}
}

// filesIn gives all files below a folder with what they hold.
func filesIn(t *testing.T, folder string) (list []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		name, _ := filepath.Rel(folder, path)
		list = append(list, filepath.ToSlash(name)+": "+string(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestResultsAppearTogetherOrNotAtAll(t *testing.T) {
	root := t.TempDir()
	folder := filepath.Join(root, "deep", "results")
	if err := writeResults(folder, []resultFile{lines("one.csv", "1"), lines("steps/two.csv", "2")}, overwrite{}); err != nil {
		t.Fatal(err)
	}
	first := []string{"one.csv: a\n1\n", "steps/two.csv: a\n2\n"}
	if got := filesIn(t, folder); !slices.Equal(got, first) {
		t.Fatalf("%q", got)
	}
	if err := os.Mkdir(filepath.Join(folder, "three.csv"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := writeResults(folder, []resultFile{lines("one.csv", "7"), lines("steps/two.csv", "8"), lines("three.csv", "9")}, overwrite{}); err == nil {
		t.Fatal("a folder was written over")
	}
	if got := filesIn(t, folder); !slices.Equal(got, first) {
		t.Fatalf("after a failure there is %q", got)
	}
	if err := writeResults(folder, []resultFile{lines("one.csv", "7")}, overwrite{}); err != nil {
		t.Fatal(err)
	}
	if got := filesIn(t, folder); !slices.Equal(got, []string{"one.csv: a\n7\n", first[1]}) {
		t.Fatalf("%q", got)
	}
	if got := filesIn(t, root); len(got) != 2 {
		t.Fatalf("something was left behind: %q", got)
	}
}

func TestResultsAreNotWrittenOverAFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "results")
	if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := writeResults(file, []resultFile{lines("one.csv")}, overwrite{}); err == nil {
		t.Fatal("a file was taken for a folder")
	}
	if text, err := os.ReadFile(file); err != nil || string(text) != "mine" {
		t.Fatalf("%q, %v", text, err)
	}
}

func TestAResultGoesWhereOutSays(t *testing.T) {
	audit := resultJSON{"audit.json", 1}
	for _, c := range []struct {
		out   string
		files []resultFile
		want  []string
	}{
		{"there", []resultFile{lines("one.csv", "1")}, []string{"there/one.csv: a\n1\n"}},
		{"new", []resultFile{lines("one.csv", "1")}, []string{"new/one.csv: a\n1\n"}},
		{"mine.csv", []resultFile{lines("one.csv", "1")}, []string{"mine.csv: a\n1\n"}},
		{"new/mine.txt", []resultFile{lines("one.csv", "1")}, []string{"new/mine.txt: a\n1\n"}},
		{"mine.csv", []resultFile{lines("one.csv", "1"), audit}, []string{"audit.json: 1\n", "mine.csv: a\n1\n"}},
		{"mine.json", []resultFile{lines("one.csv", "1"), audit}, []string{"mine.json: 1\n", "one.csv: a\n1\n"}},
		{"new.csv", []resultFile{lines("one.csv", "1"), lines("two.csv", "2"), audit}, []string{"new.csv/audit.json: 1\n", "new.csv/one.csv: a\n1\n", "new.csv/two.csv: a\n2\n"}},
	} {
		root := t.TempDir()
		if err := os.Mkdir(filepath.Join(root, "there"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := writeResult(filepath.Join(root, c.out), overwrite{}, c.files...); err != nil {
			t.Fatal(err)
		}
		if got := filesIn(t, root); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, not %q", c.out, got, c.want)
		}
	}
}
