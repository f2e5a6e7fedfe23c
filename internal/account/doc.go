// Package account knows the people of the node: who they are, how they sign in, and what they may do.
//
// It owns people, passwords, sessions, one-time tokens, grants (person, role, scope), the one function that decides, Can, and the trail
// of privileged acts (tables account_…). A scope is opaque here: "city/bristol" names a city that this package never looks up. What a
// decision needs to know of a city, an answer or an organisation stands in a Resource, which the room that owns it fills.
//
// It never stores a password, a session's token or an invitation as it is, and never an internet address.
//
// Sources: RFC 9106 and the OWASP Password Storage Cheat Sheet (argon2id, parameters), NIST SP 800-63B-4 section 3.1.1 (length, no
// composition rules, blocklist, Unicode normalisation), OWASP ASVS 5.0 chapters 6 to 8.
package account
