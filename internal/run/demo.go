package run

import (
	"context"
	"crypto/rand"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"go.yaml.in/yaml/v3"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/settings"
	"github.com/cityrights/cityrights/internal/statistics"
	"github.com/cityrights/cityrights/measure/scorecard"
	"github.com/cityrights/cityrights/standard"
)

// demoFiles are the statistics and answers of a city that does not exist.
//
//go:embed demo
var demoFiles embed.FS

const (
	demoCity  = "arvenholt"
	demoEmail = "demo@arvenholt.example"
)

// demoAnswers is the form of demo/answers.yaml.
type demoAnswers struct {
	Period        string `yaml:"period"`
	Organisations []struct {
		ID, Name string
		Kind     city.OrganisationKind
	} `yaml:"organisations"`
	Answers []struct {
		Requirement, Organisation, Party, Value, Reasons string
		Grade                                            *int
		Share                                            *scorecard.Share
		Evidence                                         []scorecard.Evidence
		Says                                             map[string]any
	} `yaml:"answers"`
}

// offerDemo fills an empty node with the invented city and says how to sign in; address is the node's. A node that has a city already is left as it is.
func offerDemo(ctx context.Context, rooms *cli.Rooms, data, address string, out io.Writer) error {
	cities, err := rooms.City.All(ctx)
	if err != nil {
		return err
	}
	if len(cities) > 0 {
		fmt.Fprintf(out, "This node has a city already, so no invented one was added. To sign in again where the demo was filled before:\n"+
			"%s user reset %s --data %s --address %s\n", program(), demoEmail, data, address)
		return nil
	}
	if err := FillDemo(ctx, rooms); err != nil {
		return fmt.Errorf("fill the demo: %w", err)
	}
	password := rand.Text()[:12]
	person, err := rooms.Account.Add(ctx, account.Operator(), account.Person{Email: demoEmail, Name: "Demo Officer", Language: "en"}, password)
	if err != nil {
		return err
	}
	grant := account.Granted{Role: account.RoleAdministrator, Scope: account.Node}
	if err := rooms.Account.Grant(ctx, account.Operator(), person.ID, grant, account.Resource{Kind: "node"}); err != nil {
		return err
	}
	if err := demoSettings(ctx, rooms); err != nil {
		return err
	}
	fmt.Fprintf(out, "Filled with the invented city of Arvenholt. To sign in: %s, password %s (shown only now)\n", demoEmail, password)
	return nil
}

// FillDemo adds the invented city of Arvenholt with its organisations, indicators of its own, statistics and one published assessment.
func FillDemo(ctx context.Context, rooms *cli.Rooms) error {
	population, latitude, longitude := int64(214300), 44.4, -5.2
	const by = "demo"
	err := rooms.City.Add(ctx, by, city.City{
		ID: demoCity, Name: "Arvenholt", Country: "XA", Population: &population, PopulationYear: 2025, Languages: []string{"en"},
		Latitude: &latitude, Longitude: &longitude, Since: "2023", Fictional: true,
		About: "A harbour city that does not exist. Everything about it was invented to show how cityrights works.",
	})
	if err != nil {
		return err
	}
	folder, err := fs.Sub(demoFiles, "demo")
	if err != nil {
		return err
	}
	if err := demoLocal(ctx, rooms, folder); err != nil {
		return err
	}
	if err := demoStatistics(ctx, rooms, folder); err != nil {
		return err
	}
	data, err := fs.ReadFile(folder, "answers.yaml")
	if err != nil {
		return err
	}
	var said demoAnswers
	if err := yaml.Unmarshal(data, &said); err != nil {
		return err
	}
	for _, o := range said.Organisations {
		if err := rooms.City.AddOrganisation(ctx, by, city.Organisation{ID: o.ID, City: demoCity, Kind: o.Kind, Name: o.Name, Country: "XA"}); err != nil {
			return err
		}
	}
	return rooms.DB.Write(ctx, func(tx database.Tx) error { return recordDemo(ctx, tx, rooms, said) })
}

// demoLocal adds what the invented city measures of its own.
func demoLocal(ctx context.Context, rooms *cli.Rooms, folder fs.FS) (err error) {
	file, err := folder.Open("local.yaml")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	local, err := standard.LoadLocal(file, "local.yaml", rooms.Standard)
	if err != nil {
		return err
	}
	return rooms.City.SetAdditions(ctx, account.Actor{Name: "demo"}, rooms.Standard, city.Additions{Local: local})
}

// demoStatistics imports the invented figures in the same way as any city's.
func demoStatistics(ctx context.Context, rooms *cli.Rooms, folder fs.FS) (err error) {
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
		City: demoCity, Format: statistics.TidyCSV, Files: tables, Name: "demo", Mapping: mapping, MappingName: "mapping.csv",
		Actor: "demo", Reason: "first filling of the demo",
	})
	if err == nil && report.Errors() > 0 {
		err = fmt.Errorf("the invented statistics have %d errors", report.Errors())
	}
	return err
}

// recordDemo opens a cycle, records the answers and brings the cycle to its publication.
func recordDemo(ctx context.Context, tx database.Tx, rooms *cli.Rooms, said demoAnswers) error {
	cycle := assessment.Cycle{City: demoCity, Period: said.Period, Standard: rooms.Standard.Ref(), Profile: "full"}
	if err := rooms.Assessment.Start(ctx, tx, cycle); err != nil {
		return err
	}
	if err := rooms.Assessment.Advance(ctx, tx, demoCity, said.Period, assessment.Open); err != nil {
		return err
	}
	for _, a := range said.Answers {
		answer := assessment.Answer{
			Requirement: a.Requirement, Organisation: a.Organisation, Grade: a.Grade, Value: a.Value, Share: a.Share,
			Reasons: a.Reasons, Language: "en", Evidence: a.Evidence,
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
				return fmt.Errorf("demo: %s of %s is neither yes, no nor a number", id, a.Requirement)
			}
			answer.Indicators = append(answer.Indicators, one)
		}
		if err := rooms.Assessment.Record(ctx, tx, demoCity, said.Period, answer); err != nil {
			return fmt.Errorf("demo answer to %s: %w", a.Requirement, err)
		}
	}
	for _, state := range []assessment.State{assessment.Review, assessment.Reply, assessment.Validated, assessment.Published} {
		if err := rooms.Assessment.Advance(ctx, tx, demoCity, said.Period, state); err != nil {
			return err
		}
	}
	return nil
}

// demoSettings lets the demo write its letters into a folder, and call itself one.
func demoSettings(ctx context.Context, rooms *cli.Rooms) error {
	v, err := rooms.Settings.Current(ctx)
	if err != nil {
		return err
	}
	v.Kept.Name += " demo"
	if err := rooms.Settings.SaveNode(ctx, "", 0, v.Kept); err != nil {
		return err
	}
	v.Mail.Way, v.Mail.Sender = settings.ByFile, "node@arvenholt.example"
	return rooms.Settings.SaveMail(ctx, "", 0, v.Mail, settings.Password{})
}
