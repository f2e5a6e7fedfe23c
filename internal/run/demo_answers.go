package run

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/measure/scorecard"
)

// demoAnswers is the form of demo/CITY/answers-PERIOD.yaml.
type demoAnswers struct{ Answers []demoAnswer }

type demoAnswer struct {
	Requirement, Organisation, Party, Value, Whose, Reasons string
	Grade                                                   *int
	Share                                                   *scorecard.Share
	Evidence                                                []scorecard.Evidence
	Says                                                    map[string]any
	Draft                                                   bool   // it is not handed in
	Returned                                                string // the note with which it was sent back
	Translations                                            map[string]struct {
		Text    string
		Machine bool
	}
}

// recordDemo opens a cycle, records the answers and brings the cycle to its state.
func recordDemo(ctx context.Context, rooms *cli.Rooms, cycle assessment.Cycle, language string, said demoAnswers) error {
	err := rooms.DB.Write(ctx, func(tx database.Tx) error {
		if err := rooms.Assessment.Start(ctx, tx, cycle); err != nil {
			return err
		}
		for _, state := range assessment.States[1:] {
			if err := rooms.Assessment.Advance(ctx, tx, cycle.City, cycle.Period, state); err != nil {
				return err
			}
			if state == assessment.Open {
				if err := answerDemo(ctx, tx, rooms, cycle, language, said); err != nil {
					return err
				}
			}
			if state == cycle.State {
				break
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, a := range said.Answers {
		if err := workOnDemo(ctx, rooms, cycle, language, a); err != nil {
			return fmt.Errorf("answer to %s: %w", a.Requirement, err)
		}
	}
	return nil
}

// answerDemo records what was handed in.
func answerDemo(ctx context.Context, tx database.Tx, rooms *cli.Rooms, cycle assessment.Cycle, language string, said demoAnswers) error {
	for _, a := range said.Answers {
		if a.Draft {
			continue
		}
		answer, err := a.answer(language)
		if err == nil {
			err = rooms.Assessment.Record(ctx, tx, cycle.City, cycle.Period, answer)
		}
		if err != nil {
			return fmt.Errorf("answer to %s: %w", a.Requirement, err)
		}
	}
	return nil
}

// workOnDemo does with an answer what is done on the desk: begins it, sends it back, translates it.
func workOnDemo(ctx context.Context, rooms *cli.Rooms, cycle assessment.Cycle, language string, a demoAnswer) error {
	by := account.Actor{Name: demoBy}
	key := assessment.Key{City: cycle.City, Period: cycle.Period, Requirement: a.Requirement, Organisation: a.Organisation}
	if a.Draft {
		answer, err := a.answer(language)
		if err != nil {
			return err
		}
		if _, err := rooms.Assessment.Save(ctx, by, assessment.Writing{City: cycle.City, Period: cycle.Period, Answer: answer}); err != nil {
			return err
		}
	}
	if a.Returned != "" {
		if _, err := rooms.Assessment.Decide(ctx, by, key, 1, assessment.Returned, a.Returned); err != nil {
			return err
		}
	}
	for _, into := range slices.Sorted(maps.Keys(a.Translations)) {
		t := a.Translations[into]
		if err := rooms.Assessment.Translate(ctx, by, key, assessment.Translation{Language: into, Text: t.Text, Machine: t.Machine}); err != nil {
			return err
		}
	}
	return nil
}

// shareOutDemo gives questions of the open assessments to the people of the demo, so that their desks have something to do.
func shareOutDemo(ctx context.Context, rooms *cli.Rooms, people map[string]string) error {
	by := account.Actor{Name: demoBy}
	today, err := assessment.ParseDay("", rooms.Assessment.Clock.Now().UTC().Format(time.DateOnly))
	if err != nil {
		return err
	}
	in := func(days int) int64 { return today + int64(days)*24*time.Hour.Milliseconds() }
	if err := rooms.Assessment.Prepare(ctx, "arvenholt", "2026", in(30), assessment.Regular); err != nil {
		return err
	}
	if err := rooms.Assessment.Prepare(ctx, "kessary", "2026", in(21), assessment.First); err != nil {
		return err
	}
	housing, officer := people["housing@arvenholt.example"], people["officer@arvenholt.example"]
	for _, share := range []struct {
		requirements []string
		person       string
		due          int
	}{{[]string{"LIV.1"}, housing, -2}, {[]string{"LIV.2", "LIV.7", "ENV.4"}, housing, 5}, {[]string{"COM.3", "INS.1", "INS.2"}, officer, 12}} {
		err := rooms.Assessment.Assign(ctx, by, assessment.Assigning{
			City: "arvenholt", Period: "2026", Organisation: "arvenholt-council", Requirements: share.requirements, Person: share.person, Due: in(share.due),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (a demoAnswer) answer(language string) (assessment.Answer, error) {
	answer := assessment.Answer{
		Requirement: a.Requirement, Organisation: a.Organisation, Grade: a.Grade, Value: a.Value, Whose: a.Whose, Share: a.Share,
		Reasons: a.Reasons, Language: language, Evidence: a.Evidence,
	}
	for _, id := range slices.Sorted(maps.Keys(a.Says)) {
		one := scorecard.Indicated{Indicator: id, Evidence: true}
		switch v := a.Says[id].(type) {
		case bool:
			one.Yes = &v
		case string: // YAML 1.2 reads yes and no as texts
			yes := v == "yes"
			one.Yes = &yes
		case int:
			f := float64(v)
			one.Value = &f
		case float64:
			one.Value = &v
		default:
			return answer, fmt.Errorf("%s is neither yes, no nor a number", id)
		}
		answer.Indicators = append(answer.Indicators, one)
	}
	return answer, nil
}
