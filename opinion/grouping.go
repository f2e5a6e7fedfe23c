package opinion

// grouping keeps how often each group of the last map gave each vote, and follows new votes, so that the next map counts only those participants
// anew who have changed their group. The counts are whole numbers, so they are those that would be counted from all votes.
type grouping struct {
	label []int16 // of each participant by slot, as far as there were any; -1: in no group
	tally [][]int // of each group, by cell with the slots of statements
}

// tallyOf gives the counts of a participant's group, with room for so many statements; nil where the participant is in none.
func (g *grouping) tallyOf(participant, statements int) []int {
	if participant >= len(g.label) || g.label[participant] < 0 {
		return nil
	}
	of := &g.tally[g.label[participant]]
	if missing := 4*statements - len(*of); missing > 0 {
		*of = append(*of, make([]int, missing)...)
	}
	return *of
}

// regroup brings the counts to the groups of a new map: those who are grouped, by number, with the number of their group.
func (c *Conversation) regroup(m *matrix, people []int32, label []uint8, groups int) {
	next := make([]int16, len(c.participants.ids))
	for slot := range next {
		next[slot] = -1
	}
	for i, person := range people {
		next[m.people[person]] = int16(label[i])
	}
	g := &c.groups
	moved := 0
	for slot, to := range next {
		if slot >= len(g.label) || g.label[slot] != to {
			moved++
		}
	}
	if len(g.tally) != groups || 2*moved > len(next) {
		*g = grouping{tally: make([][]int, groups)} // counting all is quicker
	}
	for len(g.label) < len(next) {
		g.label = append(g.label, -1)
	}
	for slot, to := range next {
		if from := g.label[slot]; from != to {
			g.take(slot, c, -1)
			g.label[slot] = to
			g.take(slot, c, 1)
		}
	}
}

// take adds, or with -1 takes away, the votes of a participant.
func (g *grouping) take(participant int, c *Conversation, by int) {
	if of := g.tallyOf(participant, len(c.statements.ids)); of != nil {
		for _, vote := range c.rows[participant] {
			of[vote] += by
		}
	}
}

// counts gives the votes of each group on each statement, in the order of ids.
func (g *grouping) counts(m *matrix) [][]Counts {
	counts := make([][]Counts, len(g.tally))
	for i, tally := range g.tally {
		counts[i] = make([]Counts, len(m.statements))
		for j, slot := range m.slots {
			if at := 4 * int(slot); at < len(tally) {
				counts[i][j] = countsOf(tally[at : at+3])
			}
		}
	}
	return counts
}
