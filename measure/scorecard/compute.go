package scorecard

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/standard"
)

// NoCycle is the state of a scorecard that was made from statistics alone.
const NoCycle = "statistics"

// Compute judges each requirement of the profile by the rules of docs/judgement.md. Answers and series on what the profile leaves out are
// ignored. The error names the answer, settlement or series that cannot be: a requirement or indicator that the standard does not have, a grade
// beyond 4, an answer given twice.
func Compute(std *standard.Standard, profile standard.Profile, in Input) (Scorecard, error) {
	_, end, err := Span(in.Period)
	if err != nil {
		return Scorecard{}, err
	}
	if err := in.check(newIndex(std)); err != nil {
		return Scorecard{}, fmt.Errorf("scorecard of %s for %s: %w", in.City, in.Period, err)
	}
	c := computation{std: std, in: &in, end: end,
		answers: map[string][]Answer{}, settlements: map[string]*Settlement{}, series: map[string][]Series{}}
	for _, given := range in.Answers {
		c.answers[given.Requirement] = append(c.answers[given.Requirement], given.Answer)
	}
	for i := range in.Settlements {
		c.settlements[in.Settlements[i].Requirement] = &in.Settlements[i]
	}
	for _, s := range in.Series {
		c.series[s.Indicator] = append(c.series[s.Indicator], s)
	}
	card := Scorecard{City: in.City, Name: in.Name, Country: in.Country, Fictional: in.Fictional, Period: in.Period, Standard: std.Ref(), Profile: profile.Key, State: cmp.Or(in.State, NoCycle),
		Dimensions: []Dimension{}}
	for _, d := range std.Select(profile) {
		card.Dimensions = append(card.Dimensions, c.dimension(&d))
	}
	return card, nil
}

// computation is the input by requirement and indicator.
type computation struct {
	std         *standard.Standard
	in          *Input
	end         int
	answers     map[string][]Answer
	settlements map[string]*Settlement
	series      map[string][]Series
}

func (c *computation) dimension(d *standard.Dimension) Dimension {
	out := Dimension{ID: d.ID, Title: d.Title, Requirements: make([]Requirement, 0, len(d.Requirements))}
	var weakest rank
	for r := range d.Requirements {
		q, v := c.requirement(&d.Requirements[r])
		out.Counts.add(q.State)
		if standing := (rank{grade: v.lowest, state: q.State, id: q.ID}); standing.below(weakest) {
			weakest, out.Weakest = standing, &d.Requirements[r].ID
		}
		out.Requirements = append(out.Requirements, q)
	}
	return out
}

func (c *computation) requirement(q *standard.Requirement) (Requirement, verdict) {
	answers := sortedAnswers(c.answers[q.ID])
	settlement := c.settlements[q.ID]
	v := weigh(answers, settlement)

	indicators := make([]Indicator, len(q.Indicators))
	var missing []Reason
	judging := false
	for n := range q.Indicators {
		def, shown := &q.Indicators[n], &indicators[n]
		said := statementsOn(def.ID, answers, settlement)
		*shown = Figures(def, c.series[def.ID], c.end)
		shown.putAnswer(def, said, c.in.Period)
		if def.Local() {
			continue
		}
		if isBool(def) && def.Kind == standard.Structure && def.Good == standard.Yes {
			judging = true
			if lack, ok := structureGap(shown, said); !ok {
				missing = append(missing, lack)
			}
		}
		if def.Minimum != nil {
			judging = true
			if lack, ok := judgeMinimum(shown, def, said); !ok {
				missing = append(missing, lack)
			}
		}
	}
	if v.state == "" {
		v.weighGrounds(judging, missing)
	}
	if v.self {
		v.reasons = append(v.reasons, reason(SelfAssessed))
	}
	if services := foreignServices(q, c.std.Terms.Services, c.in.Competences); services != nil {
		v.reasons = append(v.reasons, reason(ServicesNotOwn, "services", strings.Join(services, ", "), "keys", strings.Join(q.Services, ",")))
	}
	links := make([]string, len(q.Links))
	for i, link := range q.Links {
		links[i] = link.String()
	}
	return Requirement{ID: q.ID, Title: q.Title, State: v.state, Settled: v.settled, SelfOnly: v.self, Reason: inWords(v.reasons), Reasons: v.reasons,
		Links: links, Answers: answers, Indicators: indicators}, v
}

// weighGrounds turns a passing grade into a state: met where every ground holds, else partly, with what is missing.
func (v *verdict) weighGrounds(judging bool, missing []Reason) {
	switch {
	case len(missing) > 0:
		v.state = Partly
		v.reasons = append(v.reasons, missing...)
	case judging:
		v.state = Met
		v.reasons = append(v.reasons, reason(GroundsHold))
	default:
		v.state = Met
		v.reasons = append(v.reasons, reason(NoGrounds))
	}
}

// sortedAnswers gives the answers by party and organisation, without the lists that would be null in JSON.
func sortedAnswers(answers []Answer) []Answer {
	sorted := make([]Answer, len(answers))
	copy(sorted, answers)
	for i := range sorted {
		if sorted[i].Evidence == nil {
			sorted[i].Evidence = []Evidence{}
		}
	}
	slices.SortFunc(sorted, func(a, b Answer) int {
		return cmp.Or(slices.Index(Parties, a.Party)-slices.Index(Parties, b.Party), strings.Compare(a.Organisation, b.Organisation))
	})
	return sorted
}

func (c *Counts) add(s State) {
	switch s {
	case Met:
		c.Met++
	case Partly:
		c.Partly++
	case NotMet:
		c.NotMet++
	case Disputed:
		c.Disputed++
	case Unknown:
		c.Unknown++
	case Outside:
		c.Outside++
	}
}

// rank orders the graded requirements of a dimension from the weakest on: by the settled grade, or the lowest given where it is disputed;
// then not met, disputed, partly, met; then by id.
type rank struct {
	grade *int
	state State
	id    string
}

func (a rank) below(b rank) bool {
	if a.grade == nil || b.grade == nil {
		return a.grade != nil
	}
	order := []State{NotMet, Disputed, Partly, Met}
	return cmp.Or(
		*a.grade-*b.grade,
		slices.Index(order, a.state)-slices.Index(order, b.state),
		len(a.id)-len(b.id),
		strings.Compare(a.id, b.id),
	) < 0
}
