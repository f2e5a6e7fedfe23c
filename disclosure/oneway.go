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

// Counts decides on the numbers of people or cases in groups that make up a total. Attackers know the total, the shown groups and the rule
// that hidden groups are not empty. So where groups are hidden, others are hidden with them, the smallest first, until each hidden number
// could, for all an attacker can subtract, be anything from one to the threshold. Where no group is left to hide, the total is hidden.
func (t Threshold) Counts(groups []int64) OneWay {
	out := OneWay{Groups: make([]Decision, len(groups)), Total: Shown}
	total := int64(0)
	for i, n := range groups {
		out.Groups[i] = Shown
		if t.HidesCount(n) {
			out.Groups[i] = Primary
		}
		total += n
	}
	if t.HidesCount(total) {
		out.Total = Primary
	}
	t.protect(&out, func(i int) int64 { return groups[i] })
	return out
}

// Figures decides on the figures, such as shares or means, of groups that make up the whole, by the unweighted counts behind them; a nil
// count is not known. The counts themselves are taken to be known to attackers, who with them and the figure of the whole could work out a
// single hidden one. A group without anybody has no figure and hides nothing.
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
	t.protect(&out, func(i int) int64 {
		if groups[i] == nil {
			return 0
		}
		return *groups[i]
	})
	return out
}

// protect hides more groups, the smallest first, and at last the total, until no hidden one can be worked out. Empty groups and those of
// unknown count protect nobody.
func (t Threshold) protect(out *OneWay, count func(int) int64) {
	if out.Total != Shown {
		return
	}
	var hidden, people int64
	for i, d := range out.Groups {
		if d != Shown && count(i) > 0 {
			hidden++
			people += count(i)
		}
	}
	// The largest that a hidden number can be is what is left when all other hidden groups have one person each.
	for hidden > 0 && people-(hidden-1) < t.K() {
		next := -1
		for i, d := range out.Groups {
			if n := count(i); d == Shown && n > 0 && (next < 0 || n < count(next)) {
				next = i
			}
		}
		if next < 0 {
			out.Total = Secondary
			return
		}
		out.Groups[next] = Secondary
		hidden++
		people += count(next)
	}
}
