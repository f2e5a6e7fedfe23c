package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/notice"
	"github.com/cityrights/cityrights/internal/platform/backup"
	"github.com/cityrights/cityrights/internal/platform/checkup"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/jobs"
	"github.com/cityrights/cityrights/internal/platform/limit"
	"github.com/cityrights/cityrights/internal/platform/settings"
	"github.com/cityrights/cityrights/internal/publication"
	"github.com/cityrights/cityrights/internal/statistics"
	"github.com/cityrights/cityrights/standard"
)

// Node says where a node is kept.
type Node struct {
	Data     string // folder of everything the node keeps
	Database string // sqlite:FILE or postgres://…; empty: inside Data
	Secure   bool   // people reach it by HTTPS
	Existing bool   // it must be there: none is made

	Snapshots string // folder for snapshots before an upgrade; empty: beside a SQLite database, and none of PostgreSQL
}

// Rooms are an open node.
type Rooms struct {
	DB          *database.DB
	Account     *account.Room
	City        *city.Room
	Statistics  *statistics.Room
	Assessment  *assessment.Room
	Publication *publication.Room
	Notice      *notice.Room
	Settings    *settings.Store
	Jobs        *jobs.Queue
	Standard    *standard.Standard
}

// World is what commands need from outside; the wiring fills it, and so does a test.
type World struct {
	Stdout, Stderr io.Writer
	Stdin          io.Reader
	Terminal       bool   // Stderr is a terminal: show progress
	Program        string // as a person types it to call the program again; empty: cityrights
	Version        string
	// Open opens a node, makes it where there is none and it need not be Existing, and must be closed by Rooms.DB.Close.
	Open func(context.Context, Node) (*Rooms, error)
	// Serve runs a node until the context ends.
	Serve func(context.Context, Node, ServeOptions) error
	// Work does what waits to be done on a node that is there, until the context ends.
	Work func(context.Context, Node, WorkOptions) error
	// Backup makes a backup of a node that is there and may be running, in a file, and notes it in the trail.
	Backup func(ctx context.Context, n Node, file string, o backup.Options) (*backup.Manifest, error)
	// Restore makes a node, where there is none, from a backup, and notes it in the trail.
	Restore func(ctx context.Context, n Node, file string, progress func(doing string, done float64)) (*backup.Manifest, error)
	// Health returns an error where no node answers at HOST:PORT.
	Health func(ctx context.Context, address string) error
	// Doctor looks at a node that is there and changes nothing.
	Doctor func(context.Context, Node) []checkup.Finding
}

// ServeOptions are those of the serve command.
type ServeOptions struct {
	Listen string
	Demo   bool
	// What is given here stands above the settings.
	Name     string // of the network or city, at the head of every page
	Operator string // who is answerable for the node
	Address  string // at which people reach it
	// SecurityContact is where to report a vulnerability, as a URI.
	SecurityContact string
	Proxies         limit.Proxies // those in front of the node
}

// WorkOptions are those of the worker command.
type WorkOptions struct {
	Address string // at which people reach the node; it stands above the settings
}

// nodeFlags say where a node is kept. Each command, or group of commands, that touches a node has them; the groups that touch none, such as
// compute, are free to call something else --data.
type nodeFlags struct {
	Data      string `help:"Folder of everything the node keeps, ${default} if not given." default:"./data" placeholder:"DIR"`
	Database  string `help:"sqlite:FILE or postgres://…; by default a file inside the data folder." placeholder:"URL"`
	Snapshots string `help:"Folder for the snapshot that is made before a newer program changes the tables; by default beside a SQLite database. Of PostgreSQL one is made only where this is given." type:"path" placeholder:"DIR"`
}

// AfterApply notes the node that the command is about.
func (f *nodeFlags) AfterApply(n *Node) error {
	n.Data, n.Database, n.Snapshots = f.Data, f.Database, f.Snapshots
	return nil
}

type commands struct {
	node    Node      // filled by nodeFlags
	results overwrite // filled by forceFlag

	Serve    serveCommand    `cmd:"" help:"Run the node."`
	Worker   workerCommand   `cmd:"" help:"Send letters and do other work in the background, on a further machine."`
	Backup   backupCommand   `cmd:"" help:"Keep the whole node in one file, while it runs."`
	Restore  restoreCommand  `cmd:"" help:"Make a node from a backup."`
	Health   healthCommand   `cmd:"" help:"Ask the node on this machine whether it answers."`
	Doctor   doctorCommand   `cmd:"" help:"Look whether the node is sound, and say what to do."`
	Standard standardCommand `cmd:"" help:"List, show, check and compare standards."`
	City     cityCommand     `cmd:"" help:"Add, list and remove cities, and set what they measure of their own."`
	Cycle    cycleCommand    `cmd:"" help:"Open, list and close assessments."`
	Import   importCommand   `cmd:"" help:"Import what a city already has."`
	Score    scoreCommand    `cmd:"" help:"Print a city's scorecard."`
	Compute  computeCommand  `cmd:"" help:"Apply the methods to tables of your own."`
	User     userCommand     `cmd:"" help:"Add, list, disable and reset people who sign in."`
	Version  versionCommand  `cmd:"" help:"Print the version."`
}

// call is what a command's Run is handed.
type call struct {
	context.Context
	World
	node    Node
	results overwrite
}

// errNoData is the answer to a variable that was meant to hold a folder and is empty.
var errNoData = usageError{"--data: name a folder; the flag or $CITYRIGHTS_DATA is empty"}

// open opens the node that the flags name.
func (c *call) open() (*Rooms, error) {
	if c.node.Data == "" {
		return nil, errNoData
	}
	return c.Open(c.Context, c.node)
}

// Main runs the command line and gives the exit status.
func Main(ctx context.Context, w World, args []string) int {
	var cmds commands
	w.Program = cmp.Or(w.Program, "cityrights")
	exit := -1
	parser := newParser(&cmds, w, func(status int) { exit = status })
	parsed, err := parser.Parse(args)
	if exit >= 0 {
		return exit // --help
	}
	if err != nil {
		report(w.Stderr, err)
		fmt.Fprintf(w.Stderr, "Try: %s --help\n", strings.Join(append([]string{w.Program}, reached(err)...), " "))
		return 2
	}
	cmds.results.inputs = inputsOf(parsed)
	err = parsed.Run(&call{Context: ctx, World: w, node: cmds.node, results: cmds.results})
	if err != nil {
		if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
			err = errors.New("stopped before it was done")
		}
		report(w.Stderr, err)
		return status(err)
	}
	return 0
}

// newParser reads a command line into cmds. Each flag can also be given as the environment variable CITYRIGHTS_ and its name.
func newParser(cmds *commands, w World, exit func(int)) *kong.Kong {
	parser, err := kong.New(cmds,
		kong.Name("cityrights"),
		kong.Description("Assess how far human rights are kept in a city, publish it, and answer for it.\n\n"+
			example("cityrights serve --demo", "A node with an invented city, to look around.",
				"Commands that touch a node take --data and --database, or $CITYRIGHTS_DATA and $CITYRIGHTS_DATABASE.")),
		kong.Writers(w.Stdout, w.Stderr),
		kong.Exit(exit),
		kong.DefaultEnvars("CITYRIGHTS"),
		kong.Bind(&cmds.node, &cmds.results),
		kong.NamedMapper("path", kong.MapperFunc(asTyped)),
		kong.Vars{"roles": roles(), "listen": defaultListen},
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
	)
	if err != nil {
		panic(err) // the commands are declared wrongly: a programmer's mistake
	}
	return parser
}

// reached names the command that a wrong command line got to.
func reached(err error) (names []string) {
	var wrong *kong.ParseError
	if !errors.As(err, &wrong) || wrong.Context == nil {
		return nil
	}
	for _, step := range wrong.Context.Path {
		if step.Command != nil {
			names = append(names, step.Command.Name)
		}
	}
	return names
}

// example is the text of a command's help: a command line that can be copied, and what there is to know about it.
func example(line string, about ...string) string {
	return "Example:\n\n    " + line + "\n\n" + strings.Join(about, "\n\n")
}

// together runs do on the node that is there, and closes it: a name that is mistyped makes no second one.
func (c *call) together(do func(*Rooms) error) error {
	c.node.Existing = true
	return c.founding(do)
}

// founding runs do on a node that is made where there is none, and closes it.
func (c *call) founding(do func(*Rooms) error) (err error) {
	rooms, err := c.open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rooms.DB.Close()) }()
	return c.suggesting(rooms, do(rooms))
}
