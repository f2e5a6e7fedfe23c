package opinion

import (
	"math"
	"slices"
	"strconv"
	"testing"

	"github.com/cityrights/cityrights/test/material"
)

// near tells whether two numbers differ by at most a tolerance.
func near(a, b, tolerance float64) bool { return math.Abs(a-b) <= tolerance }

// compared takes points from the reference, whose axes may point the other way.
type compared struct {
	t     *testing.T
	what  string
	ours  []Point
	given []Point
}

func (c *compared) upToSign(tolerance float64) {
	c.t.Helper()
	along := func(ours, given func(Point) float64) {
		sign := 0.0
		for i := range c.ours {
			sign += ours(c.ours[i]) * given(c.given[i])
		}
		sign = math.Copysign(1, sign)
		worst := 0.0
		for i := range c.ours {
			worst = max(worst, math.Abs(sign*ours(c.ours[i])-given(c.given[i])))
		}
		if worst > tolerance || len(c.ours) == 0 {
			c.t.Errorf("%s: of %d, one differs by %g", c.what, len(c.ours), worst)
		}
	}
	along(func(p Point) float64 { return p.X }, func(p Point) float64 { return p.X })
	along(func(p Point) float64 { return p.Y }, func(p Point) float64 { return p.Y })
}

// expectedStatement is a representative or shared statement as the reference has it.
type expectedStatement struct {
	ID        int     `json:"tid"`
	Votes     int     `json:"n-success"`
	Seen      int     `json:"n-trials"`
	Share     float64 `json:"p-success"`
	ShareTest float64 `json:"p-test"`
	Ratio     float64 `json:"repness"`
	RatioTest float64 `json:"repness-test"`
	Side      Side    `json:"repful-for"`
	Best      bool    `json:"best-agree"`
}

type expectedConsensus struct{ Agree, Disagree []expectedStatement }

func checkRepresentative(t *testing.T, m *Map, want map[string][]expectedStatement) {
	t.Helper()
	if len(m.Groups) != len(want) {
		t.Fatalf("%d groups, want %d", len(m.Groups), len(want))
	}
	for _, g := range m.Groups {
		list := want[g.Name]
		if len(list) != len(g.Representative) {
			t.Errorf("group %s has %d representative statements, want %d", g.Name, len(g.Representative), len(list))
			continue
		}
		for i, w := range list {
			r := g.Representative[i]
			if r.Statement != strconv.Itoa(w.ID) || r.Side != w.Side || r.Votes != w.Votes || r.Seen != w.Seen || r.BestAgreed != w.Best ||
				!near(r.Share, w.Share, 1e-5) || !near(r.ShareTest, w.ShareTest, 1e-5) || !near(r.Ratio, w.Ratio, 1e-5) || !near(r.RatioTest, w.RatioTest, 1e-5) {
				t.Errorf("group %s, number %d: %+v, want %+v", g.Name, i, r, w)
			}
		}
	}
}

func checkConsensus(t *testing.T, m *Map, want expectedConsensus) {
	t.Helper()
	for _, side := range []struct {
		got  []Shared
		want []expectedStatement
	}{{m.Consensus.Agree, want.Agree}, {m.Consensus.Disagree, want.Disagree}} {
		if len(side.got) != len(side.want) {
			t.Errorf("%d shared statements, want %d", len(side.got), len(side.want))
			continue
		}
		for i, w := range side.want {
			s := side.got[i]
			if s.Statement != strconv.Itoa(w.ID) || s.Votes != w.Votes || s.Seen != w.Seen || !near(s.Share, w.Share, 1e-9) || !near(s.ShareTest, w.ShareTest, 1e-9) {
				t.Errorf("shared number %d: %+v, want %+v", i, s, w)
			}
		}
	}
}

// recording is what Polis recorded of one of its conversations.
type recording struct {
	ModOut          []int                          `json:"mod_out"`
	Meta            []int                          `json:"meta"`
	Grouped         []int                          `json:"in_conv"`
	Mean            []float64                      `json:"mean"`
	Components      [2][]float64                   `json:"comps"`
	Extremity       []float64                      `json:"extremity"`
	Places          map[string]Pair                `json:"projection_of_singleton_base_clusters"`
	Groups          map[string][]int               `json:"groups"`
	GroupVotes      map[string]tallies             `json:"group_votes"`
	Informed        map[string]float64             `json:"group_aware_consensus"`
	Priorities      map[string]float64             `json:"comment_priorities"`
	Representatives map[string][]expectedStatement `json:"repness"`
	Consensus       expectedConsensus              `json:"consensus"`
}

// Pair is a place as the reference writes it.
type Pair [2]float64

// tallies are agree, disagree and seen, by statement.
type tallies map[string][3]int

// recordings reads what was recorded and its votes.
func recordings(t *testing.T, do func(t *testing.T, c *Conversation, want *recording)) {
	t.Helper()
	for _, name := range []string{"150ptpt-3gp-no-strict-no-meta", "below-100-ptpts"} {
		t.Run(name, func(t *testing.T) {
			dir := "deliberation/cases/" + name
			var want recording
			material.JSON(t, dir+"/expected.json", &want)
			c := conversation(t, dir+"/votes.csv", "")
			for _, list := range []struct {
				ids    []int
				status Status
			}{{want.ModOut, Out}, {want.Meta, Meta}} {
				for _, id := range list.ids {
					if err := c.SetStatements(Statement{strconv.Itoa(id), list.status}); err != nil {
						t.Fatal(err)
					}
				}
			}
			do(t, c, &want)
		})
	}
}

// members gives the recorded group of each participant.
func (r *recording) members() map[string]string {
	groups := map[string]string{}
	for g, members := range r.Groups {
		for _, id := range members {
			groups[strconv.Itoa(id)] = g
		}
	}
	return groups
}

func TestEveryRecordedOutputIsReproduced(t *testing.T) {
	recordings(t, func(t *testing.T, c *Conversation, want *recording) {
		m := mapped(t, c, Options{Groups: want.members()})
		checkRecordedMap(t, m, want)
		checkRepresentative(t, m, want.Representatives)
		checkConsensus(t, m, want.Consensus)
	})
}

func TestThoseAreGroupedWhoWereRecordedAsGrouped(t *testing.T) {
	recordings(t, func(t *testing.T, c *Conversation, want *recording) {
		for _, p := range mapped(t, c, Options{}).Participants {
			id, _ := strconv.Atoi(p.ID)
			// Polis keeps those whom it once grouped while few had voted.
			if recorded := slices.Contains(want.Grouped, id); (p.Group >= 0) != recorded && !(recorded && p.Votes < enoughVotes) {
				t.Errorf("%s with %d votes is in group %d, recorded as grouped: %v", p.ID, p.Votes, p.Group, recorded)
			}
		}
	})
}

func TestAsManyGroupsAreFoundAsWereRecorded(t *testing.T) {
	recordings(t, func(t *testing.T, c *Conversation, want *recording) {
		if m := mapped(t, c, Options{}); len(m.Groups) != len(want.Groups) {
			t.Errorf("%d groups, recorded %d: %+v", len(m.Groups), len(want.Groups), m.Tried)
		}
	})
}

func TestIterationsFromTheRecordedCentresStayAtTheRecordedGroups(t *testing.T) {
	recordings(t, func(t *testing.T, c *Conversation, want *recording) {
		var recorded []uint8
		var at []Point
		for _, p := range mapped(t, c, Options{Groups: want.members()}).Participants {
			if p.Group >= 0 {
				recorded, at = append(recorded, uint8(p.Group)), append(at, p.Place)
			}
		}
		p := lloyd(at, centres(at, recorded, make([]int, len(want.Groups))))
		if index := adjustedRand(p.label, recorded); index < 0.95 {
			t.Errorf("adjusted Rand index %v, want at least .95", index)
		}
	})
}

func checkRecordedMap(t *testing.T, m *Map, want *recording) {
	t.Helper()
	weights := compared{t: t, what: "components"}
	for j, s := range m.Statements {
		if !near(s.Mean, want.Mean[j], 1e-9) {
			t.Errorf("mean of %s is %v, want %v", s.ID, s.Mean, want.Mean[j])
		}
		if !near(s.Extremity, want.Extremity[j], 1e-6) {
			t.Errorf("extremity of %s is %v, want %v", s.ID, s.Extremity, want.Extremity[j])
		}
		weights.ours = append(weights.ours, Point{s.Weight[0], s.Weight[1]})
		weights.given = append(weights.given, Point{want.Components[0][j], want.Components[1][j]})
		if !near(s.Informed, want.Informed[s.ID], 1e-12) {
			t.Errorf("group-informed consensus of %s is %v, want %v", s.ID, s.Informed, want.Informed[s.ID])
		}
		if p := want.Priorities[s.ID]; !near(s.Priority/p, 1, 1e-6) {
			t.Errorf("priority of %s is %v, want %v", s.ID, s.Priority, p)
		}
		for g, n := range s.ByGroup {
			if w := want.GroupVotes[m.Groups[g].Name][s.ID]; n != (Counts{w[0], w[1], w[2]}) {
				t.Errorf("votes of group %s on %s are %+v, want %v", m.Groups[g].Name, s.ID, n, w)
			}
		}
	}
	weights.upToSign(1e-6)
	places := compared{t: t, what: "places"}
	for _, p := range m.Participants {
		if at, ok := want.Places[p.ID]; ok {
			places.ours, places.given = append(places.ours, p.Place), append(places.given, Point{at[0], at[1]})
		}
	}
	places.upToSign(1e-6)
}
