// Package notice tells people what waits for them: one letter a day at most, and none where there is nothing to say. It also sends the links by
// which people choose a password, and those by which people without an account answer.
//
// It owns how often each person wants to be told and what they were told last. Letters go through the queue of package jobs, in the transaction
// of what they follow from, sealed, since some hold links that open an account. It never decides who has a task: the rooms to its right say so
// by Room.Tasks. There is no HTML in a letter and nothing that tells whether it was read.
package notice
