// Package limit keeps a reader from asking too much too fast, without keeping who they are.
//
// It owns token buckets in memory, one for each rule and place of origin, and how the place is told behind a proxy. A place is the network of
// an address, /24 of IPv4 and /56 of IPv6: an attacker has all addresses of such a network as easily as one. It is held only as an HMAC
// under a random key that lives in this process for a day, and never leaves it: neither a database, nor a log, nor a dump of memory from tomorrow
// tells who was there. It never limits readers on the machine itself, which is also what everybody looks like behind a proxy that does not say
// for whom it asks.
//
// Source: RFC 6585, 4 (429) and RFC 9110, 10.2.3 (Retry-After); RFC 2104 (HMAC); RFC 6177 (what a site is given of IPv6).
package limit
