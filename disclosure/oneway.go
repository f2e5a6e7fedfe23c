package disclosure

// Decision says whether a cell is shown, and if not, why.
type Decision string

const (
	Shown     Decision = "shown"
	Primary   Decision = "primary"   // too few people, or nobody knows how many
	Secondary Decision = "secondary" // hidden so that a primary cell cannot be worked out
)

// OneWay is what is decided on the groups of one breakdown and on their total.
type OneWay struct {
	Groups []Decision // in the order of the groups
	Total  Decision
}

// Figures decides on the figures, such as shares or means, of groups that make up the whole, by the unweighted counts behind them; a nil
// count is not known. The counts themselves are taken to be known to attackers, who with them and the figure of the whole could work out a
// single hidden one. So where groups are hidden, others are hidden with them, the smallest first, until each hidden number of people could,
// for all an attacker can subtract, be anything from one to the threshold. Where no group is left to hide, the figure of the whole is
// hidden. A group without anybody has no figure and hides nothing.
func (t Threshold) Figures(groups []*int64, total *int64) OneWay {
	out := OneWay{Groups: make([]Decision, len(groups)), Total: Shown}
	for i, n := range groups {
		out.Groups[i] = Shown
		if t.HidesFigure(n) {
			out.Groups[i] = Primary
		}
	}
	if t.HidesFigure(total) {
		out.Total = Primary
	}
	t.protect(&out, groups)
	return out
}

// protect hides more groups, the smallest first, and at last the total, until no hidden one can be worked out. A group of unknown count must
// be protected as if it were too small, but like an empty one protects nobody, since it may be empty.
func (t Threshold) protect(out *OneWay, count []*int64) {
	if out.Total != Shown {
		return
	}
	var hidden, people int64
	unknown := false
	for i, d := range out.Groups {
		switch n := count[i]; {
		case n == nil:
			unknown = true
		case d != Shown && *n > 0:
			hidden++
			people += *n
		}
	}
	// The largest that a hidden number can be is what is left when all other hidden groups have one person each.
	for (hidden > 0 || unknown) && people-(hidden-1) < t.K() {
		next := -1
		for i, d := range out.Groups {
			if d == Shown && (next < 0 || *count[i] < *count[next]) {
				next = i
			}
		}
		if next < 0 {
			out.Total = Secondary
			return
		}
		out.Groups[next] = Secondary
		hidden++
		people += *count[next]
	}
}
