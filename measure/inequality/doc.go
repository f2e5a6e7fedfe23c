// Package inequality says how unequal an indicator is between the subgroups of a population: districts, ages, levels of income. It owns the summary
// measures that the World Health Organization uses for this, under the same codes, with intervals that follow from the standard errors of the
// subgroups' estimates.
//
// The package never ranks subgroups and never fills in an estimate. What cannot be computed (a logarithm of zero, a single subgroup, no
// populations) is missing, with its reason in words; it is never NaN. The methods are pure, and the same input and seed give the same output.
//
// Two conventions run through all measures. Favourable tells whether more of the indicator is better. In an ordered dimension, order rises from the most
// disadvantaged subgroup to the most advantaged one.
//
// Sources: A. Schlotheuber and A. R. Hosseinpoor, Summary measures of health inequality: a review of existing measures and their
// application, International Journal of Environmental Research and Public Health 19 (2022) 3697, for definitions and codes; World Health
// Organization, Handbook on health inequality monitoring (2013); A. C. Davison and D. V. Hinkley, Bootstrap methods and their application
// (1997), chapters 2 and 5, T. A. Louis, Journal of the American Statistical Association 79 (1984), and C. N. Morris, the same 78 (1983), for the intervals.
package inequality
