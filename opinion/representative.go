package opinion

import (
	"cmp"
	"slices"
)

// Side is agreement or disagreement.
type Side string

const (
	Agreeing    Side = "agree"
	Disagreeing Side = "disagree"
)

// Representative is a statement on which a group stands out from all others together.
type Representative struct {
	Statement  string  `json:"statement"`
	Side       Side    `json:"side"`
	Votes      int     `json:"votes"` // on that side
	Seen       int     `json:"seen"`
	Share      float64 `json:"share"`      // estimated: (votes+1)/(seen+2)
	ShareTest  float64 `json:"share_test"` // how far above one half, in standard deviations
	Ratio      float64 `json:"ratio"`      // of the share to that of all others
	RatioTest  float64 `json:"ratio_test"` // how far above the others, in standard deviations
	BestAgreed bool    `json:"best_agreed,omitempty"`
}

// score orders representative statements.
func (r *Representative) score() float64 { return r.Ratio * r.RatioTest * r.Share * r.ShareTest }

// stands tells whether the group stands out, on this side, beyond chance.
func (r *Representative) stands() bool { return r.RatioTest > significant && r.ShareTest > significant }

// mostListed is how many statements are listed at a time.
const mostListed = 5

// representative lists up to five statements that tell a group from all others together: the one it agrees with best, then those that stand out, by
// score; agreements before disagreements. Statements that are moderated out or meta are left out.
func (m *matrix) representative(counts [][]Counts, group int) []Representative {
	var standing []Representative // one more than are listed: one of them may be the best agreed
	var best *Representative
	for j, id := range m.statements {
		if !m.open(j) {
			continue
		}
		var others Counts
		for g := range counts {
			if g != group {
				others.Agree += counts[g][j].Agree
				others.Disagree += counts[g][j].Disagree
				others.Seen += counts[g][j].Seen
			}
		}
		own := counts[group][j]
		agree := stand(id, Agreeing, own.Agree, own.Seen, others.Agree, others.Seen)
		disagree := stand(id, Disagreeing, own.Disagree, own.Seen, others.Disagree, others.Seen)
		if own.Agree+own.Disagree > 0 && agree.betterAgreed(best) {
			best = &agree
		}
		if agree.stands() || disagree.stands() {
			if agree.RatioTest > disagree.RatioTest {
				standing = keepBest(standing, agree, mostListed+1, (*Representative).score)
			} else {
				standing = keepBest(standing, disagree, mostListed+1, (*Representative).score)
			}
		}
	}
	list := []Representative{}
	if best != nil {
		best.BestAgreed = true
		list = append(list, *best)
	}
	for _, r := range standing {
		if len(list) < mostListed && (best == nil || r.Statement != best.Statement) {
			list = append(list, r)
		}
	}
	slices.SortStableFunc(list, func(a, b Representative) int { return cmp.Compare(a.Side, b.Side) })
	return list
}

// stand compares a group with all others on one side of a statement.
func stand(id string, side Side, n, seen, otherN, otherSeen int) Representative {
	share := probability(n, seen)
	return Representative{Statement: id, Side: side, Votes: n, Seen: seen, Share: share, ShareTest: aboveHalf(n, seen),
		Ratio: share / probability(otherN, otherSeen), RatioTest: aboveOthers(n, seen, otherN, otherSeen)}
}

// betterAgreed tells whether a group agrees with this statement better than with the best one so far. The first must be agreed with beyond chance,
// or by more than half and more than elsewhere.
func (r *Representative) betterAgreed(best *Representative) bool {
	switch {
	case best == nil:
		return r.ShareTest > significant || r.Ratio > 1 && r.Share > 0.5
	case best.Ratio > 1:
		return r.score() > best.score()
	}
	return r.Share*r.ShareTest > best.Share*best.ShareTest
}
