// Package disclosure keeps published figures from telling something about single people. It owns the rules that say which figures are too
// close to a person, the search for what else must be hidden so that those cannot be worked out, and the attacks by which that is proven.
//
// Three ways in, from the simplest:
//   - Threshold.Figures decides on the shares or means of the groups of one breakdown by the number of people behind each.
//   - Table.Suppress hides cells of a table of counts or magnitudes, or of several linked tables: what a rule says must be hidden
//     (Threshold.Needs, Dominance, PPercent), and at the least cost more with it, until no attacker can narrow a hidden number further than its
//     need allows. It ends with Table.Attack, which works out all that can be worked out; no pattern that fails it is returned.
//   - Budget.Noise adds discrete Laplace noise within an accounted budget instead, for large populations; Round rounds.
//
// Threshold.Difference holds a new release against an earlier one.
//
// It is pure and decides only: hiding is done, and explained to readers, by whoever publishes. It never drops a need to make a table fit: what
// cannot be protected is an error.
//
// What an attack supposes: the attacker knows the shown cells, the relations between cells, that no number is negative, and the needs of the rules; not
// which hidden cells are too small and which only protect them, which nobody should publish, nor what single people know of themselves beyond that, nor tables that were not handed in. Threshold.Figures looks at one breakdown in one period
// at a time: two breakdowns of the same people, overlapping groups and neighbouring periods are for Table and Difference.
//
// Sources: A. Hundepool et al., Statistical Disclosure Control (2012), chapter 4; M. Fischetti and J. J. Salazar, Models and algorithms for
// optimizing cell suppression in tabular data with linear constraints (2000) and for the 2-dimensional problem (1999); J. Castro, Minimum-distance
// and network flow methods for statistical disclosure control (2006); C. Canonne, G. Kamath and T. Steinke, The discrete Gaussian for
// differential privacy (2020); the threshold of ten of the Office for National Statistics' Longitudinal Study and of the Australian Bureau of
// Statistics.
package disclosure
