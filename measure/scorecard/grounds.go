package scorecard

import (
	"slices"
	"strings"

	"github.com/cityrights/cityrights/measure"
	"github.com/cityrights/cityrights/standard"
)

// statements is what was said of one indicator: by the settlement if it says anything, else by the organisations. What residents say
// stands in their answer and never judges.
type statements struct {
	yes, no, evidence bool // evidence: behind a yes
	values            []float64
	by                []string
}

func statementsOn(id string, answers []Answer, settlement *Settlement) statements {
	var s statements
	if settlement != nil {
		s.add(id, settlement.How, settlement.Indicators)
	}
	if len(s.by) > 0 {
		return s
	}
	for i := range answers {
		if answers[i].Party == Residents {
			continue
		}
		by := answers[i].Organisation
		if by == "" {
			by = answers[i].Party
		}
		s.add(id, by, answers[i].Indicators)
	}
	return s
}

func (s *statements) add(id, by string, said []Indicated) {
	for _, in := range said {
		if in.Indicator != id {
			continue
		}
		s.by = append(s.by, by)
		switch {
		case in.Value != nil:
			if !slices.Contains(s.values, *in.Value) {
				s.values = append(s.values, *in.Value)
			}
		case *in.Yes:
			s.yes, s.evidence = true, s.evidence || in.Evidence
		default:
			s.no = true
		}
	}
}

// value gives what all who spoke agree on; nil where they do not, or nobody spoke.
func (s *statements) value() *Number {
	switch {
	case len(s.values) == 1:
		return Numeric(s.values[0])
	case s.yes != s.no:
		return YesNo(s.yes)
	}
	return nil
}

// putAnswer shows what was answered, unless there are figures that fit the indicator exactly.
func (i *Indicator) putAnswer(def *standard.Indicator, s statements, period string) {
	if i.Fit == Exact && i.Value != nil {
		return
	}
	if v := s.value(); v != nil {
		*i = Indicator{ID: i.ID, Local: i.Local, Title: i.Title, Value: v, Unit: def.Unit, Period: period, Source: strings.Join(s.by, "; "),
			Groups: []Group{}, Trend: string(measure.TooLittleData), Minimum: i.Minimum}
		i.reach(def)
	}
}

// structureGap tells what a yes-or-no structure indicator lacks for "met"; ok where nothing.
func structureGap(i *Indicator, s statements) (missing Reason, ok bool) {
	var code string
	switch {
	case s.yes && s.no:
		code = StructureContested
	case s.no:
		code = StructureNo
	case !s.yes:
		code = StructureUnanswered
	case !s.evidence:
		code = StructureWithoutEvidence
	default:
		return Reason{}, true
	}
	return reason(code, "indicator", i.ID, "title", i.Title), false
}

// judgeMinimum tells what is missing to a declared minimum; ok where nothing. A figure of close fit or of another unit is not a value of the
// indicator, so it can neither reach the minimum nor miss it.
func judgeMinimum(i *Indicator, def *standard.Indicator, s statements) (missing Reason, ok bool) {
	args := []string{"indicator", i.ID, "title", i.Title, "minimum", number(def.Minimum.Value)}
	switch {
	case i.Minimum.Reached != nil && *i.Minimum.Reached:
		return Reason{}, true
	case i.Minimum.Reached != nil:
		return reason(MinimumMissed, append(args, "value", i.Value.String(), "period", i.Period)...), false
	case len(s.values) > 1:
		return reason(MinimumContested, args...), false
	case i.Fit == Close:
		return reason(MinimumCloseFit, args...), false
	case i.Value == nil:
		return reason(MinimumWithoutValue, args...), false
	}
	return reason(MinimumOtherUnit, append(args, "unit", i.Unit)...), false
}

// sameScale tells whether two units may be compared: "per 100,000 inhabitants" and "per 100000" may, "per 1000" and "per 100,000" may not, nor
// a share and a count. Beyond the numbers and the sign of per cent, wording is the mapping's concern, not a rule's.
func sameScale(a, b string) bool { return scale(a) == scale(b) }

func scale(unit string) string {
	return strings.Map(func(r rune) rune {
		if r == '%' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, unit)
}
