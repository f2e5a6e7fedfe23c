package statistics

import (
	"os"
	"path/filepath"
	"testing"
)

// shared finds a file or folder of the reference material beside the repository; the test is skipped where it is absent.
func shared(t testing.TB, name string) string {
	t.Helper()
	root := os.Getenv("CITYRIGHTS_SHARED")
	if root == "" {
		dir, err := os.Getwd()
		if err != nil {
			t.Fatal(err)
		}
		for ; ; dir = filepath.Dir(dir) {
			if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
				break
			}
			if dir == filepath.Dir(dir) {
				t.Fatal("no go.mod above the test")
			}
		}
		root = filepath.Join(dir, "..", "shared")
	}
	path := filepath.Join(root, "reference", name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the reference material is not here (%s); set CITYRIGHTS_SHARED to its folder", path)
	}
	return path
}
