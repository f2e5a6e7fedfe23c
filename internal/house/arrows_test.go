package house

import (
	"fmt"
	"slices"
	"strings"
)

// rooms in the order of ARCHITECTURE.md: a room may import only rooms to its left.
var rooms = []string{
	"account", "city", "record", "notice", "moderation", "statistics", "survey", "assessment", "publication", "plan", "recommendation",
	"conversation", "revision", "practice", "community", "learning", "event", "report", "network",
}

// floors by the beginning of a package's path. Rooms are floor 2.
var floors = []struct {
	prefix string
	floor  int
}{
	{"standards", 0}, {"standard", 0}, {"measure", 0}, {"disclosure", 0}, {"opinion", 0}, {"ballot", 0}, {"translog", 0}, {"formula", 0}, {"wording", 0}, {"docs", 0},
	{"internal/platform", 1},
	{"internal/web", 3}, {"internal/api", 3}, {"internal/cli", 3},
	{"internal/run", 4}, {"cmd/cityrights", 4},
	{"test", 5}, // what tests the whole program from outside
}

const (
	outside = -1 // a package of another module
	nowhere = -2 // a package of this module that no floor knows
)

// wordless are the packages of floor 0 that know no word of the domain either, so that the platform may use them.
var wordless = []string{"formula"}

// unlived are packages without a floor, which nobody may import.
var unlived = []string{"internal/house"}

// floorOf gives the floor of a package, and for a room its place from the left.
func floorOf(path string) (floor, place int) {
	for i, room := range rooms {
		if path == "internal/"+room || strings.HasPrefix(path, "internal/"+room+"/") {
			return 2, i
		}
	}
	for _, f := range floors {
		if path == f.prefix || strings.HasPrefix(path, f.prefix+"/") {
			return f.floor, 0
		}
	}
	first, _, _ := strings.Cut(path, "/")
	if first == "internal" || first == "cmd" {
		return nowhere, 0
	}
	return outside, 0
}

// door gives the part of a path that names a door or the wiring: internal/web for internal/web/chart.
func door(path string) string {
	parts := strings.SplitN(path, "/", 3)
	return strings.Join(parts[:min(2, len(parts))], "/")
}

var arrows = rule{
	name: "imports go down a floor, or left among the rooms",
	check: func(t tree) (broken []string) {
		for _, p := range t.packages {
			floor, place := floorOf(p.path)
			for _, imported := range p.imports {
				to, toPlace := floorOf(imported)
				if to == outside {
					continue
				}
				var why string
				switch {
				case slices.Contains(unlived, imported) || to == nowhere:
					why = "nobody may import it"
				case to > floor:
					why = "that is up"
				case floor == 2 && to == 2 && toPlace > place:
					why = "that is to the right"
				case floor == 1 && to == 0 && !slices.Contains(wordless, imported):
					why = "the platform knows no word of the domain"
				case floor == 3 && to == 3 && door(p.path) != door(imported):
					why = "a door does not lead through another"
				case strings.HasSuffix(imported, "test") && !strings.HasSuffix(p.path, "test") && floor != 5:
					why = "it is for tests"
				default:
					continue
				}
				broken = append(broken, fmt.Sprintf("%s imports %s: %s", p.path, imported, why))
			}
		}
		return broken
	},
	broken: []example{
		{"down and left", tree{packages: []pkg{
			{path: "internal/city", imports: []string{"internal/account", "internal/platform/database", "standard", "context"}},
			{path: "internal/web", imports: []string{"internal/city", "internal/web/chart"}},
			{path: "internal/run", imports: []string{"internal/web", "internal/cli"}},
			{path: "internal/platform/sheet", imports: []string{"formula"}},
		}}, ""},
		{"up from a room", tree{packages: []pkg{{path: "internal/city", imports: []string{"internal/web"}}}}, "that is up"},
		{"up from a method", tree{packages: []pkg{{path: "measure/scorecard", imports: []string{"internal/platform/fault"}}}}, "that is up"},
		{"to the right", tree{packages: []pkg{{path: "internal/account", imports: []string{"internal/city"}}}}, "to the right"},
		{"domain in the platform", tree{packages: []pkg{{path: "internal/platform/sheet", imports: []string{"standard"}}}}, "no word of the domain"},
		{"door through door", tree{packages: []pkg{{path: "internal/web", imports: []string{"internal/api"}}}}, "through another"},
		{"a tool", tree{packages: []pkg{{path: "internal/web", imports: []string{"internal/house"}}}}, "nobody may"},
		{"test helpers", tree{packages: []pkg{{path: "internal/city", imports: []string{"internal/platform/database/dbtest"}}}}, "for tests"},
	},
}

var floorOfEachPackage = rule{
	name: "every package has a floor",
	check: func(t tree) (broken []string) {
		for _, p := range t.packages {
			if floor, _ := floorOf(p.path); floor < 0 && !slices.Contains(unlived, p.path) {
				broken = append(broken, p.path+" has no floor; see ARCHITECTURE.md")
			}
		}
		return broken
	},
	broken: []example{
		{"a shed", tree{packages: []pkg{{path: "internal/util"}}}, "internal/util has no floor"},
		{"a new folder", tree{packages: []pkg{{path: "helpers"}}}, "helpers has no floor"},
	},
}
