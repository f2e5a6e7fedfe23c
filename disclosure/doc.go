// Package disclosure keeps published figures from telling something about single people. It owns the threshold rule: which figures are
// hidden because too few people stand behind them, and which others because the hidden ones could be worked out from them.
//
// It is pure and decides only: hiding is done, and explained to readers, by whoever publishes. It never looks at a value, only at how many
// people or cases stand behind it, since a value that looks harmless today is not tomorrow.
//
// What is protected: a figure behind which fewer people than the threshold stand, or nobody knows how many, and a hidden figure against
// subtraction of the shown groups of one breakdown from the whole.
//
// What is not: the rule looks at one breakdown in one period at a time. No attack over linked tables is tried yet: two breakdowns of the same
// people, nested or overlapping groups and areas, the same group in neighbouring periods, tables published elsewhere. Nor are there rules for
// the dominance of a few in a sum or a mean, for shares of none or all of a group, for bounds that a value has by its nature, or against
// an attacker who knows which group the rule would choose. Figures that need that must stay private.
//
// Sources: A. Hundepool et al., Statistical Disclosure Control (2012), sections 4.2 (threshold rule) and 4.4 (secondary suppression); the
// threshold of ten of the Office for National Statistics' Longitudinal Study and of the Australian Bureau of Statistics.
package disclosure
