package run

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The units are those of deploy/, but for the program: it need not be installed here.
func TestUnitsAreThoseThatSystemdReads(t *testing.T) {
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("systemd-analyze is not installed: the units are not checked")
	}
	units, err := filepath.Glob("../../deploy/*.service")
	if err != nil || len(units) != 2 {
		t.Fatalf("the services are %v (%v)", units, err)
	}
	folder := t.TempDir()
	args := []string{"verify", "--man=no"}
	for _, unit := range append(units, "../../deploy/cityrights-backup.timer") {
		text, err := os.ReadFile(unit)
		if err != nil {
			t.Fatal(err)
		}
		copied := filepath.Join(folder, filepath.Base(unit))
		if err := os.WriteFile(copied, []byte(strings.ReplaceAll(string(text), "/usr/local/bin/cityrights ", "/bin/sh ")), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, copied)
	}
	out, err := exec.CommandContext(t.Context(), analyze, args...).CombinedOutput()
	if err != nil || len(out) > 0 {
		t.Errorf("systemd-analyze verify: %v\n%s", err, out)
	}
}

// A variable that no flag reads would be a setting without effect.
func TestVariablesInDeployAreThoseOfFlags(t *testing.T) {
	help := ""
	for _, args := range [][]string{{"serve", "--help"}, {"backup", "--help"}} {
		help += must(t, args...)
	}
	for _, name := range []string{"cityrights.service", "cityrights-backup.service", "Containerfile"} {
		text, err := os.ReadFile("../../deploy/" + name)
		if err != nil {
			t.Fatal(err)
		}
		found := regexp.MustCompile(`CITYRIGHTS_[A-Z]+`).FindAllString(string(text), -1)
		if len(found) == 0 {
			t.Errorf("%s sets nothing", name)
		}
		for _, variable := range found {
			if !strings.Contains(help, "$"+variable) {
				t.Errorf("%s sets %s, which no flag reads", name, variable)
			}
		}
	}
}
