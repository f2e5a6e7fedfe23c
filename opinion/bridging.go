package opinion

// Verdict says whether a statement bridges the groups.
type Verdict string

const (
	Bridging       Verdict = "bridging"         // every group has heard it and agrees
	Contested      Verdict = "contested"        // at least one group disagrees
	NotEnoughHeard Verdict = "not_enough_heard" // neither can be said yet
)

const (
	bridgingShare   = 0.60 // of agreement in every group, at least, as a lower bound
	contestingShare = 0.50 // of disagreement in any group, at least, as a lower bound
	fewestHeard     = 5    // votes of each group, at least
)

// bridge is how a statement stands between the groups.
type bridge struct {
	verdict     Verdict
	leastAgreed float64 // the smallest lower bound of agreement of all groups
	heard       bool    // in every group by at least 5, and by 10 in 100 of it
	leastHeard  int     // votes of the group that gave fewest
}

// bridge judges a statement. Group-informed consensus alone has no floor of exposure: a statement that few have seen can rank high in it.
func bridgeOf(counts [][]Counts, sizes []int, j int) bridge {
	b := bridge{leastAgreed: 1, heard: true, leastHeard: -1}
	contested := false
	for g := range counts {
		n := counts[g][j]
		b.leastAgreed = min(b.leastAgreed, wilson(n.Agree, n.Seen))
		if n.Seen < fewestHeard || 10*n.Seen < sizes[g] {
			b.heard = false
		}
		if b.leastHeard < 0 || n.Seen < b.leastHeard {
			b.leastHeard = n.Seen
		}
		contested = contested || wilson(n.Disagree, n.Seen) >= contestingShare
	}
	switch {
	case b.heard && b.leastAgreed >= bridgingShare:
		b.verdict = Bridging
	case contested:
		b.verdict = Contested
	default:
		b.verdict = NotEnoughHeard
	}
	return b
}
