package publication_test

import (
	"context"
	"slices"
	"testing"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/statistics"
)

// postpone notes that figures of cities have changed, as an import for many does.
func (n *node) postpone(t *testing.T, cities ...string) {
	t.Helper()
	n.write(t, func(tx database.Tx) error { return n.Postpone(context.Background(), tx, cities) })
}

func TestNobodyReadsADocumentThatWasPostponed(t *testing.T) {
	eachNode(t, func(t *testing.T, n *node) {
		for name, read := range map[string]func() error{
			"a series":               func() error { _, err := n.Series(t.Context(), "aldea", "ENV.1.O2"); return err },
			"the shown":              func() error { _, err := n.Shown(t.Context(), "aldea"); return err },
			"the held":               func() error { _, err := n.Held(t.Context(), "aldea"); return err },
			"the list":               func() error { _, err := n.Cities(t.Context()); return err },
			"the newest":             func() error { _, err := n.Newest(t.Context(), 1); return err },
			"answering":              func() error { _, err := n.CitiesAnswering(t.Context(), "ENV.1"); return err },
			"standings":              func() error { _, err := n.Standings(t.Context(), []string{"aldea"}); return err },
			"whoever tends the node": func() error { return n.Pending(t.Context()) },
		} {
			n.figures["aldea"] = nil
			n.refresh(t, "aldea")
			must(t, n.Pending(t.Context())) // nothing is pending, and that is remembered
			n.figures["aldea"] = []statistics.Series{safety("aldea")}
			n.postpone(t, "aldea", "borgo", "aldea")
			must(t, read())
			var left int
			must(t, n.db.ReadRow(t.Context(), "SELECT count(*) FROM publication_pending WHERE city_id = 'aldea'", nil, &left))
			shown, err := n.Shown(t.Context(), "aldea")
			if err != nil || left != 0 || !slices.Contains(shown, "ENV.1.O2") {
				t.Errorf("%s: %d postponed, %v shown, %v", name, left, shown, err)
			}
		}
		must(t, n.Pending(t.Context()))
		n.postpone(t, "gone")
		must(t, n.Pending(t.Context()))
		var left int
		must(t, n.db.ReadRow(t.Context(), "SELECT count(*) FROM publication_pending", nil, &left))
		if left != 0 {
			t.Errorf("%d are still postponed, a city that is no more among them", left)
		}
	})
}

func TestARateOfFewPeopleIsHeldBackWhereItsDenominatorIsNotPublished(t *testing.T) {
	eachNode(t, func(t *testing.T, n *node) {
		few := int64(4)
		rate := safety("aldea")
		rate.Groups = nil
		rate.Headline = []statistics.Point{{Period: "2020", Start: 20200101, End: 20201231, Value: 50, Count: &few, Base: &statistics.Base{Cases: 4, Value: 8, Period: "2020"}}}
		for name, c := range map[string]struct {
			base  statistics.Source
			shown bool
		}{
			"published":          {statistics.Source{Code: "population", Title: "Population", Publisher: "Office", URL: "https://office.example/p", Official: true}, true},
			"the city's own":     {statistics.Source{Title: "Population"}, true},
			"of an own register": {statistics.Source{Code: "register", Title: "Register"}, false},
		} {
			rate.Bases = []statistics.Source{c.base}
			n.figures["aldea"] = []statistics.Series{rate}
			n.refresh(t, "aldea")
			s, err := n.Series(t.Context(), "aldea", rate.Indicator)
			if shown := err == nil; shown != c.shown {
				t.Errorf("%s: shown %v, %v", name, shown, err)
			}
			if c.shown && (s.Headline[0].Base == nil || s.Headline[0].Base.Cases != 4 || s.Bases[0].Title != "Population") {
				t.Errorf("%s: %+v", name, s)
			}
		}
	})
}
