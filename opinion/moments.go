package opinion

// moments hold, for each pair of statements, whole numbers over the participants who voted on both: how many they are, the sum of the products
// of their votes, and the sum of their votes on either. From these the covariances follow for any column means, so new votes, changed votes and
// moderation never ask for another pass over all votes; and since whole numbers add up the same in any order, moments that were kept up to date
// are those that would be counted anew.
//
// The triangle takes 16 bytes for each pair of slots; they are kept only where this is in proportion to the votes (see usesMoments).
type moments struct {
	n        int // statements
	triangle []pair
}

// pair is two numbers of 32 bits each in one word, twice, so that a vote costs two additions: both + products<<32 and first + second<<32, where
// first is the sum of votes on the statement of the lower slot. Overflow would take 2 billion participants.
type pair [2]int64

// pairSteps holds what a participant adds to a pair: by the vote on the higher slot and on the lower one, each in the two bits of a cell.
var pairSteps = func() (step [3][4]pair) {
	for high := range 3 {
		for low := range 3 {
			v, w := int64(high-1), int64(low-1)
			step[high][low] = pair{1 + (v*w)<<32, w + v<<32}
		}
	}
	return step
}()

// split takes a word apart.
func split(word int64) (low, high int64) {
	low = int64(int32(word))
	return low, (word - low) >> 32
}

// triangleStart gives where the pairs of a slot with all lower ones begin.
func triangleStart(slot int) int { return slot * (slot - 1) / 2 }

// resize makes room for more statements. Pairs stand by their higher slot, so those that are there stay where they are.
func (m *moments) resize(statements int) {
	if statements <= m.n {
		return
	}
	grown := make([]pair, triangleStart(statements))
	copy(grown, m.triangle)
	m.n, m.triangle = statements, grown
}

// countMoments counts the pairs of all rows. Each goroutine takes every so manieth statement as the higher one of a pair.
func countMoments(rows [][]cell, statements int) *moments {
	m := &moments{}
	m.resize(statements)
	const shares = 8
	inParallel(shares, func(share int) {
		for _, row := range rows {
			for i, high := range row {
				if int(high.statement())%shares == share {
					m.add(row[:i], high, 1)
				}
			}
		}
	})
	return m
}

// add adds, or with sign -1 takes away, the pairs of a vote with votes on lower slots.
func (m *moments) add(lower []cell, high cell, sign int64) {
	pairs := m.triangle[triangleStart(int(high.statement())):]
	steps := &pairSteps[high&3]
	for _, low := range lower {
		p, s := &pairs[low.statement()], &steps[low&3]
		p[0] += sign * s[0]
		p[1] += sign * s[1]
	}
}

// change takes the votes of a participant from old to those in added.
func (m *moments) change(old, added []cell) {
	row := append(make([]cell, 0, len(old)+len(added)), old...)
	for _, vote := range added {
		at := 0
		for at < len(row) && row[at].statement() < vote.statement() {
			at++
		}
		if at < len(row) && row[at].statement() == vote.statement() {
			m.around(row, at, row[at], -1)
			row[at] = vote
		} else {
			row = append(row, 0)
			copy(row[at+1:], row[at:])
			row[at] = vote
		}
		m.around(row, at, vote, 1)
	}
}

// around adds or takes away the pairs of one vote of a row with all others.
func (m *moments) around(row []cell, at int, vote cell, sign int64) {
	m.add(row[:at], vote, sign)
	for _, high := range row[at+1:] {
		m.add([]cell{vote}, high, sign)
	}
}

// of gives the moments of two different slots: how many voted on both, the sum of products, and the sums of votes on a and on b.
func (m *moments) of(a, b int) (both, products, sumA, sumB int64) {
	p := &m.triangle[triangleStart(max(a, b))+min(a, b)]
	both, products = split(p[0])
	low, high := split(p[1])
	if a < b {
		return both, products, low, high
	}
	return both, products, high, low
}
