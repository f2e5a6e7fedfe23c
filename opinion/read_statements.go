package opinion

import (
	"io"
	"strings"
)

// ReadStatements reads statements from CSV with a header: statement (or comment-id), and status (open, moderated_out or meta) or, as Polis exports
// it, moderated (-1 is out, 0 and 1 are open); a column is-meta (true or 1) makes a statement meta. Other columns, such as the text, are ignored. A
// statement that stands twice is an error. Errors are as of Read.
func ReadStatements(r io.Reader, file string) ([]Statement, error) {
	var list []Statement
	first := map[string]int{}
	err := readTable(r, file, []tableColumn{{statementColumn, true}, {[]string{"status"}, false}, {[]string{"moderated"}, false}, {[]string{"is-meta", "meta"}, false}},
		func(row int, cells []string) error {
			s := Statement{ID: cells[0]}
			if err := checkID(s.ID); err != nil {
				return wrong(row, "statement", "%s", err)
			}
			if before, twice := first[s.ID]; twice {
				return wrong(row, "statement", "%q stands twice, first in row %d", s.ID, before)
			}
			first[s.ID] = row
			var err error
			if s.Status, err = statusOf(row, cells[1], cells[2], cells[3]); err != nil {
				return err
			}
			list = append(list, s)
			return nil
		})
	if err != nil {
		return nil, err
	}
	return list, nil
}

// statusOf puts the columns status, moderated and is-meta together. Statements that are moderated out are out, meta or not.
func statusOf(row int, status, moderated, meta string) (Status, error) {
	out := Open
	switch strings.ToLower(meta) {
	case "", "false", "0":
	case "true", "1":
		out = Meta
	default:
		return "", wrong(row, "is-meta", "%q is none of true, 1, false and 0", meta)
	}
	switch moderated {
	case "", "0", "1":
	case "-1":
		out = Out
	default:
		return "", wrong(row, "moderated", "%q is none of -1 (out), 0 and 1", moderated)
	}
	switch s := Status(status); s {
	case "", "open":
	case Out, Meta:
		out = s
	default:
		return "", wrong(row, "status", "%q is none of open, %s and %s", status, Out, Meta)
	}
	return out, nil
}
