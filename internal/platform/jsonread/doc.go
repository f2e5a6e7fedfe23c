// Package jsonread reads JSON that the program has written itself, in one pass and without reflection: several times faster than
// encoding/json, for documents that are read at every page. Its callers say which fields an object has, as a switch over their names.
//
// It follows RFC 8259 and is as strict as encoding/json, but that numbers are checked only as far as strconv does. Strings without escapes
// share the memory of the text.
package jsonread
