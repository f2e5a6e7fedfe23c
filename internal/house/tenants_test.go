package house

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// tenants are the columns by which tables can be spread over machines.
var tenants = []string{"city_id", "network_id"}

func (t table) tenant() string {
	for _, column := range tenants {
		if slices.Contains(t.columns, column) {
			return column
		}
	}
	return ""
}

var tenantsComeFirst = rule{
	name: "a primary key begins with the tenant, and no foreign key crosses a city",
	check: func(t tree) (broken []string) {
		tables := map[string]table{}
		for _, one := range t.tables() {
			tables[one.name] = one
		}
		for _, one := range t.tables() {
			tenant := one.tenant()
			switch {
			case len(one.key) == 0:
				broken = append(broken, fmt.Sprintf("%s: table %s has no primary key", one.file, one.name))
			case tenant != "" && one.key[0] != tenant:
				broken = append(broken, fmt.Sprintf("%s: the primary key of %s begins with %s, not with %s", one.file, one.name, one.key[0], tenant))
			}
			for _, reference := range one.references {
				if to := tables[reference.to].tenant(); to != "" && !slices.Contains(reference.columns, to) {
					broken = append(broken, fmt.Sprintf("%s: a foreign key of %s reaches %s without %s", one.file, one.name, reference.to, to))
				}
			}
		}
		return broken
	},
	broken: []example{
		{"in order", migration("0002_city.sql", `CREATE TABLE city_a (
			city_id text NOT NULL,
			n bigint NOT NULL,
			PRIMARY KEY (city_id, n)
		);
		CREATE TABLE city_b (
			city_id text NOT NULL, -- comment, with a comma
			n bigint NOT NULL,
			PRIMARY KEY (city_id, n),
			FOREIGN KEY (city_id, n) REFERENCES city_a (city_id, n)
		);
		CREATE TABLE city_word (
			word text NOT NULL PRIMARY KEY
		);`), ""},
		{"tenant second", migration("0002_city.sql", "CREATE TABLE city_a (\n n bigint,\n city_id text,\n PRIMARY KEY (n, city_id)\n);"), "begins with n"},
		{"tenant left out", migration("0002_city.sql", "CREATE TABLE city_a (\n n bigint PRIMARY KEY,\n city_id text\n);"), "begins with n"},
		{"no key", migration("0002_city.sql", "CREATE TABLE city_a (\n city_id text\n);"), "no primary key"},
		{"across cities", migration("0002_city.sql", `CREATE TABLE city_a (
			city_id text NOT NULL,
			n bigint NOT NULL,
			PRIMARY KEY (city_id, n)
		);
		CREATE TABLE city_b (
			city_id text NOT NULL,
			m bigint NOT NULL REFERENCES city_a (n),
			PRIMARY KEY (city_id, m)
		);`), "reaches city_a without city_id"},
	},
}

// foreignWords are those that one of the engines does not know, or takes for something else.
var foreignWords = regexp.MustCompile(`(?i)(::|\bILIKE\b|\bAUTOINCREMENT\b|\bSERIAL\b|\bBIGSERIAL\b|\bJSONB\b|\bBOOLEAN\b|\bTIMESTAMP\b|\bTIMESTAMPTZ\b|\bDATETIME\b|\bBYTEA\b|\bPRAGMA\b|\bREPLACE INTO\b|\bINSERT OR\b|\bROWID\b)`)

var statementForm = regexp.MustCompile(`^\s*(SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|ALTER|DROP|REPLACE)\s`)

var oneDialect = rule{
	name: "one SQL text serves both engines",
	check: func(t tree) (broken []string) {
		for _, file := range t.migrations() {
			if word := foreignWords.FindString(withoutComments(t.files[file])); word != "" {
				broken = append(broken, fmt.Sprintf("%s holds %s", file, word))
			}
		}
		for _, name := range t.goFiles("internal", false) {
			if strings.HasPrefix(name, "internal/platform/database/") {
				continue // where the dialects are
			}
			for _, text := range literals(t.parse(name)) {
				if word := foreignWords.FindString(text); statementForm.MatchString(text) && word != "" {
					broken = append(broken, fmt.Sprintf("%s: a statement holds %s", name, word))
				}
			}
		}
		return broken
	},
	broken: []example{
		{"plain", source("internal/city/read.go", `const q = "SELECT CAST(n AS bigint) FROM t WHERE a = $1"; const text = "a::b"`), ""},
		{"a cast", source("internal/city/read.go", `const q = "SELECT n::bigint FROM t"`), "holds ::"},
		{"upper and lower", source("internal/city/read.go", `const q = "SELECT n FROM t WHERE n ILIKE $1"`), "holds ILIKE"},
		{"a type", migration("0002_city.sql", "CREATE TABLE city_a (\n city_id text PRIMARY KEY,\n open boolean\n);"), "holds boolean"},
	},
}
