// Package index builds composite indices: many indicators of many units, brought to one scale and averaged up a tree of groups, with the
// uncertainty that the choices on the way leave.
//
// The steps follow the handbook of OECD and JRC in the conventions of the R package COINr: screen units by what they lack, fill in, treat
// outliers, normalise, aggregate. Each step is a function of its own; Build runs them all. Uncertainty repeats the last three over the
// choices that could have been made as well, and Sensitivity says which of the choices matters.
//
// Missing values are explicit: Table.At says whether there is a value, and no function of the package hands out NaN or an infinity. What
// cannot be computed is missing, with a Warning that says why; what is contradictory is an error.
//
// An index is a tool for comparing what somebody chose to compare. The package judges no right, and nothing in this module averages the
// results of an assessment with it.
//
// Sources: OECD and JRC, Handbook on Constructing Composite Indicators (2008); W. Becker, G. Caperna, M. Del Sorbo, H. Norlén, E.
// Papadimitriou and M. Saisana, COINr: An R package for developing composite indicators, Journal of Open Source Software 7 (2022) 4567;
// A. Saltelli and others, Variance based sensitivity analysis of model output, Computer Physics Communications 181 (2010) 259-270.
package index
