package api

import (
	"context"

	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/standard"
)

// StandardTranslation holds the short texts in another language, for lists; what is missing is read in the original.
type StandardTranslation struct {
	Language     string                     `json:"language" doc:"BCP 47."`
	Status       string                     `json:"status" enum:"draft,reviewed"`
	ReviewedBy   string                     `json:"reviewed_by,omitempty"`
	Title        string                     `json:"title"`
	Dimensions   map[string]string          `json:"dimensions" doc:"Titles by id."`
	Requirements map[string]RequirementText `json:"requirements" doc:"By id."`
	Indicators   map[string]string          `json:"indicators" doc:"Titles by id."`
}

// RequirementText is a requirement in another language.
type RequirementText struct {
	Title    string `json:"title,omitempty"`
	Minimum  string `json:"minimum,omitempty"`
	Question string `json:"question,omitempty"`
}

// WholeTranslation holds all texts in another language.
type WholeTranslation struct {
	StandardTranslation
	Abouts             map[string]string            `json:"abouts" doc:"What each dimension is about, by id."`
	RequirementDetails map[string]RequirementDetail `json:"requirement_details" doc:"By id."`
	IndicatorDetails   map[string]IndicatorDetail   `json:"indicator_details" doc:"By id."`
}

// RequirementDetail holds a requirement's longer texts in another language.
type RequirementDetail struct {
	Why    string   `json:"why,omitempty"`
	Proof  string   `json:"proof,omitempty"`
	Grades []string `json:"grades" doc:"What the grades 0 to 4 mean here; empty where they are not translated."`
}

// IndicatorDetail holds the texts beside an indicator's title in another language.
type IndicatorDetail struct {
	Question string `json:"question,omitempty"`
	Unit     string `json:"unit,omitempty"`
	Note     string `json:"note,omitempty"`
}

// TranslationPath names a translation in an address.
type TranslationPath struct {
	StandardPath
	Language string `path:"language" example:"fr" doc:"BCP 47; one of the standard's languages but the original."`
}

func (s *Server) translation(_ context.Context, in *TranslationPath) (WholeTranslation, error) {
	std, err := s.carried(&in.StandardPath)
	if err != nil {
		return WholeTranslation{}, err
	}
	t := std.Translations[in.Language]
	if t == nil {
		return WholeTranslation{}, fault.New(fault.NotFound, "%s has no translation %q", std.Ref(), in.Language)
	}
	return wholeOf(t)
}

func wholeOf(t *standard.Translation) (WholeTranslation, error) {
	detail, err := t.Detail()
	if err != nil {
		return WholeTranslation{}, err
	}
	said := WholeTranslation{StandardTranslation: translationOf(t), Abouts: detail.Abouts,
		RequirementDetails: make(map[string]RequirementDetail, len(detail.Requirements)), IndicatorDetails: make(map[string]IndicatorDetail, len(detail.Indicators))}
	for id, q := range detail.Requirements {
		one := RequirementDetail{Why: q.Why, Proof: q.Proof, Grades: []string{}}
		if q.Grades != [5]string{} {
			one.Grades = q.Grades[:]
		}
		said.RequirementDetails[id] = one
	}
	for id, i := range detail.Indicators {
		said.IndicatorDetails[id] = IndicatorDetail(i)
	}
	return said, nil
}

func translationOf(t *standard.Translation) StandardTranslation {
	said := StandardTranslation{Language: t.Language, Status: t.Status, ReviewedBy: t.ReviewedBy, Title: t.Title, Dimensions: t.Dimensions,
		Requirements: make(map[string]RequirementText, len(t.Requirements)), Indicators: t.Indicators}
	for id, text := range t.Requirements {
		said.Requirements[id] = RequirementText(text)
	}
	return said
}
