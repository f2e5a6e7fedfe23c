package run

import (
	"context"
	"time"

	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/notice"
	"github.com/cityrights/cityrights/internal/platform/database"
)

// tasksOf gives what waits for a person as a digest tells it.
func tasksOf(rooms *cli.Rooms) func(ctx context.Context, tx database.Tx, person, language string) ([]notice.Task, error) {
	return func(ctx context.Context, tx database.Tx, person, language string) ([]notice.Task, error) {
		waiting, err := rooms.Assessment.TasksOf(ctx, tx, person)
		if err != nil || len(waiting) == 0 {
			return nil, err
		}
		cities, err := rooms.City.List(ctx, tx)
		if err != nil {
			return nil, err
		}
		names := map[string]string{}
		for _, c := range cities {
			names[c.ID] = c.Name
		}
		titles := rooms.Standard.In(language)
		all := make([]notice.Task, len(waiting))
		for i, t := range waiting {
			all[i] = notice.Task{
				Key: t.City + "/" + t.Period + "/" + t.Organisation + "/" + t.Requirement, City: names[t.City], Period: t.Period, Code: t.Requirement,
				Returned: t.State == assessment.AnswerReturned, Path: []string{"desk", "cities", t.City, "cycles", t.Period, t.Organisation, t.Requirement},
			}
			if r, ok := rooms.Standard.Requirement(t.Requirement); ok {
				all[i].Title = titles.Requirement(r).Title.Text
			}
			if t.Due != 0 {
				all[i].Due = time.UnixMilli(t.Due).UTC()
			}
		}
		return all, nil
	}
}
