package house

import (
	"fmt"
	"go/ast"
	"go/token"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// table is a table of a migration.
type table struct {
	name, file string
	columns    []string
	key        []string   // columns of the primary key
	references []crossing // its foreign keys
}

// crossing is a foreign key: the columns on this side and the table on the other.
type crossing struct {
	columns []string
	to      string
}

var (
	createForm    = regexp.MustCompile(`(?is)CREATE TABLE (?:IF NOT EXISTS )?(\w+)\s*\((.*?)\n\s*\)[^;]*;`)
	anyCreateForm = regexp.MustCompile(`(?i)CREATE TABLE (?:IF NOT EXISTS )?(\w+)`)
	keyForm       = regexp.MustCompile(`(?i)PRIMARY KEY\s*\(([^)]*)\)`)
	foreignForm   = regexp.MustCompile(`(?i)FOREIGN KEY\s*\(([^)]*)\)\s*REFERENCES\s+(\w+)`)
	inlineForm    = regexp.MustCompile(`(?i)REFERENCES\s+(\w+)`)
)

// migrations gives the names of the migrations, in order.
func (t tree) migrations() []string {
	names := slices.Sorted(maps.Keys(t.files))
	return slices.DeleteFunc(names, func(name string) bool { return !strings.HasSuffix(name, ".sql") })
}

// tables reads the tables out of the migrations. It knows the form in which they are written here, one column to a line.
func (t tree) tables() (all []table) {
	for _, file := range t.migrations() {
		for _, match := range createForm.FindAllStringSubmatch(withoutComments(t.files[file]), -1) {
			one := table{name: match[1], file: file}
			for line := range strings.SplitSeq(match[2], "\n") {
				one.read(strings.TrimSuffix(strings.TrimSpace(line), ","))
			}
			all = append(all, one)
		}
	}
	return all
}

func (t *table) read(line string) {
	word, _, _ := strings.Cut(line, " ")
	foreign := foreignForm.FindStringSubmatch(line)
	key := keyForm.FindStringSubmatch(line)
	switch {
	case line == "":
	case foreign != nil:
		t.references = append(t.references, crossing{split(foreign[1]), foreign[2]})
	case key != nil:
		t.key = split(key[1])
	case slices.Contains([]string{"UNIQUE", "CHECK", "CONSTRAINT"}, strings.ToUpper(strings.TrimRight(word, "("))):
	default:
		t.columns = append(t.columns, word)
		if strings.Contains(strings.ToUpper(line), "PRIMARY KEY") {
			t.key = []string{word}
		}
		if to := inlineForm.FindStringSubmatch(line); to != nil {
			t.references = append(t.references, crossing{[]string{word}, to[1]})
		}
	}
}

func split(columns string) []string {
	parts := strings.Split(columns, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}

func withoutComments(sql string) string {
	return regexp.MustCompile(`--[^\n]*`).ReplaceAllString(sql, "")
}

// owner gives the folder whose package owns a table, by the beginning of the table's name.
func owner(table string) string {
	room, _, _ := strings.Cut(table, "_")
	switch {
	case slices.Contains(rooms, room):
		return "internal/" + room
	case slices.Contains([]string{"database", "settings", "jobs"}, room):
		return "internal/platform/" + room
	}
	return ""
}

var tableNames = rule{
	name: "a table's name begins with the room that owns it, and stands in that room's migration",
	check: func(t tree) (broken []string) {
		read := map[string]bool{}
		for _, one := range t.tables() {
			read[one.name] = true
		}
		for _, file := range t.migrations() {
			for _, match := range anyCreateForm.FindAllStringSubmatch(withoutComments(t.files[file]), -1) {
				name := match[1]
				_, migration, _ := strings.Cut(path.Base(file), "_") // 0002_city.sql, 0012_city_networks.sql
				switch room, _, _ := strings.Cut(name, "_"); {
				case owner(name) == "":
					broken = append(broken, fmt.Sprintf("%s: table %s does not begin with the name of a room", file, name))
				case migration != room+".sql" && !strings.HasPrefix(migration, room+"_"):
					broken = append(broken, fmt.Sprintf("%s: table %s belongs into a migration of %s", file, name, room))
				case !read[name]:
					broken = append(broken, fmt.Sprintf("%s: table %s is not written with one column to a line", file, name))
				}
			}
		}
		return broken
	},
	broken: []example{
		{"in order", migration("0002_city.sql", "CREATE TABLE city_place (\n city_id text,\n PRIMARY KEY (city_id)\n);"), ""},
		{"no room", migration("0002_city.sql", "CREATE TABLE place (\n id text\n);"), "does not begin with"},
		{"another room", migration("0002_city.sql", "CREATE TABLE account_person (\n id text\n);"), "belongs into"},
		{"on one line", migration("0002_city.sql", "CREATE TABLE city_place (id text);"), "one column to a line"},
	},
}

var tablesStayInTheirRoom = rule{
	name: "only a room touches its own tables",
	check: func(t tree) (broken []string) {
		word := regexp.MustCompile(`[a-z][a-z0-9_]*`)
		known := map[string]bool{}
		for _, one := range t.tables() {
			known[one.name] = true
		}
		for _, name := range t.goFiles("", true) {
			if strings.HasPrefix(name, "internal/house/") {
				continue // names tables in examples
			}
			for _, text := range literals(t.parse(name)) {
				for _, candidate := range word.FindAllString(text, -1) {
					if known[candidate] && !strings.HasPrefix(name, owner(candidate)+"/") {
						broken = append(broken, fmt.Sprintf("%s touches %s, which belongs to %s", name, candidate, owner(candidate)))
					}
				}
			}
		}
		return broken
	},
	broken: []example{
		{"its own", withMigration(source("internal/city/read.go", "const q = `SELECT name FROM city_place`")), ""},
		{"another's", withMigration(source("internal/statistics/read.go", "const q = `SELECT name FROM city_place`")), "touches city_place"},
		{"a door's", withMigration(source("internal/web/city.go", `const q = "SELECT 1 FROM city_place p"`)), "touches city_place"},
		{"a longer word", withMigration(source("internal/web/city.go", `const q = "city_place_title"`)), ""},
	},
}

// literals gives the texts that a source holds.
func literals(file *ast.File) (all []string) {
	ast.Inspect(file, func(node ast.Node) bool {
		if literal, ok := node.(*ast.BasicLit); ok && literal.Kind == token.STRING {
			if text, err := strconv.Unquote(literal.Value); err == nil {
				all = append(all, text)
			}
		}
		return true
	})
	return all
}

// migration is a tree of one migration.
func migration(name, text string) tree {
	return tree{files: map[string]string{"internal/platform/database/migrations/" + name: text}}
}

func withMigration(t tree) tree {
	t.files["internal/platform/database/migrations/0002_city.sql"] = "CREATE TABLE city_place (\n city_id text,\n PRIMARY KEY (city_id)\n);"
	return t
}
