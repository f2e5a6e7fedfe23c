package statistics

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/sheet"
	"github.com/google/go-cmp/cmp"
)

// knows lets the room know cities by codes, given as "city SOURCE=CODE".
func (w *world) knows(list ...string) *world {
	w.room.Places = func(context.Context, database.Tx) (all []Known, err error) {
		for _, text := range list {
			city, place, _ := strings.Cut(text, " ")
			source, code, _ := strings.Cut(place, "=")
			all = append(all, Known{City: city, Source: source, Code: code})
		}
		return all, nil
	}
	return w
}

func oneFile(name, text string) fstest.MapFS {
	return fstest.MapFS{name: &fstest.MapFile{Data: []byte(text)}}
}

// many imports a file of many places and gives what each city has of it.
func (w *world) many(text, mapping string, change ...func(*Request)) (Report, []string, error) {
	req := Request{Format: SDMXCSV, Files: oneFile("data.csv", text), Name: "data.csv", MappingName: "map.csv", Actor: "Ada", Reason: "test"}
	if mapping != "" {
		req.Mapping = strings.NewReader(mapping)
	}
	for _, c := range change {
		c(&req)
	}
	report, err := w.room.Import(context.Background(), req)
	var lines []string
	for _, c := range report.Cities {
		for _, s := range w.series(c.City) {
			for _, line := range seriesLines(s) {
				lines = append(lines, c.City+" "+line)
			}
		}
	}
	return report, lines, err
}

func TestTheFormsOfSDMXCSVReadTheSame(t *testing.T) {
	const mapping = "LIV.1.O1,EC1,sex=F,value,%,exact"
	for name, text := range map[string]string{
		"1.0 by code":              "DATAFLOW,freq,indic_ur,sex,cities,TIME_PERIOD,OBS_VALUE,OBS_FLAG\nESTAT:URB(1.0),A,EC1,F,UK013C,2019,12.5,e\nESTAT:URB(1.0),A,EC1,M,UK013C,2019,10,\n",
		"1.0 with names":           "DATAFLOW,freq: Frequency,indic_ur: Indicator,sex: Sex,cities: City,TIME_PERIOD: Time,OBS_VALUE: Value,OBS_FLAG: Flag\nESTAT:URB(1.0),A: Annual,EC1: Poor,F: Women,UK013C: Bristol,2019,12.5,e: estimated\nESTAT:URB(1.0),A: Annual,EC1: Poor,M: Men,UK013C: Bristol,2019,10,\n",
		"1.0 with names in cells":  "DATAFLOW,freq,indic_ur,sex,cities,TIME_PERIOD,OBS_VALUE,OBS_FLAG\nESTAT:URB(1.0),A: Annual,EC1: Poor,F: Women,UK013C: Bristol,2019,12.5,e: estimated\nESTAT:URB(1.0),A: Annual,EC1: Poor,M: Men,UK013C: Bristol,2019,10,\n",
		"2.0 by code":              "STRUCTURE,STRUCTURE_ID,ACTION,freq,indic_ur,sex,cities,TIME_PERIOD,OBS_VALUE,OBS_FLAG\ndataflow,ESTAT:URB(1.0.0),I,A,EC1,F,UK013C,2019,12.5,e\ndataflow,ESTAT:URB(1.0.0),I,A,EC1,M,UK013C,2019,10,\n",
		"2.0 with semicolons":      "STRUCTURE[,];STRUCTURE_ID;ACTION;freq;indic_ur;sex;cities;TIME_PERIOD;OBS_VALUE;OBS_FLAG\ndataflow;ESTAT:URB(1.0.0);R;A;EC1;F;UK013C;2019;12.5;e\ndataflow;ESTAT:URB(1.0.0);R;A;EC1;M;UK013C;2019;10;\n",
		"2.0 without action, keys": "STRUCTURE,STRUCTURE_ID,SERIES_KEY,OBS_KEY,freq,indic_ur,sex,cities,TIME_PERIOD,OBS_VALUE,OBS_FLAG\ndatastructure,ESTAT:URB(1.0.0),k,k,A,EC1,F,UK013C,2019,12.5,e\ndatastructure,ESTAT:URB(1.0.0),k,k,A,EC1,M,UK013C,2019,10,\n",
		"2.0 names beside":         "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,freq,Frequency,indic_ur,Indicator,sex,Sex,cities,City,TIME_PERIOD,Time,OBS_VALUE,Value,OBS_FLAG,Flag\ndataflow,ESTAT:URB(1.0.0),Cities,I,A,Annual,EC1,Poor,F,Women,UK013C,Bristol,2019,,12.5,,e,estimated\ndataflow,ESTAT:URB(1.0.0),Cities,I,A,Annual,EC1,Poor,M,Men,UK013C,Bristol,2019,,10,,,\n",
		"2.0 both":                 "STRUCTURE,STRUCTURE_ID,ACTION,freq: Frequency,indic_ur: Indicator,sex: Sex,cities: City,TIME_PERIOD: Time,OBS_VALUE: Value,OBS_FLAG: Flag\ndataflow,ESTAT:URB(1.0.0): Cities,I,A: Annual,EC1: Poor,F: Women,UK013C: Bristol,2019,12.5,e: estimated\ndataflow,ESTAT:URB(1.0.0): Cities,I,A: Annual,EC1: Poor,M: Men,UK013C: Bristol,2019,10,\n",
		"2.0 by a full name":       "STRUCTURE,STRUCTURE_ID,ACTION,freq,indic_ur,sex,cities,TIME_PERIOD,OBS_VALUE,OBS_FLAG\ndataflow,urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=ESTAT:URB(1.0.0),I,A,EC1,F,UK013C,2019,12.5,e\ndataflow,ESTAT:URB(1.0.0),I,A,EC1,M,UK013C,2019,10,\n",
	} {
		t.Run(name, func(t *testing.T) {
			w := sqliteWorld(t).knows("bristol EUROSTAT=UK013C")
			report, _, err := w.many(text, rowsOf(mapping))
			if err != nil {
				t.Fatal(err, report.Findings)
			}
			series := w.series("bristol")
			if len(series) != 1 || len(series[0].Headline) != 1 {
				t.Fatalf("series: %+v\n%v", series, report.Cities)
			}
			got := series[0].Headline[0]
			if got.Value != 12.5 || got.Status != "e" || got.Period != "2019" {
				t.Errorf("point: %+v", got)
			}
		})
	}
}

func TestAMappingSelectsByCodeOrByNameAndGroupsAreNamed(t *testing.T) {
	text := "DATAFLOW,indic_ur: Indicator,sex: Sex,age,cities: City,TIME_PERIOD,OBS_VALUE\n" +
		"X:D(1.0),P: Poor,T: All of them,TOTAL,A1: Town,2019,12\nX:D(1.0),P: Poor,F: Women,TOTAL,A1: Town,2019,14\nX:D(1.0),P: Poor,M: Men,TOTAL,A1: Town,2019,10\n"
	for _, condition := range []string{"", "sex=*", "sex=f", "sex=women"} {
		w := sqliteWorld(t).knows("town X=A1")
		_, lines, err := w.many(text, rowsOf("LIV.1.O1,P,"+condition+",value,%,exact"))
		if err != nil {
			t.Fatal(err)
		}
		all := strings.Join(lines, "\n")
		switch condition {
		case "":
			if !strings.Contains(all, "Women") || !strings.Contains(all, "12") {
				t.Errorf("without a condition: %s", all)
			}
		case "sex=f", "sex=women":
			if !strings.Contains(all, "14") || strings.Contains(all, "12") {
				t.Errorf("%s: %s", condition, all)
			}
		}
	}
}

func TestConfidentialValuesAreNoValuesAndFlagsAreKept(t *testing.T) {
	text := "DATAFLOW,INDICATOR,REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS,CONF_STATUS\n" +
		"X:D(1.0),P,A1,2010,1,b,\nX:D(1.0),P,A1,2011,2,p,F\nX:D(1.0),P,A1,2012,3,,C\nX:D(1.0),P,A1,2013,4,bc,\nX:D(1.0),P,A1,2014,5,u,N\n" +
		"X:D(1.0),P,A1,2015,:,,\nX:D(1.0),P,A1,2016,NaN,M,\nX:D(1.0),P,A1,2017,,Q,\nX:D(1.0),P,A1,2018,6,A,\nX:D(1.0),P,A1,2019,,,\n"
	w := sqliteWorld(t).knows("town X=A1")
	report, _, err := w.many(text, rowsOf("LIV.1.O1,P,,value,%,exact"))
	if err != nil {
		t.Fatal(err, report.Findings)
	}
	var got []string
	for _, p := range w.series("town")[0].Headline {
		got = append(got, p.Period+" "+formatNumber(p.Value)+" "+p.Status)
	}
	if diff := cmp.Diff([]string{"2010 1 b", "2011 2 p", "2018 6 "}, got); diff != "" {
		t.Error(diff)
	}
}

func TestPeriodsOfSDMXAreISO(t *testing.T) {
	for text, want := range map[string]string{
		"2011": "20110101-20111231", "2011-12": "20111201-20111231", "2011-Q2": "20110401-20110630", "2011-S2": "20110701-20111231", "2011-A1": "20110101-20111231",
		"2011-T3": "20110901-20111231", "2011-M05": "20110501-20110531", "2011-W01": "20110103-20110109", "2012-D366": "20121231-20121231",
		"2011-05-03": "20110503-20110503", "2011-05-03T00:00:00": "20110503-20110503", "2011-01-01/P1Y": "20110101-20111231", "2011-04-01/P6M": "20110401-20110930",
	} {
		rows := column(monthsWritten(sheetRows(plainPeriod(text))), 0)
		p, _, verdict := readPeriods(rows, AskPeriod).of(rows[0])
		if got := itoa(p.Start) + "-" + itoa(p.End); verdict != clear || got != want {
			t.Errorf("%s: %s, %v; want %s", text, got, verdict, want)
		}
	}
	for _, text := range []string{"2011-D366", "2011-D000", "2011-T4", "2011-01-01/P", "2011-W60"} {
		rows := column(monthsWritten(sheetRows(plainPeriod(text))), 0)
		if p, _, verdict := readPeriods(rows, AskPeriod).of(rows[0]); verdict != unread {
			t.Errorf("%s was read as %v", text, p)
		}
	}
}

func TestWhatIsWrongWithSDMXCSVIsNamed(t *testing.T) {
	const head = "DATAFLOW,indic_ur,cities,TIME_PERIOD,OBS_VALUE\n"
	const head2 = "STRUCTURE,STRUCTURE_ID,ACTION,indic_ur,cities,TIME_PERIOD,OBS_VALUE\n"
	for name, c := range map[string]struct{ text, want string }{
		"tidy CSV":              {"indicator,year,value\na,2019,1\n", "data.csv:1: error: the header begins with neither DATAFLOW"},
		"no value":              {"DATAFLOW,indic_ur,cities,TIME_PERIOD\nX:D(1.0),a,A1,2019\n", "data.csv:1: OBS_VALUE: error: there is no column of this name"},
		"no time":               {"DATAFLOW,indic_ur,cities,OBS_VALUE\nX:D(1.0),a,A1,1\n", "data.csv:1: TIME_PERIOD: error: there is no column of this name"},
		"unknown data set":      {head + "nonsense,a,A1,2019,1\n", "data.csv:2: DATAFLOW: error: “nonsense” does not name a data set"},
		"no data set":           {head + ",a,A1,2019,1\n", "data.csv:2: DATAFLOW: error: “” does not name"},
		"two data sets":         {head + "X:D(1.0),a,A1,2019,1\nX:E(1.0),a,A1,2020,1\n", "data.csv:3: DATAFLOW: error: the file holds several data sets, X:D and X:E"},
		"an unknown action":     {head2 + "dataflow,X:D(1.0),U,a,A1,2019,1\n", "data.csv:2: ACTION: error: “U” is not one of A, D, I, M, R"},
		"whole and changes":     {head2 + "dataflow,X:D(1.0),I,a,A1,2019,1\ndataflow,X:D(1.0),M,a,A1,2020,1\n", "data.csv:3: ACTION: error: the file holds a whole data set"},
		"a removal everywhere":  {head2 + "dataflow,X:D(1.0),D,a,,2019,\n", "data.csv:2: ACTION: error: the row asks to remove figures everywhere"},
		"a remark to remove":    {"STRUCTURE,STRUCTURE_ID,ACTION,indic_ur,cities,TIME_PERIOD,OBS_VALUE,OBS_STATUS\ndataflow,X:D(1.0),D,a,A1,2019,,-\n", "data.csv:2: ACTION: error: the row asks to remove a remark"},
		"unknown structure":     {head2 + "metadataflow,X:D(1.0),I,a,A1,2019,1\n", "data.csv:2: STRUCTURE: error: “metadataflow” is not one of"},
		"no place":              {"DATAFLOW,indic_ur,sex,TIME_PERIOD,OBS_VALUE\nX:D(1.0),a,F,2019,1\n", "data.csv: error: no dimension says of which place"},
		"no known place":        {head + "X:D(1.0),a,B2,2019,1\n", "data.csv: cities: error: none of the 1 places of the file is a known city"},
		"row cut off":           {head + "X:D(1.0),a,A1,2019,1\nX:D(1.0),a", "data.csv:3: error: the last row has 2 cells"},
		"ambiguous period":      {head + "X:D(1.0),a,A1,05/06/2019,1\n", "data.csv:2: TIME_PERIOD: error: “05/06/2019” has two meanings"},
		"text for a value":      {head + "X:D(1.0),a,A1,2019,many\n", "data.csv:2: OBS_VALUE: error: “many” is not a number"},
		"one figure twice":      {head + "X:D(1.0),a,A1,2019,1\nX:D(1.0),a,A1,2019,2\n", "data.csv:3: error: the row contradicts row 2"},
		"a column twice":        {"DATAFLOW,indic_ur,cities,cities,TIME_PERIOD,OBS_VALUE\nX:D(1.0),a,A1,A1,2019,1\n", "data.csv:1: cities: error: the column stands twice"},
		"empty":                 {"", "data.csv: error: the file is empty"},
		"a row of no indicator": {head + "X:D(1.0),,A1,2019,1\n", "data.csv:2: indic_ur: error: the row does not say"},
	} {
		t.Run(name, func(t *testing.T) {
			w := sqliteWorld(t).knows("town X=A1")
			report, lines, err := w.many(c.text, "")
			if fault.KindOf(err) != fault.Invalid || !report.Blocked || len(lines) > 0 {
				t.Fatalf("error %v, report %+v", err, report)
			}
			var said []string
			findings := slices.Clone(report.Findings)
			for _, city := range report.Cities {
				findings = append(findings, city.Findings...)
			}
			for _, f := range findings {
				said = append(said, f.String())
			}
			if all := strings.Join(said, "\n"); !strings.Contains(all, c.want) {
				t.Errorf("want %q in\n%s", c.want, all)
			}
		})
	}
}

func TestAPlaceIsACityOnlyByACodeOfTheFilesOwnSource(t *testing.T) {
	text := "DATAFLOW,indic_ur,cities,TIME_PERIOD,OBS_VALUE\nESTAT:URB(1.0),a,UK013C,2019,1\nESTAT:URB(1.0),a,UK,2019,2\nESTAT:URB(1.0),a,EU27_2020,2019,3\nESTAT:URB(1.0),a,DE001C,2019,4\n"
	for source, known := range map[string]bool{"EUROSTAT": true, "ESTAT": true, "cities": true, "URB": true, "LAU": false, "Wikidata": false} {
		w := sqliteWorld(t).knows("bristol " + source + "=uk013c")
		report, _, err := w.many(text, "")
		if (err == nil) != known || (len(report.Cities) == 1) != known {
			t.Errorf("%s: %v, %d cities", source, err, len(report.Cities))
		}
		if !known {
			continue
		}
		want := []Elsewhere{{Code: "DE001C", Rows: 1}, {Code: "EU27_2020", Country: true, Rows: 1}, {Code: "UK", Country: true, Rows: 1}}
		if diff := cmp.Diff(want, report.Elsewhere); diff != "" {
			t.Error(diff)
		}
	}
	w := sqliteWorld(t).knows("a EUROSTAT=UK013C", "b cities=UK013C")
	if report, _, err := w.many(text, ""); err == nil || len(report.Cities) > 0 {
		t.Errorf("a code of two cities: %v", err)
	}
}

func TestAFileOfManyPlacesIsImportedForAllItsCitiesOrForNone(t *testing.T) {
	dbtest.Each(t, testManyPlaces)
}

func testManyPlaces(t *testing.T, db *database.DB) {
	text := "DATAFLOW,indic_ur,cities,TIME_PERIOD,OBS_VALUE\nX:D(1.0),p,A1,2019,1\nX:D(1.0),p,A2,2019,2\nX:D(1.0),p,A3,2019,3\n"
	w := newWorld(t, db).knows("one X=A1", "two X=A2")
	broken := errRefresh
	w.room.Changed = func(_ context.Context, _ database.Tx, city string) error {
		if city == "two" {
			return broken
		}
		return nil
	}
	mapping := rowsOf("LIV.1.O1,p,,value,%,exact")
	if _, lines, err := w.many(text, mapping); err == nil || len(lines) > 0 {
		t.Fatalf("half of it was kept: %v, %v", lines, err)
	}
	broken = nil
	dry := func(r *Request) { r.DryRun = true }
	report, lines, err := w.many(text, mapping, dry)
	if err != nil || len(lines) > 0 || report.Values.New != 2 {
		t.Fatalf("dry run: %v, %v, %+v", err, lines, report.Values)
	}
	report, lines, err = w.many(text, mapping)
	if err != nil || len(lines) == 0 || report.Values.New != 2 {
		t.Fatalf("import: %v, %v, %+v", err, lines, report.Values)
	}
	report, _, err = w.many(text, mapping)
	if err != nil || report.Values.Unchanged != 2 || report.Cities[0].Import != "" {
		t.Errorf("again: %v, %+v", err, report.Values)
	}
	report, _, err = w.many(strings.Replace(text, "2019,2", "2019,5", 1), mapping)
	if err != nil || report.Values.Changed != 1 || report.Values.Unchanged != 1 {
		t.Errorf("a revision: %v, %+v", err, report.Values)
	}
	report, _, err = w.many(strings.Replace(text, "2019,2", "2019,many", 1), mapping)
	if err != nil || report.Errors() == 0 || len(w.series("two")) != 1 {
		t.Errorf("an error in one city: %v, %d errors", err, report.Errors())
	}
	if _, _, err := w.many(text, rowsOf("LIV.9.O9,p,,value,%,exact")); err == nil {
		t.Error("a mapping to an unknown indicator was taken")
	}
}

func TestOneCityOfAFileOfManyPlacesIsImportedAlone(t *testing.T) {
	text := "DATAFLOW,indic_ur,cities,TIME_PERIOD,OBS_VALUE\nX:D(1.0),p,A1,2019,1\nX:D(1.0),p,A2,2019,2\n"
	w := sqliteWorld(t).knows("one X=A1", "two X=A2")
	report, _, err := w.many(text, rowsOf("LIV.1.O1,p,,value,%,exact"), func(r *Request) { r.City = "two" })
	if err != nil || report.Values.New != 1 || len(report.Elsewhere) != 1 || w.series("two")[0].Headline[0].Value != 2 || len(w.series("one")) != 0 {
		t.Errorf("%v, %+v", err, report)
	}
	if _, _, err := w.many(text, "", func(r *Request) { r.City = "three" }); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a city that the file does not have: %v", err)
	}
	alone := "DATAFLOW,indic_ur,TIME_PERIOD,OBS_VALUE\nX:D(1.0),p,2019,7\n"
	if report, _, err := w.many(alone, "", func(r *Request) { r.City = "three" }); err != nil || report.Values.New != 1 {
		t.Errorf("a file without places: %v", err)
	}
}

func TestTheEurostatFileIsImportedForFiveKnownCitiesAndTheRestIsListed(t *testing.T) {
	data, err := os.ReadFile(shared(t, "data/eurostat-urb-clivcon/urb_clivcon_income_sdmx.csv"))
	if err != nil {
		t.Fatal(err)
	}
	w := sqliteWorld(t).knows("berlin EUROSTAT=Berlin", "hamburg EUROSTAT=Hamburg", "munich EUROSTAT=München", "aalborg EUROSTAT=Aalborg", "enschede EUROSTAT=Enschede")
	mapping := rowsOf("LIV.1.O2,Median disposable annual household income - EUR,,value,EUR,close")
	source := func(r *Request) {
		r.Defaults = Defaults{Publisher: "Eurostat", URL: "https://ec.europa.eu/eurostat", Licence: "CC BY 4.0"}
	}
	report, _, err := w.many(string(data), mapping, source)
	if err != nil {
		t.Fatal(err, report.Findings)
	}
	if len(report.Cities) != 5 || len(report.Elsewhere) != 502 || report.Errors() != 0 {
		t.Errorf("%d cities, %d places elsewhere, %d errors", len(report.Cities), len(report.Elsewhere), report.Errors())
	}
	if !slices.ContainsFunc(report.Elsewhere, func(p Elsewhere) bool { return p.Code == "Austria" && p.Rows > 0 }) {
		t.Error("Austria is not listed")
	}
	series := w.series("berlin")
	if len(series) != 1 || !series[0].Sources[0].Official || series[0].Sources[0].Licence != "CC BY 4.0" || series[0].Sources[0].Title != "Median disposable annual household income - EUR" {
		t.Fatalf("%+v", series)
	}
	if last := series[0].Headline[len(series[0].Headline)-1]; last.Value < 15_000 || last.Value > 30_000 {
		t.Errorf("%+v", last)
	}
	if again, _, err := w.many(string(data), mapping, source); err != nil || again.Changes() || again.Values.Unchanged != report.Values.New {
		t.Errorf("again: %v, %+v", err, again.Values)
	}
}

var errRefresh = errors.New("the node is full")

func sheetRows(cells ...string) []sheet.Row { return []sheet.Row{{Line: 1, Cells: cells}} }

func FuzzSDMX(f *testing.F) {
	f.Add("DATAFLOW,freq,indic_ur,cities,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS\nESTAT:URB(1.0),A,EC1,UK013C,2019,12.5,e,F\n")
	f.Add("STRUCTURE[;],STRUCTURE_ID,STRUCTURE_NAME,ACTION,sex,Sex,GEO,Place,TIME_PERIOD,Time,OBS_VALUE,Value\ndataflow,X:D(1.0),Name,I,F,Women,A1,Town,2011-Q1,,1,\n")
	f.Add("DATAFLOW: x,INDIC: y,CITY: z,OBS_VALUE,TIME_PERIOD\nX:D(1.0): n,a: b,c: d,1,2011-D001\n")
	f.Add("STRUCTURE,STRUCTURE_ID,ACTION,indic_ur,sex,cities,TIME_PERIOD,OBS_VALUE\ndataflow,X:D(1.0),M,p,T,A1,2019,1\ndataflow,X:D(1.0),D,p,,A1,2018,\ndataflow,X:D(1.0),D,p,F,A1,,-\n")
	f.Fuzz(func(t *testing.T, text string) {
		req := &Request{City: "a", Format: SDMXCSV, Files: oneFile("data.csv", text), Name: "data.csv"}
		messages, failed, err := readMessages(context.Background(), req)
		if err != nil || len(messages)+len(failed) != 1 {
			t.Fatalf("%d read, %d failed: %v", len(messages), len(failed), err)
		}
		for _, m := range messages {
			rows := 0
			for _, p := range m.places {
				rows += p.Rows
			}
			if rows > m.file.Rows {
				t.Fatalf("%d rows were made of %d", rows, m.file.Rows)
			}
			all := &collected{}
			all.take(m.of(m.places, nil, req))
			before := &Raw{Code: "p", Columns: []Column{{Name: "sex", Role: Dimension}}, Keys: []Key{{Cells: []string{"F"}}}, Observations: []Observation{{Period: Period{"2018", 20180101, 20181231}, Value: 1}}}
			document, digest, err := before.encode()
			if err != nil {
				t.Fatal(err)
			}
			changed, err := all.on(&state{sources: map[string]stored{"p": {SDMXCSV, digest, document}}}, &findings{})
			if err != nil {
				t.Fatal(err)
			}
			for code, raw := range changed.raws {
				text, _, err := raw.encode()
				if err != nil {
					t.Fatal(err)
				}
				if _, err := decodeRaw(code, text); err != nil {
					t.Fatal(err)
				}
			}
			for _, res := range m.of(m.places, nil, req) {
				if (res.raw == nil && len(res.removals) == 0) == (res.file.Status == Imported) {
					t.Fatalf("%+v", res.file)
				}
				if res.raw == nil {
					continue
				}
				document, _, err := res.raw.encode()
				if err != nil {
					t.Fatal(err)
				}
				if _, err := decodeRaw(res.file.Code, document); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}
