package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/internal/statistics"
)

type gridView struct {
	Title, Action, Choose string
	Lead                  string
	Problems              []link
	Hidden                [][2]string
	Unit                  string
	Whose                 []field // what was measured, and who has it
	Questions             []field // what is to be typed, or the source of what was
	Heads                 []string
	Rows                  []gridRow
	Pile                  field
	Official, Rate        *check
	Reason                field
}

type check struct {
	Name, Label, Hint string
	Checked           bool
}

type gridRow struct {
	Year  string
	Cells []gridCell
}

type gridCell struct{ Name, Label, Value, Problem, Stored string }

// gridChoose asks which indicator, which groups and which years.
func (s *Server) gridChoose(q *request, g *grid, wrong []link) answer {
	here := []string{"desk", "cities", g.city.ID, "statistics", "grid"}
	year := s.clock.Now().Year()
	from, to := year-9, year
	if g.From != 0 || g.To != 0 {
		from, to = g.From, g.To
	}
	indicators := []string{"", statistics.PopulationCode}
	for _, d := range s.rooms.Standard.Dimensions {
		for _, r := range d.Requirements {
			for _, i := range r.Indicators {
				if i.Value != "bool" {
					indicators = append(indicators, i.ID)
				}
			}
		}
	}
	grounds := []string{""}
	for _, term := range s.rooms.Standard.Terms.Grounds {
		grounds = append(grounds, term.Key)
	}
	grounds = append(grounds[:1], statistics.Grounds(grounds[1:])...)
	v := gridView{Title: q.t("grid.title"), Lead: q.t("grid.lead"), Action: q.path(here...), Choose: q.t("grid.open"), Problems: wrong, Questions: []field{
		{Name: "indicator", Label: q.t("grid.indicator"), Hint: q.t("grid.indicator_hint"), Options: options(g.Indicator, indicators, q.orChoose(func(id string) string {
			if id == statistics.PopulationCode {
				return q.t("grid.population")
			}
			return id + " " + q.indicatorTitle(id).S
		}))},
		{Name: "by", Label: q.t("grid.by"), Options: options(g.By, grounds, func(key string) string {
			if key == "" {
				return q.t("grid.by_none")
			}
			return q.term("grounds", key)
		})},
		{Name: "groups", Label: q.t("grid.groups"), Hint: q.t("grid.groups_hint"), Kind: "textarea", Optional: true, Value: strings.Join(g.Groups, "\n")},
		{Name: "from", Label: q.t("grid.from"), Kind: "text", Mode: "numeric", Short: true, Value: strconv.Itoa(from)},
		{Name: "to", Label: q.t("grid.to"), Kind: "text", Mode: "numeric", Short: true, Value: strconv.Itoa(to)},
	}}
	a := q.page(v.Title, here, view{Section: "desk", Forms: true, Body: gridChoosePage(q.locale, v), Crumbs: q.gridCrumbs(g, v.Title), Fictional: g.city.Fictional})
	if wrong != nil {
		a.status = http.StatusUnprocessableEntity
	}
	return a
}

// gridPage shows the table with what was typed; wrong is what is wrong with it.
func (s *Server) gridPage(q *request, g *grid, wrong []link, status int) answer {
	here := []string{"desk", "cities", g.city.ID, "statistics", "grid"}
	v := gridView{Title: q.gridTitle(g), Lead: q.t("grid.type_lead"), Action: q.path(here...), Problems: wrong, Heads: append([]string{q.t("series.all")}, g.Groups...)}
	for year := g.From; year <= g.To; year++ {
		row := gridRow{Year: strconv.Itoa(year)}
		for column := range g.columns() {
			cell := statistics.TypedCell{Year: year}
			if column > 0 {
				cell.Group = g.Groups[column-1]
			}
			name := cellName(column, year)
			one := gridCell{Name: name, Label: q.cellLabel(cell), Value: g.Cells[name], Problem: g.problems[name]}
			if stored, known := g.storedAt(cell); known && q.shown(stored) != g.Cells[name] {
				one.Stored = q.t("grid.stored", "Value", q.shown(stored))
			}
			row.Cells = append(row.Cells, one)
		}
		v.Rows = append(v.Rows, row)
	}
	if v.Unit = q.unit(g.unit); g.Rate && g.by > 0 {
		v.Unit = ""
	}
	hide := func(name, value string) { v.Hidden = append(v.Hidden, [2]string{name, value}) }
	hide("indicator", g.Indicator)
	hide("by", g.By)
	hide("from", strconv.Itoa(g.From))
	hide("to", strconv.Itoa(g.To))
	hide("digest", g.Digest)
	for _, name := range g.Groups {
		hide("group", name)
	}
	for _, text := range g.Read {
		hide("read", text)
	}
	v.Pile = field{Name: "pile", Label: q.t("grid.pile"), Hint: q.t("grid.pile_hint"), Kind: "textarea", Value: g.Pile}
	v.Whose = []field{
		{Name: "title", Label: q.t("grid.what"), Hint: q.t("grid.what_hint"), Kind: "text", Value: g.Title},
		{Name: "publisher", Label: q.t("grid.publisher"), Hint: q.t("grid.publisher_hint"), Kind: "text", Value: g.Publisher},
	}
	v.Questions = []field{
		{Name: "url", Label: q.t("grid.url"), Hint: q.t("grid.url_hint"), Kind: "url", Optional: true, Value: g.URL},
		{Name: "licence", Label: q.t("grid.licence"), Kind: "text", Optional: true, Value: g.Licence},
	}
	v.Official = &check{"official", q.t("grid.official"), q.t("grid.official_hint"), g.Official}
	if g.by > 0 {
		v.Rate = &check{"rate", q.t("grid.rate", "Unit", q.unit(g.unit)), q.t("grid.rate_hint"), g.Rate}
	}
	if g.own != nil {
		v.Questions = append(v.Questions,
			field{Name: "fit", Label: q.t("grid.fit"), Options: options(g.Fit, []string{"", "exact", "close"}, q.orChoose(func(k string) string { return q.t("import.fit_" + k) }))},
			field{Name: "note", Label: q.t("grid.note"), Hint: q.t("grid.note_hint"), Kind: "text", Optional: true, Value: g.Note})
	}
	v.Reason = field{Name: "reason", Label: q.t("import.reason"), Hint: q.t("grid.reason_hint"), Kind: "text", Optional: true, Value: g.Reason}
	for _, w := range wrong {
		for _, fields := range [][]field{v.Whose, v.Questions} {
			for i := range fields {
				if w.URL == "#"+fields[i].Name {
					fields[i].Problem = w.Text
				}
			}
		}
		for _, one := range []*field{&v.Reason, &v.Pile} {
			if w.URL == "#"+one.Name {
				one.Problem = w.Text
			}
		}
	}
	a := q.page(v.Title, here, view{Section: "desk", Forms: true, Scripts: []string{"grid.js"}, Body: gridTypePage(q.locale, v), Crumbs: q.gridCrumbs(g, v.Title), Fictional: g.city.Fictional})
	a.status = status
	return a
}

func (q *request) gridTitle(g *grid) string {
	if g.own == nil {
		return q.t("grid.population")
	}
	title := q.indicatorTitle(g.Indicator).S
	if g.own.Local() {
		title = g.own.Title
	}
	return g.Indicator + " " + title
}

func (q *request) gridCrumbs(g *grid, title string) []link {
	return q.deskCrumbs(link{Text: q.t("desk.statistics"), URL: q.path("desk", "cities", g.city.ID, "statistics")}, link{Text: title})
}
