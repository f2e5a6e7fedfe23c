package statistics

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// bookOf makes a workbook of sheets, each given as lines of cells that are parted by bars; a line that begins with "merge" merges cells.
func bookOf(t *testing.T, sheets ...[]string) []byte {
	t.Helper()
	f := excelize.NewFile()
	percent, err := f.NewStyle(&excelize.Style{NumFmt: 10})
	if err != nil {
		t.Fatal(err)
	}
	for _, lines := range sheets {
		name := lines[0]
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for i, line := range lines[1:] {
			if cells, ok := strings.CutPrefix(line, "merge "); ok {
				from, to, _ := strings.Cut(cells, ":")
				if err := f.MergeCell(name, from, to); err != nil {
					t.Fatal(err)
				}
				continue
			}
			for j, text := range strings.Split(line, "|") {
				cell, _ := excelize.CoordinatesToCellName(j+1, i+1)
				var value any = text
				if v := readValues(nil, ';').of(strings.TrimSuffix(text, "%")); v.kind == number {
					value = v.number
					if strings.HasSuffix(text, "%") {
						value = v.number / 100
						if err := f.SetCellStyle(name, cell, cell, percent); err != nil {
							t.Fatal(err)
						}
					}
				}
				if err := f.SetCellValue(name, cell, value); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAWorkbookIsReadAsTidyCSV(t *testing.T) {
	good := []string{"Figures", "Our figures||", "indicator|year|sex|value|respondents", "poor|2019||12.5%|900", "poor|2019|women|14%|450", "poor|2020||1234|"}
	notes := []string{"Notes", "Made by the office", "merge A1:A3"}
	for name, c := range map[string]struct {
		sheets [][]string
		sheet  string
		want   []string // all of them stand in the report or the series
	}{
		"one sheet":               {[][]string{good}, "", []string{"imported", "12.5", "14", "1234"}},
		"a sheet without a table": {[][]string{notes, good}, "", []string{"imported", "sheet.taken"}},
		"several tables":          {[][]string{good, append([]string{"More"}, good[1:]...)}, "", []string{"refused", "sheet.choose"}},
		"several tables, named":   {[][]string{good, append([]string{"More"}, good[1:]...)}, "figures", []string{"imported"}},
		"a name that is not":      {[][]string{good}, "Data", []string{"refused", "sheet.named"}},
		"no table in any":         {[][]string{notes, {"Other", "nothing"}}, "", []string{"refused", "sheet.none"}},
		"merged cells above":      {[][]string{append(append([]string{}, good...), "merge A1:C1")}, "", []string{"imported"}},
		"merged cells below":      {[][]string{append(append([]string{}, good...), "merge A3:A5")}, "", []string{"refused", "sheet.merged"}},
		"a text for a value":      {[][]string{{"Figures", "indicator|year|value", "poor|2019|many"}}, "", []string{"refused", "value.text"}},
		"no header":               {[][]string{{"Figures", "poor|2019|1"}}, "", []string{"refused", "table.header"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := sqliteWorld(t)
			files := fstest.MapFS{"figures.xlsx": &fstest.MapFile{Data: bookOf(t, c.sheets...)}}
			_, lines, _ := w.take(files, rowsOf("LIV.1.O2,poor,,value,,exact"), func(r *Request) { r.Format, r.Sheet = XLSX, c.sheet })
			all := strings.Join(lines, "\n")
			for _, want := range c.want {
				if !strings.Contains(all, want) {
					t.Errorf("want %s in\n%s", want, all)
				}
			}
		})
	}
}

func TestAFindingInAWorkbookNamesSheetRowAndColumn(t *testing.T) {
	w := sqliteWorld(t)
	data := bookOf(t, []string{"Figures", "indicator|year|value", "poor|2019|1", "poor|2020|many"})
	report, _, err := w.take(fstest.MapFS{"figures.xlsx": &fstest.MapFile{Data: data}}, "", func(r *Request) { r.Format = XLSX })
	if err == nil {
		t.Fatal("a text was taken for a number")
	}
	if got := report.Findings[0].Place.String(); got != "figures.xlsx [Figures]:3: value" {
		t.Errorf("place: %s", got)
	}
}

func TestWhatIsNoWorkbookIsRefusedOrLeftOut(t *testing.T) {
	data := bookOf(t, []string{"Figures", "indicator|year|value", "poor|2019|1"})
	files := fstest.MapFS{"a.xlsx": &fstest.MapFile{Data: data}, "cut.xlsx": &fstest.MapFile{Data: data[:len(data)/2]},
		"picture.xlsx": &fstest.MapFile{Data: []byte("\x89PNG\r\n\x1a\n000")}, "b.csv": &fstest.MapFile{Data: []byte("indicator,year,value\nx,2019,1\n")}}
	report, _, err := sqliteWorld(t).take(files, "", func(r *Request) { r.Format = XLSX })
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, f := range report.Files {
		got[f.Name] = string(f.Status) + f.Reason
	}
	if diff := cmp.Diff(map[string]string{"a.xlsx": "imported", "cut.xlsx": "refused", "picture.xlsx": "refused", "b.csv": "skippedskip.kind_workbook"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestTheFormOfATextIsKnownByItsFirstCell(t *testing.T) {
	for head, want := range map[string]Format{"DATAFLOW,a": SDMXCSV, "\"DATAFLOW\",a": SDMXCSV, "\ufeffSTRUCTURE;STRUCTURE_ID": SDMXCSV, "STRUCTURE[;],STRUCTURE_ID": SDMXCSV,
		"DATAFLOW: x,": SDMXCSV, "indicator,year": TidyCSV, "DATAFLOWS,a": TidyCSV, "": TidyCSV, "dataflow,a": TidyCSV} {
		if got := FormatOf([]byte(head)); got != want {
			t.Errorf("%q: %s", head, got)
		}
	}
}
