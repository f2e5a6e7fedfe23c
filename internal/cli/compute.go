package cli

import "fmt"

// computeCommand groups the methods that work on any tables: none of them touches a node.
//
// What they share stands in the files compute_*.go: printing numbers and tables (compute_write.go), writing results into a folder all at once
// (compute_out.go, compute_json.go), progress (call.progress).
type computeCommand struct {
	Opinion computeOpinion `cmd:"" help:"Map who votes alike, what groups stand for, and what all share."`
	Ballot  computeBallot  `cmd:"" help:"Decide a ballot of the four chambers."`
}

// Help shows an example.
func (computeCommand) Help() string {
	return example("cityrights compute opinion --votes votes.csv --out results",
		"Tables are CSV in UTF-8 with a header. Numbers are printed so that they read back the same.",
		"docs/methods explains each method with an example.")
}

// progress gives a function that shows how far a job is, on a terminal only, and one that clears what stands there. The first one ends the job
// when the program is told to stop.
func (c *call) progress(total int, what string) (show func(done int) error, end func()) {
	shown := -1
	show = func(done int) error {
		if part := 100 * done / max(total, 1); c.Terminal && part != shown {
			shown = part
			fmt.Fprintf(c.Stderr, "\r\x1b[K%d of %d %s", done, total, what)
		}
		return c.Err()
	}
	end = func() {
		if c.Terminal {
			fmt.Fprint(c.Stderr, "\r\x1b[K")
		}
	}
	return show, end
}
