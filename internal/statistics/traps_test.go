package statistics

import (
	"fmt"
	"strings"
	"testing"
)

func TestFilesThatHoldNoDataAreListedWithTheReason(t *testing.T) {
	list := "Year,Site,Species,Value\n"
	for day := 1; day <= 28; day++ {
		for s := range 3 {
			list += fmt.Sprintf("2019-0%d-%02d,Site %d,Fish %d,%d\n", 1+day%9, day, (day*7+s)%20, (day+s)%5, day)
		}
	}
	register := "Year,Site,Value\n"
	for i := range 400 {
		register += fmt.Sprintf("2020,Works %d,%d\n", i, i)
	}
	runTraps(t, map[string]trap{
		"placeholders and demo files": {
			files: map[string]string{
				"indicator_1-1-1.csv": "Year,Group,Value\n2015,A,1\n2015,B,3\n2015,,2\n2016,A,1\n2016,B,3\n2016,,2\n", "indicator_1-2-1.csv": plainData,
				"indicator_1-3-1.csv": "Year,Group,Value\r\n", "indicator_1-3-2.csv": "Year,Value\n", "indicator_1-4-1.csv": "Year,Sex,Value\n2018,,\n2019,Male,\n",
				"indicator_1-5-1.csv": "Year,Grade,Planet,Value\n2018,A,Mercury,15.1\n2018,,,16\n", "data/demo_indicator.csv": plainData, "data/notes.txt": "x",
				"data/archive.indicator_1-2-1.csv.old": plainData, "data/indicator_1-2-1 (1).csv": plainData, "data/indicator_1-2-1-old.csv": plainData, "data/more/x.csv": plainData,
				"data/1-2-1.csv": plainData, "indicator_1-8-1.csv": "Year,Group,Value\n2019,Group A,10\n2019,Group B,30\n2019,,20\n2020,Group A,10\n2020,Group B,30\n2020,,20\n",
				"data/indicator_X-Y-Z.csv": plainData, "indicator_1-6-1.csv": "Year,Group,Value\n2018,Example,4.5\n2018,,7\n", "indicator_1-7-1.csv": "",
			},
			mapping: plainRow,
			want: []string{"file indicator_1-1-1.csv skipped skip.placeholder", "file indicator_1-3-1.csv skipped skip.header", "file indicator_1-3-2.csv skipped skip.header",
				"file indicator_1-4-1.csv skipped skip.empty", "file indicator_1-5-1.csv skipped skip.demo", "file demo_indicator.csv skipped skip.name",
				"file archive.indicator_1-2-1.csv.old skipped skip.name", "file indicator_1-2-1 (1).csv skipped skip.name", "file indicator_1-2-1-old.csv skipped skip.name",
				"file more skipped skip.folder", "file 1-2-1.csv skipped skip.bare", "file indicator_1-6-1.csv skipped skip.sample", "file indicator_1-2-1.csv imported",
				"file indicator_1-8-1.csv skipped skip.placeholder", "file indicator_X-Y-Z.csv skipped skip.name", "file indicator_1-7-1.csv refused", "file notes.txt skipped skip.name", "LIV.1.O1 % exact: 2018=1 2019=2"},
		},
		"groups of one letter with real figures are data": {
			files: map[string]string{"indicator_1-2-1.csv": "Year,Grade,Value\n2018,A,31.5\n2018,B,12\n2018,,20\n"}, mapping: plainRow,
			want: []string{"LIV.1.O1 % exact: 2018=20", "LIV.1.O1 Grade=A (): 2018=31.5"},
		},
		"a list of records on days": {
			files: map[string]string{"indicator_1-2-1.csv": list, "indicator_9-9-9.csv": plainData}, mapping: plainRow,
			want: []string{"file indicator_1-2-1.csv skipped skip.list", "warning indicator_1-2-1.csv skip.list", "warning map.csv:2: source_indicator mapping.skipped"},
		},
		"a register of places": {
			files: map[string]string{"indicator_1-2-1.csv": register, "indicator_9-9-9.csv": plainData}, mapping: plainRow,
			want: []string{"file indicator_1-2-1.csv skipped skip.list"},
		},
		"daily figures of one station are a series": {
			files: map[string]string{"indicator_1-2-1.csv": "Year,Value\n2019-01-01,1\n2019-01-02,2\n2019-01-03,3\n"}, mapping: plainRow,
			want: []string{"LIV.1.O1 % exact: 2019-01-01=1 2019-01-02=2 2019-01-03=3"},
		},
		"a bare code is read where no other file has it": {
			files: map[string]string{"data/1.2.1.csv": plainData}, mapping: plainRow,
			want: []string{"file 1.2.1.csv imported", "LIV.1.O1 % exact: 2018=1 2019=2", "warning 1.2.1.csv meta.none"},
		},
		"two files of one code are both refused": {
			files: map[string]string{"indicator_1-2-1.csv": plainData, "indicator_1.2.1.csv": plainData, "indicator_3-1-1.csv": plainData}, mapping: plainRow,
			want: []string{"file indicator_1-2-1.csv refused", "file indicator_1.2.1.csv refused", "error indicator_1-2-1.csv file.twice", "warning map.csv:2: source_indicator mapping.refused"},
		},
	})
}

func TestPeriodsOfAFileAreReadOrAskedFor(t *testing.T) {
	file := func(years ...string) map[string]string {
		text := "Year,Value\n"
		for i, year := range years {
			text += fmt.Sprintf("%s,%d\n", year, i+1)
		}
		return map[string]string{"indicator_1-2-1.csv": text}
	}
	runTraps(t, map[string]trap{
		"spans of all kinds": {files: file("2018-19", "2020/21", "2004 - 2013", "2012/2013"), mapping: plainRow, want: []string{"LIV.1.O1 % exact: 2004 - 2013=3 2012/2013=4 2018-19=1 2020/21=2"}},
		"months and days":    {files: file("2014-11", "2021-07-27", "27 July 2020"), mapping: plainRow, want: []string{"LIV.1.O1 % exact: 2014-11=1 27 July 2020=3 2021-07-27=2"}},
		"an ambiguous one alone is refused and asks": {
			files: file("2010", "2011-12"), mapping: plainRow, want: []string{"error indicator_1-2-1.csv:3: Year period.ambiguous", "file indicator_1-2-1.csv refused"}, never: []string{"LIV.1.O1"},
		},
		"its column decides": {
			files: file("2011-12", "2012-13"), mapping: plainRow, want: []string{"warning indicator_1-2-1.csv: Year period.concluded", "LIV.1.O1 % exact: 2011-12=1 2012-13=2"},
		},
		"the mapping decides": {
			files: file("2011-12", "2012"), mapping: rowsOf("LIV.1.O1,1-2-1,,value,%,exact,,month"), want: []string{"LIV.1.O1 % exact: 2011-12=1 2012=2"}, never: []string{"period."},
		},
		"the person decides": {
			files: file("2011-12", "2012"), mapping: plainRow, change: func(r *Request) { r.Periods = SpanPeriod }, want: []string{"LIV.1.O1 % exact: 2011-12=1 2012=2"},
		},
		"text is refused":         {files: file("2018", "latest"), mapping: plainRow, want: []string{"error indicator_1-2-1.csv:3: Year period.unread", "file indicator_1-2-1.csv refused"}},
		"a blank one is refused":  {files: file("2018", ""), mapping: plainRow, want: []string{"error indicator_1-2-1.csv:3: Year period.blank"}},
		"two spellings of a year": {files: map[string]string{"indicator_1-2-1.csv": "Year,Sex,Value\n2018-19,,1\n2018/19,Male,2\n2018-19,Female,3\n"}, mapping: plainRow, want: []string{"LIV.1.O1 Sex=Male (sex): 2018-19=2"}},
	})
}

func TestOddRowsAreReadOrRefusedByRule(t *testing.T) {
	one := func(text string) map[string]string { return map[string]string{"indicator_1-2-1.csv": text} }
	runTraps(t, map[string]trap{
		"values with spaces, marks and blanks": {
			files:   one("Year,Sex,Value\n2018,,70 \n2019,,<5\n2020,,c\n2021,,\n2022,,45%\n2023,,12.5 p\n2018,Male,..\n"),
			mapping: plainRow, want: []string{"LIV.1.O1 % exact: 2018=70 2022=45 2023=12.5[p]", "note value.marks", "warning indicator_1-2-1.csv: Value value.percents"}, never: []string{"Sex=Male"},
		},
		"a text among the values":       {files: one("Year,Value\n2018,1\n2019,about 5\n"), mapping: plainRow, want: []string{"error indicator_1-2-1.csv:3: Value value.text", "file indicator_1-2-1.csv refused"}},
		"decimal commas":                {files: one("Year;Value\n2018;1,5\n2019;1.234,5\n"), mapping: rowsOf("LIV.1.O2,1-2-1,,value,people,exact"), want: []string{"LIV.1.O2 people exact: 2018=1.5 2019=1234.5"}},
		"a comma that can be both":      {files: one("Year;Value\n2018;1,234\n"), mapping: plainRow, want: []string{"error indicator_1-2-1.csv:2: Value value.ambiguous"}},
		"a repeated row":                {files: one("Year,Sex,Value\n2018,Male,1\n2018,male ,1.0\n2018,,2\n"), mapping: plainRow, want: []string{"warning indicator_1-2-1.csv:3 row.twice", "LIV.1.O1 Sex=Male (sex): 2018=1"}},
		"a repeated row without value":  {files: one("Year,Value\n2018,1\n2018,\n"), mapping: plainRow, want: []string{"LIV.1.O1 % exact: 2018=1"}, never: []string{"row."}},
		"a contradicting row":           {files: one("Year,Value\n2018,1\n2019,3\n2018,2\n"), mapping: plainRow, want: []string{"error indicator_1-2-1.csv:4 row.conflict", "file indicator_1-2-1.csv refused"}, never: []string{"LIV.1.O1"}},
		"a mark contradicting a number": {files: one("Year,Value\n2018,1\n2018,c\n"), mapping: plainRow, want: []string{"error indicator_1-2-1.csv:3 row.conflict"}},
		"one value spelt three ways":    {files: one("Year,Sex,Value\n2018,Female,1\n2019,female,2\n2020, Female ,3\n2021,FEMALE,4\n2018,,9\n"), mapping: plainRow, want: []string{"warning indicator_1-2-1.csv: Sex column.spellings", "LIV.1.O1 Sex=Female (sex): 2018=1 2019=2 2020=3 2021=4"}},
		"one column spelt two ways":     {files: one("Year,Sex,sex ,Value\n2018,Male,,1\n2018,,Female,2\n2018,,,3\n"), mapping: plainRow, want: []string{"warning indicator_1-2-1.csv:1: sex column.merged", "LIV.1.O1 Sex=Female (sex): 2018=2"}},
		"two columns of one name":       {files: one("Year,Sex,Sex,Value\n2018,Male,Old,1\n"), mapping: plainRow, want: []string{"error indicator_1-2-1.csv:2: Sex column.twice"}},
		"a short row":                   {files: one("Year,Sex,Value\n2018,Male,1\n2019,2\n2020,,3\n"), mapping: plainRow, want: []string{"error indicator_1-2-1.csv:3 row.short"}},
		"a file cut off":                {files: one("Year,Sex,Value\n2018,Male,1\n2019,Ma"), mapping: plainRow, want: []string{"error indicator_1-2-1.csv:3 row.cut", "file indicator_1-2-1.csv refused"}},
		"a long row":                    {files: one("Year,Value\n2018,1,234\n"), mapping: plainRow, want: []string{"error indicator_1-2-1.csv:2 row.long"}},
		"text above and below":          {files: one("\"Table 1\",\nYear,Value\n2018,1\n2019,2\nYear,Value\n2020,3\n\"Source: office\",\n"), mapping: plainRow, want: []string{"LIV.1.O1 % exact: 2018=1 2019=2 2020=3", "warning indicator_1-2-1.csv:1 row.preface", "warning indicator_1-2-1.csv:5 row.header", "warning indicator_1-2-1.csv:7 row.remark"}},
		"no header":                     {files: one("2018,1\n2019,2\n"), mapping: plainRow, want: []string{"error indicator_1-2-1.csv:1 table.header"}},
		"other words for year":          {files: one("TIME_PERIOD,SEX,OBS_VALUE,OBS_STATUS\n2018,_T,1,A\n2018,F,2,E\n"), mapping: plainRow, want: []string{"LIV.1.O1 % exact: 2018=1", "LIV.1.O1 SEX=F (sex): 2018=2[E]"}},
		"a column without a name":       {files: one("Year,,Value\n2018,x,1\n"), mapping: plainRow, want: []string{"error indicator_1-2-1.csv:1: 2 column.unnamed"}},
		"row numbers without a name":    {files: one(",Year,Value\n0,2018,1\n1,2019,2\n"), mapping: plainRow, want: []string{"LIV.1.O1 % exact: 2018=1 2019=2"}},
		"counts behind the values":      {files: one("Year,Sex,Respondents,Value\n2018,,120,1\n2018,Male,\"1,060\",2\n"), mapping: plainRow, want: []string{"LIV.1.O1 % exact: 2018=1(n 120)", "LIV.1.O1 Sex=Male (sex): 2018=2(n 1060)"}},
		"a status column that is none":  {files: one("Year,Status,Value\n2018,,5\n2018,Employed,1\n2018,Unemployed,2\n"), mapping: plainRow, want: []string{"LIV.1.O1 Status=Employed (): 2018=1", "LIV.1.O1 % exact: 2018=5"}},
		"mixed line endings":            {files: one("Year,Value\r2018,1\r\n2019,2\n2020,3\r\r\n"), mapping: plainRow, want: []string{"LIV.1.O1 % exact: 2018=1 2019=2 2020=3", "note file.endings"}},
		"Windows-1252":                  {files: one("Year,Area,Value\n2018,,1\n2018,Saint-\xc9tienne,2\n"), mapping: plainRow, want: []string{"warning indicator_1-2-1.csv file.windows", "LIV.1.O1 Area=Saint-Étienne (area): 2018=2"}},
		"a name over two lines":         {files: one("Year,Sex,Value\n2018,\"Male\n\",1\n2018,,2\n"), mapping: plainRow, want: []string{"LIV.1.O1 Sex=Male (sex): 2018=1"}},
		"NUL bytes":                     {files: one("Year,Value\n2018,1\x00\n"), mapping: plainRow, want: []string{"error indicator_1-2-1.csv:2 file.unreadable", "file indicator_1-2-1.csv refused"}},
		"an absurd line":                {files: one("Year,Value\n2018," + strings.Repeat("1", 40_000) + "\n"), mapping: plainRow, want: []string{"error indicator_1-2-1.csv:2 file.unreadable"}},
		"a formula":                     {files: one("Year,Value\n2018,=1+1\n"), mapping: plainRow, want: []string{"error indicator_1-2-1.csv:2: Value value.text"}},
	})
}
