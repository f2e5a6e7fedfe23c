package run

import (
	"net/http"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/disclosure"
	"github.com/cityrights/cityrights/internal/platform/database"
)

func TestReadinessTellsWhatIsWrongWithARunningNode(t *testing.T) {
	p := demoAPI(t, "")
	execute := func(text string) func() error {
		return func() error {
			return p.rooms.DB.Write(t.Context(), func(tx database.Tx) error {
				_, err := tx.Exec(t.Context(), text)
				return err
			})
		}
	}
	for _, c := range []struct {
		name   string
		change func() error
		want   string
	}{
		{"another threshold", func() (err error) {
			p.rooms.Publication.Threshold, err = disclosure.NewThreshold(20, "")
			return err
		}, "public documents are from another version of the program or of the standard (cities: 1)\n"},
		{"a newer program", execute("INSERT INTO database_migration (version_id, is_applied) VALUES (99999, true)"), "a newer cityrights has changed this database"},
		{"no database", execute("DROP TABLE database_migration"), "the database does not answer\n"},
	} {
		if err := c.change(); err != nil {
			t.Fatal(err)
		}
		answer, body := p.ask(t, http.MethodGet, "/readyz")
		if answer.StatusCode != http.StatusServiceUnavailable || !strings.HasPrefix(body, c.want) {
			t.Errorf("after %s: status %d, %q", c.name, answer.StatusCode, body)
		}
	}
}
