package cli

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// parse reads a command line without running it.
func parse(args []string) error {
	parser := newParser(&commands{}, World{Stdout: io.Discard, Stderr: io.Discard}, func(int) {})
	_, err := parser.Parse(args)
	return err
}

// words splits a command line as a shell does, as far as documentation needs it: at spaces, with quotation marks.
func words(line string) (list []string) {
	for _, found := range regexp.MustCompile(`(?:[^\s"']|"[^"]*"|'[^']*')+`).FindAllString(line, -1) {
		list = append(list, strings.NewReplacer(`"`, "", `'`, "").Replace(found))
	}
	return list
}

// Whoever copies a command from the documentation must find that it exists.
func TestCommandsInTheDocumentationParse(t *testing.T) {
	files := map[string]int{"README.md": 6, "docs/import.md": 1, "docs/methods.md": 13, "docs/operate.md": 7} // to the least number of commands in it
	for _, name := range []string{"CONTRIBUTING.md", "docs/standard.md", "docs/judgement.md", "SECURITY.md", "CHANGELOG.md"} {
		files[name] = 0
	}
	methods, err := filepath.Glob("../../docs/methods/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range methods {
		files[strings.TrimPrefix(filepath.ToSlash(path), "../../")] = 1
	}
	for name, least := range files {
		text, err := os.ReadFile("../../" + name)
		if os.IsNotExist(err) && least == 0 {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for _, line := range codeLines(string(text)) {
			line, _, _ = strings.Cut(strings.TrimSpace(line), "   ") // what stands further right explains it
			args := words(line)
			if len(args) == 0 || args[0] != "cityrights" && args[0] != "bin/cityrights" {
				continue
			}
			found++
			if err := parse(args[1:]); err != nil {
				t.Errorf("%s: %s: %v", name, line, err)
			}
		}
		if found < least {
			t.Errorf("%s shows %d commands, not %d or more", name, found, least)
		}
	}
}

// codeLines gives the lines of a text's code blocks, indented or fenced.
func codeLines(text string) (lines []string) {
	fenced := false
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "```"):
			fenced = !fenced
		case fenced:
			lines = append(lines, line)
		case strings.HasPrefix(line, "    "):
			lines = append(lines, line[4:])
		}
	}
	return lines
}

func TestMakeTargetsInTheReadmeExist(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	makefile, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	var targets []string
	for _, line := range codeLines(string(readme)) {
		if args := words(line); len(args) == 2 && args[0] == "make" {
			targets = append(targets, args[1])
		}
	}
	for _, needed := range []string{"run", "test"} {
		if !slices.Contains(targets, needed) {
			t.Errorf("README.md does not show make %s", needed)
		}
	}
	for _, target := range targets {
		if !regexp.MustCompile(`(?m)^` + target + `:`).Match(makefile) {
			t.Errorf("README.md shows make %s, which the Makefile does not have", target)
		}
	}
}

// Every command and every group of commands has a help with an example of itself that parses, and every flag an environment variable.
func TestEveryCommandShowsAnExample(t *testing.T) {
	parser := newParser(&commands{}, World{Stdout: io.Discard, Stderr: io.Discard}, func(int) {})
	var visit func(*kong.Node)
	visit = func(n *kong.Node) {
		name := n.FullPath()
		shown := 0
		for _, line := range codeLines(n.Help + "\n\n" + n.Detail) {
			if line == name || strings.HasPrefix(line, name+" ") {
				shown++
				if err := parse(words(line)[1:]); err != nil {
					t.Errorf("%s: %v", line, err)
				}
			}
		}
		if shown == 0 {
			t.Errorf("the help of %s shows no example of it", name)
		}
		for _, flag := range n.Flags {
			if flag.Name != "help" && (len(flag.Envs) != 1 || !strings.HasPrefix(flag.Envs[0], "CITYRIGHTS_")) {
				t.Errorf("%s --%s has the variables %v", name, flag.Name, flag.Envs)
			}
		}
		for _, child := range n.Children {
			visit(child)
		}
	}
	visit(parser.Model.Node)
}
