package opinion

import "slices"

// matrix is the votes in the order of ids: everything is computed from it, so that nothing depends on how the votes came.
type matrix struct {
	participants, statements []string // sorted
	status                   []Status // by statement
	rows                     [][]cell // of each participant, sorted by statement; not to be changed
	votes                    int
	counts                   []Counts // by statement, over all participants
	mean                     []float64
	columns                  int      // statements with at least one vote: C in docs/methods/opinion.md
	slots                    []uint32 // of the statements
	people                   []uint32 // slots of the participants
}

// Counts are the votes on a statement.
type Counts struct {
	Agree    int `json:"agree"`
	Disagree int `json:"disagree"`
	Seen     int `json:"seen"` // passes included
}

// matrix puts the votes into the order of ids. Where statements became known in that order, as those of one file or with numbers for ids do, the rows
// are those of the conversation and nothing is copied.
func (c *Conversation) matrix() *matrix {
	c.grow()
	byParticipant, byStatement := c.participants.order(), c.statements.order()
	m := &matrix{
		participants: make([]string, len(byParticipant)), statements: make([]string, len(byStatement)), status: make([]Status, len(byStatement)),
		rows: make([][]cell, len(byParticipant)), votes: c.votes, slots: byStatement, people: byParticipant,
	}
	rank := make([]uint32, len(byStatement))
	tally := make([]int, 4*len(byStatement))
	for i, slot := range byStatement {
		m.statements[i], m.status[i], rank[slot] = c.statements.ids[slot], c.status[slot], uint32(i)
		copy(tally[4*i:], c.tally[4*slot:4*slot+3])
	}
	for i, slot := range byParticipant {
		m.participants[i], m.rows[i] = c.participants.ids[slot], c.rows[slot]
	}
	if !slices.IsSorted(rank) {
		m.reorder(rank)
	}
	m.means(tally)
	return m
}

// reorder numbers the statements of all rows by rank, in memory of its own.
func (m *matrix) reorder(rank []uint32) {
	cells := make([]cell, 0, m.votes)
	for i, row := range m.rows {
		from := len(cells)
		for _, vote := range row {
			cells = append(cells, cell(rank[vote.statement()]<<2)|vote&3)
		}
		m.rows[i] = cells[from:len(cells):len(cells)]
		slices.Sort(m.rows[i])
	}
}

// means fills the counts and means from how often each cell occurs.
func (m *matrix) means(tally []int) {
	m.columns = 0
	m.counts, m.mean = make([]Counts, len(m.statements)), make([]float64, len(m.statements))
	for j := range m.counts {
		n := &m.counts[j]
		*n = countsOf(tally[4*j : 4*j+3])
		if n.Seen > 0 {
			m.columns++
		}
		if m.status[j] == Open && n.Seen > 0 {
			m.mean[j] = float64(n.Agree-n.Disagree) / float64(n.Seen)
		}
	}
}

// countsOf adds up how often a statement has each value, in the order of cells: disagree, pass, agree.
func countsOf(tally []int) Counts {
	return Counts{Agree: tally[2], Disagree: tally[0], Seen: tally[0] + tally[1] + tally[2]}
}

// row gives the votes of a participant.
func (m *matrix) row(i int) []cell { return m.rows[i] }

// open tells whether a statement is part of the map.
func (m *matrix) open(j int) bool { return m.status[j] == Open }

// deviations gives, for each cell that can be, its deviation from the mean of its statement, times a factor for each statement; 0 where the statement
// is no part of the map. What nobody has said is imputed by the mean, so its deviation is 0 and it takes no part in any sum.
func (m *matrix) deviations(table []float64, factor []float64) {
	for j, mean := range m.mean {
		t := table[4*j : 4*j+3]
		if !m.open(j) {
			clear(t)
			continue
		}
		f := factor[j]
		t[0], t[1], t[2] = (-1-mean)*f, -mean*f, (1-mean)*f
	}
}
