package opinion

import "io"

// ReadGroups reads groups from CSV with a header: participant (or voter-id) and group (or group-id). Those whose group is empty are in none. A
// participant who stands twice or has not voted is an error. Errors are as of Read.
func (c *Conversation) ReadGroups(r io.Reader, file string) (map[string]string, error) {
	groups := map[string]string{}
	first := map[string]int{}
	err := readTable(r, file, []tableColumn{{participantColumn, true}, {[]string{"group", "group-id"}, true}}, func(row int, cells []string) error {
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
		err = &Error{File: file, Column: "group", Text: "nobody is in a group"}
	}
	if err != nil {
		return nil, err
	}
	return groups, nil
}
