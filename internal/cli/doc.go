// Package cli is the door for the command line: one file per command.
//
// Commands that touch a node take --data and --database and act as its operator, who has access to its files anyway. Errors go to stderr,
// one per line, with file, row and column where there is one. Exit status: 0 done, 1 the job failed or a check did not hold, 2 wrong use.
// The package owns no data and no rules: it reads arguments, asks one method of one room, and prints.
package cli
