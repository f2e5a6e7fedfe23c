package run

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/api"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/limit"
	"github.com/cityrights/cityrights/internal/platform/locale"
	"github.com/cityrights/cityrights/internal/publication"
	"github.com/cityrights/cityrights/internal/statistics"
	"github.com/cityrights/cityrights/internal/web"
	"github.com/cityrights/cityrights/standard"
	"github.com/cityrights/cityrights/standards"
)

// spoken are the languages of the interface. They are read once, when something is first said.
var spoken = sync.OnceValues(locale.Load)

// shipped is the standard that a new assessment uses. It is read once.
var shipped = sync.OnceValues(func() (*standard.Standard, error) { return standards.Load("hrc-ms") })

// Open opens a node, and makes it where there is none: its folder, readable by its owner only, and its database with all tables. Where it
// must be Existing and is not, Open returns NotFound and makes nothing. Public documents that another year, standard or program made are
// made anew. The caller closes Rooms.DB.
func Open(ctx context.Context, n cli.Node) (*cli.Rooms, error) {
	loaded := make(chan error, 1)
	go func() { // the standard is read while the database opens
		_, err := shipped()
		loaded <- err
	}()
	db, err := openDatabase(ctx, n)
	if err != nil {
		return nil, err
	}
	if err := <-loaded; err != nil {
		_ = db.Close()
		return nil, err
	}
	std, _ := shipped()
	rooms := join(db, std, n)
	if err := rooms.Publication.RefreshStale(ctx); err != nil { // a city that fails must not keep the node closed
		slog.ErrorContext(ctx, "some public documents stay as an earlier program made them", "error", err)
	}
	return rooms, nil
}

// address gives where the database of a node is, in its folder where the node names no other, and what to call that place: an address of
// PostgreSQL may hold a password.
func address(n cli.Node) (url, place string) {
	if n.Database == "" {
		return "sqlite:" + filepath.Join(n.Data, "cityrights.sqlite"), n.Data
	}
	if file, ok := strings.CutPrefix(n.Database, "sqlite:"); ok {
		return n.Database, file
	}
	return n.Database, "this database"
}

// openDatabase opens the database of a node.
func openDatabase(ctx context.Context, n cli.Node) (*database.DB, error) {
	if n.Existing {
		return found(n, func(url string) (*database.DB, error) {
			return database.Find(ctx, url, database.Snapshots(n.Snapshots))
		})
	}
	if err := os.MkdirAll(n.Data, 0o700); err != nil {
		return nil, fmt.Errorf("the data folder: %w", err)
	}
	url, _ := address(n)
	return database.Open(ctx, url, database.Snapshots(n.Snapshots))
}

// join makes the rooms. What one room must tell another to its right goes through a field that is set here.
func join(db *database.DB, std *standard.Standard, n cli.Node) *cli.Rooms {
	rooms := &cli.Rooms{DB: db, Standard: std, Account: account.New(db, account.Options{Secure: n.Secure}), City: city.New(db)}
	joinNotice(rooms, n.Data)
	rooms.Statistics = statistics.New(db, std)
	rooms.Statistics.City = func(ctx context.Context, tx database.Tx, id string) error {
		_, err := rooms.City.Get(ctx, tx, id)
		return err
	}
	rooms.Statistics.Places = func(ctx context.Context, tx database.Tx) (all []statistics.Known, err error) {
		cities, err := rooms.City.List(ctx, tx)
		for _, c := range cities {
			for source, code := range c.Place {
				all = append(all, statistics.Known{City: c.ID, Source: source, Code: code})
			}
		}
		return all, err
	}
	rooms.Statistics.Population = func(ctx context.Context, tx database.Tx, id string) (statistics.Population, error) {
		c, err := rooms.City.Get(ctx, tx, id)
		if err != nil || c.Population == nil {
			return statistics.Population{}, err
		}
		return statistics.Population{Number: *c.Population, Year: c.PopulationYear, Source: c.PopulationSource}, nil
	}
	rooms.Statistics.Own = func(ctx context.Context, tx database.Tx, id string, std *standard.Standard) (*standard.Standard, error) {
		own, err := rooms.City.Additions(ctx, tx, id)
		return own.Under(std), err
	}
	rooms.City.Trail, rooms.Statistics.Trail = rooms.Account.Note, rooms.Account.Note
	rooms.Assessment = assessment.New(db, rooms.City, rooms.Statistics, std)
	rooms.Assessment.Able, rooms.Assessment.Trail, rooms.Assessment.Accounts = rooms.Account.Able, rooms.Account.Note, rooms.Account
	rooms.Assessment.Invited = invited(rooms)
	rooms.Account.Asked = rooms.Assessment.Asked
	rooms.Notice.Tasks = tasksOf(rooms)
	rooms.City.Holds = append(rooms.City.Holds, rooms.Statistics.HoldsCity, rooms.Assessment.HoldsCity, rooms.Account.HoldsCity)
	rooms.Publication = publication.New(db, rooms.City, rooms.Statistics, rooms.Assessment)
	rooms.City.Changed = rooms.Publication.Refresh
	rooms.Statistics.Changed = rooms.Publication.Refresh
	rooms.Statistics.ChangedMany = rooms.Publication.Postpone
	rooms.Assessment.Changed = rooms.Publication.Refresh
	return rooms
}

// Handler builds the doors of an open node; data is its folder. Whoever serves them for long calls Tend beside it.
func Handler(rooms *cli.Rooms, node web.Node, data string, log *slog.Logger) (*Front, error) {
	locales, err := spoken()
	if err != nil {
		return nil, err
	}
	return handlerIn(locales, rooms, node, data, log), nil
}

// handlerIn is Handler with the languages of the interface.
func handlerIn(locales *locale.Set, rooms *cli.Rooms, node web.Node, data string, log *slog.Logger) *Front {
	limits := limit.New(nil)
	programs := api.New(api.Rooms{
		Publication: rooms.Publication, Standards: []*standard.Standard{rooms.Standard}, Version: rooms.DB.Version,
		Account: rooms.Account, Statistics: rooms.Statistics, Assessment: rooms.Assessment, View: rooms.DB.Read, Limits: limits, Proxies: node.Proxies,
	}, node.Secure, log)
	return &Front{programs: programs, Server: web.New(node, web.Rooms{
		Account: rooms.Account, Notice: rooms.Notice, Settings: rooms.Settings, City: rooms.City, Statistics: rooms.Statistics, Assessment: rooms.Assessment,
		Publication: rooms.Publication,
		Standard:    rooms.Standard, View: rooms.DB.Read, Version: rooms.DB.Version, Uploads: filepath.Join(data, "uploads"), Files: filesIn(data),
		Limits: limits, Ready: func(ctx context.Context) error { return ready(ctx, rooms) },
	}, locales, log)}
}
