// Package ballot decides whether a change to the standard is adopted, from the tallies of the four chambers.
//
// It owns the rule of decision: the quorum of each chamber, the majority in each chamber, the mean of the chambers' shares, open objections, and
// what a change that lowers a minimum needs besides. Every decision comes with its reasons, as codes with arguments that pages translate and
// as English sentences, and with every share as an exact fraction: two thirds is two thirds, not 0.6667.
//
// It never counts single votes, never knows who voted, and never looks at a clock: days and objections are handed in. Opinion maps inform those
// who vote; they are no part of the rule.
//
// Source: docs/methods/ballot.md, which states the rule in full, with the table of cases that a test runs.
package ballot
