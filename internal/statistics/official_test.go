package statistics

import (
	"testing"
	"testing/fstest"
)

// Who imports may name the publisher of figures that say nothing of it, but cannot make a small group public by it.
func TestNamingAPublisherMakesNoCountedFigureOfficial(t *testing.T) {
	const url = "https://office.example/table"
	naming := func(publisher, url string) func(*Request) {
		return func(r *Request) { r.Defaults = Defaults{Publisher: publisher, URL: url} }
	}
	w := sqliteWorld(t)
	for name, c := range map[string]struct {
		file    string
		by      func(*Request)
		want    bool
		noticed bool // the report says that it is not officially published
	}{
		"the file names both":                      {"indicator,year,value,source,url\na,2020,1,Office," + url + "\n", naming("", ""), true, false},
		"the file names both and counts":           {"indicator,year,value,count,source,url\na,2020,1,3,Office," + url + "\n", naming("Other", url), true, false},
		"the importer names both":                  {"indicator,year,value\na,2020,1\n", naming("Office", url), true, false},
		"the importer names both, the file counts": {"indicator,year,value,count\na,2020,1,3\n", naming("Office", url), false, true},
		"one count of two":                         {"indicator,year,value,count\na,2020,1,\na,2021,1,300\n", naming("Office", url), false, true},
		"the importer adds the address":            {"indicator,year,value,count,source\na,2020,1,3,Office\n", naming("", url), false, true},
		"the importer adds the publisher":          {"indicator,year,value,count,url\na,2020,1,3," + url + "\n", naming("Office", ""), false, true},
		"nobody names it":                          {"indicator,year,value\na,2020,1\n", naming("", ""), false, true},
		"only the publisher is named":              {"indicator,year,value\na,2020,1\n", naming("Office", ""), false, true},
	} {
		report, _, err := w.take(fstest.MapFS{"a.csv": {Data: []byte(c.file)}}, rowsOf("LIV.1.O1,a,,value,%,exact"), tidy, c.by)
		if err != nil || report.Errors() > 0 {
			t.Fatal(name, err, report.Findings)
		}
		list := w.series(report.City)
		if len(list) != 1 || len(list[0].Sources) != 1 || list[0].Sources[0].Official != c.want {
			t.Errorf("%s: got %+v", name, list)
		}
		noticed := false
		for _, f := range report.Findings {
			noticed = noticed || f.Code == "meta.source"
		}
		if noticed != c.noticed {
			t.Errorf("%s: it is said that nobody published it: %v", name, noticed)
		}
	}
}
