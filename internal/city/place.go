package city

import (
	"regexp"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Sources of external codes whose form is known. Other sources are kept as they are written.
const (
	LAU      = "LAU"       // local administrative unit of Eurostat, or its national counterpart
	LOCODE   = "UN/LOCODE" // UN/CEFACT Recommendation 16
	Wikidata = "Wikidata"  // item, as Q23154
)

var (
	sourceForm   = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9 ./:_-]{0,39}$`)
	locodeForm   = regexp.MustCompile(`^[A-Z]{2}[A-Z2-9]{3}$`)
	wikidataForm = regexp.MustCompile(`^Q[1-9][0-9]{0,11}$`)
)

// sourceKey folds the ways in which people write the name of a source: "UN/LOCODE", "unlocode", "UN-LOCODE".
func sourceKey(source string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return -1
	}, source)
}

// codeKey folds the ways in which people write a code: "GB BRS" and "gbbrs".
func codeKey(code string) string {
	return strings.ToUpper(strings.Join(strings.Fields(code), ""))
}

// canonicalPlace gives the usual spelling of a source and of a code in it.
func canonicalPlace(source, code string) (string, string, error) {
	source, code = strings.TrimSpace(source), strings.TrimSpace(code)
	if !sourceForm.MatchString(source) || sourceKey(source) == "" {
		return "", "", fault.SaidOf("place", "error.city.place_source",
			`"{Source}" is not the name of a source of codes; write SOURCE=ID, as in Wikidata=Q23154`, "Source", source)
	}
	if code == "" || len(code) > longestCode || !plainLine(code) {
		return "", "", fault.SaidOf("place", "error.city.place_code", "{Source} needs a code of at most {Most} characters", "Source", source, "Most", longestCode)
	}
	switch sourceKey(source) {
	case sourceKey(LAU):
		return LAU, codeKey(code), nil
	case sourceKey(LOCODE):
		if code = codeKey(code); !locodeForm.MatchString(code) {
			return "", "", fault.SaidOf("place", "error.city.locode",
				`"{Code}" is not a UN/LOCODE; it is a country and three characters, as in GBBRS`, "Code", code)
		}
		return LOCODE, code, nil
	case sourceKey(Wikidata):
		if code = codeKey(code); !wikidataForm.MatchString(code) {
			return "", "", fault.SaidOf("place", "error.city.wikidata", `"{Code}" is not a Wikidata item, as in Q23154`, "Code", code)
		}
		return Wikidata, code, nil
	}
	return source, code, nil
}
