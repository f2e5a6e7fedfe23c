package standard

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
)

// Version is a semantic version (semver.org 2.0.0) of a standard; a missing patch number is 0.
type Version struct{ Major, Minor, Patch int }

// ParseVersion reads MAJOR.MINOR or MAJOR.MINOR.PATCH: decimal numbers of at most four digits without leading zeros.
func ParseVersion(text string) (Version, error) {
	parts := strings.Split(text, ".")
	if len(parts) < 2 || len(parts) > 3 {
		return Version{}, fmt.Errorf("the version %q must have the form MAJOR.MINOR or MAJOR.MINOR.PATCH", text)
	}
	var numbers [3]int
	for i, part := range parts {
		n, err := strconv.ParseUint(part, 10, 16)
		if err != nil || n > 9999 || strconv.FormatUint(n, 10) != part {
			return Version{}, fmt.Errorf("the version %q has a part that is not a number without leading zero: %q", text, part)
		}
		numbers[i] = int(n)
	}
	return Version{numbers[0], numbers[1], numbers[2]}, nil
}

// String gives MAJOR.MINOR, and the patch number where it is not 0.
func (v Version) String() string {
	if v.Patch == 0 {
		return fmt.Sprintf("%d.%d", v.Major, v.Minor)
	}
	return fmt.Sprintf("%d.%d.%d", v.Major, v.Minor, v.Patch)
}

// Compare is negative where v comes before w, positive where it comes after, and else 0.
func (v Version) Compare(w Version) int {
	return cmp.Or(cmp.Compare(v.Major, w.Major), cmp.Compare(v.Minor, w.Minor), cmp.Compare(v.Patch, w.Patch))
}

// Step is how far a version number must move.
type Step string

const (
	NoStep    Step = ""
	PatchStep Step = "patch"
	MinorStep Step = "minor"
	MajorStep Step = "major"
)

// Next gives the version one step on. Before 1.0 a standard is still being made, so a major step moves the minor number (semver.org 2.0.0,
// item 4).
func (v Version) Next(step Step) Version {
	switch {
	case step == MajorStep && v.Major > 0:
		return Version{Major: v.Major + 1}
	case step == MajorStep || step == MinorStep:
		return Version{Major: v.Major, Minor: v.Minor + 1}
	case step == PatchStep:
		return Version{Major: v.Major, Minor: v.Minor, Patch: v.Patch + 1}
	}
	return v
}

// ParseRef splits "hrc-ms@0.2" into id and version. The version is empty where the reference names none.
func ParseRef(ref string) (id, version string, err error) {
	id, version, named := strings.Cut(ref, "@")
	if !standardID.MatchString(id) {
		return "", "", fmt.Errorf("%q is not a standard's name; it has the form hrc-ms or hrc-ms@0.2", ref)
	}
	if named {
		if _, err := ParseVersion(version); err != nil {
			return "", "", err
		}
	}
	return id, version, nil
}
