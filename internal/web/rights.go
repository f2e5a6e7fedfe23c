package web

import (
	"cmp"
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/standard"
)

type rightsView struct {
	Downloads []link
	Issuers   []issuer
}

type issuer struct {
	Name        string
	Instruments []instrumentLine
}

type instrumentLine struct {
	Name, URL              string
	Year                   int
	Requirements, Articles int
}

// rights lists the instruments, by issuer in the order of the catalogue.
func (s *Server) rights(q *request) (answer, error) {
	std := s.rooms.Standard
	uses := requirementsByArticle(std)
	v := rightsView{Downloads: q.tables("download.rights_csv", q.path("rights"))}
	at := map[string]int{}
	for _, in := range std.Catalogue.Instruments {
		name := in.Issuer
		if name == "" {
			name = q.t("rights.issuer.other")
		} else if said, ok := q.locale.Say("issuer." + in.Issuer); ok {
			name = said
		}
		if _, has := at[name]; !has {
			at[name] = len(v.Issuers)
			v.Issuers = append(v.Issuers, issuer{Name: name})
		}
		requirements := map[string]bool{}
		for _, a := range in.Articles {
			for _, r := range uses[standard.Link{Instrument: in.Key, Article: a.Number}] {
				requirements[r.ID] = true
			}
		}
		group := &v.Issuers[at[name]]
		group.Instruments = append(group.Instruments, instrumentLine{
			Name: in.Name, URL: q.path("rights", in.Key), Year: in.Year, Requirements: len(requirements), Articles: len(in.Articles),
		})
	}
	return q.page(q.t("rights.title"), []string{"rights"}, view{
		Section: "rights", Body: rightsPage(q.locale, v), Description: q.t("rights.lead"), Crumbs: q.crumbs(link{Text: q.t("nav.rights")}),
	}), nil
}

// requirementsByArticle turns the links of a standard round.
func requirementsByArticle(std *standard.Standard) map[standard.Link][]*standard.Requirement {
	uses := map[standard.Link][]*standard.Requirement{}
	for d := range std.Dimensions {
		for r := range std.Dimensions[d].Requirements {
			req := &std.Dimensions[d].Requirements[r]
			for _, l := range req.Links {
				uses[l] = append(uses[l], req)
			}
		}
	}
	return uses
}

// inOrder sorts articles by their numbers where all of them have one, a goal before its targets: 1, 1.1, 1.2, 1.a, 2. Others keep the order
// of the catalogue.
func inOrder(articles []standard.Article) []standard.Article {
	for _, a := range articles {
		if _, err := strconv.Atoi(goal(a.Number)); err != nil {
			return articles
		}
	}
	sorted := slices.Clone(articles)
	slices.SortStableFunc(sorted, func(a, b standard.Article) int {
		as, bs := strings.Split(a.Number, "."), strings.Split(b.Number, ".")
		return slices.CompareFunc(as, bs, func(x, y string) int {
			m, noM := strconv.Atoi(x)
			n, noN := strconv.Atoi(y)
			switch {
			case noM == nil && noN == nil:
				return cmp.Compare(m, n)
			case noM == nil:
				return -1
			case noN == nil:
				return 1
			}
			return strings.Compare(x, y)
		})
	})
	return sorted
}

// goal is the part of a number before its first point.
func goal(number string) string {
	first, _, _ := strings.Cut(number, ".")
	return first
}

type instrumentView struct {
	Key, Issuer, Name string
	Year              int
	Downloads         []link
	Articles          []articleLine
}

type articleLine struct {
	Number, Title string
	Unsure        bool
	Requirements  []articleUse
}

type articleUse struct{ ID, Title, URL string }

// instrument shows the articles of one text and which requirements build on them.
func (s *Server) instrument(q *request) (answer, error) {
	std := s.rooms.Standard
	in, ok := std.Catalogue.Instrument(q.PathValue("instrument"))
	if !ok {
		return answer{}, fault.Said(fault.NotFound, "error.rights.instrument", "the catalogue has no instrument {Instrument}", "Instrument", q.PathValue("instrument"))
	}
	reader, uses := std.In(q.locale.Tag), requirementsByArticle(std)
	v := instrumentView{
		Key: in.Key, Issuer: in.Issuer, Name: in.Name, Year: in.Year,
		Downloads: q.tables("download.rights_csv", q.path("rights")),
	}
	for _, a := range inOrder(in.Articles) {
		line := articleLine{Number: a.Number, Title: a.Title, Unsure: a.Check == standard.Unsure}
		for _, r := range uses[standard.Link{Instrument: in.Key, Article: a.Number}] {
			line.Requirements = append(line.Requirements, articleUse{ID: r.ID, Title: reader.Requirement(r).Title.Text, URL: q.path("standard", std.Version, r.ID)})
		}
		v.Articles = append(v.Articles, line)
	}
	return q.page(in.Name, []string{"rights", in.Key}, view{
		Section: "rights", Body: instrumentPage(q.locale, v),
		Crumbs: q.crumbs(link{Text: q.t("nav.rights"), URL: q.path("rights")}, link{Text: in.Key}),
	}), nil
}

// rightsColumns are explained in docs/data.md.
var rightsColumns = []string{"instrument", "instrument_name", "issuer", "year", "article", "short_title", "title_kind", "check", "requirements"}

// rightsCSV is the catalogue with the requirements that build on each article.
func (s *Server) rightsCSV(q *request) (answer, error) {
	_, kind := tableEnding(q.URL.Path)
	return tableFile(kind, s.writeRights, "rights")
}

func (s *Server) writeRights(to io.Writer) error {
	std := s.rooms.Standard
	uses := requirementsByArticle(std)
	w := csv.NewWriter(to)
	_ = w.Write(rightsColumns)
	for _, in := range std.Catalogue.Instruments {
		for _, a := range in.Articles {
			var ids []string
			for _, r := range uses[standard.Link{Instrument: in.Key, Article: a.Number}] {
				ids = append(ids, r.ID)
			}
			_ = w.Write([]string{in.Key, in.Name, in.Issuer, strconv.Itoa(in.Year), a.Number, a.Title, a.TitleKind, string(a.Check), strings.Join(ids, " ")})
		}
	}
	w.Flush()
	return w.Error()
}
