package publication

import (
	"github.com/cityrights/cityrights/internal/platform/jsonread"
	"github.com/cityrights/cityrights/measure/scorecard"
)

// readNumber reads a number, true, false or null.
func readNumber(r *jsonread.Reader) *scorecard.Number {
	switch {
	case r.Null():
		return nil
	case r.AtBool():
		return scorecard.YesNo(r.Bool())
	}
	return scorecard.Numeric(r.Float())
}

func readCounts(r *jsonread.Reader, c *scorecard.Counts) {
	r.Object(func(name string) {
		switch name {
		case "met":
			c.Met = r.Int()
		case "partly":
			c.Partly = r.Int()
		case "not_met":
			c.NotMet = r.Int()
		case "disputed":
			c.Disputed = r.Int()
		case "unknown":
			c.Unknown = r.Int()
		case "outside":
			c.Outside = r.Int()
		default:
			r.Skip()
		}
	})
}

func readGap(r *jsonread.Reader, g *scorecard.Gap) {
	r.Object(func(name string) {
		switch name {
		case "dimension":
			g.Dimension = r.String()
		case "period":
			g.Period = r.String()
		case "lowest":
			readGroup(r, &g.Lowest)
		case "highest":
			readGroup(r, &g.Highest)
		case "size":
			g.Size = r.Float()
		default:
			r.Skip()
		}
	})
}

func readGroup(r *jsonread.Reader, g *scorecard.Group) {
	r.Object(func(name string) {
		switch name {
		case "dimension":
			g.Dimension = r.String()
		case "group":
			g.Group = r.String()
		case "value":
			g.Value = r.Float()
		case "period":
			g.Period = r.String()
		default:
			r.Skip()
		}
	})
}
