package web

import (
	"io"
	"strings"

	"github.com/cityrights/cityrights/standard"
)

type standardView struct {
	Version, Date            string
	Title                    text
	Requirements, Indicators int
	DraftTranslation         bool
	Downloads                []link
	Dimensions               []standardDimension
	Profiles                 []standardProfile
	Rules                    []text
}

type standardDimension struct {
	ID           string
	Title, About text
	Requirements []standardLine
}

type standardLine struct {
	Number, URL    string
	Title, Minimum text
}

type standardProfile struct {
	Name, About              string
	Requirements, Indicators int
}

// standard shows the standard as a whole. The node carries one version in this step; another one in the address is not found.
func (s *Server) standard(q *request) (answer, error) {
	std := s.rooms.Standard
	if v := q.PathValue("version"); v != "" && v != std.Version {
		return answer{}, noStandard(std.ID, v)
	}
	in := std.In(q.locale.Tag)
	v := standardView{
		Version: std.Version, Date: std.Date, Title: q.own(in.Title()), DraftTranslation: in.Draft(),
		Downloads: q.tables("download.standard_csv", q.path("standard")),
	}
	for d := range std.Dimensions {
		dim := &std.Dimensions[d]
		row := standardDimension{ID: dim.ID, Title: q.own(in.Dimension(dim)), About: q.own(in.About(dim))}
		for r := range dim.Requirements {
			req := &dim.Requirements[r]
			texts := in.Requirement(req)
			row.Requirements = append(row.Requirements, standardLine{
				Number: strings.TrimPrefix(req.ID, dim.ID+"."), URL: q.path("standard", std.Version, req.ID),
				Title: q.own(texts.Title), Minimum: q.own(texts.Minimum),
			})
			v.Requirements++
			v.Indicators += len(req.Indicators)
		}
		v.Dimensions = append(v.Dimensions, row)
	}
	for _, p := range std.Profiles {
		size := s.sizes[p.Key]
		v.Profiles = append(v.Profiles, standardProfile{
			Name: q.t("profile." + p.Key), About: q.t("profile." + p.Key + ".about"), Requirements: size.requirements, Indicators: size.indicators,
		})
	}
	for _, r := range std.Rules {
		v.Rules = append(v.Rules, q.original(r.Text))
	}
	here := []string{"standard"}
	return q.page(v.Title.S, here, view{
		Section: "standard", Body: standardPage(q.locale, v),
		Description: q.t("standard.lead", "Requirements", v.Requirements, "Indicators", v.Indicators),
		Crumbs:      q.crumbs(link{Text: q.t("nav.standard")}),
	}), nil
}

// profileSize is how much a profile asks for.
type profileSize struct{ requirements, indicators int }

// profileSizes counts the profiles of a standard, by their keys.
func profileSizes(std *standard.Standard) map[string]profileSize {
	sizes := map[string]profileSize{}
	for _, p := range std.Profiles {
		var size profileSize
		for _, d := range std.Select(p) {
			size.requirements += len(d.Requirements)
			for _, r := range d.Requirements {
				size.indicators += len(r.Indicators)
			}
		}
		sizes[p.Key] = size
	}
	return sizes
}

func (s *Server) standardCSV(q *request) (answer, error) {
	_, kind := tableEnding(q.URL.Path)
	return tableFile(kind, func(w io.Writer) error { return standard.WriteCSV(w, s.rooms.Standard, q.locale.Tag) }, s.rooms.Standard.ID, s.rooms.Standard.Version, q.locale.Tag)
}
