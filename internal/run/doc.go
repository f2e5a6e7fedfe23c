// Package run builds the program: it opens the database, makes the rooms, joins them where one must tell another, and starts the doors.
// The end-to-end tests start the same. It holds no rule of the domain.
package run
