package web

import (
	"strings"
	"testing"
)

func TestArrowsPointTheWayTheLanguageRuns(t *testing.T) {
	s := newSite(t)
	for tag, want := range map[string][2]string{"en": {">← ", " →</a>"}, "ar": {">→ ", " ←</a>"}} {
		_, page := s.get(t, visitor(), "/"+tag+"/standard/0.2/COM.2")
		for _, arrow := range want {
			if !strings.Contains(page, arrow) {
				t.Errorf("%s: no %q beside the way to the next or the last requirement", tag, arrow)
			}
		}
	}
}
