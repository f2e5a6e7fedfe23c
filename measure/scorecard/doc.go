// Package scorecard judges a city's requirements by a standard, its organisations' answers and its statistics.
//
// It owns the rules by which a requirement gets its state (docs/judgement.md tells them in plain words, with the table of cases that a test
// runs), the figures shown as grounds, and the scorecard in JSON, CSV and text. Compute is pure: the same standard, profile and input give the same
// bytes, in whatever order answers and series come.
//
// It never makes a total, never ranks, never turns the residents' share into a grade, and never fills in a missing figure. It does not decide
// what may be published: hand it what may be shown, and what it gives may be shown.
//
// Source of the rules: the standard's own rules R1 to R8, and the duty to look at each right by itself, with its minimum and the groups left
// behind (OHCHR, Human Rights Indicators, HR/PUB/12/5, 2012, chapters II and V; CESCR, General Comment 3, paragraph 10).
package scorecard
