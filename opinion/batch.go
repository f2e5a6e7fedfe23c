package opinion

import (
	"cmp"
	"slices"
)

// batch collects votes on their way into a conversation, in pieces, so that millions of them are not copied while it grows.
type batch struct {
	pieces []piece
	n      int
	timed  bool // the votes carry times; without them the order of the votes is that of time
}

type piece struct {
	participant []uint32
	cell        []cell
	time        []int64 // empty where the batch is not timed
}

const pieceSize = 1 << 16

func (b *batch) add(participant uint32, vote cell, time int64) {
	last := len(b.pieces) - 1
	if last < 0 || len(b.pieces[last].cell) == pieceSize {
		size := pieceSize
		if last < 0 {
			size = 0 // most batches are small
		}
		b.pieces = append(b.pieces, piece{participant: make([]uint32, 0, size), cell: make([]cell, 0, size)})
		last++
	}
	p := &b.pieces[last]
	p.participant, p.cell = append(p.participant, participant), append(p.cell, vote)
	if b.timed {
		p.time = append(p.time, time)
	}
	b.n++
}

// timedCell is a vote of one participant that has to find its place among the others.
type timedCell struct {
	cell cell
	time int64
}

// merge moves the votes of a batch into the rows of their participants.
func (c *Conversation) merge(b *batch) {
	if c.votes == 0 {
		c.renumber(b)
	}
	c.grow()
	start := b.count(len(c.rows))
	sorted := make([]cell, b.n)
	var times []int64
	if b.timed {
		times = make([]int64, b.n)
	}
	next := slices.Clone(start)
	for i := range b.pieces {
		p := &b.pieces[i]
		for j, participant := range p.participant {
			at := next[participant]
			next[participant]++
			sorted[at] = p.cell[j]
			if b.timed {
				times[at] = p.time[j]
			}
		}
		*p = piece{} // free it
	}
	for participant := range c.rows {
		if from, to := start[participant], start[participant+1]; from < to {
			var when []int64
			if b.timed {
				when = times[from:to]
			}
			c.mergeRow(participant, latest(sorted[from:to:to], when))
		}
	}
}

// renumber puts the slots of a conversation without votes into the order of the ids, in which it will be read.
func (c *Conversation) renumber(b *batch) {
	c.grow()
	participants, statements := c.participants.sort(), c.statements.sort()
	status := make([]Status, len(c.status))
	for old, slot := range statements {
		status[slot] = c.status[old]
	}
	c.status = status
	for i := range b.pieces {
		p := &b.pieces[i]
		for j := range p.cell {
			p.participant[j] = participants[p.participant[j]]
			p.cell[j] = cell(statements[p.cell[j].statement()]<<2) | p.cell[j]&3
		}
	}
}

// count gives where the votes of each participant begin when they are sorted by participant.
func (b *batch) count(participants int) []int {
	start := make([]int, participants+1)
	for _, p := range b.pieces {
		for _, participant := range p.participant {
			start[participant+1]++
		}
	}
	for i := range participants {
		start[i+1] += start[i]
	}
	return start
}

// latest sorts the votes of one participant by statement and keeps the last on each, in the same memory. Votes at the same time count in their order.
func latest(row []cell, when []int64) []cell {
	if when == nil {
		slices.SortStableFunc(row, func(a, b cell) int { return cmp.Compare(a.statement(), b.statement()) })
	} else {
		timed := make([]timedCell, len(row))
		for i := range row {
			timed[i] = timedCell{row[i], when[i]}
		}
		slices.SortStableFunc(timed, func(a, b timedCell) int {
			return cmp.Or(cmp.Compare(a.cell.statement(), b.cell.statement()), cmp.Compare(a.time, b.time))
		})
		for i := range timed {
			row[i] = timed[i].cell
		}
	}
	kept := row[:0]
	for i, one := range row {
		if i+1 == len(row) || row[i+1].statement() != one.statement() {
			kept = append(kept, one)
		}
	}
	return kept[:len(kept):len(kept)]
}

// mergeRow merges votes, sorted and one for each statement, into the row of a participant.
func (c *Conversation) mergeRow(participant int, added []cell) {
	old := c.rows[participant]
	if c.moments != nil {
		c.moments.resize(len(c.statements.ids))
		c.moments.change(old, added)
	}
	of := c.groups.tallyOf(participant, len(c.statements.ids))
	count := func(vote cell, by int) {
		c.tally[vote] += by
		if of != nil {
			of[vote] += by
		}
	}
	if len(old) == 0 {
		for _, vote := range added {
			count(vote, 1)
		}
		c.rows[participant] = added
		c.votes += len(added)
		return
	}
	merged := make([]cell, 0, len(old)+len(added))
	for len(old) > 0 && len(added) > 0 {
		switch order := cmp.Compare(old[0].statement(), added[0].statement()); {
		case order < 0:
			merged, old = append(merged, old[0]), old[1:]
		case order > 0:
			count(added[0], 1)
			merged, added = append(merged, added[0]), added[1:]
		default:
			count(old[0], -1)
			count(added[0], 1)
			merged, old, added = append(merged, added[0]), old[1:], added[1:]
		}
	}
	for _, vote := range added {
		count(vote, 1)
	}
	merged = append(append(merged, old...), added...)
	c.votes += len(merged) - len(c.rows[participant])
	c.rows[participant] = merged
}
