package opinion

import (
	"fmt"
)

// DefaultRestarts is the number of starts from which groups are sought, at least; up to ten times as many where few participants are grouped.
const DefaultRestarts = 20

// Options say how a map is made. The zero value is the usual way.
type Options struct {
	K          int               // number of groups; 0: found by the silhouette
	Groups     map[string]string // from participants to the names of given groups; nil: groups are found
	Seed       uint64            // of the restarts and resamples
	Restarts   int               // of k-means; 0: by DefaultRestarts
	Replicates int               // bootstrap resamples for the stability; 0: none
	// Progress, if there is one, is called after each resample with how many are done, one call at a time; its error ends the map.
	Progress func(done int) error
}

// Map is an opinion map.
type Map struct {
	Participants []Participant // by id
	Statements   []Placed      // by id
	Groups       []Group       // the largest first; given ones by name
	Votes        int
	Columns      int        // statements with at least one vote
	Explained    [2]float64 // share of the variance along each axis
	Silhouette   *float64   // mean; nil where there is one group only
	Exact        bool       // the silhouette is exact; else it compares distances to centres
	WSS          float64    // sum of squared distances of participants to their group's centre
	Tried        []Candidate
	Consensus    Consensus
	Stability    *Stability // nil where Options.Replicates is 0 or there is nothing to compare
	Warnings     []Warning
}

// Participant is a person on the map.
type Participant struct {
	ID    string
	Place Point
	Votes int
	Group int // index into Groups; -1: too few votes to be grouped
}

// Group is people who vote alike.
type Group struct {
	Name           string           `json:"name"`
	Size           int              `json:"size"`
	X              float64          `json:"x"` // of its centre
	Y              float64          `json:"y"`
	Representative []Representative `json:"representative"`
}

// Placed is a statement on the map.
type Placed struct {
	Statement
	Counts                 // over all participants
	ByGroup     []Counts   // in the order of Groups
	Mean        float64    // vote of all participants; 0 for statements that are no part of the map
	Weight      [2]float64 // in the axes
	Extremity   float64
	Informed    float64 // group-informed consensus, above 0 and at most 1
	Comparable  float64 // its geometric mean over the groups: comparable whatever their number
	Rank        int     // by Comparable among open statements that were voted on; 0: not ranked
	LeastAgreed float64 // smallest lower bound of agreement of all groups
	Heard       bool    // by enough of every group
	Verdict     Verdict // empty for statements that are no part of the map
	Priority    float64
}

// Map computes the map of all votes. An error is of type *Error (there are no votes, the options ask for groups that cannot be, or a given group
// names somebody who has not voted), or that of Options.Progress. What the data does not carry is left out and said in Warnings.
func (c *Conversation) Map(o Options) (*Map, error) {
	if c.votes == 0 {
		return nil, wrong(0, "", "there are no votes")
	}
	m := c.matrix()
	var s symmetric
	everybody := everyone(len(m.participants))
	if m.usesMoments() {
		if c.moments == nil {
			c.moments = countMoments(c.rows, len(c.statements.ids))
		}
		c.moments.resize(len(c.statements.ids))
		c.covariances = m.covariances(c.moments, c.covariances)
		s = c.covariances
	} else {
		c.moments, c.covariances = nil, nil // the memory is needed elsewhere
		s = newSparse(m, everybody)
	}
	a := components(s, m.variance(), precise)
	out := &Map{Votes: c.votes, Columns: m.columns}
	places := m.project(&a)
	if err := out.group(m, places, &o); err != nil {
		return nil, err
	}
	grouped, label := out.labels()
	c.regroup(m, grouped, label, len(out.Groups))
	out.describe(m, &a, c.groups.counts(m))
	var err error
	if out.Stability, err = out.stability(m, &o); err != nil {
		return nil, err
	}
	out.warn(&a, &o)
	return out, nil
}

// precise is how far components may be from the true ones, relative to their length.
const precise = 1e-10

func everyone(n int) []int32 {
	list := make([]int32, n)
	for i := range list {
		list[i] = int32(i)
	}
	return list
}

// describe judges the statements by the votes of each group.
func (out *Map) describe(m *matrix, a *axes, counts [][]Counts) {
	for i := range a.axis {
		if a.variance > 0 {
			out.Explained[i] = a.axis[i].variance / a.variance
		}
	}
	sizes := make([]int, len(out.Groups))
	for g := range out.Groups {
		sizes[g] = out.Groups[g].Size
	}
	extremity := m.extremity(a)
	consensus := make([]float64, len(m.statements))
	out.Statements = make([]Placed, len(m.statements))
	for j, id := range m.statements {
		s := &out.Statements[j]
		*s = Placed{Statement: Statement{id, m.status[j]}, Counts: m.counts[j], Mean: m.mean[j], Extremity: extremity[j],
			Weight: [2]float64{a.axis[0].weight[j], a.axis[1].weight[j]}, Informed: informed(counts, j), ByGroup: make([]Counts, len(counts))}
		var together Counts
		for g := range counts {
			n := counts[g][j]
			s.ByGroup[g] = n
			together = Counts{together.Agree + n.Agree, together.Disagree + n.Disagree, together.Seen + n.Seen}
		}
		b := bridgeOf(counts, sizes, j)
		s.LeastAgreed, s.Heard = b.leastAgreed, b.heard
		if s.Status == Open {
			s.Verdict = b.verdict
		}
		s.Priority = priority(together, extremity[j])
		if s.Status == Meta {
			s.Priority = metaPriority
		}
		consensus[j], s.Comparable = s.Informed, geometricMean(s.Informed, len(counts))
	}
	for j, rank := range ranks(consensus, func(j int) bool { return m.open(j) && m.counts[j].Seen > 0 }) {
		out.Statements[j].Rank = rank
	}
	for g := range out.Groups {
		out.Groups[g].Representative = []Representative{}
		if len(out.Groups) > 1 {
			out.Groups[g].Representative = m.representative(counts, g)
		}
	}
	out.Consensus = m.consensus()
}

// Grouped gives the number of participants in groups.
func (out *Map) Grouped() (n int) {
	for _, g := range out.Groups {
		n += g.Size
	}
	return n
}

// labels lists who is grouped, by number, with the number of their group.
func (out *Map) labels() (grouped []int32, label []uint8) {
	for i := range out.Participants {
		if g := out.Participants[i].Group; g >= 0 {
			grouped, label = append(grouped, int32(i)), append(label, uint8(g))
		}
	}
	return grouped, label
}

// String says in one line what the map is.
func (out *Map) String() string {
	return fmt.Sprintf("%d votes, %d participants, %d statements; grouped %d, groups %d", out.Votes, len(out.Participants), len(out.Statements), out.Grouped(), len(out.Groups))
}
