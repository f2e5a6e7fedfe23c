package house

import (
	"fmt"
	"slices"
	"strings"
)

// forPrograms are the packages that the public part of the door for programs may import, besides the platform: what the gate gives, what gives it
// its form, and who may ask.
var forPrograms = []string{"internal/publication", "internal/account", "standard", "measure/scorecard", "formula"}

var programs = rule{
	name: "the public part of the API takes what the gate gives and nothing else",
	check: func(t tree) (broken []string) {
		for _, name := range t.goFiles("internal/api", false) {
			file := t.parse(name)
			if atTheDesk(name) || declares(file, "Rooms") {
				continue
			}
			for _, imported := range imports(file) {
				floor, _ := floorOf(imported)
				if floor == outside || floor == 1 || door(imported) == "internal/api" || slices.Contains(forPrograms, imported) {
					continue
				}
				broken = append(broken, fmt.Sprintf("%s imports %s; it may import %s and the platform", name, imported, strings.Join(forPrograms, ", ")))
			}
		}
		return broken
	},
	broken: []example{
		{"the gate and the scorecard", tree{files: map[string]string{
			"internal/api/series.go": `package api; import ("` + module + `internal/publication"; "` + module + `measure/scorecard"; "net/http"; "github.com/danielgtaylor/huma/v2")`,
			"internal/web/city.go":   `package web; import "` + module + `internal/statistics"`,
		}}, ""},
		{"who may ask", source("internal/api/operation.go", `import "`+module+`internal/account"`), ""},
		{"what is asked for by a token", source("internal/api/desk_statistics.go", `import "`+module+`internal/statistics"`), ""},
		{"a room behind the gate", source("internal/api/series.go", `import "`+module+`internal/statistics"`), "imports internal/statistics"},
		{"another method", source("internal/api/series.go", `import "`+module+`disclosure"`), "imports disclosure"},
	},
}
