// Package locale says things in the reader's language: messages with plural rules, numbers, dates, sorting and text direction.
//
// Messages are kept in catalogue/LANG/AREA.json, in the JSON of go-i18n, which Weblate reads; an area is one component there. English is the source; a key that a catalogue
// lacks is said in English. Plural rules come from CLDR through go-i18n, number forms and collation through golang.org/x/text. The package knows
// no word of the domain; its only state is what it loaded, and the plural forms of small numbers, remembered once they were asked for.
package locale
