package run

import (
	"os"
	"os/exec"
	"path/filepath"
)

// program is what a person types to call this program again.
func program() string { return calledAs(os.Args[0]) }

// calledAs gives the name by which a program was called, or its base name alone where the search path leads to the same file.
func calledAs(name string) string {
	base := filepath.Base(name)
	found, err := exec.LookPath(base)
	if err != nil || base == name {
		return name
	}
	there, err := os.Stat(found)
	if err != nil {
		return name
	}
	if here, err := os.Stat(name); err != nil || !os.SameFile(here, there) {
		return name
	}
	return base
}
