package run

import (
	"context"
	"fmt"

	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/measure/scorecard"
)

// demoAnswers is the form of demo/CITY/answers-PERIOD.yaml.
type demoAnswers struct {
	Answers []struct {
		Requirement, Organisation, Party, Value, Reasons string
		Grade                                            *int
		Share                                            *scorecard.Share
		Evidence                                         []scorecard.Evidence
		Says                                             map[string]any
	}
}

// recordDemo opens a cycle, records the answers and brings the cycle to its state.
func recordDemo(ctx context.Context, tx database.Tx, rooms *cli.Rooms, cycle assessment.Cycle, language string, said demoAnswers) error {
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
}

func answerDemo(ctx context.Context, tx database.Tx, rooms *cli.Rooms, cycle assessment.Cycle, language string, said demoAnswers) error {
	for _, a := range said.Answers {
		answer := assessment.Answer{
			Requirement: a.Requirement, Organisation: a.Organisation, Grade: a.Grade, Value: a.Value, Share: a.Share,
			Reasons: a.Reasons, Language: language, Evidence: a.Evidence,
		}
		for id, value := range a.Says {
			one := scorecard.Indicated{Indicator: id, Evidence: true}
			switch v := value.(type) {
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
				return fmt.Errorf("%s of %s is neither yes, no nor a number", id, a.Requirement)
			}
			answer.Indicators = append(answer.Indicators, one)
		}
		if err := rooms.Assessment.Record(ctx, tx, cycle.City, cycle.Period, answer); err != nil {
			return fmt.Errorf("answer to %s: %w", a.Requirement, err)
		}
	}
	return nil
}
