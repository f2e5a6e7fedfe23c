// Package chart draws the pictures of the pages as SVG on the server: a line over time, dots of groups with the gap between them, the
// strip of states, and the map. Each drawing is a pure function of its input, so that the same figures give the same bytes.
//
// A chart never interpolates a missing period, never cuts its axis without saying so, and leaves words, numbers and directions to its
// caller, who hands them in ready for the reader's language. Next to each chart its page shows the same figures as a table.
package chart
