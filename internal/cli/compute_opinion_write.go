package cli

import (
	"strconv"

	"github.com/cityrights/cityrights/opinion"
)

// opinionSummary is summary.json.
type opinionSummary struct {
	Participants   int                                 `json:"participants"`
	Grouped        int                                 `json:"grouped"`
	Statements     int                                 `json:"statements"`
	Votes          int                                 `json:"votes"`
	K              int                                 `json:"k"`
	Silhouette     *float64                            `json:"silhouette"`                // null with one group
	SilhouetteForm string                              `json:"silhouette_form,omitempty"` // exact, or by centres
	WSS            float64                             `json:"wss"`
	Explained      [2]float64                          `json:"explained"`
	Seed           uint64                              `json:"seed"`
	Tried          []opinion.Candidate                 `json:"tried"`
	Stability      *opinion.Stability                  `json:"stability"` // null where no draws were made
	Groups         []opinionGroup                      `json:"groups"`
	Representative map[string][]opinion.Representative `json:"representative"` // by group
	Consensus      opinion.Consensus                   `json:"consensus"`
	Verdicts       map[opinion.Verdict]int             `json:"verdicts"` // how many statements have each
	Warnings       []opinionWarning                    `json:"warnings"`
}

type opinionGroup struct {
	Name string  `json:"name"`
	Size int     `json:"size"`
	X    float64 `json:"x"`
	Y    float64 `json:"y"`
}

type opinionWarning struct {
	opinion.Warning
	Text string `json:"text"`
}

func summaryOf(m *opinion.Map, o *opinion.Options) opinionSummary {
	s := opinionSummary{Participants: len(m.Participants), Grouped: m.Grouped(), Statements: len(m.Statements), Votes: m.Votes, K: len(m.Groups),
		Silhouette: m.Silhouette, WSS: m.WSS, Explained: m.Explained, Seed: o.Seed, Tried: m.Tried, Stability: m.Stability, Consensus: m.Consensus,
		Representative: map[string][]opinion.Representative{}, Warnings: []opinionWarning{}, Groups: []opinionGroup{},
		Verdicts: map[opinion.Verdict]int{opinion.Bridging: 0, opinion.Contested: 0, opinion.NotEnoughHeard: 0}}
	if s.Tried == nil {
		s.Tried = []opinion.Candidate{}
	}
	if m.Silhouette != nil {
		if s.SilhouetteForm = "by_centres"; m.Exact {
			s.SilhouetteForm = "exact"
		}
	}
	for _, g := range m.Groups {
		s.Groups = append(s.Groups, opinionGroup{g.Name, g.Size, g.X, g.Y})
		s.Representative[g.Name] = g.Representative
	}
	for i := range m.Statements {
		if verdict := m.Statements[i].Verdict; verdict != "" {
			s.Verdicts[verdict]++
		}
	}
	for _, w := range m.Warnings {
		s.Warnings = append(s.Warnings, opinionWarning{w, w.English()})
	}
	return s
}

func participantsTable(m *opinion.Map) resultTable {
	return resultTable{"participants.csv", []string{"participant", "x", "y", "votes", "group"}, func(yield func([]string) bool) {
		for _, p := range m.Participants {
			group := ""
			if p.Group >= 0 {
				group = m.Groups[p.Group].Name
			}
			if !yield([]string{p.ID, decimal(p.Place.X, true), decimal(p.Place.Y, true), whole(p.Votes, true), group}) {
				return
			}
		}
	}}
}

// statementsTable has the counts over all participants, what is computed of each statement, and the counts of each group.
func statementsTable(m *opinion.Map) resultTable {
	header := []string{"statement", "agree", "disagree", "seen", "gic", "gic_rank", "extremity", "priority", "verdict"}
	for _, g := range m.Groups {
		header = append(header, "agree_"+g.Name, "disagree_"+g.Name, "seen_"+g.Name)
	}
	header = append(header, "status", "mean", "gic_comparable", "least_agreed", "heard", "weight_x", "weight_y")
	return resultTable{"statements.csv", header, func(yield func([]string) bool) {
		for i := range m.Statements {
			s := &m.Statements[i]
			status := string(s.Status)
			if s.Status == opinion.Open {
				status = "open"
			}
			row := []string{s.ID, whole(s.Agree, true), whole(s.Disagree, true), whole(s.Seen, true), decimal(s.Informed, true), whole(s.Rank, s.Rank > 0),
				decimal(s.Extremity, true), decimal(s.Priority, true), string(s.Verdict)}
			for _, n := range s.ByGroup {
				row = append(row, whole(n.Agree, true), whole(n.Disagree, true), whole(n.Seen, true))
			}
			row = append(row, status, decimal(s.Mean, s.Seen > 0), decimal(s.Comparable, true), decimal(s.LeastAgreed, true), strconv.FormatBool(s.Heard),
				decimal(s.Weight[0]+0, true), decimal(s.Weight[1]+0, true)) // + 0: of a statement without a part in the map it can be −0
			if !yield(row) {
				return
			}
		}
	}}
}
