package standard

import (
	"testing"

	"pgregory.net/rapid"
)

func TestParseVersion(t *testing.T) {
	for text, want := range map[string]Version{"0.2": {0, 2, 0}, "1.0.3": {1, 0, 3}, "10.20.9999": {10, 20, 9999}, "1.2.0": {1, 2, 0}} {
		if got, err := ParseVersion(text); err != nil || got != want {
			t.Errorf("ParseVersion(%q) = %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "1", "1.", ".1", "1.2.3.4", "01.2", "1.02", "1.-2", "+1.2", "1.2-draft", "v1.2", "1.10000", " 1.2", "1.x"} {
		if v, err := ParseVersion(text); err == nil {
			t.Errorf("ParseVersion(%q) = %v", text, v)
		}
	}
}

func TestNextVersion(t *testing.T) {
	for _, c := range []struct {
		from string
		step Step
		want string
	}{
		{"1.2.3", NoStep, "1.2.3"}, {"1.2.3", PatchStep, "1.2.4"}, {"1.2.3", MinorStep, "1.3"}, {"1.2.3", MajorStep, "2.0"},
		{"0.2", MajorStep, "0.3"}, {"0.2", MinorStep, "0.3"}, {"0.2", PatchStep, "0.2.1"},
	} {
		v, _ := ParseVersion(c.from)
		if got := v.Next(c.step).String(); got != c.want {
			t.Errorf("%s, %q step: %s, want %s", c.from, c.step, got, c.want)
		}
	}
}

func TestVersionsAreOrderedAndReadBack(t *testing.T) {
	numbers := rapid.IntRange(0, 12)
	version := rapid.Custom(func(t *rapid.T) Version {
		return Version{numbers.Draw(t, "major"), numbers.Draw(t, "minor"), numbers.Draw(t, "patch")}
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := version.Draw(t, "a"), version.Draw(t, "b")
		if back, err := ParseVersion(a.String()); err != nil || back != a {
			t.Fatalf("%v read back as %v, %v", a, back, err)
		}
		if a.Compare(b) != -b.Compare(a) || (a.Compare(b) == 0) != (a == b) {
			t.Fatalf("%v and %v compare as %d and %d", a, b, a.Compare(b), b.Compare(a))
		}
		for _, step := range []Step{PatchStep, MinorStep, MajorStep} {
			if a.Next(step).Compare(a) <= 0 {
				t.Fatalf("a %s step from %v leads to %v", step, a, a.Next(step))
			}
		}
	})
}

func TestParseRef(t *testing.T) {
	for ref, want := range map[string][2]string{"hrc-ms@0.2": {"hrc-ms", "0.2"}, "hrc-ms": {"hrc-ms", ""}} {
		if id, version, err := ParseRef(ref); err != nil || id != want[0] || version != want[1] {
			t.Errorf("ParseRef(%q) = %q, %q, %v", ref, id, version, err)
		}
	}
	for _, ref := range []string{"", "@0.2", "hrc-ms@", "../x", "Hrc@0.2", "hrc-ms@0.2@1", "hrc-ms@latest"} {
		if _, _, err := ParseRef(ref); err == nil {
			t.Errorf("ParseRef(%q) is accepted", ref)
		}
	}
}
