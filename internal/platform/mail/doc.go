// Package mail sends letters: plain text, in any language, by SMTP or into a folder. There is no HTML, no picture and no link that counts who
// has read it.
//
// It never decides to whom something is sent, and keeps nothing. Only this package knows github.com/wneessen/go-mail. Sources: RFC 5321 (SMTP),
// RFC 5322 (form of a letter), RFC 2047 (names and subjects beyond ASCII), RFC 8058 (one click to stop), RFC 3834 (letters by machines).
package mail
