package statistics

import "testing"

func TestTheMappingSelectsAndNeverChoosesBetweenMeasures(t *testing.T) {
	units := map[string]string{"indicator_1-2-1.csv": "Year,Units,Sex,Value\n2018,Rate,,1\n2018,Rate,Male,2\n2018,Persons,,300\n2018,,,7\n"}
	group := func(text string) map[string]string {
		return map[string]string{"indicator_1-2-1.csv": "Year,Group,Value\n" + text}
	}
	runTraps(t, map[string]trap{
		"several units and no choice":           {files: units, mapping: plainRow, want: []string{"error map.csv:2: select select.choose"}, never: []string{"LIV.1.O1"}},
		"one unit chosen":                       {files: units, mapping: rowsOf("LIV.1.O1,1-2-1,Units=Rate,value,%,exact"), want: []string{"LIV.1.O1 % exact: 2018=1", "LIV.1.O1 Sex=Male (sex): 2018=2"}, never: []string{"300"}},
		"the empty cell chosen":                 {files: units, mapping: rowsOf("LIV.1.O1,1-2-1,Units=,value,%,exact"), want: []string{"LIV.1.O1 % exact: 2018=7"}},
		"without case and spaces":               {files: units, mapping: rowsOf("LIV.1.O1,Indicator_1.2.1, units = RATE ,value,%,Exact"), want: []string{"LIV.1.O1 % exact: 2018=1"}},
		"two conditions":                        {files: units, mapping: rowsOf("LIV.1.O1,1-2-1,Units=Rate;Sex=Male,value,%,exact"), want: []string{"LIV.1.O1 % exact: 2018=2"}, never: []string{"Sex="}},
		"a value that does not exist":           {files: units, mapping: rowsOf("LIV.1.O1,1-2-1,Units=Ratio,value,%,exact"), want: []string{"warning map.csv:2: select select.value"}, never: []string{"LIV.1.O1"}},
		"a column that does not exist":          {files: units, mapping: rowsOf("LIV.1.O1,1-2-1,Unit=Rate,value,%,exact"), want: []string{"error map.csv:2: select select.column"}},
		"values that do not meet":               {files: units, mapping: rowsOf("LIV.1.O1,1-2-1,Units=Persons;Sex=Male,value,%,exact"), want: []string{"warning map.csv:2: select select.together"}},
		"an indicator that is not there":        {files: units, mapping: rowsOf("LIV.1.O1,9-9-9,,value,%,exact"), want: []string{"warning map.csv:2: source_indicator mapping.missing"}},
		"a decision against":                    {files: units, mapping: rowsOf("LIV.1.O1,9-9-9,,value,%,no"), never: []string{"mapping.missing", "LIV.1.O1"}, want: []string{"file indicator_1-2-1.csv imported"}},
		"one unit in every row":                 {files: map[string]string{"indicator_1-2-1.csv": "Year,Units,Value\n2018,Per cent,1\n2019,Per cent,2\n"}, mapping: plainRow, want: []string{"LIV.1.O1 % exact: 2018=1 2019=2"}},
		"a group column with a total":           {files: group("2018,,14\n2018,children,19\n2018,elderly,12\n"), mapping: plainRow, want: []string{"LIV.1.O1 % exact: 2018=14", "LIV.1.O1 Group=children (age): 2018=19"}},
		"a group column with measures":          {files: group("2018,Turnout of those eligible,45\n2018,% Female officials,42\n"), mapping: plainRow, want: []string{"error map.csv:2: select select.choose"}},
		"a group column of people, no total":    {files: group("2018,Women,45\n2018,Men,42\n"), mapping: plainRow, want: []string{"LIV.1.O1 Group=Women (sex): 2018=45", "note view.headless"}},
		"a measure of a group column":           {files: group("2018,after housing costs,30\n2018,before housing costs,20\n"), mapping: rowsOf("LIV.1.O1,1-2-1,Group=after housing costs,value,%,close"), want: []string{"LIV.1.O1 % close: 2018=30"}},
		"a semicolon in a value":                {files: group("2018,\"rent; heating\",30\n2018,\"food; clothes\",20\n"), mapping: rowsOf("LIV.1.O1,1-2-1,Group=rent; heating,value,%,close"), want: []string{"LIV.1.O1 % close: 2018=30"}},
		"a column that is no measure after all": {files: map[string]string{"indicator_1-2-1.csv": "Year,Units,Sex,Value\n2018,By sex,,5\n2018,By sex,Male,4\n2018,By age,,5\n"}, mapping: rowsOf("LIV.1.O1,1-2-1,Units=*,value,%,exact"), want: []string{"LIV.1.O1 % exact: 2018=5", "LIV.1.O1 Sex=Male (sex): 2018=4"}},
		"and contradicts itself":                {files: map[string]string{"indicator_1-2-1.csv": "Year,Units,Value\n2018,By sex,5\n2018,By age,6\n2019,By age,7\n"}, mapping: rowsOf("LIV.1.O1,1-2-1,Units=*,value,%,exact"), want: []string{"error map.csv:2: select view.clash", "LIV.1.O1 % exact: 2019=7"}},
		"a multiplier that nobody applies":      {files: map[string]string{"indicator_1-2-1.csv": "Year,Unit multiplier,Unit measure,Value\n2018,Thousands,Persons,3\n"}, mapping: rowsOf("LIV.1.O2,1-2-1,,value,people,exact"), want: []string{"warning map.csv:2: transform view.multiplier", "LIV.1.O2 people exact: 2018=3"}},
		"a multiplier that is applied":          {files: map[string]string{"indicator_1-2-1.csv": "Year,Unit multiplier,Value\n2018,Thousands,3\n"}, mapping: rowsOf("LIV.1.O2,1-2-1,,scale:1000,people,exact"), want: []string{"LIV.1.O2 people exact: 2018=3000"}, never: []string{"view.multiplier"}},
		"a share outside 0 to 100":              {files: map[string]string{"indicator_1-2-1.csv": "Year,Value\n2018,300\n"}, mapping: plainRow, want: []string{"warning map.csv:2 view.range"}},
		"two rows of the mapping give one series": {
			files:   map[string]string{"indicator_1-2-1.csv": "Year,Series,Ward,Value\n2018,Ward,,5\n2018,Ward,North,4\n2018,Poverty,,6\n", "indicator_1-2-2.csv": "Year,Value\n2018,5\n2017,3\n"},
			mapping: rowsOf("LIV.1.O1,1-2-2,,value,%,exact,first", "LIV.1.O1,1-2-1,Series=Ward,value,%,exact,second"),
			want:    []string{"LIV.1.O1 % exact: 2017=3 2018=5", "LIV.1.O1 Ward=North (area): 2018=4"}, never: []string{"series.clash"},
		},
		"and are heard in their order": {
			files: map[string]string{"indicator_1-2-1.csv": plainData, "indicator_1-2-2.csv": "Year,Value\n2018,5\n"}, mapping: rowsOf("LIV.1.O1,1-2-2,,value,%,exact", "LIV.1.O1,1-2-1,,value,%,exact"),
			want: []string{"LIV.1.O1 % exact: 2018=5 2019=2", "warning map.csv:3 series.clash"},
		},
		"another unit is another series, the better fit first": {
			files: map[string]string{"indicator_1-2-1.csv": plainData, "indicator_1-2-2.csv": "Year,Value\n2018,5\n"}, mapping: rowsOf("LIV.1.O1,1-2-2,,value,EUR,close", "LIV.1.O1,1-2-1,,value,%,exact"),
			want: []string{"LIV.1.O1 % exact: 2018=1 2019=2", "LIV.1.O1 EUR close: 2018=5"},
		},
	})
}

func TestDimensionsBecomeGroups(t *testing.T) {
	data := func(text string) map[string]string { return map[string]string{"indicator_1-2-1.csv": text} }
	runTraps(t, map[string]trap{
		"the same ground under three names": {
			files:   map[string]string{"indicator_1-2-1.csv": "Year,Sex,Value\n2018,Male,1\n2018,,2\n", "indicator_1-2-2.csv": "Year,gender,Value\n2018,Boys,1\n2018,,2\n", "indicator_1-2-3.csv": "Year,Victim Gender,Value\n2018,Female,1\n2018,,2\n"},
			mapping: rowsOf("LIV.1.O1,1-2-1,,value,a,exact", "LIV.1.O1,1-2-2,,value,b,exact", "LIV.1.O1,1-2-3,,value,c,exact"),
			want:    []string{"LIV.1.O1 Sex=Male (sex): 2018=1", "LIV.1.O1 gender=Boys (sex): 2018=1", "LIV.1.O1 Victim Gender=Female (sex): 2018=1"},
		},
		"a word for everyone": {
			files: data("Year,Sex,Race/ Ethnicity,Value\n2018,Total,All,5\n2018,Male,Total,4\n2018,Both sexes,White,3\n"), mapping: plainRow,
			want: []string{"LIV.1.O1 % exact: 2018=5", "LIV.1.O1 Sex=Male (sex): 2018=4", "LIV.1.O1 Race/ Ethnicity=White (origin): 2018=3"},
		},
		"an empty cell is preferred to such a word": {files: data("Year,Sex,Value\n2018,Total,5\n2018,,6\n2018,Male,4\n"), mapping: plainRow, want: []string{"LIV.1.O1 % exact: 2018=6"}},
		"an empty selection finds such a word":      {files: data("Year,Sex,Value\n2018,Total,5\n2018,Male,4\n"), mapping: rowsOf("LIV.1.O1,1-2-1,Sex=,value,%,exact"), want: []string{"LIV.1.O1 % exact: 2018=5"}},
		"groups of groups are counted":              {files: data("Year,Sex,Age,Value\n2018,,,5\n2018,Male,,4\n2018,,16,3\n2018,,17,6\n2018,Male,16,2\n2018,Male,17,7\n"), mapping: plainRow, want: []string{"note view.crossed", "LIV.1.O1 Age=16 (age): 2018=3"}, never: []string{"=2", "=7"}},
		"a kind that the place determines": {
			files: data("Year,Area Type,Area Name,Value\n2018,,,9\n2018,Trust,North,5\n2018,Trust,South,4\n2018,Group,West,3\n"), mapping: plainRow,
			want: []string{"LIV.1.O1 Area Name=Trust: North (area): 2018=5", "LIV.1.O1 Area Name=Group: West (area): 2018=3"},
		},
		"a column that names another": {
			files: data("Year,Gender,Poverty Level,Breakdown,Value\n2018,Male,,Gender,5\n2018,Female,,Gender,6\n2018,,Poor,Poverty Level,4\n2018,,Not poor,Poverty Level,3\n2018,,,,7\n"), mapping: plainRow,
			want: []string{"LIV.1.O1 Gender=Male (sex): 2018=5", "LIV.1.O1 Poverty Level=Poor (poverty): 2018=4", "LIV.1.O1 % exact: 2018=7"},
		},
		"a code beside a name is no dimension":  {files: data("Year,Ward,GeoCode,Value\n2018,,,5\n2018,North,E01,4\n2018,South,E02,6\n"), mapping: plainRow, want: []string{"LIV.1.O1 Ward=North (area): 2018=4", "LIV.1.O1 % exact: 2018=5"}},
		"a code alone is one":                   {files: data("Year,GeoCode,Value\n2018,,5\n2018,E01,4\n2018,E02,6\n"), mapping: plainRow, want: []string{"LIV.1.O1 GeoCode=E01 (area): 2018=4", "note column.place"}},
		"a code that stands in every row":       {files: data("Year,Sex,GeoCode,Value\n2018,,E06,5\n2018,Male,E06,4\n"), mapping: plainRow, want: []string{"LIV.1.O1 % exact: 2018=5", "LIV.1.O1 Sex=Male (sex): 2018=4"}},
		"nor does it make areas of kinds":       {files: data("Year,Kind,GeoCode,Value\n2018,,E06,5\n2018,a,E06,4\n2018,b,E06,6\n2019,b,E06,6.5\n"), mapping: plainRow, want: []string{"LIV.1.O1 Kind=a (): 2018=4"}},
		"places with codes under any name":      {files: data("Year,Stadtraum,GeoCode,Value\n2018,,,5\n2018,Mitte,E01,4\n2018,Rand,E02,6\n"), mapping: plainRow, want: []string{"LIV.1.O1 Stadtraum=Mitte (area): 2018=4"}},
		"everyone is of one group":              {files: data("Year,Sex,Value\n2018,Female,5\n2019,Female,6\n"), mapping: plainRow, want: []string{"warning map.csv:2 view.only", "LIV.1.O1 Sex=Female (sex): 2018=5 2019=6"}},
		"everything is of one kind":             {files: data("Year,Population,Value\n2018,City workforce,5\n2019,City workforce,6\n"), mapping: plainRow, want: []string{"note view.constant", "LIV.1.O1 % exact: 2018=5 2019=6"}},
		"groups stand in the order of numbers":  {files: data("Year,District,Value\n2018,District 10,1\n2018,District 9,2\n2018,,3\n"), mapping: plainRow, want: []string{"LIV.1.O1 District=District 9 (area): 2018=2"}},
		"the city among its parts is the whole": {files: map[string]string{"data/indicator_1-2-1.csv": "Year,Ward,Value\n2018,Bristol,5\n2018,North,4\n", "meta/1-2-1.yml": "reporting_status: complete\nnational_geographical_coverage: Bristol\n"}, mapping: plainRow, want: []string{"LIV.1.O1 % exact: 2018=5", "LIV.1.O1 Ward=North (area): 2018=4"}},
	})
}

func TestTransforms(t *testing.T) {
	data := map[string]string{"indicator_1-2-1.csv": "Year,Sex,Units,Age,Count,Value\n2018,,Pay,,90,77.6\n2018,Male,Pay,,60,16.4\n2018,Female,Pay,,30,15.1\n2018,Male,Pay,16,,9\n2018,Female,Pay,16,,8.75\n2018,Male,Pay,17,,2\n2019,Male,Pay,,,17\n"}
	runTraps(t, map[string]trap{
		"complement": {files: data, mapping: rowsOf("LIV.1.O1,1-2-1,Sex=;Age=,complement:100,%,close"), want: []string{"LIV.1.O1 % close: 2018=22.4(n 90)"}},
		"scale":      {files: data, mapping: rowsOf("LIV.1.O1,1-2-1,Sex=;Age=,scale:0.1,%,close"), want: []string{"LIV.1.O1 % close: 2018=7.76(n 90)"}},
		"difference": {
			files: data, mapping: rowsOf("LIV.1.O1,1-2-1,,difference:sex:male:FEMALE,GBP,close"),
			want: []string{"LIV.1.O1 GBP close: 2018=1.3(n 30)", "LIV.1.O1 Age=16 (age): 2018=0.25"}, never: []string{"Age=17", "Sex=", "2019"},
		},
		"difference over a column that is not there": {files: data, mapping: rowsOf("LIV.1.O1,1-2-1,,difference:Gender:Male:Female,GBP,close"), want: []string{"error map.csv:2: transform select.column"}},
		"difference of a value that is not there":    {files: data, mapping: rowsOf("LIV.1.O1,1-2-1,,difference:Sex:Men:Female,GBP,close"), want: []string{"warning map.csv:2: transform select.value"}},
	})
}
