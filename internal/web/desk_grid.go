package web

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/statistics"
	"github.com/cityrights/cityrights/standard"
)

// Limits of the grid: what a person can look over, and what a form can send.
const (
	gridGroups = 40
	gridYears  = 60
	gridCells  = 1_200
)

// grid is the table in which a person types figures of one indicator, with what is stored of it.
type grid struct {
	*typedForm
	city    city.City
	own     *standard.Indicator // nil: the population
	unit    string
	by      float64 // factor of a rate that the unit asks for; 0: none
	raw     *statistics.Raw
	digest  string
	mapping statistics.Mapping
	stored  map[statistics.TypedCell]statistics.Figure
}

// gridForm asks what is to be typed, or shows the grid for it.
func (s *Server) gridForm(q *request) (answer, error) {
	form := gridTypedIn(q.URL.Query())
	if draft := q.URL.Query().Get("draft"); draft != "" {
		kept, err := s.typedUpload(draft, q.actor.Person, q.PathValue("city"))
		if err != nil {
			return s.importPage(q, []link{{Text: q.t("import.expired"), URL: "#file"}}, http.StatusGone)
		}
		form = gridTypedIn(kept.Typed)
	}
	g, err := s.gridOf(q, form)
	if err != nil {
		return answer{}, err
	}
	if form.Indicator == "" || form.To == 0 {
		return s.gridChoose(q, g, nil), nil
	}
	if wrong := g.limits(q); wrong != nil {
		return s.gridChoose(q, g, wrong), nil
	}
	g.prefill(q)
	return s.gridPage(q, g, nil, 0), nil
}

// gridSend fills in a pasted block, or leads to what saving would change. A form in which something is wrong comes back as it was sent.
func (s *Server) gridSend(q *request) (answer, error) {
	if err := q.ParseForm(); err != nil {
		return answer{}, fault.Said(fault.Invalid, "error.grid.form", "the form could not be read")
	}
	form := gridTypedIn(q.PostForm)
	g, err := s.gridOf(q, form)
	if err != nil {
		return answer{}, err
	}
	if wrong := g.limits(q); wrong != nil || form.Indicator == "" {
		return s.gridChoose(q, g, wrong), nil
	}
	if form.Do == "fill" {
		if wrong := g.fill(q); wrong != nil {
			return s.gridPage(q, g, wrong, http.StatusUnprocessableEntity), nil
		}
		return s.gridPage(q, g, nil, 0), nil
	}
	typing, wrong := g.check(q)
	if wrong != nil {
		return s.gridPage(q, g, wrong, http.StatusUnprocessableEntity), nil
	}
	name, err := s.keepTyped(q, g, typing)
	if err != nil {
		return answer{}, err
	}
	return answer{redirect: q.path("desk", "cities", g.city.ID, "statistics", "preview", name)}, nil
}

// gridOf reads what is stored of what a form is about. Returns NotFound where the standard and the city have no such indicator.
func (s *Server) gridOf(q *request, form *typedForm) (*grid, error) {
	c, own, err := s.cityWithOwn(q)
	if err != nil {
		return nil, err
	}
	g := &grid{typedForm: form, city: c}
	if form.Indicator == "" {
		return g, nil
	}
	if form.Indicator != statistics.PopulationCode {
		indicator, ok := own.Under(s.rooms.Standard).Indicator(form.Indicator)
		if !ok || indicator.Value == "bool" {
			return nil, fault.Said(fault.NotFound, "error.grid.indicator", "{Indicator} is not an indicator with figures", "Indicator", form.Indicator)
		}
		g.own, g.unit = indicator, indicator.Unit
		if by, of, ok := statistics.UnitRate(indicator.Unit); ok && of != "" {
			g.by = by
		}
	}
	err = s.rooms.View(q.Context(), func(tx database.Tx) (err error) {
		if g.raw, g.digest, err = s.rooms.Statistics.Stored(q.Context(), tx, c.ID, g.code()); err != nil {
			return err
		}
		g.mapping, err = s.rooms.Statistics.MappingOf(q.Context(), tx, c.ID)
		return err
	})
	g.stored = g.raw.Table(form.By)
	return g, err
}

// code of the source indicator that is typed.
func (g *grid) code() string {
	if g.Indicator == statistics.PopulationCode {
		return statistics.PopulationCode
	}
	return statistics.TypedCode(g.Indicator)
}

// prefill puts what is stored into the fields of a form that was just opened.
func (g *grid) prefill(q *request) {
	if len(g.Groups) == 0 && g.By != "" {
		g.Groups = g.raw.Breakdowns()[g.By]
	}
	if len(g.Groups) == 0 && g.By == "sex" {
		g.Groups = []string{q.t("grid.women"), q.t("grid.men")}
	}
	if g.Digest == "" {
		g.Digest = g.digest
		for cell, figure := range g.stored {
			if at := g.place(cell); at != "" && g.Cells[at] == "" {
				g.Cells[at] = q.shown(figure)
			}
		}
	}
	if g.raw != nil && g.Publisher == "" {
		about := g.raw.About
		g.Publisher, g.Title, g.URL, g.Licence, g.Official = about.Publisher, about.Title, about.URL, about.Licence, about.Official
		if at := slices.IndexFunc(g.mapping, func(row statistics.MappingRow) bool { return row.Indicator == g.Indicator && row.Source == g.code() }); at >= 0 {
			g.Fit, g.Note, g.Rate = g.mapping[at].Fit, g.mapping[at].Note, g.mapping[at].Transform.Kind == statistics.RateTransform
		}
	}
}

// place names the field of a cell; empty where the grid does not show it.
func (g *grid) place(cell statistics.TypedCell) string {
	if cell.Year < g.From || cell.Year > g.To {
		return ""
	}
	if cell.Group == "" {
		return cellName(0, cell.Year)
	}
	if at := slices.IndexFunc(g.Groups, func(name string) bool { return strings.EqualFold(name, cell.Group) }); at >= 0 {
		return cellName(at+1, cell.Year)
	}
	return ""
}

func cellName(column, year int) string { return "c" + strconv.Itoa(column) + "-" + strconv.Itoa(year) }

// limits says what is wrong with the size of the table.
func (g *grid) limits(q *request) []link {
	switch years := g.To - g.From + 1; {
	case g.Indicator == "":
		return nil
	case g.From < 1900 || g.To > 2100 || years < 1:
		return []link{{Text: q.t("grid.years_wrong"), URL: "#from"}}
	case years > gridYears || len(g.Groups) > gridGroups || years*(len(g.Groups)+1) > gridCells:
		return []link{{Text: q.t("grid.large", "Years", q.locale.Integer(gridYears), "Groups", q.locale.Integer(gridGroups)), URL: "#from"}}
	}
	return nil
}

// keepTyped keeps the table as a file that an import takes, with the mapping that it needs, for the preview.
func (s *Server) keepTyped(q *request, g *grid, typing statistics.Typing) (string, error) {
	var file, mapping bytes.Buffer
	if err := typing.Write(&file, g.raw); err != nil {
		return "", err
	}
	u := upload{Person: q.actor.Person, City: g.city.ID, Name: g.code() + ".csv", Reason: g.Reason, Typed: q.PostForm}
	if g.own == nil {
		return s.keepUpload(u, &file, nil)
	}
	before, err := mappingText(g.mapping)
	if err != nil {
		return "", err
	}
	u.Before = before
	row := statistics.MappingRow{Indicator: g.Indicator, Source: g.code(), Unit: g.unit, Fit: g.Fit, Note: g.Note}
	if g.Rate && g.by > 0 {
		row.Transform = statistics.Transform{Kind: statistics.RateTransform, By: g.by, Of: statistics.PopulationCode}
	}
	if err := statistics.WriteMapping(&mapping, g.mapping.With(row)); err != nil {
		return "", err
	}
	u.Mapping = "mapping.csv"
	return s.keepUpload(u, &file, &mapping)
}

// mappingText is a mapping as a text that can be compared.
func mappingText(m statistics.Mapping) (string, error) {
	var text strings.Builder
	err := statistics.WriteMapping(&text, m)
	return text.String(), err
}

// gridMeanwhile gives the grid once more, with all that was typed, where somebody else has saved figures or a mapping since they were looked at: saving
// would take theirs away. It gives no page where nothing has changed, or the upload came from a file.
func (s *Server) gridMeanwhile(q *request, name string) (page *answer, err error) {
	u, err := s.typedUpload(name, q.actor.Person, q.PathValue("city"))
	if err != nil {
		return nil, nil //nolint:nilerr,nilnil // from a file, or gone: importRun says so
	}
	g, err := s.gridOf(q, gridTypedIn(u.Typed))
	if err != nil {
		return nil, err
	}
	now, err := mappingText(g.mapping)
	if err != nil || g.Digest == g.digest && (g.own == nil || u.Before == now) {
		return nil, err
	}
	g.Digest = g.digest
	a := s.gridPage(q, g, []link{{Text: q.t("grid.meanwhile"), URL: "#grid"}}, http.StatusConflict)
	return &a, nil
}

// typedUpload gives back an upload that was made of a form. Returns NotFound where there is none for this person and city.
func (s *Server) typedUpload(name, person, cityID string) (u upload, err error) {
	gone := fault.New(fault.NotFound, "this form is no longer kept")
	if !uploadName.MatchString(name) {
		return u, gone
	}
	settings, err := os.ReadFile(filepath.Join(s.rooms.Uploads, name, "settings.json"))
	if err != nil {
		return u, gone
	}
	if err := json.Unmarshal(settings, &u); err != nil || u.Person != person || u.City != cityID || u.Typed == nil {
		return u, gone
	}
	return u, nil
}

// changeTyped is the address at which typed figures can be changed before they are saved; empty where they came from a file.
func (q *request) changeTyped(name string) string {
	if _, err := q.server.typedUpload(name, q.actor.Person, q.PathValue("city")); err != nil {
		return ""
	}
	return q.path("desk", "cities", q.PathValue("city"), "statistics", "grid") + "?draft=" + name
}
