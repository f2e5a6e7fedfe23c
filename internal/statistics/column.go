package statistics

import "strings"

// Role is what a column of a source file is for.
type Role string

const (
	Dimension Role = "dimension" // breaks the figure down
	Measure   Role = "measure"   // tells several measures of one file apart: Units, Series, Unit measure
	Generic   Role = "generic"   // Group, Category and the like: a dimension in one file and a measure in another

	periodRole    Role = "period"
	valueRole     Role = "value"
	placeRole     Role = "place"  // official code of an area: an attribute of a group
	statusRole    Role = "status" // of the observation
	countRole     Role = "count"  // persons or cases behind the value
	lowerRole     Role = "lower"  // bounds of the value's interval; see boundRole for their names
	upperRole     Role = "upper"
	indicatorRole Role = "indicator" // of tidy CSV: which source indicator the row belongs to
	titleRole     Role = "title"     // of tidy CSV, as the four below: about the source indicator
	sourceRole    Role = "source"
	urlRole       Role = "url"
	licenceRole   Role = "licence"
	noteRole      Role = "note"
	ignored       Role = "ignored" // comments, errors, dates of update: kept out of the dimensions
)

// roleNames are the columns of the Open SDG format and what cities write instead, as foldName gives them.
var roleNames = invertRoles(map[Role]string{
	periodRole: "year|time period|period|time|date|refperiod|ref period|jahr|annee|ano|fecha|periode",
	valueRole:  "value|obs value|values|wert|valeur|valor",
	Measure:    "units|unit|series|measure|measures|indicator|indicators|variable|statistic|metric|unit measure|unit of measure|unit of measurement|unit multiplier|unit mult|einheit|unite|unidad|serie",
	Generic:    "group|groups|category|categories|breakdown|disaggregation|characteristic|demographic|demographics|equality group|population group|subgroup|type|gruppe|groupe|grupo|categorie|categoria",
	placeRole:  "geocode|geo code|area code|ward code|lsoa code|msoa code|region code|district code|postcode district|ons code|gss code|ags|insee",
	statusRole: "observation status|obs status|status|flag|flags",
	countRole:  "count|counts|n|respondents|sample size|sample|number of respondents|unweighted count|unweighted n|base|unweighted base|cases|obs count",
	ignored: "comment obs|comment ts|comment|comments|notes|note|footnote|footnotes|source detail|data last update|nature|precision|decimals|confidence interval|" +
		"standard error|std error|se|moe|margin of error|progress|reporting type",
})

// tidyNames are the columns of tidy CSV that the other format does not have, or has for something else.
var tidyNames = invertRoles(map[Role]string{
	indicatorRole: "indicator|source indicator|indicator code|code|indicator id",
	titleRole:     "title|indicator title|indicator name|name",
	sourceRole:    "source|publisher|organisation|organization|source organisation",
	urlRole:       "url|link|address|source url",
	licenceRole:   "licence|license",
	noteRole:      "note|notes|method|comment|comments",
	Measure:       "series|measure|variable|statistic|metric",
})

func invertRoles(names map[Role]string) map[string]Role {
	out := map[string]Role{}
	for role, list := range names {
		for name := range strings.SplitSeq(list, "|") {
			out[name] = role
		}
	}
	return out
}
