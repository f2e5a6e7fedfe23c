package opinion

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/cityrights/cityrights/test/material"
)

// reference is a conversation of the reference material with what is expected of its map.
type reference struct {
	name      string
	c         *Conversation
	groups    map[string]string // recorded
	rows      []map[string]string
	informed  []map[string]string
	bridges   []map[string]string
	leastRand float64 // with two groups, to those recorded
	Summary   struct {
		Sizes map[string]int `json:"recorded_sizes"`
	}
	Representants map[string][]expectedStatement `json:"repness_recorded_groups"`
	Consensus     expectedConsensus              `json:"consensus_all_participants"`
	TopInformed   []int                          `json:"top10_gic"`
	Priorities    map[string]float64             `json:"priorities_ref_groups"`
}

// references reads both conversations.
func references(t *testing.T) (list []*reference) {
	t.Helper()
	for name, least := range map[string]float64{"vtaiwan.uberx": 0.80, "15-per-hour-seattle": 0.85} {
		dir := "deliberation/conversations/" + name
		a := &reference{name: name, leastRand: least, groups: map[string]string{}}
		material.JSON(t, dir+"/expected/expected.json", a)
		a.c = conversation(t, dir+"/votes.csv", dir+"/comments.csv")
		a.rows = material.Records(t, dir+"/expected/expected-groups.csv")
		a.informed = material.Records(t, dir+"/expected/expected-gic.csv")
		a.bridges = material.Records(t, dir+"/expected/expected-bridging.csv")
		for _, row := range a.rows {
			if row["recorded_group"] != "" {
				a.groups[row["participant"]] = row["recorded_group"]
			}
		}
		list = append(list, a)
	}
	return list
}

func mapped(t testing.TB, c *Conversation, o Options) *Map {
	t.Helper()
	m, err := c.Map(o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// both gives the labels of the participants who are grouped on the map and in the recording.
func (a *reference) both(m *Map) (ours, recorded []uint8, at []Point) {
	for _, p := range m.Participants {
		if g, ok := a.groups[p.ID]; ok && p.Group >= 0 {
			label, _ := strconv.Atoi(g)
			ours, recorded, at = append(ours, uint8(p.Group)), append(recorded, uint8(label)), append(at, p.Place)
		}
	}
	return ours, recorded, at
}

func TestParticipantsStandWhereTheReferencePutsThem(t *testing.T) {
	for _, a := range references(t) {
		places := compared{t: t, what: a.name}
		rows := map[string]map[string]string{}
		for _, row := range a.rows {
			rows[row["participant"]] = row
		}
		for _, p := range mapped(t, a.c, Options{}).Participants {
			row := rows[p.ID]
			if row["participant"] != p.ID || row["n_votes"] != strconv.Itoa(p.Votes) {
				t.Fatalf("%s: %s with %d votes, want %s with %s", a.name, p.ID, p.Votes, row["participant"], row["n_votes"])
			}
			if row["ref_x"] != "" {
				places.ours = append(places.ours, p.Place)
				places.given = append(places.given, Point{material.Number(t, row["ref_x"]), material.Number(t, row["ref_y"])})
			}
		}
		places.upToSign(1e-6)
	}
}

func TestStatisticsOfRecordedGroupsAreThoseOfTheReference(t *testing.T) {
	for _, a := range references(t) {
		t.Run(a.name, func(t *testing.T) {
			m := mapped(t, a.c, Options{Groups: a.groups})
			for _, g := range m.Groups {
				if g.Size != a.Summary.Sizes[g.Name] {
					t.Errorf("group %s has %d participants, want %d", g.Name, g.Size, a.Summary.Sizes[g.Name])
				}
			}
			checkRepresentative(t, m, a.Representants)
			checkConsensus(t, m, a.Consensus)
			a.checkInformed(t, m)
			a.checkBridges(t, m)
		})
	}
}

func (a *reference) checkInformed(t *testing.T, m *Map) {
	t.Helper()
	for j, row := range a.informed {
		s := &m.Statements[j]
		if s.ID != row["comment-id"] || !near(s.Informed, material.Number(t, row["gic_agree"]), 1e-12) {
			t.Errorf("group-informed consensus of %s is %v, want %s of %s", s.ID, s.Informed, row["gic_agree"], row["comment-id"])
		}
		if rank, _ := strconv.Atoi(cmp.Or(row["rank_agree_excl_modout"], "0")); s.Rank != rank {
			t.Errorf("rank of %s is %d, want %d", s.ID, s.Rank, rank)
		}
		for g, n := range s.ByGroup {
			count := func(what string) int { return int(material.Number(t, row[what+"_g"+strconv.Itoa(g)])) }
			if n != (Counts{count("na"), count("nd"), count("ns")}) {
				t.Errorf("votes of group %d on %s are %+v, want %v", g, s.ID, n, row)
			}
		}
	}
	top := map[int]string{}
	for _, s := range m.Statements {
		top[s.Rank] = s.ID
	}
	for i, id := range a.TopInformed {
		if top[i+1] != strconv.Itoa(id) {
			t.Errorf("rank %d has %s, want %d", i+1, top[i+1], id)
		}
	}
}

func (a *reference) checkBridges(t *testing.T, m *Map) {
	t.Helper()
	byID := map[string]*Placed{}
	for j := range m.Statements {
		byID[m.Statements[j].ID] = &m.Statements[j]
	}
	for _, row := range a.bridges {
		s := byID[row["comment-id"]]
		least := slices.MinFunc(s.ByGroup, func(a, b Counts) int { return a.Seen - b.Seen }).Seen
		if !near(s.LeastAgreed, material.Number(t, row["min_group_wilson90_agree"]), 1e-9) || s.Heard != (row["exposure_ok"] == "1") ||
			!near(s.Comparable, material.Number(t, row["gic_geomean"]), 1e-12) || least != int(material.Number(t, row["min_ns"])) {
			t.Errorf("%s: lower bound %v, heard %v by %d, comparable %v; want %v", s.ID, s.LeastAgreed, s.Heard, least, s.Comparable, row)
		}
		if want := s.Heard && s.LeastAgreed >= 0.60; (s.Verdict == Bridging) != want {
			t.Errorf("%s is %s, with a lower bound of %v and heard %v", s.ID, s.Verdict, s.LeastAgreed, s.Heard)
		}
	}
}

func TestPrioritiesAreThoseOfTheReference(t *testing.T) {
	for _, a := range references(t) {
		groups := map[string]string{}
		for _, row := range a.rows {
			if row["ref_group"] != "" {
				groups[row["participant"]] = row["ref_group"]
			}
		}
		for _, s := range mapped(t, a.c, Options{Groups: groups}).Statements {
			if want := a.Priorities[s.ID]; !near(s.Priority/want, 1, 1e-6) {
				t.Errorf("%s: priority of %s is %v, want %v", a.name, s.ID, s.Priority, want)
			}
		}
	}
}

func TestGroupsAreTighterThanThoseRecorded(t *testing.T) {
	for _, a := range references(t) {
		m := mapped(t, a.c, Options{K: 2})
		ours, recorded, at := a.both(m)
		spread := func(label []uint8) (sum float64) {
			mean := centres(at, label, make([]int, 2))
			for i, p := range at {
				sum += p.squaredDistance(mean[label[i]])
			}
			return sum
		}
		if spread(ours) > spread(recorded) {
			t.Errorf("%s: sum of squares %v, recorded %v", a.name, spread(ours), spread(recorded))
		}
		if index := adjustedRand(ours, recorded); index < a.leastRand {
			t.Errorf("%s: adjusted Rand index %v to the recorded groups, want at least %v", a.name, index, a.leastRand)
		}
	}
}

// renamed gives the conversation in which participants and statements have other ids, and so another order, with the old id of each new one.
func (a *reference) renamed(t *testing.T, seed uint64) (c *Conversation, old map[string]string) {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 9))
	names := func(ids []string) map[string]string {
		names := map[string]string{}
		for i, at := range random.Perm(len(ids)) {
			names[ids[i]] = strconv.Itoa(at)
		}
		return names
	}
	people, theses := names(a.c.participants.ids), names(a.c.statements.ids)
	c, old = &Conversation{}, map[string]string{}
	for id, name := range people {
		old[name] = id
	}
	for slot, id := range a.c.statements.ids {
		if err := c.SetStatements(Statement{theses[id], a.c.status[slot]}); err != nil {
			t.Fatal(err)
		}
	}
	votes := a.c.listed()
	for i, v := range votes {
		votes[i].Participant, votes[i].Statement = people[v.Participant], theses[v.Statement]
	}
	if err := c.Add(votes...); err != nil {
		t.Fatal(err)
	}
	return c, old
}

func TestOtherIDsGiveTheSameGroups(t *testing.T) {
	for _, a := range references(t) {
		want := map[string]int{}
		for _, p := range mapped(t, a.c, Options{}).Participants {
			want[p.ID] = p.Group
		}
		for seed := range uint64(3) {
			c, old := a.renamed(t, seed)
			for _, p := range mapped(t, c, Options{}).Participants {
				if id := old[p.ID]; p.Group != want[id] {
					t.Fatalf("%s: %s is in group %d, and by the name of %s in group %d", a.name, id, want[id], p.ID, p.Group)
				}
			}
		}
	}
}

// listed gives the votes of a conversation as a list.
func (c *Conversation) listed() (list []Vote) {
	for p, row := range c.rows {
		for _, vote := range row {
			list = append(list, Vote{c.participants.ids[p], c.statements.ids[vote.statement()], vote.value()})
		}
	}
	return list
}

func TestTheOrderOfTheVotesMakesNoDifferenceToTheReferenceMaps(t *testing.T) {
	for _, a := range references(t) {
		want := mapped(t, a.c, Options{})
		votes := a.c.listed()
		rand.New(rand.NewPCG(7, 7)).Shuffle(len(votes), func(i, j int) { votes[i], votes[j] = votes[j], votes[i] })
		shuffled := &Conversation{}
		for slot, id := range a.c.statements.ids {
			if err := shuffled.SetStatements(Statement{id, a.c.status[slot]}); err != nil {
				t.Fatal(err)
			}
		}
		for part := range slices.Chunk(votes, 1+len(votes)/3) { // in three additions: slots are no longer in order
			if err := shuffled.Add(part...); err != nil {
				t.Fatal(err)
			}
		}
		sameMap(t, mapped(t, shuffled, Options{}), want)
	}
}
