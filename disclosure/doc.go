// Package disclosure keeps published figures from telling something about single people. It owns the threshold rule: which counts and
// figures are hidden because too few people stand behind them, and which others because the hidden ones could be worked out from them.
//
// It is pure and decides only: hiding is done, and explained to readers, by whoever publishes. It never looks at a value, only at how many
// people or cases stand behind it, since a value that looks harmless today is not tomorrow.
//
// The rule protects against subtraction within one breakdown of a total. It does not yet look at several breakdowns at once, at sorted
// magnitudes, or at an attacker who knows which cell the rule would choose; figures that need that must stay private.
//
// Sources: A. Hundepool et al., Statistical Disclosure Control (2012), sections 4.2 (threshold rule) and 4.4 (secondary suppression); the
// threshold of ten of the Office for National Statistics' Longitudinal Study and of the Australian Bureau of Statistics.
package disclosure
