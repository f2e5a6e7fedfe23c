// Package statistics keeps what is measured in a city: source indicators as their source has them, and the mapping that joins them to the
// indicators of a standard.
//
// It has two layers. The raw layer holds every readable source indicator of an import (an Open SDG folder or tidy CSV): its dimensions,
// periods, values, suppressed values, and what its metadata says of publisher, address, licence and method. The mapping layer holds a
// city's decisions which source indicator, with which selection and transform, stands for which indicator of the standard; it is applied
// when series are read, so that a better mapping needs no new import. A series is never joined to the standard by its code alone.
//
// The package owns the import with its report, the revisions of values, the sources and the mapping, and the tables statistics_….
// A source indicator is imported whole or not at all, and nothing is written where the input as a whole is at fault. It never guesses:
// where a file leaves two readings, it asks. It never judges a value and never publishes one; that is the gate's (publication).
//
// Sources: Open SDG data and metadata format (open-sdg.readthedocs.io, sdg-build); RFC 4180; ISO 8601 for periods.
package statistics
