// Package browser tests the pages as people use them: in a real Chromium, by width, theme and language, with axe, by keyboard alone and
// without JavaScript. It starts a node as the program does, with the invented city and, where ../shared is there, a real one.
//
// Chromium is looked for on the PATH, axe-core in node_modules beside this file (npm ci). Without them the tests are skipped, and fail
// where $CI is set.
package browser
