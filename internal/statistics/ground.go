package statistics

import (
	"regexp"
	"strings"
)

// GroundOf gives the key of the standard's ground by which a column breaks figures down: by the name of the column, longest phrase first,
// else by its values, if all of them are of one ground. Empty where none fits.
func GroundOf(column string, values []string) string {
	if ground := byName(column); ground != "" {
		return ground
	}
	found := ""
	for _, v := range values {
		if v == "" || isTotal(v) {
			continue
		}
		ground := groundOfValue(v)
		if ground == "" || found != "" && ground != found {
			return ""
		}
		found = ground
	}
	return found
}

func byName(column string) string {
	w := words(column)
	for length := min(len(w), 3); length > 0; length-- {
		for from := 0; from+length <= len(w); from++ {
			if ground := groundNames[strings.Join(w[from:from+length], " ")]; ground != "" {
				return ground
			}
		}
	}
	return ""
}

// groundNames are the words by which sources name their dimensions, without accents, in the languages of the interface.
var groundNames = invert(map[string]string{
	"sex":        "sex|gender|sexe|genre|sexo|genero|geschlecht|sexes|genders|الجنس|النوع",
	"age":        "age|ages|age group|age band|age range|age groups|years of age|alter|altersgruppe|classe d age|tranche d age|edad|grupo de edad|العمر|السن",
	"disability": "disability|disabilities|disability status|disabled|impairment|impairments|behinderung|handicap|situation de handicap|discapacidad|الإعاقة",
	"origin": "ethnicity|ethnic|ethnic group|ethnic origin|race|race ethnicity|racial group|nationality|citizenship|country of birth|place of birth|" +
		"migration|migration background|migrant|migrant status|migratory status|immigration status|origin|indigenous|indigenous status|caste|tribe|" +
		"herkunft|staatsangehorigkeit|nationalitat|migrationshintergrund|nationalite|origine|citoyennete|pays de naissance|origen|nacionalidad|etnia|pueblo|الجنسية|الأصل",
	"religion": "religion|belief|faith|religious group|religious affiliation|religion or belief|konfession|croyance|creencia|الدين",
	"lgbti": "sexual orientation|gender identity|lgbt|lgbti|lgbtq|lgb|trans status|sexuality|sexual identity|sexuelle orientierung|orientation sexuelle|orientacion sexual|" +
		"geschlechtsidentitat|identite de genre|identidad de genero",
	"area": "ward|wards|ward name|electoral ward|area|area name|area type|neighbourhood|neighborhood|district|districts|council district|borough|parish|locality|location|geography|" +
		"geographic area|region|subregion|postcode|post code|zip|zip code|lsoa|msoa|output area|constituency|sector of the city|community area|municipality|city|county|town|village|place|" +
		"urban rural|urbanisation|urbanization|degree of urbanisation|degree of urbanization|stadtteil|stadtbezirk|bezirk|stadtviertel|ortsteil|gemeinde|kreis|quartier|quartiers|arrondissement|commune|secteur|" +
		"barrio|barrios|distrito|distritos|colonia|zona|comuna|municipio|geocode|geo code|ref area|الحي|المنطقة",
	"education": "education|education level|educational level|level of education|education attainment|educational attainment|qualification|qualifications|highest qualification|" +
		"schooling|bildung|bildungsstand|bildungsabschluss|niveau d instruction|niveau d etudes|diplome|nivel educativo|escolaridad|التعليم",
	"poverty": "deprivation|deprivation decile|deprivation quintile|imd|imd decile|imd quintile|deprived|income|income group|income level|income quintile|income decile|wealth quintile|" +
		"poverty|poverty level|poverty status|socio economic|socioeconomic|socioeconomic status|economic status|free school meals|earning group|einkommen|armut|revenu|revenus|pauvrete|ingreso|ingresos|pobreza|الدخل|الفقر",
	"family":  "household|household type|type of household|kind of household|family|family type|household composition|marital status|lone parent|haushaltstyp|familienstand|menage|type de menage|famille|hogar|tipo de hogar|estado civil|الأسرة",
	"sector":  "sector|industry|industry sector|branch|economic activity|service|wirtschaftszweig|branche|secteur d activite|sector economico",
	"shelter": "shelter|sheltered|unsheltered|shelter type|sheltered unsheltered|accommodation type",
})

func invert(names map[string]string) map[string]string {
	out := map[string]string{}
	for ground, phrases := range names {
		for phrase := range strings.SplitSeq(phrases, "|") {
			out[strings.Join(words(phrase), " ")] = ground
		}
	}
	return out
}

// groundValues tell the ground of a group by its name, for columns such as "Group" or "Equality Group" that mix grounds.
var groundValues = []struct {
	ground string
	form   *regexp.Regexp
}{
	{"poverty", regexp.MustCompile(`\b(most|least|more|less) deprived\b|\b(decile|quintile|quartile)\b|\bdeprivation\b|\b(low|high|lowest|highest) incomes?\b|\beconomically disadvantaged\b`)},
	{"lgbti", regexp.MustCompile(`\b(lesbian|gay|bisexual|lgb\w*|heterosexual|straight|transgender|trans)\b`)},
	{"disability", regexp.MustCompile(`\b(disabled|disability|disabilities|non disabled|impairments?)\b`)},
	{"religion", regexp.MustCompile(`\b(christians?|muslims?|jewish|hindus?|sikhs?|buddhists?|catholics?|protestants?|no religion)\b`)},
	{"family", regexp.MustCompile(`\b(single|lone) parents?\b|\bcarers?\b|\b(married|divorced|widowed)\b`)},
	{"origin", regexp.MustCompile(`\b(ethnic|bame|bme|white|black|asian|latinos?|latinas?|hispanics?|african|caribbean|indigenous|native american|roma|migrants?|foreigners?|nationals|born abroad|refugees?|asylum seekers?)\b`)},
	{"age", regexp.MustCompile(`\b\d{1,3} ?(to|-|–) ?\d{1,3}\b|\b\d{1,3} ?(\+|(years?|yrs?|and over|or over|and older|plus)\b)|\b(under|over|aged?) \d{1,3}\b|\b(children|child|elderly|older (people|persons)|pensioners?|young( people| persons)?|youth|adults?|infants?|teenagers?|working age)\b`)},
	{"sex", regexp.MustCompile(`\b(males?|females?|men|women|man|woman|boys?|girls?|non binary|hommes?|femmes?|hombres?|mujeres?|manner|frauen|mannlich|weiblich)\b`)},
}

func groundOfValue(v string) string {
	lower := strings.ToLower(v)
	plain := strings.Join(words(v), " ")
	for _, g := range groundValues {
		if g.form.MatchString(lower) || g.form.MatchString(plain) {
			return g.ground
		}
	}
	return ""
}

// isTotal tells whether a value of a dimension stands for everyone, as an empty cell does.
func isTotal(v string) bool {
	return len(v) <= 40 && (totals[strings.ToLower(v)] || totals[strings.Join(words(v), " ")])
}

var totals = invertList("total|totals|all|overall|everyone|both|both sexes|both genders|all sexes|all genders|all persons|all people|all residents|all ages|all groups|all wards|all areas|" +
	"all districts|all households|all respondents|all ethnicities|all ethnic groups|all races|citywide|city wide|whole city|city total|city average|total population|t|gesamt|insgesamt|alle|zusammen|ensemble|tous|toutes|" +
	"les deux sexes|total general|todos|todas|ambos sexos|beide geschlechter|المجموع|الكل|الإجمالي")

func invertList(list string) map[string]bool {
	out := map[string]bool{}
	for phrase := range strings.SplitSeq(list, "|") {
		out[strings.Join(words(phrase), " ")] = true
	}
	return out
}
