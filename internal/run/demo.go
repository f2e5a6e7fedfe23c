package run

import (
	"context"
	"crypto/rand"
	"embed"
	"fmt"
	"io"
	"io/fs"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/platform/settings"
)

// demoFiles are what is said of cities that do not exist: a folder for each.
//
//go:embed demo
var demoFiles embed.FS

// DemoCities are the invented cities in the order in which they are added; the first has the most to look at.
var DemoCities = []string{"arvenholt", "brumecourt", "kessary", "lindenquell", "puerto-velmar", "wadi-uqhuwan"}

const (
	demoBy          = "demo"
	demoNetwork     = "invented-cities"
	demoReason      = "first filling of the demo"
	demoNetworkName = "Network of Invented Cities"
)

// demoPeople may sign in to a demo, all with one password. They are parts to play, not persons.
var demoPeople = []struct {
	email, name, language string
	role                  account.Role
	in                    account.Resource
}{
	{"demo@arvenholt.example", "Demo Officer", "en", account.RoleAdministrator, account.Resource{Kind: "node"}},
	{"officer@arvenholt.example", "Demo City Officer", "en", account.RoleCoordinator, account.Resource{Kind: "city", City: "arvenholt"}},
	{"housing@arvenholt.example", "Demo Housing Department", "en", account.RoleFocalPoint, account.Resource{Kind: "organisation", City: "arvenholt", Organisation: "arvenholt-council"}},
	{"union@arvenholt.example", "Demo Tenants' Union", "en", account.RoleContributor, account.Resource{Kind: "organisation", City: "arvenholt", Organisation: "tenants-union-arvenholt", Independent: true}},
	{"oficina@velmar.example", "Oficina de Demostración", "es", account.RoleCoordinator, account.Resource{Kind: "city", City: "puerto-velmar"}},
	{"amt@lindenquell.example", "Beispielamt", "de", account.RoleCoordinator, account.Resource{Kind: "city", City: "lindenquell"}},
	{"maktab@uqhuwan.example", "مكتب للتجربة", "ar", account.RoleCoordinator, account.Resource{Kind: "city", City: "wadi-uqhuwan"}},
}

// demoCity is the form of demo/CITY/city.yaml.
type demoCity struct {
	Name, Country, Since, About string
	Population                  int64
	PopulationYear              int `yaml:"population_year"`
	Languages                   []string
	Latitude, Longitude         float64
	Organisations               []struct {
		ID, Name string
		Kind     city.OrganisationKind
	}
	Cycles []struct {
		Period, Profile string
		State           assessment.State
	}
}

// offerDemo fills an empty node with the invented cities and says how to sign in; address is the node's. A node that has a city already is left as it is.
func offerDemo(ctx context.Context, rooms *cli.Rooms, data, address string, out io.Writer) error {
	cities, err := rooms.City.All(ctx)
	if err != nil {
		return err
	}
	if len(cities) > 0 {
		fmt.Fprintf(out, "This node has a city already, so no invented one was added. To sign in again where the demo was filled before:\n"+
			"%s user reset %s --data %s --address %s\n", program(), demoPeople[0].email, data, address)
		return nil
	}
	if err := FillDemo(ctx, rooms, DemoCities...); err != nil {
		return fmt.Errorf("fill the demo: %w", err)
	}
	password := rand.Text()[:12]
	people := map[string]string{}
	for _, p := range demoPeople {
		person, err := rooms.Account.Add(ctx, account.Operator(), account.Person{Email: p.email, Name: p.name, Language: p.language}, password)
		if err != nil {
			return err
		}
		if err := rooms.Account.Grant(ctx, account.Operator(), person.ID, account.Granted{Role: p.role, Scope: scopeOf(p.in)}, p.in); err != nil {
			return err
		}
		people[p.email] = person.ID
	}
	if err := shareOutDemo(ctx, rooms, people); err != nil {
		return err
	}
	fmt.Fprintf(out, "Filled with %d invented cities. To sign in: %s, password %s (shown only now)\n", len(DemoCities), demoPeople[0].email, password)
	fmt.Fprintln(out, "With the same password, to see the node as others do:")
	for _, p := range demoPeople[1:] {
		fmt.Fprintf(out, "  %-26s %s, %s\n", p.email, p.role, scopeOf(p.in))
	}
	if err := demoSettings(ctx, rooms); err != nil {
		return err
	}
	return nil
}

// scopeOf is the scope that names a resource.
func scopeOf(r account.Resource) account.Scope {
	switch {
	case r.Organisation != "":
		return account.InOrganisation(r.Organisation)
	case r.City != "":
		return account.InCity(r.City)
	}
	return account.Node
}

// FillDemo adds invented cities, of DemoCities, with their organisations, statistics and assessments, and the network that they belong to.
func FillDemo(ctx context.Context, rooms *cli.Rooms, cities ...string) error {
	network := city.Organisation{ID: demoNetwork, Kind: city.Network, Name: demoNetworkName}
	if err := rooms.City.AddOrganisation(ctx, demoBy, network); err != nil {
		return err
	}
	for _, id := range cities {
		if !slices.Contains(DemoCities, id) {
			return fmt.Errorf("%s is no city of the demo", id)
		}
		if err := fillDemoCity(ctx, rooms, id); err != nil {
			return fmt.Errorf("%s: %w", id, err)
		}
	}
	return nil
}

func fillDemoCity(ctx context.Context, rooms *cli.Rooms, id string) error {
	folder, err := fs.Sub(demoFiles, "demo/"+id)
	if err != nil {
		return err
	}
	var c demoCity
	if err := readDemo(folder, "city.yaml", &c); err != nil {
		return err
	}
	err = rooms.City.Add(ctx, demoBy, city.City{
		ID: id, Name: c.Name, Country: c.Country, Population: &c.Population, PopulationYear: c.PopulationYear, Languages: c.Languages,
		Latitude: &c.Latitude, Longitude: &c.Longitude, Since: c.Since, Fictional: true, About: c.About,
	})
	if err != nil {
		return err
	}
	if err := demoLocal(ctx, rooms, folder); err != nil {
		return err
	}
	if err := demoStatistics(ctx, rooms, id, folder); err != nil {
		return err
	}
	for _, o := range c.Organisations {
		if err := rooms.City.AddOrganisation(ctx, demoBy, city.Organisation{ID: o.ID, City: id, Kind: o.Kind, Name: o.Name, Country: c.Country}); err != nil {
			return err
		}
	}
	if err := rooms.City.Join(ctx, demoBy, id, demoNetwork); err != nil {
		return err
	}
	for _, cycle := range c.Cycles {
		var said demoAnswers
		if err := readDemo(folder, "answers-"+cycle.Period+".yaml", &said); err != nil {
			return err
		}
		kept := assessment.Cycle{City: id, Period: cycle.Period, Standard: rooms.Standard.Ref(), Profile: cycle.Profile, State: cycle.State}
		if err := recordDemo(ctx, rooms, kept, c.Languages[0], said); err != nil {
			return fmt.Errorf("%s: %w", cycle.Period, err)
		}
	}
	return nil
}

func readDemo(folder fs.FS, name string, into any) error {
	data, err := fs.ReadFile(folder, name)
	if err != nil {
		return err
	}
	if err := yaml.Unmarshal(data, into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
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
