package house

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/cityrights/cityrights/"

// tree is the repository as far as the rules look at it. Paths are relative to its root, with slashes.
type tree struct {
	packages []pkg
	files    map[string]string // Go sources, migrations, go.mod and docs/dependencies.md
}

// pkg is a package as the go command sees it, without its tests.
type pkg struct {
	path    string   // internal/city
	imports []string // own packages by path, others in full
	doc     string
}

// readTree reads the repository that the test runs in.
func readTree(t *testing.T) tree {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	whole := tree{files: map[string]string{}}
	// Read here and not by the go command, so that a cached result of this test is dropped when a file changes.
	err = filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		relative = filepath.ToSlash(relative)
		switch base := entry.Name(); {
		case entry.IsDir() && relative != "." && (strings.HasPrefix(base, ".") || base == "node_modules" || base == "testdata" || base == "tools" || base == "data" || base == "bin"):
			return filepath.SkipDir
		case strings.HasSuffix(base, ".go"), strings.HasSuffix(base, ".sql"), relative == "go.mod", relative == "docs/dependencies.md":
			text, err := os.ReadFile(name)
			whole.files[relative] = string(text)
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	list := exec.CommandContext(t.Context(), "go", "list", "-e", "-json=ImportPath,Imports,Doc,GoFiles", "./...")
	list.Dir = root
	var complaint bytes.Buffer
	list.Stderr = &complaint
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, complaint.String())
	}
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var listed struct {
			ImportPath, Doc  string
			Imports, GoFiles []string
		}
		err := decoder.Decode(&listed)
		if errors.Is(err, io.EOF) {
			return whole
		}
		if err != nil {
			t.Fatal(err)
		}
		if len(listed.GoFiles) == 0 {
			continue // nothing but tests
		}
		one := pkg{path: strings.TrimPrefix(listed.ImportPath, module), doc: listed.Doc}
		for _, imported := range listed.Imports {
			one.imports = append(one.imports, strings.TrimPrefix(imported, module))
		}
		whole.packages = append(whole.packages, one)
	}
}

// goFiles gives the names of the Go sources below a folder, sorted; tests only where they are asked for.
func (t tree) goFiles(folder string, tests bool) []string {
	var names []string
	for name := range t.files {
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") && !tests {
			continue
		}
		if folder == "" || strings.HasPrefix(name, folder+"/") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// parse gives a source's syntax. A source that cannot be parsed is the compiler's concern.
func (t tree) parse(name string) *ast.File {
	file, err := parser.ParseFile(token.NewFileSet(), name, t.files[name], parser.SkipObjectResolution)
	if err != nil {
		return &ast.File{Name: ast.NewIdent("broken")}
	}
	return file
}

// imports gives the imported packages of a source by the name they have in it; own packages by their path.
func imports(file *ast.File) map[string]string {
	all := map[string]string{}
	for _, spec := range file.Imports {
		imported := strings.TrimPrefix(strings.Trim(spec.Path.Value, `"`), module)
		name := path.Base(imported)
		if strings.HasPrefix(name, "v") && strings.Trim(name[1:], "0123456789") == "" {
			name = path.Base(path.Dir(imported)) // math/rand/v2
		}
		if spec.Name != nil {
			name = spec.Name.Name
		}
		all[name] = imported
	}
	return all
}
