package cli

import (
	"cmp"

	"github.com/cityrights/cityrights/measure/agreement"
)

type computeAgreement struct {
	Ratings      string  `help:"CSV of rater, unit and rating; with a column group, agreement is told within each group too." required:"" type:"path" placeholder:"FILE"`
	Level        string  `help:"What differences between ratings mean: ${enum}." enum:"nominal,ordinal,interval,ratio" required:"" placeholder:"LEVEL"`
	Intraclass   bool    `help:"Give the six intraclass correlations too, over the units that all raters have rated."`
	Out          string  `help:"Folder for agreement.json, or a file; without it the agreement is printed." type:"path" placeholder:"DIR"`
	JSON         bool    `help:"Print the agreement as JSON also where --out is given."`
	Replications int     `help:"Replications of the bootstrap of the interval, ${default} if not given; 0 for no interval." default:"1000" placeholder:"N"`
	Confidence   float64 `help:"Confidence of intervals, ${default} if not given." default:"0.95" placeholder:"P"`
	Seed         uint64  `help:"Seed of the bootstrap, ${default} if not given: the same seed gives the same interval." default:"1" placeholder:"N"`

	forceFlag
}

// Help shows an example.
func (computeAgreement) Help() string {
	return example("cityrights compute agreement --ratings ratings.csv --level ordinal",
		"Prints Krippendorff's alpha as JSON: 1 where all agree, 0 where they agree no more than by chance. Ratings may be missing.",
		"docs/methods/agreement.md explains the method with an example.")
}

type agreementReport struct {
	Level string `json:"level"`
	alphaReport
	Groups     []alphaReport     `json:"groups"`
	Intraclass *intraclassReport `json:"intraclass,omitempty"`
}

type alphaReport struct {
	Group   string   `json:"group,omitempty"`
	Alpha   *float64 `json:"alpha"`
	Missing string   `json:"missing,omitempty"`
	Lower   *float64 `json:"lower"`
	Upper   *float64 `json:"upper"`
	Pairs   int      `json:"pairs"`
	Ratings int      `json:"ratings"`
	Units   int      `json:"units"`
	Raters  int      `json:"raters"`
	Left    int      `json:"left_out"`
}

type intraclassReport struct {
	Missing string             `json:"missing,omitempty"`
	Units   int                `json:"units"`
	Raters  int                `json:"raters"`
	Left    int                `json:"left_out"`
	Forms   []intraclassOfForm `json:"forms"`
}

type intraclassOfForm struct {
	Form  agreement.Form `json:"form"`
	Value *float64       `json:"value"`
	Lower *float64       `json:"lower"`
	Upper *float64       `json:"upper"`
	F     *float64       `json:"f"`
	DF1   int            `json:"df1"`
	DF2   int            `json:"df2"`
	P     float64        `json:"p"`
}

// Run prints the agreement. What is missing has its reason there and as a warning.
func (a computeAgreement) Run(c *call) error {
	if err := checkConfidence(a.Confidence); err != nil {
		return err
	}
	if a.Replications < 0 {
		return usageError{"--replications: a number of 0 or more"}
	}
	t, err := readRatings(a.Ratings)
	if err != nil {
		return err
	}
	options := agreement.AlphaOptions{Replications: a.Replications, Seed: a.Seed, Confidence: a.Confidence}
	found, err := agreement.KrippendorffAlpha(t.ratings, agreement.Level(a.Level), options)
	if err != nil {
		return t.refused(err)
	}
	c.warn(t.warnings()...)
	report := agreementReport{Level: a.Level, alphaReport: a.alpha(c, found.All), Groups: []alphaReport{}}
	for _, group := range found.Groups {
		report.Groups = append(report.Groups, a.alpha(c, group))
	}
	if a.Intraclass {
		correlations, err := agreement.IntraclassOf(t.ratings, a.Confidence)
		if err != nil {
			return t.refused(err)
		}
		report.Intraclass = c.intraclass(correlations)
	}
	return c.deliver(a.Out, a.JSON, report, resultJSON{"agreement.json", report})
}

func (a computeAgreement) alpha(c *call, of agreement.Alpha) alphaReport {
	r := alphaReport{Group: of.Group, Alpha: of.Value, Missing: of.Missing, Pairs: of.Pairs, Ratings: of.Ratings, Units: of.Units, Raters: of.Raters, Left: of.Left}
	whose := "alpha of " + cmp.Or(of.Group, "all raters")
	switch {
	case of.Value == nil:
		c.warn(whose + " is missing: " + of.Missing)
	case of.Interval != nil:
		r.Lower, r.Upper = &of.Interval.Lower, &of.Interval.Upper
	case a.Replications > 0:
		c.warn("the interval of " + whose + " is missing: among units drawn again, ratings are too often equal or single")
	}
	return r
}

func (c *call) intraclass(found agreement.Correlations) *intraclassReport {
	r := &intraclassReport{Missing: found.Missing, Units: found.Units, Raters: found.Raters, Left: found.Left, Forms: []intraclassOfForm{}}
	if found.Missing != "" {
		c.warn("intraclass correlations are missing: " + found.Missing)
	}
	for _, f := range found.Forms {
		one := intraclassOfForm{Form: f.Form, Value: f.Value, F: f.F, DF1: f.DF1, DF2: f.DF2, P: f.P}
		if f.Interval != nil {
			one.Lower, one.Upper = &f.Interval.Lower, &f.Interval.Upper
		}
		r.Forms = append(r.Forms, one)
	}
	return r
}

func checkConfidence(p float64) error {
	if !(p > 0 && p < 1) {
		return usageError{"--confidence: a number between 0 and 1, such as 0.9"}
	}
	return nil
}
