package city

import (
	"strings"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// officialCountries are the officially assigned two-letter codes of ISO 3166-1, all 249.
const officialCountries = `
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP
KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT
MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ
UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW`

var countries = func() map[string]bool {
	known := map[string]bool{}
	for _, code := range strings.Fields(officialCountries) {
		known[code] = true
	}
	return known
}()

// OfficialCountry tells whether code is an officially assigned two-letter code of ISO 3166-1, in capitals, or XK: ISO leaves it to its users, and
// the statistics of the European Union use it for Kosovo.
func OfficialCountry(code string) bool { return countries[code] }

// InventedCountry tells whether code is from XA to XZ, which ISO 3166-1 leaves to its users; here they are the countries of invented
// places, but for XK. Other codes that it leaves to users (AA, QM to QZ, ZZ) name no country.
func InventedCountry(code string) bool {
	return len(code) == 2 && code[0] == 'X' && code[1] >= 'A' && code[1] <= 'Z' && !OfficialCountry(code)
}

// checkCountry asks for an assigned code, or one of the invented countries where the city is invented.
func checkCountry(code string, fictional bool) error {
	switch {
	case code == "":
		return countryNeeded()
	case OfficialCountry(code):
		return nil
	case !InventedCountry(code):
		return fault.SaidOf("country", "error.city.country",
			`"{Country}" is not a country; write its two-letter code, as in GB (or XA to XZ for an invented place)`, "Country", code)
	case !fictional:
		return fault.SaidOf("country", "error.city.country_invented",
			`"{Country}" is the country of an invented place; say that the city is invented (--fictional), or write the code of its country, as in GB`, "Country", code)
	}
	return nil
}
