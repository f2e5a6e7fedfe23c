package cli

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/measure/survey"
)

// warningTexts say what the warnings of an estimate mean.
var warningTexts = map[survey.Warning]string{
	survey.EmptyDomain:     "nobody has answered",
	survey.ZeroDenominator: "the denominator is 0",
	survey.TooLarge:        "the result is beyond the range of numbers",
	survey.OneUnit:         "one primary sampling unit tells nothing about how units differ, so the standard error is not known",
	survey.NoFreedom:       "no degree of freedom is left for an interval",
	survey.NoVariation:     "nothing varies, so the standard error is 0",
	survey.AllOrNone:       "all or none: the standard error is not known",
	survey.OpenBelow:       "the lower end of the interval lies below all answers",
	survey.OpenAbove:       "the upper end of the interval lies above all answers",
}

// name tells the row from others, as far as there are others.
func (r *surveyRow) name() string {
	var parts []string
	if r.Domain != "" {
		parts = append(parts, r.Domain)
	}
	if r.Category != "" {
		parts = append(parts, r.Category)
	}
	if r.Probability != nil {
		parts = append(parts, decimal(*r.Probability, true))
	}
	if len(parts) == 0 {
		return "all"
	}
	return strings.Join(parts, ", ")
}

func (r *surveyRow) warnings(kind string) (texts []string) {
	for _, w := range r.Warnings {
		texts = append(texts, r.name()+": "+warningTexts[w])
	}
	if kind == "total" && r.Missing > 0 {
		texts = append(texts, fmt.Sprintf("%s: the total leaves out %d respondents without an answer", r.name(), r.Missing))
	}
	return texts
}

// estimatesTable gives one row per domain and figure. The columns after upper are empty where they tell nothing apart.
func estimatesTable(rows []surveyRow) resultTable {
	header := []string{"domain", "n", "neff", "estimate", "se", "df", "lower", "upper", "category", "probability", "missing", "warnings"}
	return resultTable{"estimates.csv", header, func(yield func([]string) bool) {
		for _, r := range rows {
			words := make([]string, len(r.Warnings))
			for i, w := range r.Warnings {
				words[i] = string(w)
			}
			if !yield([]string{r.Domain, strconv.Itoa(r.N), decimal(r.Effective, true), decimalOf(r.Value), decimalOf(r.SE), strconv.Itoa(r.DF), decimalOf(r.Lower),
				decimalOf(r.Upper), r.Category, decimalOf(r.Probability), strconv.Itoa(r.Missing), strings.Join(words, " ")}) {
				return
			}
		}
	}}
}
