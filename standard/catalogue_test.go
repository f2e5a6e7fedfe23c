package standard

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const catalogueHeader = "instrument,instrument_name,year,issuer,article,short_title,part,title_kind,check,check_source\n"

func TestLoadCatalogueGroupsArticlesByInstrumentInOrder(t *testing.T) {
	f, err := os.Open("testdata/instruments.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got, err := LoadCatalogue(f, "instruments.csv")
	if err != nil {
		t.Fatal(err)
	}
	want := &Catalogue{Instruments: []Instrument{
		{Key: "ICESCR", Name: "International Covenant on Economic, Social and Cultural Rights", Issuer: "UN", Year: 1966, Articles: []Article{
			{Instrument: "ICESCR", Number: "11", Title: "Adequate standard of living", TitleKind: "own", Check: Known},
			{Instrument: "ICESCR", Number: "12", Title: "Health, physical and mental", TitleKind: "own", Check: Seen, CheckSource: "treaties.un.org"},
		}},
		{Key: "RESC", Name: "European Social Charter (revised)", Issuer: "CoE", Year: 1996, Articles: []Article{
			{Instrument: "RESC", Number: "31", Title: "Right to housing", Part: "II", TitleKind: "official", Check: Unsure},
		}},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestLoadCatalogueTakesColumnsInAnyOrderWithMarkAndBothLineEnds(t *testing.T) {
	text := "\ufeffcheck_source,check,title_kind,part,short_title,article,issuer,year,instrument_name,instrument\r\n,known,own,,Life,6,UN,1966,Covenant, ICCPR \r\n"
	c, err := LoadCatalogue(strings.NewReader(text), "c.csv")
	if err != nil {
		t.Fatal(err)
	}
	if a, ok := c.Article(Link{"ICCPR", "6"}); !ok || a.Title != "Life" {
		t.Errorf("ICCPR:6 = %+v", a)
	}
}

func TestLoadCatalogueNamesRowAndColumnOfEachMistake(t *testing.T) {
	good := "A,Name,1966,UN,1,Title,,own,known,\n"
	for _, c := range []struct{ name, text, want string }{
		{"an empty file", "", "c.csv: the file is empty"},
		{"not UTF-8", catalogueHeader + "A,Caf\xe9,1966,UN,1,Title,,own,known,\n", "c.csv:2: the text is not UTF-8"},
		{"too large", strings.Repeat("x", maxCatalogue+1), "c.csv: the file is larger than 4 MiB"},
		{"a missing column", strings.Replace(catalogueHeader, ",issuer", "", 1), "c.csv:1: issuer: the column is missing"},
		{"an unknown column", strings.Replace(catalogueHeader, "part", "teil", 1), "c.csv:1: part: the column is missing\nc.csv:1: teil: unknown column; known are instrument, instrument_name, year, issuer, article, short_title, part, title_kind, check, check_source"},
		{"a column twice", "instrument," + catalogueHeader, "c.csv:1: instrument: the column stands twice"},
		{"a short row", catalogueHeader + good + "A,Name\n" + "A,,1966,UN,2,Title,,own,known,\n", "c.csv:3: the row has not the 10 fields of the header\nc.csv:4: instrument: A has another name, year or issuer than in line 2\nc.csv:4: instrument_name: is empty"},
		{"a row after a title over two lines", catalogueHeader + "A,Name,1966,UN,1,\"Tit\nle\",,own,known,\n" + "A,Name,1966,UN,2,Title,,odd,known,\n", `c.csv:4: title_kind: "odd" must be one of own, official, official-short`},
		{"a quote that does not end", catalogueHeader + "A,\"Name,1966,UN,1,Title,,own,known,\n", `c.csv:2: not readable as CSV: extraneous or missing " in quoted-field`},
		{"an empty article", catalogueHeader + "A,Name,1966,UN,,Title,,own,known,\n", "c.csv:2: article: is empty"},
		{"a year in words", catalogueHeader + "A,Name,soon,UN,1,Title,,own,known,\n", `c.csv:2: year: "soon" must be a year of four digits`},
		{"an unknown check", catalogueHeader + "A,Name,1966,UN,1,Title,,own,felt,\n", `c.csv:2: check: "felt" must be one of seen, known, unsure`},
		{"a colon in the key", catalogueHeader + "A:B,Name,1966,UN,1,Title,,own,known,\n", `c.csv:2: instrument: "A:B" must not hold a colon, since links are written INSTRUMENT:ARTICLE`},
		{"an article twice", catalogueHeader + good + good, "c.csv:3: article: A:1 stands in line 2 already"},
		{"an instrument with two names", catalogueHeader + good + "A,Other,1966,UN,2,Title,,own,known,\n", "c.csv:3: instrument: A has another name, year or issuer than in line 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := LoadCatalogue(strings.NewReader(c.text), "c.csv")
			if got != nil || err == nil || err.Error() != c.want {
				t.Errorf("got\n%v\nwant\n%s", err, c.want)
			}
		})
	}
}
