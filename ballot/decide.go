package ballot

import (
	"math/big"
	"slices"
	"strconv"
)

const (
	daysBeforeRepeat   = 14 // at least, between a failed quorum and its repeat
	monthsUntilUrgents = 12 // lapse, unless ratified in full
)

// limit gives a threshold of the rule.
func limit(part, whole int64) *big.Rat { return big.NewRat(part, whole) }

// Outcome is what becomes of the text.
type Outcome string

const (
	Adopted  Outcome = "adopt"
	Rejected Outcome = "reject"
	NoQuorum Outcome = "no_quorum" // a chamber did not vote in sufficient number; nothing is decided
	Blocked  Outcome = "blocked"   // the votes suffice, an objection is open
)

// ChamberShares are the shares of one chamber.
type ChamberShares struct {
	Name    string `json:"name"`
	Turnout Share  `json:"turnout"` // votes, abstentions included, of seats
	Yes     Share  `json:"yes"`     // of yes and no; none where nobody voted yes or no
}

// Shares are all that a decision rests on.
type Shares struct {
	Chambers []ChamberShares `json:"chambers"` // in the order of ChamberNames
	Mean     Share           `json:"mean"`     // of the chambers' shares of yes; none where one has none
	Quorum   Share           `json:"quorum"`   // the turnout of each chamber must be above it
	Needed   Share           `json:"needed"`   // the mean must reach it
}

// Decision is the outcome of a ballot with its reasons.
type Decision struct {
	Outcome     Outcome  `json:"outcome"`
	Reason      string   `json:"reason"`  // the reasons as English sentences
	Reasons     []Reason `json:"reasons"` // all that stands in the way, the gravest first; or why it is adopted
	Shares      Shares   `json:"shares"`
	MayRepeat   bool     `json:"may_repeat"`          // once, after 14 days, with a quorum above ⅓ and ¾ overall
	LapsesAfter int      `json:"lapses_after_months"` // unless ratified in full; 0: it does not lapse
	// What of the ballot the rule looked at, besides the tallies.
	Class          Class `json:"class"`
	LowersMinimum  bool  `json:"lowers_minimum"`
	OpenObjections int64 `json:"open_objections"`
}

// Decide applies the rule of docs/methods/ballot.md. It adopts if and only if
//
//  1. in every chamber the turnout, abstentions included, is above ½ (above ⅓ in a repeat),
//  2. in every chamber more than half of the votes that are no abstention are yes, and there is one at least,
//  3. the mean of the chambers' shares of yes is at least ⅔ (at least ¾ for a major or urgent change, and in a repeat),
//  4. no objection is open,
//  5. a change that lowers a minimum has at least ¾ in every chamber, and an impact statement.
//
// Where several conditions fail, a failed quorum decides first, then the votes, then objections; the reasons name all that fail. The error is
// that of Check. The order of the chambers makes no difference.
func Decide(b Ballot) (Decision, error) {
	if err := b.Check(); err != nil {
		return Decision{}, err
	}
	needed, quorum := limit(2, 3), limit(1, 2)
	if b.Class == Major || b.Class == Urgent {
		needed = limit(3, 4)
	}
	if b.Repeat != nil {
		needed, quorum = limit(3, 4), limit(1, 3)
	}
	d := Decision{Class: b.Class, LowersMinimum: b.LowersMinimum, OpenObjections: b.OpenObjections,
		Shares: Shares{Quorum: Share{quorum}, Needed: Share{needed}}}
	yes := make([]Share, len(chamberNames))
	for i, name := range chamberNames {
		c := b.Chambers[slices.IndexFunc(b.Chambers, func(c Chamber) bool { return c.Name == name })]
		yes[i] = shareOf(c.Yes, c.Yes+c.No)
		d.Shares.Chambers = append(d.Shares.Chambers, ChamberShares{Name: name, Turnout: shareOf(c.Yes+c.No+c.Abstain, c.Seats), Yes: yes[i]})
	}
	d.Shares.Mean = mean(yes)
	d.conclude(&b)
	d.Reason = inSentences(d.Reasons)
	return d, nil
}

// conclude sets the outcome and its reasons.
func (d *Decision) conclude(b *Ballot) {
	quorum, votes := d.quorumReasons(), d.voteReasons(b)
	var objections []Reason
	if b.OpenObjections > 0 {
		objections = []Reason{reason(ObjectionOpen, "count", strconv.FormatInt(b.OpenObjections, 10))}
	}
	d.Reasons = slices.Concat(quorum, votes, objections)
	switch {
	case len(quorum) > 0:
		d.Outcome, d.MayRepeat = NoQuorum, b.Repeat == nil
	case len(votes) > 0:
		d.Outcome = Rejected
	case len(objections) > 0:
		d.Outcome = Blocked
	default:
		d.Outcome = Adopted
		d.Reasons = []Reason{reason(Carried, "mean", d.Shares.Mean.percent(), "needed", d.Shares.Needed.String())}
		if b.Class == Urgent {
			d.LapsesAfter = monthsUntilUrgents
			d.Reasons = append(d.Reasons, reason(Lapses, "months", strconv.Itoa(monthsUntilUrgents)))
		}
	}
}

// quorumReasons names the chambers of which too few voted.
func (d *Decision) quorumReasons() (reasons []Reason) {
	for _, c := range d.Shares.Chambers {
		if !c.Turnout.above(d.Shares.Quorum.exact) {
			reasons = append(reasons, reason(QuorumMissed, "chamber", c.Name, "turnout", c.Turnout.percent(), "quorum", d.Shares.Quorum.String()))
		}
	}
	return reasons
}

// voteReasons names what the votes fall short of: in a chamber, overall, and for a change that lowers a minimum.
func (d *Decision) voteReasons(b *Ballot) (reasons []Reason) {
	half := limit(1, 2)
	for _, c := range d.Shares.Chambers {
		switch {
		case !c.Yes.Known():
			reasons = append(reasons, reason(OnlyAbstentions, "chamber", c.Name))
		case c.Yes.exact.Cmp(half) == 0:
			reasons = append(reasons, reason(Tie, "chamber", c.Name))
		case !c.Yes.above(half):
			reasons = append(reasons, reason(ChamberMajority, "chamber", c.Name, "yes", c.Yes.percent()))
		}
	}
	if d.Shares.Mean.Known() && !d.Shares.Mean.atLeast(d.Shares.Needed.exact) {
		reasons = append(reasons, reason(OverallMissed, "mean", d.Shares.Mean.percent(), "needed", d.Shares.Needed.String()))
	}
	if !b.LowersMinimum {
		return reasons
	}
	for _, c := range d.Shares.Chambers {
		if c.Yes.Known() && !c.Yes.atLeast(limit(3, 4)) {
			reasons = append(reasons, reason(LoweringMissed, "chamber", c.Name, "yes", c.Yes.percent(), "needed", limit(3, 4).String()))
		}
	}
	if !b.ImpactStatement {
		reasons = append(reasons, reason(NoImpactStatement))
	}
	return reasons
}
