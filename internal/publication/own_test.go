package publication_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/publication"
	"github.com/cityrights/cityrights/internal/statistics"
	"github.com/cityrights/cityrights/measure/scorecard"
	"github.com/cityrights/cityrights/standard"
)

var officer = account.Actor{Person: "p1", Name: "Officer"}

// wait is what the city "aldea" measures of its own, and its figures.
func wait() (standard.Local, statistics.Series) {
	in := standard.Indicator{ID: "L.EQU.2.P1", Requirement: "EQU.2", Kind: standard.Process, Title: "Espera media", Question: "¿Cuántos días espera una persona?",
		Value: "days", Unit: "días", Good: standard.Down, By: []string{"sex", "area"}, Evidence: []string{"dataset"}, AnsweredBy: []string{"authority"}, Note: "Desde la solicitud."}
	s := safety("aldea")
	s.Indicator, s.Unit, s.Headline = in.ID, in.Unit, []statistics.Point{point("2020-21", 20200401, 20210331, 34)}
	return standard.Local{Base: "hrc-ms@0.2", City: "aldea", Indicators: []standard.Indicator{in}}, s
}

// judged is all of a city's assessment that must not depend on what it adds.
func judged(t *testing.T, n *node, period string) any {
	t.Helper()
	c, err := n.City(t.Context(), "aldea")
	must(t, err)
	a, err := n.Assessment(t.Context(), "aldea", period)
	must(t, err)
	for d := range a.Scorecard.Dimensions {
		for q := range a.Scorecard.Dimensions[d].Requirements {
			r := &a.Scorecard.Dimensions[d].Requirements[q]
			r.Indicators = slices.DeleteFunc(r.Indicators, func(i scorecard.Indicator) bool { return i.Local })
		}
	}
	c.Newest.Figures, c.Changed = slices.DeleteFunc(c.Newest.Figures, func(f publication.Figure) bool { return f.Own != nil }), 0
	return []any{c, a}
}

func TestACitysOwnIndicatorIsPublicAsItsOwnAndGoesWhenItIsTakenBack(t *testing.T) {
	eachNode(t, func(t *testing.T, n *node) {
		local, figures := wait()
		n.figures["aldea"] = []statistics.Series{safety("aldea"), figures}
		three := 3
		n.cycle(t, "aldea", "2025", assessment.Published, assessment.Answer{Requirement: "EQU.2", Organisation: "aldea-hall", Grade: &three})
		before, documents := judged(t, n, "2025"), n.documents(t)
		held, err := n.Held(t.Context(), "aldea")
		must(t, err)
		if len(held) != 1 || held[0].Indicator != "L.EQU.2.P1" || held[0].Reason != publication.NotAdded || held[0].Figures != 11 {
			t.Errorf("held before it is added: %+v", held)
		}

		must(t, n.cities.SetAdditions(t.Context(), officer, load(t), city.Additions{Local: local}))
		if diff := cmp.Diff(before, judged(t, n, "2025"), cmp.Comparer(func(a, b scorecard.Number) bool { return a.String() == b.String() })); diff != "" {
			t.Errorf("what the city adds has judged:\n%s", diff)
		}
		if held, err = n.Held(t.Context(), "aldea"); err != nil || held != nil {
			t.Errorf("held after it is added: %+v, %v", held, err)
		}
		s, err := n.Series(t.Context(), "aldea", "L.EQU.2.P1")
		must(t, err)
		want := &publication.Own{Requirement: "EQU.2", Title: "Espera media", Question: "¿Cuántos días espera una persona?", Note: "Desde la solicitud.", Language: "es"}
		if diff := cmp.Diff(want, s.Own); diff != "" || s.Minimum != nil || s.Unit != "días" || !slices.Equal(s.Grounds.Missing, []string{"sex"}) {
			t.Errorf("%s\n%+v", diff, s)
		}
		q, err := n.Requirement(t.Context(), "aldea", "2025", "EQU.2")
		must(t, err)
		last := q.Result.Indicators[len(q.Result.Indicators)-1]
		if !last.Local || last.ID != "L.EQU.2.P1" || last.Title != "Espera media" || last.Language != "es" || last.Value == nil {
			t.Errorf("behind the standard's own stands %+v", last)
		}
		c, err := n.City(t.Context(), "aldea")
		must(t, err)
		at := slices.IndexFunc(c.Newest.Figures, func(f publication.Figure) bool { return f.Indicator == "L.EQU.2.P1" })
		if at < 0 || cmp.Diff(&publication.Own{Requirement: "EQU.2", Title: "Espera media", Language: "es"}, c.Newest.Figures[at].Own) != "" {
			t.Errorf("the city's figures are %+v", c.Newest.Figures)
		}
		if _, err := n.Series(t.Context(), "borgo", "L.EQU.2.P1"); err == nil {
			t.Error("another city has it too")
		}

		must(t, n.cities.RemoveIndicator(t.Context(), officer, load(t), "aldea", 1, "L.EQU.2.P1"))
		_, err = n.Series(t.Context(), "aldea", "L.EQU.2.P1")
		wantMissing(t, err)
		if diff := cmp.Diff(documents, n.documents(t)); diff != "" {
			t.Errorf("something is left behind:\n%s", diff)
		}
	})
}

// A figure of few people stays hidden whoever asks for it.
func TestACitysOwnFiguresPassTheSameGate(t *testing.T) {
	eachNode(t, func(t *testing.T, n *node) {
		local, figures := wait()
		few := int64(3)
		figures.Sources = []statistics.Source{{Code: "own", Title: "Own count"}}
		figures.Headline[0].Value, figures.Headline[0].Count = canaryValue, &few
		figures.Groups = nil
		n.figures["aldea"] = []statistics.Series{figures}
		must(t, n.cities.SetAdditions(t.Context(), officer, load(t), city.Additions{Local: local}))
		held, err := n.Held(t.Context(), "aldea")
		must(t, err)
		if len(held) != 1 || held[0].Reason != publication.SmallCount {
			t.Errorf("held %+v", held)
		}
		for _, document := range n.documents(t) {
			if strings.Contains(document, canaryText) {
				t.Errorf("a figure of three people is public: %s", document)
			}
		}
	})
}
