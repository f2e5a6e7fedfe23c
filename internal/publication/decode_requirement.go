package publication

import (
	"github.com/cityrights/cityrights/internal/platform/jsonread"
	"github.com/cityrights/cityrights/measure/scorecard"
)

func readRequirement(r *jsonread.Reader, q *Requirement) {
	r.Object(func(name string) {
		switch name {
		case "city":
			readHead(r, &q.Head)
		case "period":
			readPeriod(r, &q.Period)
		case "result":
			readResult(r, &q.Result)
		default:
			r.Skip()
		}
	})
}

func readResult(r *jsonread.Reader, q *scorecard.Requirement) {
	r.Object(func(name string) {
		switch name {
		case "id":
			q.ID = r.String()
		case "title":
			q.Title = r.String()
		case "state":
			q.State = scorecard.State(r.String())
		case "settled":
			q.Settled = jsonread.Optional(r, r.Int)
		case "self_assessed":
			q.SelfOnly = r.Bool()
		case "reason":
			q.Reason = r.String()
		case "reasons":
			q.Reasons = list(r, readReason)
		case "links":
			q.Links = r.Strings()
		case "answers":
			q.Answers = list(r, readAnswer)
		case "indicators":
			q.Indicators = list(r, readIndicator)
		default:
			r.Skip()
		}
	})
}

func readReason(r *jsonread.Reader, reason *scorecard.Reason) {
	r.Object(func(name string) {
		switch name {
		case "code":
			reason.Code = r.String()
		case "args":
			reason.Args = map[string]string{}
			r.Object(func(name string) { reason.Args[name] = r.String() })
		default:
			r.Skip()
		}
	})
}

func readAnswer(r *jsonread.Reader, a *scorecard.Answer) {
	r.Object(func(name string) {
		switch name {
		case "party":
			a.Party = r.String()
		case "organisation":
			a.Organisation = r.String()
		case "grade":
			a.Grade = jsonread.Optional(r, r.Int)
		case "value":
			a.Value = r.String()
		case "share":
			r.Value(&a.Share)
		case "reasons":
			a.Reasons = r.String()
		case "language":
			a.Language = r.String()
		case "evidence":
			a.Evidence = list(r, readEvidence)
		default:
			r.Skip()
		}
	})
}

func readEvidence(r *jsonread.Reader, e *scorecard.Evidence) {
	r.Object(func(name string) {
		switch name {
		case "title":
			e.Title = r.String()
		case "url":
			e.URL = r.String()
		case "kind":
			e.Kind = r.String()
		default:
			r.Skip()
		}
	})
}

func readIndicator(r *jsonread.Reader, i *scorecard.Indicator) {
	r.Object(func(name string) {
		switch name {
		case "id":
			i.ID = r.String()
		case "title":
			i.Title = r.String()
		case "value":
			i.Value = readNumber(r)
		case "unit":
			i.Unit = r.String()
		case "period":
			i.Period = r.String()
		case "source":
			i.Source = r.String()
		case "fit":
			i.Fit = r.String()
		case "groups":
			i.Groups = list(r, readGroup)
		case "gap":
			i.Gap = jsonread.Optional(r, r.Float)
		case "gaps":
			i.Gaps = list(r, readGap)
		case "trend":
			i.Trend = r.String()
		case "slope":
			r.Value(&i.Slope)
		case "minimum":
			r.Value(&i.Minimum)
		default:
			r.Skip()
		}
	})
}
