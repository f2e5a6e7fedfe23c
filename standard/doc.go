// Package standard reads, checks and compares human rights standards that are kept as data.
//
// A standard is a set of minimum requirements for a city, in dimensions, each linked to articles of international law and measured by
// structure, process and outcome indicators (OHCHR, Human Rights Indicators, HR/PUB/12/5, 2012). The package owns the types, the loader
// with its errors by file and line, the rules that a valid standard keeps, profiles, a city's local additions, and the difference between
// two versions with its effect on comparability. It reads through fs.FS and io.Reader only, and never judges a city.
//
// The file format is documented in standards/README.md.
package standard
