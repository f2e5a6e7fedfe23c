package opinion

import (
	"bytes"
	"fmt"
	"testing"
)

// sizes of the benchmarks: participants, statements, votes of each, and camps; the last is noise, where components are hard to find.
var benchmarks = []struct {
	name                                  string
	participants, statements, each, camps int
}{
	{"50k", 2000, 200, 25, 3},
	{"225k", 6500, 7700, 35, 3},
	{"225k-exact-silhouettes", 4511, 500, 50, 3},
	{"1M", 20_000, 1000, 50, 3},
	{"1M-noise", 20_000, 1000, 50, 0},
}

func BenchmarkMap(b *testing.B) {
	for _, size := range benchmarks {
		b.Run(size.name, func(b *testing.B) {
			votes := invented(size.participants, size.statements, size.each, size.camps)
			b.ReportAllocs()
			for b.Loop() {
				c := &Conversation{}
				if err := c.Add(votes...); err != nil {
					b.Fatal(err)
				}
				if _, err := c.Map(Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkMapOfTwice doubles the participants, and with them the votes, four times.
func BenchmarkMapOfTwice(b *testing.B) {
	for participants := 1250; participants <= 20_000; participants *= 2 {
		votes := invented(participants, 500, 50, 3)
		b.Run(fmt.Sprintf("votes=%d", len(votes)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c := &Conversation{}
				if err := c.Add(votes...); err != nil {
					b.Fatal(err)
				}
				if _, err := c.Map(Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkHundredVotesMore(b *testing.B) {
	for _, size := range benchmarks {
		b.Run(size.name, func(b *testing.B) {
			c := &Conversation{}
			votes := invented(size.participants, size.statements, size.each, size.camps)
			if err := c.Add(votes...); err != nil {
				b.Fatal(err)
			}
			mapped(b, c, Options{})
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				more := votes[i : i+100]
				for j := range more {
					more[j].Value = -more[j].Value
				}
				i = (i + 100) % (len(votes) - 100)
				if err := c.Add(more...); err != nil {
					b.Fatal(err)
				}
				if _, err := c.Map(Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkRead(b *testing.B) {
	var text bytes.Buffer
	text.WriteString("timestamp,datetime,comment-id,voter-id,vote\n")
	for i, v := range invented(20_000, 1000, 50, 3) {
		fmt.Fprintf(&text, "%d,Tue Jun 30 15:49:52 WIB 2015,%s,%s,%d\n", i, v.Statement, v.Participant, v.Value)
	}
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(bytes.NewReader(text.Bytes()), "votes.csv"); err != nil {
			b.Fatal(err)
		}
	}
}
