package scorecard

import (
	"fmt"
	"math"
	"slices"

	"github.com/cityrights/cityrights/standard"
)

// Parties that answer, in the order in which they are shown.
const (
	Authority    = "authority"
	CivilSociety = "civil_society"
	Residents    = "residents"
)

// Parties lists all parties.
var Parties = []string{Authority, CivilSociety, Residents}

// Honest values: an answer without a grade.
const (
	NotAvailable  = "not_available"  // nobody knows, or the information is not there: the organisation abstains
	NotApplicable = "not_applicable" // the requirement has no object in this city
	NotLocal      = "not_local"      // another level of government has the power
)

// Ways in which a grade or an honest value was settled for all parties.
const (
	Verified   = "verified"   // by an independent verifier
	Reconciled = "reconciled" // by the parties among themselves
)

// Fit of a series to its indicator.
const (
	Exact = "exact"
	Close = "close" // measures something near; informs and never judges
)

// Input is what a scorecard is computed from. The order within Answers, Settlements, Series and their groups and points makes no difference.
type Input struct {
	City        string
	Name        string // of the city, as the two below handed through to the scorecard
	Country     string
	Fictional   bool
	Period      string          // a year, or a span of years
	State       string          // of the cycle; empty where there is none
	Competences map[string]bool // whether a service of the standard is the city's own; absent: not known
	Answers     []Given
	Settlements []Settlement
	Series      []Series
}

// Given is an answer with the requirement it was given to. An organisation answers a requirement once.
type Given struct {
	Requirement string
	Answer
}

// Settlement is a grade or an honest value on which a requirement was settled; it outweighs all answers. A requirement has at most one.
type Settlement struct {
	Requirement string
	How         string // Verified or Reconciled
	Grade       *int
	Value       string
	Indicators  []Indicated // outweigh what answers say of the same indicators
}

// Series holds the figures of one indicator, all in one unit. Where an indicator has several, one is shown: the fitting before the close,
// then one with figures for the whole city, then the newest.
type Series struct {
	Indicator string
	Unit      string // empty: that of the indicator
	Fit       string // Exact or Close
	Source    string // publisher, title and address in one line
	URL       string // the address alone; several by semicolon, as licences
	Licence   string
	Headline  []Point
	Groups    []GroupSeries
}

// GroupSeries holds the figures of a part of the population.
type GroupSeries struct {
	Dimension, Group string
	Points           []Point
}

// Point is a figure of a period.
type Point struct {
	Period     string // as printed
	Start, End int    // first and last day as yyyymmdd
	Value      float64
	Interval
}

// check tells what is wrong with the input, if anything is.
func (in *Input) check(known *index) error {
	given := map[[2]string]bool{}
	for i := range in.Answers {
		a := &in.Answers[i]
		if err := checkAnswer(a, known); err != nil {
			return fmt.Errorf("answer of %q to %s: %w", a.Organisation, a.Requirement, err)
		}
		key := [2]string{a.Requirement, a.Party + "\x00" + a.Organisation}
		if given[key] {
			return fmt.Errorf("answer of %q to %s: given twice", a.Organisation, a.Requirement)
		}
		given[key] = true
	}
	settled := map[string]bool{}
	for i := range in.Settlements {
		s := &in.Settlements[i]
		if err := checkSettlement(s, known); err != nil {
			return fmt.Errorf("settlement of %s: %w", s.Requirement, err)
		}
		if settled[s.Requirement] {
			return fmt.Errorf("settlement of %s: given twice", s.Requirement)
		}
		settled[s.Requirement] = true
	}
	for i := range in.Series {
		if err := checkSeries(&in.Series[i]); err != nil {
			return fmt.Errorf("series of %s: %w", in.Series[i].Indicator, err)
		}
	}
	return nil
}

// Check tells what is wrong with an answer under a standard, if anything is: that it says nothing, a requirement or indicator that the
// standard does not have, an indicator that others answer, a grade beyond 4 or together with an honest value, a grade by residents. An
// organisation may speak of indicators alone, as a registry does: its statements are grounds, and it stands behind no state.
func (g *Given) Check(std *standard.Standard) error { return checkAnswer(g, newIndex(std)) }

func checkAnswer(a *Given, known *index) error {
	switch a.Party {
	case Authority, CivilSociety:
	case Residents:
		if a.Grade != nil {
			return fmt.Errorf("residents give a share, never a grade")
		}
	default:
		return fmt.Errorf("%q is not a party", a.Party)
	}
	if err := checkVerdict(a.Grade, a.Value); err != nil {
		return err
	}
	if s := a.Share; s != nil && !(finite(s.Yes) && finite(s.Lower) && finite(s.Upper)) {
		return fmt.Errorf("the share is not a number")
	}
	if a.Grade == nil && a.Value == "" && a.Share == nil && (len(a.Indicators) == 0 || a.Party == Residents) {
		return fmt.Errorf("it says nothing: no grade, no honest value, no share")
	}
	return known.checkIndicated(a.Requirement, a.Party, a.Indicators)
}

func checkSettlement(s *Settlement, known *index) error {
	if s.How != Verified && s.How != Reconciled {
		return fmt.Errorf("%q is not a way to settle", s.How)
	}
	if s.Grade == nil && s.Value == "" {
		return fmt.Errorf("it needs a grade or an honest value")
	}
	if err := checkVerdict(s.Grade, s.Value); err != nil {
		return err
	}
	return known.checkIndicated(s.Requirement, "", s.Indicators)
}

func checkVerdict(grade *int, value string) error {
	switch value {
	case "", NotAvailable, NotApplicable, NotLocal:
	default:
		return fmt.Errorf("%q is not an honest value", value)
	}
	if grade == nil {
		return nil
	}
	if value != "" {
		return fmt.Errorf("it has both a grade and the value %s", value)
	}
	if *grade < 0 || *grade > 4 {
		return fmt.Errorf("the grade %d is not between 0 and 4", *grade)
	}
	return nil
}

func checkSeries(s *Series) error {
	if s.Fit != Exact && s.Fit != Close {
		return fmt.Errorf("the fit %q is neither exact nor close", s.Fit)
	}
	if err := checkPoints(s.Headline); err != nil {
		return err
	}
	for i := range s.Groups {
		if err := checkPoints(s.Groups[i].Points); err != nil {
			return fmt.Errorf("%s, %s: %w", s.Groups[i].Dimension, s.Groups[i].Group, err)
		}
	}
	return nil
}

func checkPoints(points []Point) error {
	for i := range points {
		p := &points[i]
		if !finite(p.Value) {
			return fmt.Errorf("the value of %s is not a number", p.Period)
		}
		if !p.known() {
			return fmt.Errorf("a bound of the interval of %s is not a number", p.Period)
		}
		if !isDay(p.Start) || !isDay(p.End) || p.End < p.Start {
			return fmt.Errorf("the period %s does not run from a day %d to a day %d", p.Period, p.Start, p.End)
		}
	}
	return nil
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// index finds the requirement of each indicator.
type index struct {
	requirements map[string]bool
	indicators   map[string]*standard.Indicator
}

func newIndex(std *standard.Standard) *index {
	known := &index{requirements: map[string]bool{}, indicators: map[string]*standard.Indicator{}}
	for d := range std.Dimensions {
		for r := range std.Dimensions[d].Requirements {
			q := &std.Dimensions[d].Requirements[r]
			known.requirements[q.ID] = true
			for i := range q.Indicators {
				known.indicators[q.Indicators[i].ID] = &q.Indicators[i]
			}
		}
	}
	return known
}

// checkIndicated wants each statement once, on an indicator of the requirement that the party answers, of the kind that the indicator asks
// for. A settlement, which is of no party, may speak of all.
func (known *index) checkIndicated(requirement, party string, statements []Indicated) error {
	if !known.requirements[requirement] {
		return fmt.Errorf("the standard has no such requirement")
	}
	seen := map[string]bool{}
	for _, s := range statements {
		i := known.indicators[s.Indicator]
		switch {
		case i == nil || i.Requirement != requirement:
			return fmt.Errorf("%s is not one of its indicators", s.Indicator)
		case party != "" && !slices.Contains(i.AnsweredBy, party):
			return fmt.Errorf("%s is not answered by %s", s.Indicator, party)
		case seen[s.Indicator]:
			return fmt.Errorf("%s is answered twice", s.Indicator)
		case isBool(i) && (s.Yes == nil || s.Value != nil):
			return fmt.Errorf("%s asks for yes or no", s.Indicator)
		case !isBool(i) && (s.Value == nil || s.Yes != nil || !finite(*s.Value)):
			return fmt.Errorf("%s asks for a number", s.Indicator)
		}
		seen[s.Indicator] = true
	}
	return nil
}

func isBool(i *standard.Indicator) bool { return i.Value == "bool" }
