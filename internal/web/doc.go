// Package web is the door for people: the public pages and the desk, in every shipped language, usable without JavaScript.
//
// A page is a handler in a file of its own beside its template. Public pages read what the gate in publication let out, and nothing else;
// files whose names begin with desk_ or sign_ may ask other rooms, after account.Can has allowed it. The package owns no data. Every
// route names the permission that it needs (routes.go); every visible string comes from the catalogues of platform/locale.
package web
