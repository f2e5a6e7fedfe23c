package cli

import "fmt"

// computeCommand groups the methods that work on any tables: none of them touches a node, so none takes --database, and --data is a table.
//
// What they share stands in the files compute_*.go: reading a table (computeTable), printing numbers and tables (compute_write.go), writing
// results into a folder all at once (compute_out.go), progress (call.progress).
type computeCommand struct {
	Index       computeIndex       `cmd:"" help:"Build a composite index, with every step on the way."`
	Uncertainty computeUncertainty `cmd:"" help:"Repeat an index with other choices, and say how far its ranks move."`
	Sensitivity computeSensitivity `cmd:"" help:"Say which choice moves the ranks of an index most."`
	Trend       computeTrend       `cmd:"" help:"Say of each series whether it gets better or worse."`
	Feasible    computeFeasible    `cmd:"" help:"Score what was achieved against what was feasible."`
	Weights     computeWeights     `cmd:"" help:"Make a survey's weights add up to what is known of the population."`
	Estimate    computeEstimate    `cmd:"" help:"Estimate from a survey, with standard errors and intervals."`
	Agreement   computeAgreement   `cmd:"" help:"Say how far raters agree, over all and within each group."`
	Raters      computeRaters      `cmd:"" help:"Say where units stand by all raters together, and how groups of raters differ."`
	Inequality  computeInequality  `cmd:"" help:"Say how unequal indicators are between subgroups of the population."`
	Opinion     computeOpinion     `cmd:"" help:"Map who votes alike, what groups stand for, and what all share."`
	Ballot      computeBallot      `cmd:"" help:"Decide a ballot of the four chambers."`
	Suppress    computeSuppress    `cmd:"" help:"Hide counts that are too small, and what would give them away."`
}

// Help shows an example.
func (computeCommand) Help() string {
	return example("cityrights compute index --data iData.csv --meta iMeta.csv --out results",
		"Tables are CSV in UTF-8 with a header. NA and an empty cell are missing. Numbers are printed so that they read back the same.",
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
