// Package house holds the rules of the house as a test: who may import whom, who may touch which table, how long a file may be.
//
// It has no code of its own. Each rule stands in a file with the examples that it must refuse; ARCHITECTURE.md says why there are rules.
package house
