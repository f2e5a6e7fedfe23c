// Package publication is the gate: everything that leaves the node for the public passes it, as one of the documents of
// documents.go, entry.go and outline.go.
//
// It owns the rules of what may pass (gate.go), the documents that did, and the list of what was kept back with the reason, which only the
// desk shows; the tables publication_…. Documents are made anew in the transaction of the change that they follow (Refresh) and read by their
// key, so that a public page costs one or two reads. Scorecards are computed from what passed alone: whoever has the public figures can
// recompute them, and no private figure can shine through.
//
// It never changes what a room keeps, and never hands a private value to a page. What passes: answers of a cycle that is published or
// archived; series that an official source has published at an address, and other figures where enough people stand behind them
// (disclosure); nothing without a unit, a period and a source, and no projection beyond the current year. A source is official where the
// input itself names publisher and address, or where who imported has named them and no counts are known; else the counts decide.
//
// What is protected: a figure of a source that is not official against subtraction within one breakdown and period, as package disclosure
// tells, and the answer of too few residents with all that was written of it. What is not: no attack over linked tables is tried yet, so
// neither several breakdowns or indicators of the same people, nor neighbouring periods, nor the documents of yesterday beside those of
// today, nor a figure of an official source, which passes whatever its count.
//
// Source: United Nations Fundamental Principles of Official Statistics (A/RES/68/261), principles 3 (sources and methods) and 6
// (confidentiality).
package publication
