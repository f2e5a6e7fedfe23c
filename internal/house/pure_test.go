package house

import (
	"fmt"
	"go/ast"
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

func isBelow(full string, packages []string) bool {
	return slices.ContainsFunc(packages, func(p string) bool { return full == p || strings.HasPrefix(full, p+"/") })
}

// source is a tree of one Go file.
func source(name, text string) tree {
	return tree{files: map[string]string{name: "package p\n" + text}}
}
