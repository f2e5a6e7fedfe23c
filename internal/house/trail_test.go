package house

import (
	"fmt"
	"regexp"
	"strings"
)

// rewrites finds a statement that changes or takes away what the trail of privileged acts holds.
var rewrites = regexp.MustCompile(`(?i)\b(UPDATE|DELETE\s+FROM|REPLACE\s+INTO|TRUNCATE(\s+TABLE)?|DROP\s+TABLE|ALTER\s+TABLE)\s+account_audit(_about)?\b|\bINTO\s+account_audit(_about)?\b[^;]*\bDO\s+UPDATE\b`)

var trailOnlyGrows = rule{
	name: "the trail of privileged acts is only added to",
	check: func(t tree) (broken []string) {
		for _, name := range t.goFiles("", true) {
			if strings.HasPrefix(name, "internal/house/") {
				continue // names statements in examples
			}
			for _, text := range literals(t.parse(name)) {
				if found := rewrites.FindString(text); found != "" {
					broken = append(broken, fmt.Sprintf("%s rewrites the trail: %s", name, found))
				}
			}
		}
		for _, name := range t.migrations() {
			if found := rewrites.FindString(withoutComments(t.files[name])); found != "" {
				broken = append(broken, fmt.Sprintf("%s rewrites the trail: %s", name, found))
			}
		}
		return broken
	},
	broken: []example{
		{"added to", source("internal/account/audit.go", "const q = `INSERT INTO account_audit (audit_id) VALUES ($1)`; const s = `SELECT act FROM account_audit`"), ""},
		{"changed", source("internal/account/audit.go", "const q = `UPDATE account_audit SET act = $1`"), "rewrites the trail: UPDATE account_audit"},
		{"swept", source("internal/account/audit.go", "const q = `DELETE\n\tFROM account_audit_about WHERE scope = $1`"), "rewrites the trail"},
		{"overwritten", source("internal/account/audit.go", "const q = `INSERT INTO account_audit (audit_id) VALUES ($1) ON CONFLICT (audit_id) DO UPDATE SET act = $2`"), "rewrites the trail"},
		{"dropped", migration("0099_account.sql", "DROP TABLE account_audit;"), "0099_account.sql rewrites the trail"},
		{"another table", source("internal/account/people.go", "const q = `UPDATE account_person SET name = $1`"), ""},
	},
}
