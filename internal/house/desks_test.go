package house

import (
	"fmt"
	"go/ast"
	"path"
	"slices"
	"strings"
)

// publicRooms are the rooms that a public page may ask: the gate, and who is signed in.
var publicRooms = []string{"internal/publication", "internal/account"}

// atTheDesk tells whether a file of a door serves people who are signed in.
func atTheDesk(name string) bool {
	base := path.Base(name)
	return strings.HasPrefix(base, "desk") || strings.HasPrefix(base, "account_") || strings.HasPrefix(base, "sign") || strings.HasPrefix(base, "questionnaire") ||
		strings.HasPrefix(base, "assign") || strings.HasPrefix(base, "guest")
}

var desks = rule{
	name: "public pages take what the gate gives",
	check: func(t tree) (broken []string) {
		for _, door := range []string{"internal/web", "internal/api"} {
			hidden := roomFields(t, door)
			for _, name := range t.goFiles(door, false) {
				if atTheDesk(name) {
					continue
				}
				file := t.parse(name)
				if !declares(file, "Rooms") {
					for _, imported := range imports(file) {
						if floor, _ := floorOf(imported); floor == 2 && !slices.Contains(publicRooms, imported) {
							broken = append(broken, fmt.Sprintf("%s imports %s; only files named desk_…, account_…, sign… or questionnaire… may", name, imported))
						}
					}
				}
				ast.Inspect(file, func(node ast.Node) bool {
					// x.rooms.City, however x is called
					selector, ok := node.(*ast.SelectorExpr)
					if !ok || !slices.Contains(hidden, selector.Sel.Name) {
						return true
					}
					if last, ok := selector.X.(*ast.SelectorExpr); ok && last.Sel.Name == "rooms" {
						broken = append(broken, fmt.Sprintf("%s asks rooms.%s past the gate", name, selector.Sel.Name))
					}
					return true
				})
			}
		}
		return broken
	},
	broken: []example{
		{"the gate and the desk", tree{files: map[string]string{
			"internal/web/server.go":    "package web\nimport (\"" + module + "internal/city\")\ntype Rooms struct { City *city.Room }",
			"internal/web/desk_city.go": "package web\nimport (\"" + module + "internal/city\")\nvar _ city.City\nfunc f(s *Server) { s.rooms.City.One() }",
			"internal/web/city.go":      "package web\nimport (\"" + module + "internal/publication\")\nfunc g(s *Server) { s.rooms.Publication.City() }",
		}}, ""},
		{"a public page that imports a room", source("internal/web/city.go", `import "`+module+`internal/city"; var _ city.City`), "imports internal/city"},
		{"a public operation that imports a room", source("internal/api/series.go", `import "`+module+`internal/statistics"; var _ statistics.Series`), "imports internal/statistics"},
		{"a public page that asks without importing", tree{files: map[string]string{
			"internal/web/server.go": "package web\nimport (\"" + module + "internal/city\")\ntype Rooms struct { City *city.Room }",
			"internal/web/city.go":   "package web\nfunc f(q *request) { q.server.rooms.City.One() }",
		}}, "asks rooms.City past the gate"},
	},
}

// roomFields gives the fields of a door's struct Rooms that hold a room behind the gate.
func roomFields(t tree, door string) (fields []string) {
	for _, name := range t.goFiles(door, false) {
		file := t.parse(name)
		imported := imports(file)
		ast.Inspect(file, func(node ast.Node) bool {
			spec, ok := node.(*ast.TypeSpec)
			if !ok || spec.Name.Name != "Rooms" {
				return true
			}
			structure, ok := spec.Type.(*ast.StructType)
			if !ok {
				return true
			}
			for _, field := range structure.Fields.List {
				of := packageOf(field.Type)
				if floor, _ := floorOf(imported[of]); of == "" || floor != 2 || slices.Contains(publicRooms, imported[of]) {
					continue
				}
				for _, name := range field.Names {
					fields = append(fields, name.Name)
				}
			}
			return false
		})
	}
	return fields
}

// packageOf gives the package's name in a type such as *city.Room; empty for others.
func packageOf(expression ast.Expr) string {
	if pointer, ok := expression.(*ast.StarExpr); ok {
		expression = pointer.X
	}
	if selector, ok := expression.(*ast.SelectorExpr); ok {
		if of, ok := selector.X.(*ast.Ident); ok {
			return of.Name
		}
	}
	return ""
}

func declares(file *ast.File, name string) bool {
	for _, declaration := range file.Decls {
		general, ok := declaration.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range general.Specs {
			if spec, ok := spec.(*ast.TypeSpec); ok && spec.Name.Name == name {
				return true
			}
		}
	}
	return false
}
