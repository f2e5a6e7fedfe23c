package main

import (
	"io"
	"math/rand/v2"
	"strconv"
)

// text writes the votes of an invented conversation as CSV while it is read, so that the process that is measured never holds it.
type text struct {
	size
	random      *rand.Rand
	lean        [][]float64 // by camp and statement: the share that agrees
	order       []int
	participant int
	rest        []byte
	buffer      []byte
}

func newText(s size) io.Reader {
	t := &text{size: s, random: rand.New(rand.NewPCG(3, uint64(s.participants))), order: make([]int, s.statements)}
	for range max(1, s.camps) {
		lean := make([]float64, s.statements)
		for j := range lean {
			if lean[j] = 0.5; s.camps > 0 {
				lean[j] = t.random.Float64()
			}
		}
		t.lean = append(t.lean, lean)
	}
	for j := range t.order {
		t.order[j] = j
	}
	t.rest = []byte("participant,statement,vote\n")
	return t
}

// Read gives the rows of one participant after the other; each votes on statements drawn for them.
func (t *text) Read(p []byte) (int, error) {
	if len(t.rest) == 0 {
		if t.participant == t.participants {
			return 0, io.EOF
		}
		t.buffer = t.buffer[:0]
		lean := t.lean[t.random.IntN(len(t.lean))]
		for n := range t.each {
			at := n + t.random.IntN(t.statements-n)
			t.order[n], t.order[at] = t.order[at], t.order[n]
			t.row(t.order[n], lean[t.order[n]])
		}
		t.rest = t.buffer
		t.participant++
	}
	n := copy(p, t.rest)
	t.rest = t.rest[n:]
	return n, nil
}

func (t *text) row(statement int, agree float64) {
	vote := ",-1\n"
	switch {
	case t.random.Float64() < 0.1:
		vote = ",0\n"
	case t.random.Float64() < agree:
		vote = ",1\n"
	}
	t.buffer = strconv.AppendInt(t.buffer, int64(t.participant), 10)
	t.buffer = append(t.buffer, ',')
	t.buffer = strconv.AppendInt(t.buffer, int64(statement), 10)
	t.buffer = append(t.buffer, vote...)
}
