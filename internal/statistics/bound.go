package statistics

import (
	"regexp"
	"strings"
)

// boundRole tells by its name whether a column holds a bound of the values' interval, and of which level (95, or 99 8 for 99.8; empty: not
// said). Sources have no common name for these columns, so their words decide: one that names the side, and beside it nothing but words
// about intervals and a level ("Lower CI 95.0 limit", "95% ci_upper", "LowerBound"). A word that may mean something else ("high",
// "max") names a side only where another word says that an interval is meant.
func boundRole(name string) (role Role, level string) {
	var digits []string
	told := false // some word says that an interval is meant
	for _, word := range boundWords.FindAllString(foldName(name), -1) {
		if word[0] <= '9' {
			digits = append(digits, word)
			continue
		}
		side, sure := boundSide(word)
		switch {
		case side != "" && role == "":
			role = side
		case side != "" || !aboutBounds[word]:
			return "", ""
		}
		told = told || sure || tellsBounds[word]
	}
	if level = strings.Join(digits, " "); !told || level != "" && !boundLevel.MatchString(level) {
		return "", ""
	}
	return role, level
}

// boundSide gives the side that a word names, alone or grown together with a word that says interval; sure where it cannot mean anything
// else beside a column of values.
func boundSide(word string) (side Role, sure bool) {
	if side = maybeSides[word]; side != "" {
		return side, false
	}
	for name, side := range sureSides {
		if word == name || tellsBounds[strings.TrimPrefix(word, name)] && word != strings.TrimPrefix(word, name) ||
			tellsBounds[strings.TrimSuffix(word, name)] && word != strings.TrimSuffix(word, name) {
			return side, true
		}
	}
	return "", false
}

const intervalWords = "ci|ic|cl|confidence|interval|intervals|conf|bound|bounds|limit|limits|credible|uncertainty|intervalle|intervalo|borne|limite|" +
	"confiance|confianza|konfidenzintervall|vertrauensbereich|grenze"

var (
	boundWords = regexp.MustCompile(`[0-9]+|[^0-9 ]+`)
	boundLevel = regexp.MustCompile(`^[5-9][0-9](?: [0-9]{1,2})?$`)

	sureSides  = invertRoles(map[Role]string{lowerRole: "lower|lci|lcl|ll|lb|untergrenze", upperRole: "upper|uci|ucl|ul|ub|obergrenze"})
	maybeSides = invertRoles(map[Role]string{lowerRole: "low|min|minimum|inferior|inferieur|inferieure|untere|unterer", upperRole: "high|max|maximum|hi|superior|superieur|superieure|obere|oberer"})

	// tellsBounds say by themselves that an interval is meant, aboutBounds may stand beside them.
	tellsBounds = invertWords(intervalWords)
	aboutBounds = invertWords(intervalWords + "|level|estimate|int|percent|pct|per|cent|value|of|the|for|de|del|du|des")
)

// pairBounds takes, where a source gives intervals of several levels, the two bounds of the level of the first column.
func (fr *frame) pairBounds() {
	lower, upper := fr.at(lowerRole), fr.at(upperRole)
	if lower < 0 || upper < 0 {
		return
	}
	first, other, otherRole := lower, upper, upperRole
	if upper < lower {
		first, other, otherRole = upper, lower, lowerRole
	}
	_, level := boundRole(fr.header[first])
	if _, same := boundRole(fr.header[other]); same == level {
		return
	}
	for i, name := range fr.header {
		if role, its := boundRole(name); role == otherRole && its == level && fr.roles[i] == ignored {
			fr.roles[other], fr.roles[i] = ignored, otherRole
			return
		}
	}
}
