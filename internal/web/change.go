package web

import "github.com/cityrights/cityrights/internal/publication"

// compared says in one sentence what is otherwise than in the assessment before.
func (q *request) compared(c publication.Change) string {
	if c.None() {
		return q.t("change.none", "Period", c.Since)
	}
	var said []string
	for _, part := range []struct {
		what string
		n    int
	}{{"newly_met", c.NewlyMet}, {"no_longer_met", c.NoLonger}, {"now_known", c.NowKnown}, {"now_unknown", c.NowUnknown}, {"otherwise", c.Otherwise}} {
		if part.n > 0 {
			said = append(said, q.t("change."+part.what, "Count", part.n))
		}
	}
	return q.t("change.since", "Period", c.Since, "List", q.list(said))
}
