package opinion

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

// ReadStatements reads statements from CSV with a header: statement (or comment-id), and status (open, moderated_out or meta) or, as Polis exports
// it, moderated (-1 is out, 0 and 1 are open); a column is-meta (true or 1) makes a statement meta. Other columns, such as the text, are ignored. A
// statement that stands twice is an error.
func ReadStatements(r io.Reader, file string) ([]Statement, error) {
	var list []Statement
	first := map[string]int{}
	err := readTable(r, []tableColumn{{statementColumn, true}, {[]string{"status"}, false}, {[]string{"moderated"}, false}, {[]string{"is-meta", "meta"}, false}},
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
		return nil, inFile(err, file)
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

// ReadGroups reads groups from CSV with a header: participant (or voter-id) and group (or group-id). Those whose group is empty are in none. A
// participant who stands twice or has not voted is an error.
func (c *Conversation) ReadGroups(r io.Reader, file string) (map[string]string, error) {
	groups := map[string]string{}
	first := map[string]int{}
	err := readTable(r, []tableColumn{{participantColumn, true}, {[]string{"group", "group-id"}, true}}, func(row int, cells []string) error {
		id, group := cells[0], cells[1]
		if before, twice := first[id]; twice {
			return wrong(row, "participant", "%q stands twice, first in row %d", id, before)
		}
		first[id] = row
		if group == "" {
			return nil
		}
		if slot, ok := c.participants.slot[id]; !ok || int(slot) >= len(c.rows) || len(c.rows[slot]) == 0 {
			return wrong(row, "participant", "%q is in a group and has not voted", id)
		}
		if err := checkID(group); err != nil {
			return wrong(row, "group", "%s", err)
		}
		groups[id] = group
		return nil
	})
	if err == nil && len(groups) == 0 {
		err = wrong(0, "group", "nobody is in a group")
	}
	if err != nil {
		return nil, inFile(err, file)
	}
	return groups, nil
}

type tableColumn struct {
	names  []string
	needed bool
}

// readTable reads a table with a header and hands over, for each row, the cells of the named columns, empty where a column is not there.
func readTable(r io.Reader, columns []tableColumn, do func(row int, cells []string) error) error {
	in := csv.NewReader(r)
	in.ReuseRecord = true
	header, err := in.Read()
	if errors.Is(err, io.EOF) {
		return wrong(0, "", "the file is empty")
	}
	if err != nil {
		return unreadable(err)
	}
	header[0] = strings.TrimPrefix(header[0], "\ufeff")
	at := make([]int, len(columns))
	for i, c := range columns {
		if at[i], err = columnOf(header, c.names, c.needed, 1); err != nil {
			return err
		}
	}
	cells := make([]string, len(columns))
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return unreadable(err)
		}
		for i, column := range at {
			if cells[i] = ""; column >= 0 {
				cells[i] = strings.TrimSpace(record[column])
			}
		}
		row, _ := in.FieldPos(0)
		if err := do(row, cells); err != nil {
			return err
		}
	}
}

// unreadable gives the row of what is no CSV.
func unreadable(err error) error {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return wrong(parse.Line, "", "%s", parse.Err)
	}
	return err
}
