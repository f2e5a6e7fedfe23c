// Package api is the door for programs: JSON and CSV of all that is public, under /api/v1, described by /api/openapi.json.
//
// It owns the forms in which public content leaves the node as data. They are written down once, as Go types; the OpenAPI document is made from
// them. The promise to whoever reads them: a field that is there keeps its name and its meaning as long as the path says v1; fields are added,
// so a reader skips what it does not know.
//
// It reads nothing but what the gate has let out (package publication) and the standards, sets no cookie, reads no session, and answers
// everybody alike. Where pages have a table, the same stands at the address with .csv behind it, without a byte order mark.
//
// Source: OpenAPI Specification 3.1; RFC 9457 (problem details), RFC 9110 (HTTP), RFC 4180 (CSV); Fetch Standard (CORS).
package api
