package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	_ "modernc.org/sqlite" // the driver of the bare rival, the same as ours

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/cli"
	program "github.com/cityrights/cityrights/internal/run"
)

const (
	answerWriters = 50
	answerTurn    = 3 * time.Second
	answerPeriod  = "2031"
)

// answerText is about as long as what people write.
var answerText = strings.Repeat("The council has decided, and the plan is in force. ", 12)

// answers compares saving an answer, as a browser does while somebody types, with a bare insert of the same text: 50 writers at once, each
// save on disk when it returns.
func (b *bench) answers(ctx context.Context) error {
	rooms, err := program.Open(ctx, cli.Node{Data: filepath.Join(b.work, "answers")})
	if err != nil {
		return err
	}
	defer func() { _ = rooms.DB.Close() }()
	requirements, err := openForAnswers(ctx, rooms)
	if err != nil {
		return err
	}
	bare, err := openBareTable(ctx, filepath.Join(b.work, "bare.sqlite"))
	if err != nil {
		return err
	}
	defer func() { _ = bare.Close() }()

	versions := make([]int64, answerWriters)
	ours := func(writer, n int) error {
		w := assessment.Writing{City: demoCity, Period: answerPeriod, On: versions[writer], Answer: assessment.Answer{
			Requirement: requirements[writer], Organisation: demoBody, Language: "en", Reasons: fmt.Sprint(answerText, n)}}
		e, err := rooms.Assessment.Save(ctx, account.Actor{Person: fmt.Sprint("person-", writer)}, w)
		versions[writer] = e.Version
		return err
	}
	insert, err := bare.PrepareContext(ctx, "INSERT INTO answer (id, written, text) VALUES (?, ?, ?)")
	if err != nil {
		return err
	}
	defer func() { _ = insert.Close() }()
	inserted := func(writer, n int) error {
		_, err := insert.ExecContext(ctx, fmt.Sprintf("%d-%d-%d", writer, n, time.Now().UnixNano()), time.Now().UnixMilli(), fmt.Sprint(answerText, n))
		return err
	}
	b.report.part("Saving answers")
	b.report.say("%d writers save as fast as they can, each save durable (SQLite, WAL, synchronous=FULL); ours checks the cycle, the version and the standard, keeps the "+
		"answer and writes its history; the bare insert writes the same text into a table of its own, with the same driver and one connection.\n", answerWriters)
	var p99 [2][]float64
	var perSecond [2][]float64
	for turn := range b.rounds + 1 {
		for i, save := range []func(writer, n int) error{ours, inserted} {
			took, err := saveAtOnce(save)
			if err != nil {
				return err
			}
			if turn > 0 {
				p99[i] = append(p99[i], percentile(took, 99))
				perSecond[i] = append(perSecond[i], float64(len(took))/answerTurn.Seconds())
			}
		}
	}
	b.report.header("", "ours", "bare insert", "ratio", "over the turns")
	b.report.line("99th percentile", fmt.Sprintf("%.1f ms", median(p99[0])), fmt.Sprintf("%.1f ms", median(p99[1])),
		b.report.promise("saving an answer, 99th percentile", ratio(p99[0], p99[1]), 3, " ×", false), spread(ratios(p99[0], p99[1])))
	b.report.line("saves a second", fmt.Sprintf("%.0f", median(perSecond[0])), fmt.Sprintf("%.0f", median(perSecond[1])),
		b.report.promise("saving an answer, rate", ratio(perSecond[0], perSecond[1]), 0.6, "", true), spread(ratios(perSecond[0], perSecond[1])))
	return nil
}

const (
	demoCity = "arvenholt"
	demoBody = "arvenholt-council"
)

// openForAnswers fills a node with the invented city, opens a cycle, and gives a requirement for each writer.
func openForAnswers(ctx context.Context, rooms *cli.Rooms) ([]string, error) {
	if err := program.FillDemo(ctx, rooms, demoCity); err != nil {
		return nil, err
	}
	by := account.Operator()
	cycle := assessment.Cycle{City: demoCity, Period: answerPeriod, Standard: rooms.Standard.Ref(), Profile: "full"}
	if err := rooms.Assessment.Begin(ctx, by, cycle); err != nil {
		return nil, err
	}
	if err := rooms.Assessment.Step(ctx, by, assessment.Move{City: demoCity, Period: answerPeriod, To: assessment.Open}); err != nil {
		return nil, err
	}
	requirements, err := rooms.Assessment.Requirements(cycle)
	if err == nil && len(requirements) < answerWriters {
		err = fmt.Errorf("the standard has %d requirements, too few for %d writers", len(requirements), answerWriters)
	}
	return requirements, err
}

// openBareTable opens a table with the durability of a node's.
func openBareTable(ctx context.Context, file string) (*sql.DB, error) {
	settings := url.Values{"_journal_mode": {"WAL"}, "_synchronous": {"FULL"}, "_busy_timeout": {"10000"}}
	db, err := sql.Open("sqlite", "file:"+file+"?"+settings.Encode())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	_, err = db.ExecContext(ctx, "CREATE TABLE answer (id text NOT NULL PRIMARY KEY, written bigint NOT NULL, text text NOT NULL)")
	return db, err
}

// saveAtOnce lets all writers save for a turn and gives how long each save took, in milliseconds.
func saveAtOnce(save func(writer, n int) error) ([]float64, error) {
	var mu sync.Mutex
	var all []float64
	var failed error
	var group sync.WaitGroup
	until := time.Now().Add(answerTurn)
	for writer := range answerWriters {
		group.Go(func() {
			var own []float64
			var err error
			for n := int(time.Now().UnixNano()); err == nil && time.Now().Before(until); n++ {
				began := time.Now()
				err = save(writer, n)
				own = append(own, float64(time.Since(began).Microseconds())/1000)
			}
			mu.Lock()
			all, failed = append(all, own...), errors.Join(failed, err)
			mu.Unlock()
		})
	}
	group.Wait()
	return all, failed
}

// percentile gives the value that so many per cent do not exceed.
func percentile(list []float64, p int) float64 {
	if len(list) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(list))
	return sorted[min(len(sorted)-1, len(sorted)*p/100)]
}
