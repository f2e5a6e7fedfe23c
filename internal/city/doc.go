// Package city knows the cities of the node, the organisations around them, and which of these work together.
//
// It owns cities and other local governments with their codes, their competences and the indicators of their own that they add to the
// standard, organisations of every kind, and the membership of organisations in cities and of cities in networks (tables city_…). Every change
// is kept: who, when, what.
//
// It never judges a city, and it keeps no person: who works for an organisation is a grant in package account.
//
// Sources: ISO 3166-1 (countries, user-assigned codes), BCP 47 (languages), UN/CEFACT Recommendation 16 (UN/LOCODE), OHCHR, Local
// government and human rights, A/HRC/30/49 (2015), para. 7–16 (competences differ from state to state).
package city
