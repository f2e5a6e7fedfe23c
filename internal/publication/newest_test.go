package publication_test

import (
	"testing"
	"time"

	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/clock"
	"github.com/cityrights/cityrights/internal/statistics"
)

func TestTheNewestResultsComeBeforeCitiesWithoutResults(t *testing.T) {
	eachNode(t, func(t *testing.T, n *node) {
		n.figures["aldea"] = []statistics.Series{safety("aldea")}
		n.refresh(t, "aldea")
		n.Clock = clock.Fixed(noon.Add(time.Hour))
		must(t, n.cities.Add(t.Context(), "", city.City{ID: "zuletzt", Name: "Zuletzt", Country: "XZ", Fictional: true}))
		newest, err := n.Newest(t.Context(), 2)
		must(t, err)
		if len(newest) != 2 || newest[0].ID != "aldea" || newest[1].ID != "zuletzt" {
			t.Errorf("got %+v", newest)
		}
	})
}
