package web

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// libraryView is the page with all evidence of a cycle that the reader may see.
type libraryView struct {
	Title, Lead, Action string
	Filters             []field
	Filtered            bool
	All                 string // address without filters
	Says                string // how much is shown
	Rows                []libraryRow
	Previous, Next      string // addresses of the pages around; empty: there is none
}

// libraryLength is how many pieces of evidence stand on a page.
const libraryLength = 100

// libraryRow is one piece of evidence.
type libraryRow struct {
	evidenceItem
	Requirement link
	Of          text   // title of the requirement
	By          string // organisation
}

// libraryRead is what the page is made from.
type libraryRead struct {
	city          city.City
	cycle         assessment.Cycle
	organisations []city.Organisation
	all           []assessment.ListedEvidence
	names         map[string]string
}

// evidenceLibrary answers: what evidence is there in this assessment, and of what kind? It has what the reader may see, and is not there for somebody who
// may see nothing of the city.
func (s *Server) evidenceLibrary(q *request) (answer, error) {
	var r libraryRead
	err := s.rooms.View(q.Context(), func(tx database.Tx) (err error) {
		ctx := q.Context()
		if r.city, err = s.rooms.City.Get(ctx, tx, q.PathValue("city")); err != nil {
			return err
		}
		if r.cycle, err = s.rooms.Assessment.Cycle(ctx, tx, r.city.ID, q.PathValue("period")); err != nil {
			return err
		}
		if r.organisations, err = s.rooms.City.Organisations(ctx, tx, r.city.ID); err != nil {
			return err
		}
		if r.all, err = s.rooms.Assessment.EvidenceLibrary(ctx, tx, r.city.ID, r.cycle.Period); err != nil {
			return err
		}
		r.names, err = s.rooms.Account.Names(ctx, tx)
		return err
	})
	if err != nil {
		return answer{}, err
	}
	if !account.Can(q.actor, account.View, cityResource(r.city.ID)) && !slices.ContainsFunc(r.organisations, func(o city.Organisation) bool {
		return account.Can(q.actor, account.View, assessment.Resource(r.city.ID, o, false))
	}) {
		return answer{}, fault.Said(fault.NotFound, "error.assessment.none", "there is no assessment of {City} for {Period}", "City", r.city.ID, "Period", r.cycle.Period)
	}
	v, err := s.libraryView(q, r)
	if err != nil {
		return answer{}, err
	}
	return q.page(v.Title, []string{"desk", "cities", r.city.ID, "cycles", r.cycle.Period, "evidence"}, view{
		Section: "desk", Forms: true, Style: "questionnaire.css", Fictional: r.city.Fictional, Body: libraryPage(q.locale, v), Crumbs: q.deskCrumbs(link{Text: v.Title}),
	}), nil
}

func (s *Server) libraryView(q *request, r libraryRead) (libraryView, error) {
	std, dimensions, err := s.rooms.Assessment.Dimensions(r.cycle)
	if err != nil {
		return libraryView{}, err
	}
	in := std.In(q.locale.Tag)
	titles := map[string]text{}
	var order []string
	var named []option // the dimensions
	for d := range dimensions {
		named = append(named, option{Value: dimensions[d].ID, Text: in.Dimension(&dimensions[d]).Text})
		for i := range dimensions[d].Requirements {
			one := &dimensions[d].Requirements[i]
			titles[one.ID] = q.own(in.Requirement(one).Title)
			order = append(order, one.ID)
		}
	}
	asked := q.URL.Query().Get
	v := libraryView{Title: q.t("evidence.library", "City", r.city.Name, "Period", q.locale.Code(r.cycle.Period)), Lead: q.t("evidence.library_lead"),
		Action: q.path("desk", "cities", r.city.ID, "cycles", r.cycle.Period, "evidence")}
	v.All = v.Action
	by := map[string]city.Organisation{}
	for _, o := range r.organisations {
		by[o.ID] = o
	}
	var seen []assessment.ListedEvidence
	for _, e := range r.all {
		if o, known := by[e.Organisation]; known && account.Can(q.actor, account.View, assessment.ResourceOfEvidence(r.city.ID, o, e.Answer.Private(), e.Level)) {
			seen = append(seen, e)
		}
	}
	v.Filters = q.libraryFilters(seen, by, named)
	words := strings.Fields(strings.ToLower(asked("words")))
	for _, e := range seen {
		if passes(asked("organisation"), e.Organisation) && passes(asked("level"), string(e.Level)) && passes(asked("kind"), e.Kind) &&
			passes(asked("dimension"), dimensionOf(e.Requirement)) && contains(strings.ToLower(e.Title+" "+e.Requirement+" "+e.File.Name+" "+e.Note), words) {
			v.Rows = append(v.Rows, q.libraryRow(r, e, by[e.Organisation], titles[e.Requirement]))
		}
	}
	slices.SortStableFunc(v.Rows, func(a, b libraryRow) int {
		return cmp.Compare(slices.Index(order, a.Requirement.Text), slices.Index(order, b.Requirement.Text))
	})
	v.Filtered = len(v.Rows) < len(seen)
	v.Says = q.t("evidence.shown", "Count", len(v.Rows), "All", q.locale.Integer(int64(len(seen))))
	v.turn(q.URL)
	return v, nil
}

// turn leaves the rows of the page that the address asks for, and names the pages around it.
func (v *libraryView) turn(at *url.URL) {
	query := at.Query()
	page, err := strconv.Atoi(query.Get("page"))
	if err != nil || page < 1 || (page-1)*libraryLength >= len(v.Rows) {
		page = 1
	}
	to := func(page int) string {
		query.Set("page", strconv.Itoa(page))
		return v.Action + "?" + query.Encode()
	}
	if page > 1 {
		v.Previous = to(page - 1)
	}
	if page*libraryLength < len(v.Rows) {
		v.Next = to(page + 1)
	}
	v.Rows = v.Rows[min(len(v.Rows), (page-1)*libraryLength):min(len(v.Rows), page*libraryLength)]
}

// libraryRow says one piece of evidence, with the ways to its answer and its own page.
func (q *request) libraryRow(r libraryRead, e assessment.ListedEvidence, o city.Organisation, title text) libraryRow {
	question := q.path("desk", "cities", r.city.ID, "cycles", r.cycle.Period, o.ID, e.Requirement)
	base := question + "/evidence"
	names := r.names
	if (answering{City: r.city, Organisation: o}).nameless(q) {
		names = nil
	}
	return libraryRow{
		evidenceItem: evidenceItem{
			evidenceLine: q.evidenceLine(e.Shown(), base), Level: string(e.Level), LevelSays: q.t("evidence.level." + string(e.Level)),
			Says: q.t("evidence.added_by", "Name", q.nameOf(names, e.By), "Date", q.day(e.At)), Change: under(base, e.ID) + "/edit",
		},
		Requirement: link{Text: e.Requirement, URL: question}, Of: title, By: o.Name,
	}
}

// libraryFilters offer what there is to choose from.
func (q *request) libraryFilters(seen []assessment.ListedEvidence, by map[string]city.Organisation, dimensions []option) []field {
	asked := q.URL.Query().Get
	orAny := func(say func(string) string) func(string) string {
		return func(value string) string {
			if value == "" {
				return q.t("evidence.filter_any")
			}
			return say(value)
		}
	}
	organisations, kinds, levels := []string{""}, []string{""}, []string{""}
	for _, e := range seen {
		organisations, kinds, levels = append(organisations, e.Organisation), append(kinds, e.Kind), append(levels, string(e.Level))
	}
	parts := []option{{Text: q.t("evidence.filter_any")}}
	for _, d := range dimensions {
		d.Chosen = d.Value == asked("dimension")
		parts = append(parts, d)
	}
	once := func(values []string) []string { slices.Sort(values); return slices.Compact(values) }
	return []field{
		{Name: "words", Label: q.t("evidence.filter_words"), Kind: "search", Optional: true, Value: asked("words")},
		{Name: "organisation", Label: q.t("evidence.filter_organisation"), Optional: true, Options: options(asked("organisation"), once(organisations), orAny(func(id string) string { return by[id].Name }))},
		{Name: "dimension", Label: q.t("evidence.filter_dimension"), Optional: true, Options: parts},
		{Name: "kind", Label: q.t("evidence.kind"), Optional: true, Options: options(asked("kind"), once(kinds), orAny(func(key string) string { return q.term("evidence", key) }))},
		{Name: "level", Label: q.t("evidence.level"), Optional: true, Options: options(asked("level"), once(levels), orAny(func(key string) string { return q.t("evidence.level." + key) }))},
	}
}

// passes tells whether a value is the one that is asked for; any is where none is.
func passes(asked, value string) bool { return asked == "" || asked == value }

// contains tells whether a text has all words.
func contains(text string, words []string) bool {
	return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) })
}

// dimensionOf gives the dimension of a requirement by its id, as LIV of LIV.5.
func dimensionOf(requirement string) string {
	id, _, _ := strings.Cut(requirement, ".")
	return id
}
