package scorecard

import (
	"slices"
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/standard"
)

// passing is the lowest grade that says "minimum met".
const passing = 3

// verdict is what the answers to one requirement come to.
type verdict struct {
	state   State // empty where a settled grade of passing or more still needs its grounds
	settled *int
	lowest  *int // the settled grade, or else the lowest that was given
	self    bool // one organisation only stands behind it
	reasons []Reason
}

// standing sorts the organisations' answers by what they say.
type standing struct {
	graded                                []*Answer
	notAvailable, notApplicable, notLocal []string // organisations
}

// weigh finds the settled grade or the state that needs none, in the order of docs/judgement.md. Residents are not weighed: their share is
// shown beside the grades and never becomes one.
func weigh(answers []Answer, settlement *Settlement) verdict {
	s := standing{}
	for i := range answers {
		a := &answers[i]
		switch {
		case a.Party == Residents:
		case a.Grade != nil:
			s.graded = append(s.graded, a)
		case a.Value == NotAvailable:
			s.notAvailable = append(s.notAvailable, a.Organisation)
		case a.Value == NotApplicable:
			s.notApplicable = append(s.notApplicable, a.Organisation)
		case a.Value == NotLocal:
			s.notLocal = append(s.notLocal, a.Organisation)
		}
	}
	v := s.judge(settlement)
	if v.settled != nil {
		v.lowest = v.settled
		switch grade := strconv.Itoa(*v.settled); {
		case *v.settled <= 1:
			v.state = NotMet
			v.reasons = append(v.reasons, reason(GradeMeansNotMet, "grade", grade))
		case *v.settled < passing:
			v.state = Partly
			v.reasons = append(v.reasons, reason(GradeMeansPartly, "grade", grade))
		}
	}
	return v
}

func (s *standing) judge(settlement *Settlement) verdict {
	if settlement != nil {
		return settledBy(settlement)
	}
	outside := slices.Concat(s.notApplicable, s.notLocal)
	switch {
	case len(s.graded)+len(outside)+len(s.notAvailable) == 0:
		return verdict{state: Unknown, reasons: []Reason{reason(Unanswered)}}
	case len(s.graded)+len(outside) == 0:
		return verdict{state: Unknown, reasons: s.values()}
	case len(s.graded) == 0:
		return verdict{state: Outside, reasons: s.values(), self: len(outside) == 1}
	}
	lowest, highest := s.graded[0], s.graded[0]
	for _, a := range s.graded[1:] {
		if *a.Grade < *lowest.Grade {
			lowest = a
		}
		if *a.Grade > *highest.Grade {
			highest = a
		}
	}
	grade := *lowest.Grade
	switch {
	case len(outside) > 0:
		slices.Sort(outside)
		disagreement := reason(ScopeDisagrees, "outside_by", strings.Join(outside, ", "), "graded_by", names(s.graded))
		return verdict{state: Disputed, lowest: &grade, reasons: append([]Reason{disagreement}, s.values()...)}
	case grade < passing && *highest.Grade >= passing:
		disagreement := reason(GradesDisagree,
			"lowest", strconv.Itoa(grade), "lowest_by", names(s.withGrade(grade)),
			"highest", strconv.Itoa(*highest.Grade), "highest_by", names(s.withGrade(*highest.Grade)))
		return verdict{state: Disputed, lowest: &grade, reasons: append([]Reason{disagreement}, s.values()...)}
	case len(s.graded) == 1:
		first := reason(OneGrade, "organisation", lowest.Organisation, "grade", strconv.Itoa(grade))
		return verdict{settled: &grade, self: true, reasons: append([]Reason{first}, s.values()...)}
	}
	first := reason(LowestGrade, "organisations", names(s.graded), "grade", strconv.Itoa(grade))
	return verdict{settled: &grade, reasons: append([]Reason{first}, s.values()...)}
}

// settledBy follows a verification or reconciliation.
func settledBy(s *Settlement) verdict {
	if s.Grade != nil {
		grade := *s.Grade
		return verdict{settled: &grade, reasons: []Reason{reason(s.How+"_grade", "grade", strconv.Itoa(grade))}}
	}
	v := verdict{state: Outside, reasons: []Reason{reason(s.How + "_" + s.Value)}}
	if s.Value == NotAvailable {
		v.state = Unknown
	}
	return v
}

// values gives a reason for each honest value with those who gave it.
func (s *standing) values() []Reason {
	var reasons []Reason
	for _, said := range []struct {
		code string
		by   []string
	}{{SaysNotApplicable, s.notApplicable}, {SaysNotLocal, s.notLocal}, {SaysNotAvailable, s.notAvailable}} {
		if len(said.by) > 0 {
			reasons = append(reasons, reason(said.code, "organisations", strings.Join(said.by, ", ")))
		}
	}
	return reasons
}

func (s *standing) withGrade(grade int) []*Answer {
	return slices.DeleteFunc(slices.Clone(s.graded), func(a *Answer) bool { return *a.Grade != grade })
}

func names(answers []*Answer) string {
	list := make([]string, len(answers))
	for i, a := range answers {
		list[i] = a.Organisation
	}
	return strings.Join(list, ", ")
}

// foreignServices gives the services of a requirement where the city has said of each that it is not its own, else nothing.
func foreignServices(q *standard.Requirement, terms []standard.Term, own map[string]bool) []string {
	var labels []string
	for _, service := range q.Services {
		if isOwn, known := own[service]; isOwn || !known {
			return nil
		}
		label := service
		for _, term := range terms {
			if term.Key == service {
				label = term.Text
			}
		}
		labels = append(labels, label)
	}
	return labels
}
