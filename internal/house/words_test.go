package house

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
)

var packageComments = rule{
	name: "every package says what it is for",
	check: func(t tree) (broken []string) {
		for _, p := range t.packages {
			if len(strings.Fields(p.doc)) < 4 {
				broken = append(broken, p.path+" has no package comment")
			}
		}
		return broken
	},
	broken: []example{
		{"said", tree{packages: []pkg{{path: "internal/city", doc: "Package city knows the cities."}}}, ""},
		{"silent", tree{packages: []pkg{{path: "internal/city"}}}, "internal/city has no package comment"},
	},
}

const reasons = "docs/dependencies.md"

var reasonsForDependencies = rule{
	name: "each direct dependency has its reason in " + reasons,
	check: func(t tree) (broken []string) {
		file, err := modfile.Parse("go.mod", []byte(t.files["go.mod"]), nil)
		if err != nil {
			return []string{err.Error()}
		}
		named := map[string]bool{}
		for line := range strings.Lines(t.files[reasons]) {
			// | `module` | what for | why this one |
			cells := strings.Split(line, "|")
			if len(cells) < 4 || !strings.HasPrefix(strings.TrimSpace(cells[1]), "`") {
				continue
			}
			name := strings.Trim(strings.TrimSpace(cells[1]), "`")
			named[name] = len(strings.Fields(cells[2]+cells[3])) >= 5
		}
		for _, required := range file.Require {
			if required.Indirect {
				continue
			}
			if !named[required.Mod.Path] {
				broken = append(broken, fmt.Sprintf("%s gives no reason for %s", reasons, required.Mod.Path))
			}
			delete(named, required.Mod.Path)
		}
		for name := range named {
			broken = append(broken, fmt.Sprintf("%s names %s, which go.mod does not require", reasons, name))
		}
		slices.Sort(broken)
		return broken
	},
	broken: []example{
		{"reasoned", dependencies("| `example.org/a` | reads letters | the only one that does |"), ""},
		{"not named", dependencies(""), "no reason for example.org/a"},
		{"named without a reason", dependencies("| `example.org/a` | letters | |"), "no reason for example.org/a"},
		{"named for nothing", dependencies("| `example.org/a` | reads letters | the only one that does |\n| `example.org/c` | once upon | a time there was |"),
			"names example.org/c"},
	},
}

func dependencies(table string) tree {
	return tree{files: map[string]string{
		"go.mod": "module m\nrequire example.org/a v1.0.0\nrequire example.org/b v1.0.0 // indirect\n",
		reasons:  table,
	}}
}
