package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/statistics"
)

// longestTable is how many bytes a table may have that is sent.
const longestTable = statistics.MaxTable

// Imported is what an import did, or what a dry run would do.
type Imported struct {
	City     string    `json:"city"`
	DryRun   bool      `json:"dry_run" doc:"Nothing was written."`
	Format   string    `json:"format" doc:"In which form the table was read: csv or sdmx-csv."`
	Import   string    `json:"import" doc:"Under which the changes are kept; empty where nothing was written, as nothing has changed."`
	Values   Totals    `json:"values" doc:"Single figures."`
	Sources  Totals    `json:"sources" doc:"Source indicators."`
	Findings []Finding `json:"findings" doc:"What someone should look at."`
}

// Totals counts what an import changes.
type Totals struct {
	New       int `json:"new"`
	Changed   int `json:"changed"`
	Unchanged int `json:"unchanged"`
	Withdrawn int `json:"withdrawn" doc:"No longer in the table."`
}

// Finding is one thing that an import found.
type Finding struct {
	Severity string `json:"severity" enum:"error,warning,note" doc:"error: what it is about was not imported."`
	Code     string `json:"code" doc:"Stays the same where the words change."`
	Row      int    `json:"row,omitempty" doc:"1 is the first line."`
	Column   string `json:"column,omitempty"`
	Text     string `json:"text" doc:"In English."`
}

// Sending is a table that is sent.
type Sending struct {
	CityPath
	DryRun    bool   `query:"dry_run" doc:"Only say what would change."`
	Reason    string `query:"reason" maxLength:"500" doc:"Why figures change; public, beside every figure that was revised."`
	Publisher string `query:"publisher" maxLength:"300" doc:"Of the figures, where the table does not say."`
	URL       string `query:"url" maxLength:"2000" doc:"Of the source, where the table does not say."`
	Licence   string `query:"licence" maxLength:"300" doc:"Of the figures, where the table does not say."`
	Periods   string `query:"periods" enum:"ask,span,month" default:"ask" doc:"How a period as 2023-04 is read; see docs/import.md."`
	RawBody   []byte `contentType:"text/csv"`
}

// importStatistics reads a table as the page of the desk does, by the mapping that the city has.
func (s *Server) importStatistics(ctx context.Context, in *Sending) (Imported, error) {
	actor := signerOf(ctx)
	const name = "table.csv"
	report, err := s.rooms.Statistics.Import(ctx, statistics.Request{
		City: in.City, Format: statistics.FormatOf(in.RawBody), Files: statistics.OneTable(name, in.RawBody), Name: name, Periods: statistics.PeriodRule(in.Periods),
		Defaults: statistics.Defaults{Publisher: in.Publisher, URL: in.URL, Licence: in.Licence}, Reason: in.Reason, Actor: actor.Name, By: actor, DryRun: in.DryRun,
	})
	if err != nil {
		if kind := fault.KindOf(err); kind == fault.Invalid && len(report.Findings) > 0 {
			return Imported{}, unfit(err, report.Findings)
		}
		return Imported{}, err
	}
	done := Imported{City: report.City, DryRun: report.DryRun, Format: string(report.Format), Import: report.Import, Values: Totals(report.Values), Sources: Totals(report.Sources),
		Findings: []Finding{}}
	for _, f := range report.Findings {
		done.Findings = append(done.Findings, Finding{Severity: string(f.Severity), Code: f.Code, Row: f.Place.Row, Column: f.Place.Column, Text: f.Text()})
	}
	return done, nil
}

// unfit is the problem of a table of which nothing was imported: what is wrong, and where.
func unfit(err error, findings []statistics.Finding) error {
	details := make([]error, 0, len(findings))
	for _, f := range findings {
		if f.Severity == statistics.Error {
			details = append(details, &huma.ErrorDetail{Message: f.Text(), Location: "body: " + f.Place.String()})
		}
	}
	return huma.NewError(http.StatusUnprocessableEntity, fault.Reason(err), details...)
}
