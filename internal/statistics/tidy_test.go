package statistics

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

func tidy(r *Request) { r.Format = TidyCSV }

func TestTheExampleOfTheDocumentIsTrue(t *testing.T) {
	document, err := os.ReadFile("../../docs/import.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := map[string]string{}
	for _, m := range regexp.MustCompile("(?s)```csv ([a-z.]+)\n(.*?)```").FindAllStringSubmatch(string(document), -1) {
		blocks[m[1]] = m[2]
	}
	w := sqliteWorld(t)
	w.room.std = nil
	report, _, err := w.take(fstest.MapFS{"statistics.csv": {Data: []byte(blocks["statistics.csv"])}}, blocks["mapping.csv"], tidy)
	if err != nil || report.Errors()+report.Warnings() > 0 {
		t.Fatal(err, report.Findings)
	}
	var rows []string
	for _, s := range w.series("city1") {
		if len(s.Sources) != 1 || !s.Sources[0].Official || s.Sources[0].Licence == "" && s.Indicator == "ENV.1.O2" {
			t.Errorf("%s has the sources %+v", s.Indicator, s.Sources)
		}
		row := func(group string, points []Point) {
			for _, p := range points {
				rows = append(rows, strings.ReplaceAll("| "+s.Indicator+" | "+group+" | "+p.Period+" | "+formatNumber(p.Value)+" |", "|  |", "| |"))
			}
		}
		row("", s.Headline)
		for _, g := range s.Groups {
			row(g.Name, g.Points)
		}
	}
	_, after, _ := strings.Cut(string(document), "|---|---|---|---|\n")
	table, _, _ := strings.Cut(after, "\n\n")
	for _, row := range rows {
		if !strings.Contains(table, row) {
			t.Errorf("the document lacks %s", row)
		}
	}
	if strings.Count(table, "\n")+1 != len(rows) {
		t.Errorf("the document has other rows than\n%s", strings.Join(rows, "\n"))
	}
}

func TestTidyFilesHaveTheSameTraps(t *testing.T) {
	w := sqliteWorld(t)
	for name, c := range map[string]struct {
		files   map[string]string
		mapping string
		want    []string
		never   []string
	}{
		"one bad indicator does not stop its neighbours": {
			files:   map[string]string{"a.csv": "indicator,year,value\nx-1,2018,1\nx-2,2018,many\nx-1,2019,2\n"},
			mapping: rowsOf("LIV.1.O1,x-1,,value,%,exact", "LIV.1.O2,x-2,,value,%,exact"),
			want:    []string{"file a.csv imported", "file a.csv refused", "error a.csv:3: value value.text", "LIV.1.O1 % exact: 2018=1 2019=2", "warning map.csv:3: source_indicator mapping.refused"},
		},
		"a row without an indicator stops its file": {
			files: map[string]string{"a.csv": "indicator,year,value\nx-1,2018,1\n,2019,2\n", "b.csv": "indicator,year,value\nx-2,2018,1\n"},
			want:  []string{"error a.csv:3: indicator tidy.blank", "file a.csv refused", "file b.csv imported"},
		},
		"units choose": {
			files:   map[string]string{"a.csv": "indicator;period;unit;value\nx-1;2018;%;1,5\nx-1;2018;persons;300\n"},
			mapping: rowsOf("LIV.1.O1,x-1,,value,%,exact"), want: []string{"error map.csv:2: select select.choose"},
		},
		"one unit is the unit": {
			files:   map[string]string{"a.csv": "Source Indicator,Period,Unit,Value\nX.1,2018,per cent,1\n"},
			mapping: rowsOf("LIV.1.O1,x.1,,value,,exact"), want: []string{"LIV.1.O1 per cent exact: 2018=1"},
		},
		"sources that differ are said": {
			files: map[string]string{"a.csv": "indicator,year,value,source\nx-1,2018,1,A\nx-1,2019,1,B\nx-1,2020,1,B\n"}, want: []string{"warning a.csv:2: source tidy.differ"},
		},
		"one indicator in two files": {
			files: map[string]string{"a.csv": "indicator,year,value\nx-1,2018,1\n", "b.csv": "indicator,year,value\nx-1,2019,1\nx-2,2018,1\n"},
			want:  []string{"error a.csv file.twice", "error b.csv file.twice"},
		},
		"other things in the folder": {
			files: map[string]string{"a.csv": "indicator,year,value\nx-1,2018,1\n", "b.xlsx": "PK\x03\x04", "c/d.csv": "", "e.csv": "PK\x03\x04", "f.csv": "indicator,year,value\n", "g.csv": ""},
			want:  []string{"file b.xlsx skipped skip.kind", "file c skipped skip.folder", "file e.csv refused", "file f.csv skipped skip.header", "file g.csv refused"},
		},
		"a folder alone in the folder": {files: map[string]string{"in/a.csv": "indicator,year,value\nx-1,2018,1\n"}, want: []string{"file a.csv imported"}},
	} {
		files := fstest.MapFS{}
		for file, text := range c.files {
			files[file] = &fstest.MapFile{Data: []byte(text)}
		}
		_, lines, err := w.take(files, c.mapping, tidy)
		text := "\n" + strings.Join(lines, "\n") + "\n"
		for _, want := range c.want {
			if !strings.Contains(text, "\n"+want+"\n") {
				t.Errorf("%s (%v): no line %q in%s", name, err, want, text)
			}
		}
	}
}

func TestATidyFileSpeaksOnlyOfItsIndicators(t *testing.T) {
	w := sqliteWorld(t)
	for _, text := range []string{"indicator,year,value\nx-1,2018,1\nx-2,2018,2\n", "indicator,year,value\nx-2,2018,3\n"} {
		if _, _, err := w.take(fstest.MapFS{"a.csv": {Data: []byte(text)}}, rowsOf("LIV.1.O1,x-1,,value,%,exact", "LIV.1.O2,x-2,,value,%,exact"), to(tidy)); err != nil {
			t.Fatal(err)
		}
	}
	if list := w.series("x"); len(list) != 2 || list[0].Headline[0].Value != 1 || list[1].Headline[0].Value != 3 {
		t.Errorf("%+v", list)
	}
	if list := w.revisions("LIV.1.O2"); len(list) != 1 || *list[0].Old != 2 || *list[0].New != 3 {
		t.Errorf("%+v", list)
	}
}
