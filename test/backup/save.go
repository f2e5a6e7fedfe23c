package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/platform/database"
)

const (
	people = 50
	city   = "arvenholt" // the demo's
	period = "2031"
	body   = "arvenholt-council"
)

// enlarge fills the trail until the node has about so many MB. Its text is made of few words, so that it can be compressed about as well as
// what people write.
func enlarge(ctx context.Context, rooms *cli.Rooms, mb int) error {
	words := []string{"council", "housing", "review", "street", "of", "the", "and", "to", "water", "report", "school", "in", "right", "duty"}
	random := rand.New(rand.NewPCG(1, 2))
	const size, rows = 1000, 5000
	for written := 0; written < mb<<20; written += size * rows {
		err := rooms.DB.Write(ctx, func(tx database.Tx) error {
			for range rows {
				text := make([]byte, 0, size)
				for len(text) < size-130 {
					text = append(fmt.Appendf(text, "%d ", random.IntN(100)), words[random.IntN(len(words))]...)
				}
				if err := rooms.Account.Note(ctx, tx, account.Operator(), "bench", city, map[string]string{"text": string(text)}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// openCycle opens an assessment, and gives a requirement for each of the people.
func openCycle(ctx context.Context, rooms *cli.Rooms) (requirements []string, err error) {
	for _, d := range rooms.Standard.Dimensions {
		for _, r := range d.Requirements {
			requirements = append(requirements, r.ID)
		}
	}
	return requirements[:people], rooms.DB.Write(ctx, func(tx database.Tx) error {
		if err := rooms.Assessment.Start(ctx, tx, assessment.Cycle{City: city, Period: period, Standard: rooms.Standard.Ref(), Profile: "full"}); err != nil {
			return err
		}
		return rooms.Assessment.Advance(ctx, tx, city, period, assessment.Open)
	})
}

// save lets everybody save answers one after the other until meanwhile has ended, and gives how long each took. A save that fails is an error.
func save(ctx context.Context, rooms *cli.Rooms, requirements []string, meanwhile func(context.Context) error) (times, error) {
	working, stop := context.WithCancel(ctx)
	defer stop()
	var mu sync.Mutex
	var all times
	var failed error
	var group sync.WaitGroup
	for i := range people {
		group.Go(func() {
			grade := 3
			var own times
			var err error
			for n := 0; err == nil && working.Err() == nil; n++ {
				began := time.Now()
				err = rooms.DB.Write(ctx, func(tx database.Tx) error {
					return rooms.Assessment.Record(ctx, tx, city, period, assessment.Answer{
						Requirement: requirements[i], Organisation: body, Grade: &grade, Language: "en", Reasons: fmt.Sprintf("The council has decided, for the %d. time.", n),
					})
				})
				own = append(own, taken{began, time.Since(began)})
			}
			mu.Lock()
			all, failed = append(all, own...), errors.Join(failed, err)
			mu.Unlock()
		})
	}
	err := meanwhile(ctx)
	stop()
	group.Wait()
	return all, errors.Join(err, failed)
}

// taken is when a save began and how long it took.
type taken struct {
	began time.Time
	took  time.Duration
}

type times []taken

// percentile gives the time that so many per cent of the saves do not exceed.
func (t times) percentile(p int) time.Duration {
	if len(t) == 0 {
		return 0
	}
	all := make([]time.Duration, len(t))
	for i, one := range t {
		all[i] = one.took
	}
	slices.Sort(all)
	return all[min(len(all)-1, len(all)*p/100)]
}

// length is from the first beginning to the last end.
func (t times) length() time.Duration {
	var first, last time.Time
	for _, one := range t {
		if first.IsZero() || one.began.Before(first) {
			first = one.began
		}
		if end := one.began.Add(one.took); end.After(last) {
			last = end
		}
	}
	return last.Sub(first)
}

func (t times) String() string {
	ms := func(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
	return fmt.Sprintf("%6d saves, %5.0f a second, p50 %6.1f ms, p99 %6.1f ms, longest %7.1f ms",
		len(t), float64(len(t))/t.length().Seconds(), ms(t.percentile(50)), ms(t.percentile(99)), ms(t.percentile(100)))
}
