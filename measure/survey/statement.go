package survey

import (
	"slices"
	"strings"
	"time"
)

// Mode is the way in which people were asked.
type Mode string

const (
	FaceToFace Mode = "face_to_face"
	Telephone  Mode = "telephone"
	Online     Mode = "online"
	Paper      Mode = "paper"
	Assembly   Mode = "assembly" // answers given at a meeting
	Mixed      Mode = "mixed"    // people could choose among several
)

// Modes lists them.
var Modes = []Mode{FaceToFace, Telephone, Online, Paper, Assembly, Mixed}

// Response says how many of those who were asked have answered.
type Response struct {
	Asked    int `json:"asked"`    // invited or drawn, those who turned out not to belong to the population left out; 0: nobody was drawn
	Answered int `json:"answered"` // with an interview that can be used
}

// Rate is the share of those asked who answered (AAPOR response rate 1 where Asked holds all eligible cases and those of unknown
// eligibility); nil where nobody was drawn, so that there is no such share.
func (r Response) Rate() *float64 {
	if r.Asked <= 0 || r.Answered < 0 || r.Answered > r.Asked {
		return nil
	}
	return known(float64(r.Answered) / float64(r.Asked))
}

// Statement is a survey's figure with all that a reader needs to judge it (after ESOMAR/WAPOR, Guideline on Opinion Polls and Published
// Surveys, 2014, and the AAPOR Transparency Initiative). It is data; the words are the reader's language's.
type Statement struct {
	Figure    Estimate  `json:"figure"`
	Interval  string    `json:"interval"` // Method of a proportion, “linear” for means, totals and ratios, “woodruff” for quantiles
	FieldFrom time.Time `json:"field_from"`
	FieldTo   time.Time `json:"field_to"` // last day on which people were asked
	Mode      Mode      `json:"mode"`
	Response  Response  `json:"response"`
	Coverage  Coverage  `json:"coverage"`
}

// StatementError lists what a statement lacks; the words are those of its fields in JSON.
type StatementError struct{ Lacks []string }

func (e *StatementError) Error() string {
	return "a survey's figure cannot be published without " + strings.Join(e.Lacks, ", ")
}

// Check fails with a *StatementError where the statement lacks something that every published figure of a survey carries. An interval
// that is not known is in order if a warning says why; so is no response rate if the coverage says that people came by themselves.
func (s *Statement) Check() error {
	var lacks []string
	need := func(there bool, what string) {
		if !there {
			lacks = append(lacks, what)
		}
	}
	f := &s.Figure
	need(f.N > 0 && f.Value != nil, "figure")
	need(f.Effective > 0, "neff")
	need(f.Lower != nil && f.Upper != nil || len(f.Warnings) > 0, "interval")
	need(!s.FieldFrom.IsZero(), "field_from")
	need(!s.FieldTo.IsZero() && !s.FieldTo.Before(s.FieldFrom), "field_to")
	need(slices.Contains(Modes, s.Mode), "mode")
	need(s.Response.Rate() != nil || s.Coverage.SelfChosen && s.Response.Answered > 0, "response")
	need(len(s.Coverage.Compared) > 0, "coverage")
	if len(lacks) > 0 {
		return &StatementError{lacks}
	}
	return nil
}
