package publication_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cityrights/cityrights/internal/publication"
	"github.com/cityrights/cityrights/internal/statistics"
)

func TestStandingsCountWhatThePagesOfTheCitiesShow(t *testing.T) {
	eachNode(t, func(t *testing.T, n *node) {
		secret := safety("aldea")
		secret.Indicator, secret.Sources = "ENV.1.O1", nil // nobody says where it is from
		n.figures["aldea"] = []statistics.Series{safety("aldea"), secret}
		n.refresh(t, "aldea")
		asked := []string{"aldea", "nowhere"}
		all, err := n.Cities(t.Context())
		must(t, err)
		for _, c := range all {
			asked = append(asked, c.ID)
		}
		standings, err := n.Standings(t.Context(), asked)
		must(t, err)
		want := map[string]publication.Standing{}
		for _, c := range all {
			whole, err := n.City(t.Context(), c.ID)
			must(t, err)
			held, err := n.Held(t.Context(), c.ID)
			must(t, err)
			back := map[string]bool{}
			for _, h := range held {
				back[h.Indicator] = h.Indicator != ""
			}
			delete(back, "")
			one := publication.Standing{Held: len(back)}
			if one.Published = whole.Newest != nil; one.Published {
				one.Figures = len(whole.Newest.Figures)
			}
			want[c.ID] = one
		}
		if diff := cmp.Diff(want, standings); diff != "" {
			t.Error(diff)
		}
		if s := standings["aldea"]; s.Figures == 0 || s.Held == 0 {
			t.Errorf("the city of the test shows or holds back nothing: %+v", s)
		}
		if none, err := n.Standings(t.Context(), nil); err != nil || len(none) != 0 {
			t.Errorf("no city: %v, %v", none, err)
		}
	})
}
