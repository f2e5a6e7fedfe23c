package house

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"slices"
	"strings"
)

// impure are the packages that a method may not import at all, with what lies below them.
var impure = []string{
	"os", "net", "syscall", "log", "database", "crypto/rand", "path/filepath", "flag", "plugin", "runtime/debug", "io/ioutil", "context",
}

// harmless are exceptions that only read text.
var harmless = []string{"net/url", "net/mail", "net/netip"}

// reaching are functions of packages that a method may import; they reach a clock or the terminal.
var reaching = map[string][]string{
	"time": {"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTicker", "NewTimer", "Local", "LoadLocation"},
	"fmt":  {"Print", "Printf", "Println", "Scan", "Scanf", "Scanln"},
}

// seeded are the functions of math/rand and math/rand/v2 that do not use the shared source.
var seeded = []string{"New", "NewSource", "NewPCG", "NewChaCha8", "NewZipf", "Rand", "Source", "Source64", "PCG", "ChaCha8", "Zipf"}

var pureMethods = rule{
	name: "methods have no files, network, clock, database or shared randomness",
	check: func(t tree) (broken []string) {
		for _, name := range t.goFiles("", false) {
			if floor, _ := floorOf(name); floor != 0 {
				continue
			}
			file := t.parse(name)
			imported := imports(file)
			for _, full := range imported {
				if isBelow(full, impure) && !slices.Contains(harmless, full) {
					broken = append(broken, fmt.Sprintf("%s imports %s", name, full))
				}
			}
			ast.Inspect(file, func(node ast.Node) bool {
				selector, ok := node.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				of, ok := selector.X.(*ast.Ident)
				if !ok {
					return true
				}
				full, what := imported[of.Name], selector.Sel.Name
				shared := strings.HasPrefix(full, "math/rand") && !slices.Contains(seeded, what)
				if shared || slices.Contains(reaching[full], what) {
					broken = append(broken, fmt.Sprintf("%s uses %s.%s", name, full, what))
				}
				return true
			})
		}
		return broken
	},
	broken: []example{
		{"a pure method", source("measure/trend.go", `import ("io"; "io/fs"; "time"; "math/rand/v2"; "net/url")
			func f(seed uint64, at time.Time) { rand.New(rand.NewPCG(seed, 0)).IntN(3); _ = url.URL{}; var _ io.Reader; var _ fs.FS }`), ""},
		{"a file", source("measure/trend.go", `import "os"; var _ = os.Args`), "imports os"},
		{"a network", source("standard/load.go", `import "net/http"; var _ http.Client`), "imports net/http"},
		{"a database", source("disclosure/gate.go", `import "database/sql"; var _ sql.DB`), "imports database/sql"},
		{"a clock", source("measure/trend.go", `import "time"; func f() { time.Now() }`), "uses time.Now"},
		{"a clock by another name", source("measure/trend.go", `import t "time"; func f() { t.Since(t.Time{}) }`), "uses time.Since"},
		{"shared randomness", source("measure/draw.go", `import "math/rand/v2"; func f() { rand.IntN(3) }`), "uses math/rand/v2.IntN"},
		{"the terminal", source("measure/trend.go", `import "fmt"; func f() { fmt.Println() }`), "uses fmt.Println"},
		{"a test may", source("measure/trend_test.go", `import "os"; var _ = os.Args`), ""},
		{"a room may", source("internal/city/room.go", `import "os"; var _ = os.Args`), ""},
	},
}

// kept are types of variables that only exist to be changed, by packages that hold them.
var kept = []string{"sync", "sync/atomic"}

var statelessMethods = rule{
	name: "methods keep nothing between two calls",
	check: func(t tree) (broken []string) {
		global := map[string]map[string]bool{} // of each folder
		for _, name := range t.goFiles("", false) {
			if floor, _ := floorOf(name); floor != 0 {
				continue
			}
			file := t.parse(name)
			imported := imports(file)
			for _, declared := range file.Decls {
				list, ok := declared.(*ast.GenDecl)
				if !ok || list.Tok != token.VAR {
					continue
				}
				for _, spec := range list.Specs {
					values, ok := spec.(*ast.ValueSpec)
					if !ok {
						continue
					}
					if of, ok := values.Type.(*ast.SelectorExpr); ok {
						if from, ok := of.X.(*ast.Ident); ok && slices.Contains(kept, imported[from.Name]) {
							broken = append(broken, fmt.Sprintf("%s keeps a %s.%s", name, from.Name, of.Sel.Name))
						}
					}
					for _, ident := range values.Names {
						folder := path.Dir(name)
						if global[folder] == nil {
							global[folder] = map[string]bool{}
						}
						global[folder][ident.Name] = true
					}
				}
			}
		}
		for _, name := range t.goFiles("", false) {
			if names := global[path.Dir(name)]; names != nil {
				for _, changed := range changes(t.parse(name), names) {
					broken = append(broken, name+" changes the variable "+changed+" of its package")
				}
			}
		}
		return broken
	},
	broken: []example{
		{"a table of words", source("measure/words.go", `var english = map[string]string{"a": "b"}; func f() string { return english["a"] }`), ""},
		{"a local one of the same name", source("measure/words.go", `var n = 1; func f() int { n := 2; n++; return n }`), ""},
		{"a counter", source("opinion/map.go", `var n = 1; func f() { n++ }`), "changes the variable n"},
		{"a cache", source("ballot/read.go", `var seen = map[string]int{}; func f() { seen["a"] = 1 }`), "changes the variable seen"},
		{"a lock", source("disclosure/gate.go", `import "sync"; var lock sync.Mutex`), "keeps a sync.Mutex"},
	},
}

// changes names the variables that functions of a file assign to, unless the function has one of the same name.
func changes(file *ast.File, names map[string]bool) (changed []string) {
	for _, declared := range file.Decls {
		function, ok := declared.(*ast.FuncDecl)
		if !ok || function.Body == nil {
			continue
		}
		own := map[string]bool{}
		ast.Inspect(function, func(node ast.Node) bool {
			switch n := node.(type) {
			case *ast.Field:
				for _, ident := range n.Names {
					own[ident.Name] = true
				}
			case *ast.ValueSpec:
				for _, ident := range n.Names {
					own[ident.Name] = true
				}
			case *ast.RangeStmt:
				own[base(n.Key)], own[base(n.Value)] = true, true
			case *ast.AssignStmt:
				for _, left := range n.Lhs {
					own[base(left)] = own[base(left)] || n.Tok == token.DEFINE
				}
			}
			return true
		})
		note := func(of ast.Expr) {
			if name := base(of); names[name] && !own[name] {
				changed = append(changed, name)
			}
		}
		ast.Inspect(function, func(node ast.Node) bool {
			switch n := node.(type) {
			case *ast.IncDecStmt:
				note(n.X)
			case *ast.AssignStmt:
				for _, left := range n.Lhs {
					note(left)
				}
			}
			return true
		})
	}
	return changed
}

// base is the variable that an expression reaches into.
func base(of ast.Expr) string {
	switch e := of.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.IndexExpr:
		return base(e.X)
	case *ast.SelectorExpr:
		return base(e.X)
	case *ast.StarExpr:
		return base(e.X)
	}
	return ""
}

func isBelow(full string, packages []string) bool {
	return slices.ContainsFunc(packages, func(p string) bool { return full == p || strings.HasPrefix(full, p+"/") })
}

// source is a tree of one Go file.
func source(name, text string) tree {
	return tree{files: map[string]string{name: "package p\n" + text}}
}
