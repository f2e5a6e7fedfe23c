// Package seal keeps secrets that a program has to read back, such as the password for a mail server, so that whoever has the database alone
// cannot: with a key in a file of its own beside it.
//
// It never knows what is sealed, and keeps nothing but the key. Sources: AES-GCM (NIST SP 800-38D), HKDF (RFC 5869), HMAC (RFC 2104).
package seal
