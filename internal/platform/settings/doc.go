// Package settings keeps what an operator sets by a page: how the node is called and who runs it, by what its letters go, when it reminds.
//
// It owns the sections with all their versions, and the secrets among them, which it seals with a key outside the database, and gives back to
// nobody but who uses them. What is said when the program is started stands above what is kept. It never decides who may set something, and
// sends nothing.
package settings
