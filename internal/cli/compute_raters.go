package cli

import (
	"github.com/cityrights/cityrights/measure/agreement"
)

type computeRaters struct {
	Ratings    string  `help:"CSV of rater, group, unit and rating; a column vignette with 1 marks described, invented cases that all are meant to see alike." required:"" type:"path" placeholder:"FILE"`
	Reference  string  `help:"Group to which the shifts of others are relative; the first by name if not given." placeholder:"GROUP"`
	Equal      bool    `help:"Take all raters as equally discerning."`
	Confidence float64 `help:"Confidence of intervals, ${default} if not given." default:"0.9" placeholder:"P"`
	Out        string  `help:"Folder for raters.csv with the units' positions and raters.json with all else; without it the table is printed." type:"path" placeholder:"DIR"`
	JSON       bool    `help:"Print all as JSON."`

	forceFlag
}

// Help shows an example.
func (computeRaters) Help() string {
	return example("cityrights compute raters --ratings ratings.csv --reference authority --out results",
		"A model of many raters: a rating is a position on a scale that a unit has, moved by the habits of the rater and of the group. A unit's "+
			"position is 0 at the mean of all units and 1 at one standard deviation above.",
		"docs/methods/agreement.md explains the model with an example.")
}

type ratersReport struct {
	Units       []ratedUnit       `json:"units"`
	Groups      []groupReport     `json:"groups"`
	Thresholds  []thresholdReport `json:"thresholds"`
	Raters      []raterReport     `json:"raters"`
	RaterSD     float64           `json:"rater_sd"`
	DiscernSD   float64           `json:"discrimination_sd"`
	Signal      estimateReport    `json:"signal"`
	Confidence  float64           `json:"confidence"`
	Diagnostics diagnosticsReport `json:"diagnostics"`
	Warnings    []string          `json:"warnings"`
}

type estimateReport struct {
	Estimate float64 `json:"estimate"`
	Lower    float64 `json:"lower"`
	Upper    float64 `json:"upper"`
}

type ratedUnit struct {
	Unit     string   `json:"unit"`
	Estimate *float64 `json:"estimate"`
	Lower    *float64 `json:"lower"`
	Upper    *float64 `json:"upper"`
	Ratings  int      `json:"ratings"`
	Vignette bool     `json:"vignette"`
}

type groupReport struct {
	Group      string          `json:"group"`
	Reference  bool            `json:"reference"`
	Shift      estimateReport  `json:"shift"`
	Experience *estimateReport `json:"experience,omitempty"`
	Raters     int             `json:"raters"`
	Ratings    int             `json:"ratings"`
}

type thresholdReport struct {
	Below float64 `json:"below"`
	Above float64 `json:"above"`
	estimateReport
}

type raterReport struct {
	Rater          string         `json:"rater"`
	Group          string         `json:"group"`
	Shift          estimateReport `json:"shift"`
	Discrimination estimateReport `json:"discrimination"`
	Ratings        int            `json:"ratings"`
}

type diagnosticsReport struct {
	Converged   bool    `json:"converged"`
	Iterations  int     `json:"iterations"`
	Evaluations int     `json:"evaluations"`
	NewtonSteps int     `json:"newton_steps"`
	LogMarginal float64 `json:"log_marginal"`
}

// Run fits the model.
func (r computeRaters) Run(c *call) error {
	if err := checkConfidence(r.Confidence); err != nil {
		return err
	}
	t, err := readRatings(r.Ratings, "group")
	if err != nil {
		return err
	}
	m, err := agreement.Fit(t.ratings, agreement.FitOptions{Confidence: r.Confidence, Reference: r.Reference, EqualDiscrimination: r.Equal, Units: t.units})
	if err != nil {
		return t.refused(err)
	}
	c.warn(t.warnings()...)
	c.warn(m.Warnings...)
	report := reportOf(m, t.units, r.Confidence)
	table := resultTable{"raters.csv", []string{"unit", "estimate", "lower", "upper", "ratings", "vignette"}, func(yield func([]string) bool) {
		for _, u := range report.Units {
			if !yield([]string{u.Unit, decimalOf(u.Estimate), decimalOf(u.Lower), decimalOf(u.Upper), whole(u.Ratings, true), map[bool]string{true: "1", false: "0"}[u.Vignette]}) {
				return
			}
		}
	}}
	return c.deliver(r.Out, r.JSON, report, table, resultJSON{"raters.json", report})
}

// reportOf lists units in the order in which the table names them, and all else by name.
func reportOf(m *agreement.Model, order []string, confidence float64) ratersReport {
	of := func(e agreement.Estimate) estimateReport { return estimateReport{e.Value, e.Lower, e.Upper} }
	d := m.Diagnostics
	out := ratersReport{
		Units: []ratedUnit{}, Groups: []groupReport{}, Thresholds: []thresholdReport{}, Raters: []raterReport{}, RaterSD: m.RaterSD,
		DiscernSD: m.DiscriminationSD, Signal: of(m.Signal), Confidence: confidence, Warnings: append([]string{}, m.Warnings...),
		Diagnostics: diagnosticsReport{d.Converged, d.Iterations, d.Evaluations, d.NewtonSteps, d.LogMarginal},
	}
	at := make(map[string]int, len(m.Units))
	for i, u := range m.Units {
		at[u.Unit] = i
	}
	for _, name := range order {
		u := m.Units[at[name]]
		one := ratedUnit{Unit: u.Unit, Ratings: u.Ratings, Vignette: u.Vignette}
		if e := u.Position; e != nil {
			one.Estimate, one.Lower, one.Upper = &e.Value, &e.Lower, &e.Upper
		}
		out.Units = append(out.Units, one)
	}
	for _, g := range m.Groups {
		one := groupReport{Group: g.Group, Reference: g.Reference, Shift: of(g.Shift), Raters: g.Raters, Ratings: g.Ratings}
		if g.Experience != nil {
			experience := of(*g.Experience)
			one.Experience = &experience
		}
		out.Groups = append(out.Groups, one)
	}
	for _, t := range m.Thresholds {
		out.Thresholds = append(out.Thresholds, thresholdReport{t.Below, t.Above, of(t.At)})
	}
	for _, r := range m.Raters {
		out.Raters = append(out.Raters, raterReport{r.Rater, r.Group, of(r.Shift), of(r.Discrimination), r.Ratings})
	}
	return out
}
