package publication

import "github.com/cityrights/cityrights/internal/platform/jsonread"

// readPackedSeries reads the values itself, which are nearly all of a series, and leaves the rest to encoding/json.
func readPackedSeries(r *jsonread.Reader, s *packedSeries) {
	r.Object(func(name string) {
		switch name {
		case "city":
			readHead(r, &s.Head)
		case "indicator":
			s.Indicator = r.String()
		case "unit":
			s.Unit = r.String()
		case "fit":
			s.Fit = r.String()
		case "note":
			s.Note = r.String()
		case "transform":
			s.Transform = r.String()
		case "trend":
			s.Trend = r.String()
		case "hidden":
			s.Hidden = r.Int()
		case "sources":
			r.Value(&s.Sources)
		case "slope":
			r.Value(&s.Slope)
		case "gaps":
			s.Gaps = list(r, readGap)
		case "minimum":
			r.Value(&s.Minimum)
		case "grounds":
			r.Value(&s.Grounds)
		case "revisions":
			r.Value(&s.Revisions)
		case "periods":
			s.Periods = list(r, readPackedPeriod)
		case "headline":
			readPackedPoints(r, &s.Headline)
		case "groups":
			s.Groups = list(r, readPackedGroup)
		default:
			r.Skip()
		}
	})
}

func readPackedPeriod(r *jsonread.Reader, p *packedPeriod) {
	r.Object(func(name string) {
		switch name {
		case "p":
			p.Period = r.String()
		case "s":
			p.Start = r.Int()
		case "e":
			p.End = r.Int()
		default:
			r.Skip()
		}
	})
}

func readPackedGroup(r *jsonread.Reader, g *packedGroup) {
	r.Object(func(name string) {
		switch name {
		case "ground":
			g.Ground = r.String()
		case "dimension":
			g.Dimension = r.String()
		case "name":
			g.Name = r.String()
		case "code":
			g.Code = r.String()
		case "points":
			readPackedPoints(r, &g.Points)
		default:
			r.Skip()
		}
	})
}

func readPackedPoints(r *jsonread.Reader, p *packedPoints) {
	r.Object(func(name string) {
		switch name {
		case "f":
			p.First = r.Int()
		case "p":
			p.Periods = jsonread.List(r, func(at *int) { *at = r.Int() })
		case "v":
			p.Values = jsonread.List(r, func(v *float64) { *v = r.Float() })
		case "n":
			r.Value(&p.Counts)
		case "t":
			r.Value(&p.Status)
		default:
			r.Skip()
		}
	})
}
