package house

import (
	"fmt"
	"slices"
	"strings"
)

// forPrograms are the packages that the door for programs may import, besides the platform: what the gate gives, and what gives it its form.
var forPrograms = []string{"internal/publication", "standard", "measure/scorecard", "formula"}

var programs = rule{
	name: "the API takes what the gate gives and nothing else",
	check: func(t tree) (broken []string) {
		for _, p := range t.packages {
			if door(p.path) != "internal/api" {
				continue
			}
			for _, imported := range p.imports {
				floor, _ := floorOf(imported)
				if floor == outside || floor == 1 || door(imported) == "internal/api" || slices.Contains(forPrograms, imported) {
					continue
				}
				broken = append(broken, fmt.Sprintf("%s imports %s; it may import %s and the platform", p.path, imported, strings.Join(forPrograms, ", ")))
			}
		}
		return broken
	},
	broken: []example{
		{"the gate and the scorecard", tree{packages: []pkg{
			{path: "internal/api", imports: []string{"internal/publication", "measure/scorecard", "internal/platform/httpcache", "net/http", "github.com/danielgtaylor/huma/v2"}},
			{path: "internal/web", imports: []string{"internal/account"}},
		}}, ""},
		{"a room behind the gate", tree{packages: []pkg{{path: "internal/api", imports: []string{"internal/statistics"}}}}, "imports internal/statistics"},
		{"who is signed in", tree{packages: []pkg{{path: "internal/api", imports: []string{"internal/account"}}}}, "imports internal/account"},
	},
}
