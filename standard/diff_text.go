package standard

import (
	"bufio"
	"fmt"
	"io"
)

// WriteText writes the diff in English for a terminal: a line per change with its class, what it means for results and whether it lowers a
// minimum; then what follows for the whole and for the version number.
func (d Diff) WriteText(w io.Writer) error {
	out := bufio.NewWriter(w)
	if len(d.Changes) == 0 {
		fmt.Fprintf(out, "%s and %s do not differ.\n", d.From, d.To)
		return out.Flush()
	}
	for _, c := range d.Changes {
		fmt.Fprintf(out, "%s\n    %s; %s%s\n", c.line(), c.Class, c.Effect, c.Lowers.words())
	}
	fmt.Fprintf(out, "\n%s to %s: %d changes, the highest %s. %s\n", d.From, d.To, len(d.Changes), d.Class(), d.Effect().Words())
	switch d.Lowers() {
	case Lowered:
		fmt.Fprintln(out, "A minimum is lowered: that needs three quarters in every chamber and an impact statement.")
	case MayLower:
		fmt.Fprintln(out, "A minimum may be lowered: people must say whether the changes so marked ask less.")
	}
	if !d.Enough() {
		fmt.Fprintf(out, "These changes demand version %s at least.\n", d.Demands())
	}
	return out.Flush()
}

// line says what changed from what to what.
func (c Change) line() string {
	switch c.Operation {
	case Added:
		return fmt.Sprintf("+ %s %s: %s", c.Part, c.ID, c.New)
	case Removed:
		return fmt.Sprintf("- %s %s: %s", c.Part, c.ID, c.Old)
	}
	return fmt.Sprintf("~ %s %s, %s: %s → %s", c.Part, c.ID, c.Field, orNone(c.Old), orNone(c.New))
}

func orNone(text string) string {
	if text == "" {
		return "(none)"
	}
	return text
}

// words gives the end of a line about a change.
func (l Lowering) words() string {
	switch l {
	case Lowered:
		return "; lowers a minimum"
	case MayLower:
		return "; may lower a minimum"
	}
	return ""
}
