package survey_test

import (
	"fmt"

	"github.com/cityrights/cityrights/measure/survey"
)

// panel is the survey of docs/methods/survey.md.
func panel() (survey.Sampling, []float64, []string, []survey.Margin) {
	sampling := survey.Sampling{
		Strata:     []string{"hill", "hill", "hill", "hill", "hill", "hill", "port", "port", "port", "port", "port", "port"},
		Clusters:   []string{"1", "1", "2", "2", "3", "4", "5", "5", "6", "7", "7", "8"},
		Population: []float64{40, 40, 40, 40, 40, 40, 20, 20, 20, 20, 20, 20}, // streets in the district
		Weights:    []float64{120, 120, 120, 120, 120, 120, 80, 80, 80, 80, 80, 80},
	}
	safe := []float64{1, 1, 1, 0, 1, 0, 0, 1, 1, 0, 1, 0} // “Do you feel safe in your street after dark?”
	women := []string{"man", "woman", "man", "woman", "man", "man", "woman", "woman", "man", "woman", "man", "woman"}
	margins := []survey.Margin{
		{Column: "sex", Categories: []survey.Category{{Name: "woman", Total: 624}, {Name: "man", Total: 576}}, Answers: women},
		{Column: "district", Categories: []survey.Category{{Name: "hill", Total: 700}, {Name: "port", Total: 500}}, Answers: sampling.Strata},
	}
	return sampling, safe, women, margins
}

func print(name string, est survey.Estimate) {
	fmt.Printf("%-6s %.3f ± %.3f, from %.3f to %.3f, %d answers worth %.1f, df %d\n",
		name, *est.Value, *est.SE, *est.Lower, *est.Upper, est.N, est.Effective, est.DF)
}

func Example() {
	sampling, safe, sex, margins := panel()
	design, err := survey.NewDesign(len(safe), sampling)
	if err != nil {
		fmt.Println(err)
		return
	}
	raked, err := design.Rake(margins, survey.RakeOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	whole, err := raked.Proportion(safe, raked.Whole(), survey.Beta, 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	print("all", whole)
	domains, err := raked.Domains(sex)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, in := range domains {
		est, err := raked.Proportion(safe, in, survey.Logit, 0)
		if err != nil {
			fmt.Println(err)
			return
		}
		print(in.Name, est)
	}
	// Output:
	// all    0.576 ± 0.137, from 0.251 to 0.858, 12 answers worth 11.6, df 6
	// man    0.812 ± 0.192, from 0.116 to 0.993, 6 answers worth 5.8, df 4
	// woman  0.357 ± 0.187, from 0.040 to 0.881, 6 answers worth 5.8, df 3
}

func ExampleDesign_Coverage() {
	sampling, safe, _, margins := panel()
	design, err := survey.NewDesign(len(safe), sampling)
	if err != nil {
		fmt.Println(err)
		return
	}
	coverage, err := design.Coverage(margins)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range coverage.Shortfalls {
		fmt.Printf("%s %s: %.1f %% of the people, %.1f %% of the sample, %d answers\n", s.Column, s.Category, 100*s.Population, 100*s.Sample, s.Respondents)
	}
	// Output:
	// sex woman: 52.0 % of the people, 46.7 % of the sample, 6 answers
	// district port: 41.7 % of the people, 40.0 % of the sample, 6 answers
}

func ExampleDesign_Rake_emptyCategory() {
	sampling, safe, _, margins := panel()
	design, err := survey.NewDesign(len(safe), sampling)
	if err != nil {
		fmt.Println(err)
		return
	}
	margins[0].Categories = append(margins[0].Categories, survey.Category{Name: "another", Total: 12})
	margins[0].Categories[0].Total -= 12
	_, err = design.Rake(margins, survey.RakeOptions{})
	fmt.Println(err)
	// Output:
	// margin sex, category "another": nobody in it has answered, so no weight can stand for its 12 people; join it to a similar one
}
