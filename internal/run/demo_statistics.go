package run

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/statistics"
	"github.com/cityrights/cityrights/standard"
)

// demoLocal adds what an invented city measures of its own, where it does.
func demoLocal(ctx context.Context, rooms *cli.Rooms, folder fs.FS) (err error) {
	file, err := folder.Open("local.yaml")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	local, err := standard.LoadLocal(file, "local.yaml", rooms.Standard)
	if err != nil {
		return err
	}
	return rooms.City.SetAdditions(ctx, account.Actor{Name: demoBy}, rooms.Standard, city.Additions{Local: local})
}

// demoStatistics imports the invented figures of a city in the same way as any city's.
func demoStatistics(ctx context.Context, rooms *cli.Rooms, id string, folder fs.FS) (err error) {
	tables, err := fs.Sub(folder, "statistics")
	if err != nil {
		return err
	}
	mapping, err := folder.Open("mapping.csv")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, mapping.Close()) }()
	report, err := rooms.Statistics.Import(ctx, statistics.Request{
		City: id, Format: statistics.TidyCSV, Files: tables, Name: "demo", Mapping: mapping, MappingName: "mapping.csv",
		Actor: demoBy, Reason: demoReason,
	})
	if err == nil && report.Errors() > 0 {
		for _, f := range report.Findings {
			err = errors.Join(err, fmt.Errorf("%+v", f))
		}
		err = fmt.Errorf("the invented statistics have %d errors: %w", report.Errors(), err)
	}
	return err
}
