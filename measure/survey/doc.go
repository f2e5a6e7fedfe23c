// Package survey estimates what is true of a population from the answers of a sample of it, and how sure that is. It owns the sampling
// design (strata, first-stage clusters, finite populations, weights), the adjustment of weights to what is known of the population (raking,
// post-stratification, linear calibration, trimming), the estimates (means, totals, ratios, proportions, quantiles, each also within
// domains) with their standard errors and intervals, and the statement that goes with a published figure.
//
// All is pure: slices with one entry per respondent go in, plain data comes out, in the same way whatever the order of the respondents.
// Missing answers are NaN among numbers and empty among words; they are left out and counted, never filled in. What cannot be known is nil and has a
// Warning beside it: no estimate is ever NaN, infinite or a silent zero. The package draws no sample, says nothing about people who could not
// be reached beyond counting them (Coverage), and decides nothing about what may be published.
//
// Conventions are those of the R package survey (Lumley), so that figures can be compared, with these differences, each on purpose:
// intervals always use Student's t with the design's degrees of freedom, in a domain those of the domain; raking goes on until all margins hold to
// 1e-12; the interval of a proportion stays between 0 and 1; a total beyond the range of a float64 is unknown.
//
// Sources: T. Lumley, Complex Surveys (2010); C.-E. Särndal, B. Swensson and J. Wretman, Model Assisted Survey Sampling (1992), sections
// 5.5 (linearisation), 6.4 (regression estimator) and 7.6 (post-stratification); J.-C. Deville and C.-E. Särndal, Calibration estimators in survey
// sampling, JASA 87 (1992) 376-382; W. E. Deming and F. F. Stephan, Annals of Mathematical Statistics 11 (1940) 427-444 (raking); R. S. Woodruff,
// Confidence intervals for medians and other position measures, JASA 47 (1952) 635-646; E. L. Korn and B. I. Graubard, Confidence
// intervals for proportions with small expected number of positive counts estimated from survey data, Survey Methodology 24 (1998)
// 193-201; L. Kish, Survey Sampling (1965), section 11.7.
package survey
