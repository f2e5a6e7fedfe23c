// Package locale says things in the reader's language: messages with plural rules, numbers, dates, sorting and text direction.
//
// Messages are kept in catalogue/LANG.json, in the JSON of go-i18n, which Weblate reads. English is the source; a key that a catalogue
// lacks is said in English. Plural rules, number forms and collation come from CLDR through golang.org/x/text. The package knows no word
// of the domain; it holds no state but what it loaded.
package locale
