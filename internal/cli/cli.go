package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/publication"
	"github.com/cityrights/cityrights/internal/statistics"
	"github.com/cityrights/cityrights/standard"
)

// Node says where a node is kept.
type Node struct {
	Data     string // folder of everything the node keeps
	Database string // sqlite:FILE or postgres://…; empty: inside Data
	Secure   bool   // people reach it by HTTPS
}

// Rooms are an open node.
type Rooms struct {
	DB          *database.DB
	Account     *account.Room
	City        *city.Room
	Statistics  *statistics.Room
	Assessment  *assessment.Room
	Publication *publication.Room
	Standard    *standard.Standard
}

// World is what commands need from outside; the wiring fills it, and so does a test.
type World struct {
	Stdout, Stderr io.Writer
	Stdin          io.Reader
	Terminal       bool // Stderr is a terminal: show progress
	Version        string
	// Open opens a node, makes it where there is none, and must be closed by Rooms.DB.Close.
	Open func(context.Context, Node) (*Rooms, error)
	// Serve runs a node until the context ends.
	Serve func(context.Context, Node, ServeOptions) error
}

// ServeOptions are those of the serve command.
type ServeOptions struct {
	Listen string
	Demo   bool
}

type commands struct {
	Data     string `help:"Folder of everything the node keeps." default:"./data" env:"CITYRIGHTS_DATA" placeholder:"DIR"`
	Database string `help:"sqlite:FILE or postgres://…; by default a file inside the data folder." env:"CITYRIGHTS_DATABASE" placeholder:"URL"`

	Serve    serveCommand    `cmd:"" help:"Run the node."`
	Standard standardCommand `cmd:"" help:"List, show, check and compare standards."`
	City     cityCommand     `cmd:"" help:"Add and list cities."`
	Import   importCommand   `cmd:"" help:"Import what a city already has."`
	Score    scoreCommand    `cmd:"" help:"Print a city's scorecard."`
	User     userCommand     `cmd:"" help:"Add, list, disable and reset people who sign in."`
	Version  versionCommand  `cmd:"" help:"Print the version."`
}

// call is what a command's Run is handed.
type call struct {
	context.Context
	World
	node Node
}

// open opens the node that the flags name.
func (c *call) open() (*Rooms, error) { return c.Open(c.Context, c.node) }

// Main runs the command line and gives the exit status.
func Main(ctx context.Context, w World, args []string) int {
	var cmds commands
	exit := -1
	parser, err := kong.New(&cmds,
		kong.Name("cityrights"),
		kong.Description("Assess how far human rights are kept in a city, publish it, and answer for it."),
		kong.Writers(w.Stdout, w.Stderr),
		kong.Exit(func(status int) { exit = status }),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
	)
	if err != nil {
		panic(err) // the struct above is wrong: a programmer's mistake
	}
	parsed, err := parser.Parse(args)
	if exit >= 0 {
		return exit // --help
	}
	if err != nil {
		fmt.Fprintf(w.Stderr, "cityrights: %v\nTry: cityrights %s --help\n", err, firstWord(args))
		return 2
	}
	err = parsed.Run(&call{Context: ctx, World: w, node: Node{Data: cmds.Data, Database: cmds.Database}})
	if err != nil {
		report(w.Stderr, err)
		return status(err)
	}
	return 0
}

func firstWord(args []string) string {
	for _, a := range args {
		if !strings.HasPrefix(a, "-") {
			return a
		}
	}
	return ""
}

// errFailed ends a command whose errors have been printed already.
var errFailed = errors.New("failed")

// usageError is wrong use: exit status 2.
type usageError struct{ text string }

func (e usageError) Error() string { return e.text }

// report prints each error on a line of its own.
func report(w io.Writer, err error) {
	if errors.Is(err, errFailed) {
		return
	}
	var many interface{ Unwrap() []error }
	if errors.As(err, &many) {
		for _, e := range many.Unwrap() {
			report(w, e)
		}
		return
	}
	fmt.Fprintln(w, "cityrights:", err)
}

// status maps an error to the exit status, as the web maps it to HTTP.
func status(err error) int {
	var wrong usageError
	if errors.As(err, &wrong) {
		return 2
	}
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Invalid && f.Place.Field != "" && f.Place.File == "" {
		return 2 // an argument that cannot be what it says
	}
	return 1
}

// together runs do on an open node and closes it.
func (c *call) together(do func(*Rooms) error) (err error) {
	rooms, err := c.open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rooms.DB.Close()) }()
	return do(rooms)
}
