// Package feasible scores what has been achieved against what was feasible with the resources at hand, as article 2 of the International
// Covenant on Economic, Social and Cultural Rights asks: to the maximum of available resources.
//
// A score goes from 0, at the least value ever to be expected, to 100, at the achievement frontier. Who has more resources than the frontier
// needs is held to more. Frontiers come from an explicit reference table with a version and a date; the package knows none by itself.
//
// Source: S. Fukuda-Parr, T. Lawson-Remer and S. Randolph, Fulfilling Social and Economic Rights (2015), chapter 2; S. Randolph and others,
// Economic and Social Rights Fulfillment Index, Human Rights Measurement Initiative (HRMI), methodology handbook. For a city the resources are
// its fiscal capacity per head.
package feasible
