package run

import (
	"os"
	"path/filepath"
	"testing"
)

func TestAProgramIsNamedAsItWasCalled(t *testing.T) {
	folder := t.TempDir()
	inside := filepath.Join(folder, "bin", "cityrights")
	if err := os.MkdirAll(filepath.Dir(inside), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(inside, []byte("#!/bin/sh\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Chdir(folder)
	t.Setenv("PATH", "/nowhere")
	for _, name := range []string{"bin/cityrights", inside, "cityrights"} {
		if got := calledAs(name); got != name {
			t.Errorf("off the search path %s is named %s", name, got)
		}
	}
	t.Setenv("PATH", filepath.Dir(inside))
	for _, name := range []string{"bin/cityrights", inside, "cityrights"} {
		if got := calledAs(name); got != "cityrights" {
			t.Errorf("on the search path %s is named %s", name, got)
		}
	}
	other := filepath.Join(folder, "other", "cityrights")
	if err := os.MkdirAll(filepath.Dir(other), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(other, nil, 0o700); err != nil {
		t.Fatal(err)
	}
	if got := calledAs(other); got != other {
		t.Errorf("another program of the same name is named %s", got)
	}
}
