package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"reflect"
	"syscall"
	"time"

	"github.com/cityrights/cityrights/opinion"
)

// result is one measurement, in seconds and bytes.
type result struct {
	Votes               int
	Read, ReadProcessor float64
	Map, MapProcessor   float64
	More, MoreProcessor float64 // a thousand further votes and the map again
	// AnewProcessor is the same from nothing: all votes with the further ones, read, and mapped for the first time.
	Anew, AnewProcessor float64
	Peak                int64 // resident set, with the program
	Groups              int
	Before              int64 // resident set before the reading began
}

func (r *result) peakMB() float64 { return float64(r.Peak) / (1 << 20) }

func (r *result) print(name, last string) {
	fmt.Printf("| %s | %.3f | %.3f | %.3f | %.3f | %.3f | %.1f × | %.0f | %.0f | %s |\n", name, r.Read, r.Map, r.MapProcessor, r.More, r.MoreProcessor,
		r.AnewProcessor/r.MoreProcessor, r.peakMB(), float64(r.Peak-r.Before)/float64(r.Votes), last)
}

// best measures a size several times, each in a process of its own, and keeps the quickest map and the smallest peak.
func best(s size, turns int) (*result, error) {
	text, err := json.Marshal([]int{s.participants, s.statements, s.each, s.camps})
	if err != nil {
		return nil, err
	}
	var kept *result
	for range turns {
		child := exec.Command(os.Args[0], "-child", string(text)) //nolint:gosec,noctx // the program starts itself
		child.Stderr = os.Stderr
		out, err := child.Output()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", text, err)
		}
		var r result
		if err := json.Unmarshal(out, &r); err != nil {
			return nil, err
		}
		if kept == nil {
			kept = &r
			continue
		}
		for _, pair := range [][2]*float64{{&kept.Read, &r.Read}, {&kept.Map, &r.Map}, {&kept.MapProcessor, &r.MapProcessor},
			{&kept.More, &r.More}, {&kept.MoreProcessor, &r.MoreProcessor}, {&kept.Anew, &r.Anew}, {&kept.AnewProcessor, &r.AnewProcessor}} {
			*pair[0] = min(*pair[0], *pair[1])
		}
		kept.Peak = min(kept.Peak, r.Peak)
	}
	return kept, nil
}

// measure reads an invented conversation, makes its map, adds a thousand votes, and makes it again. Then it does all that from nothing, and fails where
// the map is another.
func measure(child string, out io.Writer) error {
	var numbers []int
	if err := json.Unmarshal([]byte(child), &numbers); err != nil || len(numbers) != 4 {
		return errors.New("-child takes four numbers")
	}
	s := size{"", numbers[0], numbers[1], numbers[2], numbers[3]}
	r := result{Before: resident()}
	c, err := timed(&r.Read, &r.ReadProcessor, func() (*opinion.Conversation, error) { return opinion.Read(newText(s), "invented.csv") })
	if err != nil {
		return err
	}
	m, err := timed(&r.Map, &r.MapProcessor, func() (*opinion.Map, error) { return c.Map(opinion.Options{}) })
	if err != nil {
		return err
	}
	r.Votes, r.Groups = m.Votes, len(m.Groups)
	more := make([]opinion.Vote, 1000)
	for i := range more {
		more[i] = opinion.Vote{Participant: fmt.Sprint(7919 * i % s.participants), Statement: fmt.Sprint(i % s.statements), Value: opinion.Value(i%3 - 1)}
	}
	again := func() (*opinion.Map, error) {
		if err := c.Add(more...); err != nil {
			return nil, err
		}
		return c.Map(opinion.Options{})
	}
	later, err := timed(&r.More, &r.MoreProcessor, again)
	if err != nil {
		return err
	}
	r.Peak = peak()
	fresh, err := timed(&r.Anew, &r.AnewProcessor, func() (*opinion.Map, error) {
		var err error
		if c, err = opinion.Read(newText(s), "invented.csv"); err != nil {
			return nil, err
		}
		return again()
	})
	if err != nil {
		return err
	}
	if !reflect.DeepEqual(later, fresh) {
		return errors.New("the map after further votes is not that of all votes")
	}
	return json.NewEncoder(out).Encode(r)
}

// timed puts the time on the clock and the processor time of a call into wall and processor.
func timed[T any](wall, processor *float64, do func() (T, error)) (T, error) {
	start, used := time.Now(), processorTime()
	value, err := do()
	*wall, *processor = time.Since(start).Seconds(), (processorTime() - used).Seconds()
	return value, err
}

func usage() (u syscall.Rusage) {
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u) // it cannot fail for this process
	return u
}

func processorTime() time.Duration {
	u := usage()
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func peak() int64 { return usage().Maxrss << 10 }

// resident gives the resident set of this process; 0 where the system does not tell.
func resident() int64 {
	data, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	var size, pages int64
	if _, err := fmt.Fscan(bytes.NewReader(data), &size, &pages); err != nil {
		return 0
	}
	return pages * int64(os.Getpagesize())
}
