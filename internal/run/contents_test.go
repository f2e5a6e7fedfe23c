package run

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"
)

// contents gives a line for each table of a database: its name, the number of its rows and a digest of them, whatever their order. Two
// databases, or one at two moments, hold the same if these lines are the same.
func contents(ctx context.Context, url string) (string, error) {
	db, err := connect(url)
	if err != nil {
		return "", err
	}
	defer db.Close()
	list := "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
	if !strings.HasPrefix(url, "sqlite:") {
		list = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY table_name"
	}
	names, err := column(ctx, db, list)
	if err != nil {
		return "", err
	}
	var text strings.Builder
	for _, name := range names {
		rows, err := column(ctx, db, "SELECT * FROM "+name) // the names come from the database itself
		if err != nil {
			return "", err
		}
		slices.Sort(rows)
		fmt.Fprintf(&text, "%s %d %x\n", name, len(rows), sha256.Sum256([]byte(strings.Join(rows, "\n"))))
	}
	return text.String(), nil
}

// column gives each row of a query as one text.
func column(ctx context.Context, db *sql.DB, query string) ([]string, error) {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var all []string
	for rows.Next() {
		cells, at := make([]any, len(columns)), make([]any, len(columns))
		for i := range cells {
			at[i] = &cells[i]
		}
		if err := rows.Scan(at...); err != nil {
			return nil, err
		}
		row := make([]string, len(cells))
		for i, cell := range cells {
			if b, ok := cell.([]byte); ok {
				cell = string(b)
			}
			row[i] = fmt.Sprintf("%v", cell)
		}
		all = append(all, strings.Join(row, "\x1f"))
	}
	return all, rows.Err()
}

// execute changes a SQLite database behind the program's back.
func execute(ctx context.Context, file, statement string) error {
	db, err := connect("sqlite:" + file)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, statement)
	return err
}

func connect(url string) (*sql.DB, error) {
	if file, ok := strings.CutPrefix(url, "sqlite:"); ok {
		return sql.Open("sqlite", file)
	}
	return sql.Open("pgx", url)
}
