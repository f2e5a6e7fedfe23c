package publication

import (
	"github.com/cityrights/cityrights/internal/platform/jsonread"
	"github.com/cityrights/cityrights/measure/scorecard"
)

// Pages spend most of their time reading documents, so those with many members are read by the functions of these files, not by
// reflection. decode_test.go holds that they read what encoding/json reads, field by field.

// decoded reads a whole document.
func decoded[T any](text string, read func(*jsonread.Reader, *T)) (document T, err error) {
	r := jsonread.New(text)
	read(r, &document)
	return document, r.End()
}

// list reads an array of objects.
func list[T any](r *jsonread.Reader, read func(*jsonread.Reader, *T)) []T {
	return jsonread.List(r, func(one *T) { read(r, one) })
}

// optional reads an object that may be null.
func optional[T any](r *jsonread.Reader, read func(*jsonread.Reader, *T)) *T {
	return jsonread.Optional(r, func() (one T) {
		read(r, &one)
		return one
	})
}

func readHead(r *jsonread.Reader, h *Head) {
	r.Object(func(name string) { h.field(r, name) })
}

// field reads a field of a head, or skips one that is not.
func (h *Head) field(r *jsonread.Reader, name string) {
	switch name {
	case "id":
		h.ID = r.String()
	case "name":
		h.Name = r.String()
	case "country":
		h.Country = r.String()
	case "fictional":
		h.Fictional = r.Bool()
	default:
		r.Skip()
	}
}

func readPeriod(r *jsonread.Reader, p *Period) {
	r.Object(func(name string) { p.field(r, name) })
}

func (p *Period) field(r *jsonread.Reader, name string) {
	switch name {
	case "period":
		p.Period = r.String()
	case "state":
		p.State = r.String()
	case "standard":
		p.Standard = r.String()
	case "profile":
		p.Profile = r.String()
	default:
		r.Skip()
	}
}

func readCity(r *jsonread.Reader, c *City) {
	r.Object(func(name string) {
		switch name {
		case "population":
			c.Population = jsonread.Optional(r, r.Int64)
		case "population_year":
			c.PopulationYear = r.Int()
		case "languages":
			c.Languages = r.Strings()
		case "latitude":
			c.Latitude = jsonread.Optional(r, r.Float)
		case "longitude":
			c.Longitude = jsonread.Optional(r, r.Float)
		case "since":
			c.Since = r.String()
		case "about":
			c.About = r.String()
		case "about_language":
			c.AboutLanguage = r.String()
		case "periods":
			c.Periods = list(r, readPeriod)
		case "newest":
			c.Newest = optional(r, readSummary)
		case "changed":
			c.Changed = r.Int64()
		default:
			c.Head.field(r, name)
		}
	})
}

func readSummary(r *jsonread.Reader, s *Summary) {
	r.Object(func(name string) {
		switch name {
		case "dimensions":
			s.Dimensions = list(r, readDimensionSummary)
		case "figures":
			s.Figures = list(r, readFigure)
		case "asked":
			s.Asked = r.Int()
		case "missing":
			s.Missing = r.Int()
		default:
			s.Period.field(r, name)
		}
	})
}

func readDimensionSummary(r *jsonread.Reader, d *DimensionSummary) {
	r.Object(func(name string) {
		switch name {
		case "id":
			d.ID = r.String()
		case "counts":
			readCounts(r, &d.Counts)
		case "weakest":
			d.Weakest = jsonread.Optional(r, r.String)
		case "requirements":
			d.Requirements = list(r, readRequirementState)
		case "with_figures":
			d.WithFigures = r.Int()
		default:
			r.Skip()
		}
	})
}

func readRequirementState(r *jsonread.Reader, s *RequirementState) {
	r.Object(func(name string) {
		switch name {
		case "id":
			s.ID = r.String()
		case "state":
			s.State = scorecard.State(r.String())
		default:
			r.Skip()
		}
	})
}

func readFigure(r *jsonread.Reader, f *Figure) {
	r.Object(func(name string) {
		switch name {
		case "indicator":
			f.Indicator = r.String()
		case "value":
			f.Value = readNumber(r)
		case "unit":
			f.Unit = r.String()
		case "period":
			f.Period = r.String()
		case "fit":
			f.Fit = r.String()
		case "gap":
			f.Gap = optional(r, readGap)
		case "trend":
			f.Trend = r.String()
		default:
			r.Skip()
		}
	})
}
