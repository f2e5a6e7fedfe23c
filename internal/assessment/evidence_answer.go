package assessment

import (
	"context"
	"slices"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/measure/scorecard"
)

// Support joins evidence of a cycle to the answers that rest on it. What shown lets pass stands beside the answer, of the rest there is the
// number only; what was removed is neither. A yes or no about an indicator has evidence where some hangs on the indicator, whoever may see it;
// a number only where it is shown, because a number goes out to the public by its evidence.
func (r *Room) Support(ctx context.Context, tx database.Tx, cityID string, answers []scorecard.Given, all []Evidence, shown func(Evidence) bool) ([]scorecard.Given, error) {
	if len(all) == 0 {
		return answers, nil
	}
	organisations, err := r.cities.Organisations(ctx, tx, cityID)
	if err != nil {
		return nil, err
	}
	type place struct{ requirement, organisation string }
	of := map[place][]Evidence{}
	for _, e := range all {
		if e.Removed == 0 {
			name := Answer{Organisation: e.Organisation}.given(organisations).Organisation
			of[place{e.Requirement, name}] = append(of[place{e.Requirement, name}], e)
		}
	}
	joined := make([]scorecard.Given, len(answers))
	for i, a := range answers {
		if a.Party != scorecard.Residents {
			a.Answer = supported(a.Answer, of[place{a.Requirement, a.Organisation}], shown)
		}
		joined[i] = a
	}
	return joined, nil
}

// supported gives an answer with its evidence. Nothing of the answer that was handed in is changed.
func supported(a scorecard.Answer, evidence []Evidence, shown func(Evidence) bool) scorecard.Answer {
	a.Evidence, a.Indicators = slices.Clone(a.Evidence), slices.Clone(a.Indicators)
	for _, e := range evidence {
		pass := shown(e)
		if pass {
			a.Evidence = append(a.Evidence, e.Shown())
		} else {
			a.MoreEvidence++
		}
		for n := range a.Indicators {
			if said := &a.Indicators[n]; said.Indicator == e.Indicator && (pass || said.Value == nil) {
				said.Evidence = true
			}
		}
	}
	return a
}

// Shown is a piece of evidence as scorecards show it.
func (e Evidence) Shown() scorecard.Evidence {
	shown := scorecard.Evidence{Title: e.Title, URL: e.URL, Kind: e.Kind, Dated: e.Dated, Language: e.Language, ID: e.ID}
	if e.IsFile() {
		shown.File = &scorecard.File{Name: e.File.Name, Media: e.File.Media, Size: e.File.Size, SHA256: e.File.Hash}
	}
	return shown
}
