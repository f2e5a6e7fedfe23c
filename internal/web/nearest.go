package web

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// withMarks are the scripts in which people leave marks out as they type, and a word without them is the same word. In others, such as
// Devanagari or Thai, marks are vowels.
var withMarks = []*unicode.RangeTable{unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Arabic, unicode.Hebrew}

// unmarked are letters that Unicode does not take apart, as they are typed where a keyboard lacks them.
var unmarked = strings.NewReplacer("ß", "ss", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "æ", "ae", "œ", "oe", "ı", "i", "ħ", "h")

// folded gives the form in which names are compared: without case, accents, hyphens and apostrophes, so that "malaga" finds Málaga and
// "saint denis" Saint-Denis.
func folded(s string) string {
	var b strings.Builder
	base := rune(0)
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case !unicode.Is(unicode.Mn, r):
			base = r
			if unicode.In(r, unicode.Pd, unicode.Po, unicode.Pf, unicode.Pi) {
				r = ' '
			}
			b.WriteRune(r)
		case !unicode.In(base, withMarks...):
			b.WriteRune(r)
		}
	}
	return strings.Join(strings.Fields(unmarked.Replace(norm.NFC.String(b.String()))), " ")
}

// matches tells whether one of the names holds what was typed.
func matches(query string, names ...string) bool {
	query = folded(query)
	return slices.ContainsFunc(names, func(name string) bool { return strings.Contains(folded(name), query) })
}

// mostNearest is how many names are offered to somebody who may have mistyped one.
const mostNearest = 3

// nearest gives the places of the names that what was typed may stand for, the nearest first: those that a few slips away from it become
// it, one slip for each four letters. A name is compared as a whole, and each run of its words that is as long as the query.
func nearest(query string, names []string) []int {
	typed := []rune(folded(query))
	slips := len(typed) / 4
	if slips == 0 {
		return nil // every other short name is one slip away
	}
	words := len(strings.Fields(string(typed)))
	away := map[int]int{}
	for i, name := range names {
		parts := strings.Fields(folded(name))
		candidates := []string{strings.Join(parts, " ")}
		for from := 0; from+words < len(parts)+1 && words < len(parts); from++ {
			candidates = append(candidates, strings.Join(parts[from:from+words], " "))
		}
		for _, candidate := range candidates {
			one := []rune(candidate)
			if max(len(one)-len(typed), len(typed)-len(one)) > slips {
				continue
			}
			if d := distance(typed, one); d <= slips {
				if before, known := away[i]; !known || d < before {
					away[i] = d
				}
			}
		}
	}
	found := make([]int, 0, len(away))
	for i := range names {
		if _, near := away[i]; near {
			found = append(found, i)
		}
	}
	slices.SortStableFunc(found, func(a, b int) int { return cmp.Compare(away[a], away[b]) })
	return found[:min(len(found), mostNearest)]
}

// distance counts the letters to insert, leave out, change, or swap with their neighbour, to come from a to b (Damerau 1964, in the form of
// the optimal string alignment).
func distance(a, b []rune) int {
	before, last := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := last[j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			row[j] = min(last[j]+1, row[j-1]+1, change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
