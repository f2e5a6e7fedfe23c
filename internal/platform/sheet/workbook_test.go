package sheet

import (
	"archive/zip"
	"bytes"
	endian "encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// parts gives a workbook of one sheet from the XML of its sheet; more replaces or adds parts.
func parts(sheetXML string, more map[string]string) map[string]string {
	all := map[string]string{
		"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
		"_rels/.rels":                `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + sheetXML + `</sheetData></worksheet>`,
	}
	for name, text := range more {
		all[name] = text
	}
	return all
}

func packed(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range parts {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// made writes a workbook with excelize, as a spreadsheet program would.
func made(t testing.TB, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	fill(f)
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func tableOf(t *testing.T, data []byte) (*Table, error) {
	t.Helper()
	w, err := OpenWorkbook(data, "a.xlsx", Limits{})
	if err != nil {
		return nil, err
	}
	defer func() { _ = w.Close() }()
	return w.Table(w.Sheets()[0])
}

func TestCellsAreReadAsAPersonSeesThemAndNumbersWhole(t *testing.T) {
	for _, c := range []struct{ name, stored, shown, want string }{
		{"text", "Harbour", "Harbour", "Harbour"},
		{"code with a zero before it", "0123", "0123", "0123"},
		{"number", "12.5", "12.5", "12.5"},
		{"number with the error of binary", "0.30000000000000004", "0.30000000000000004", "0.3"},
		{"rounded by its format", "12.345678", "12.35", "12.345678"},
		{"thousands", "1234567", "1,234,567", "1234567"},
		{"currency", "1234.5", "€1,234.50", "1234.5"},
		{"brackets for a negative number", "-5", "(5)", "-5"},
		{"exponent", "1.5E-3", "1.5E-3", "0.0015"},
		{"percentage", "0.615", "62%", "61.5%"},
		{"percentage with the error of binary", "0.07", "7%", "7%"},
		{"date", "43588", "05-03-19", "2019-05-03"},
		{"date and time", "43588.5", "03/05/2019 12:00", "2019-05-03"},
		{"month in words", "43588", "May 2019", "May 2019"},
		{"month in numbers", "40878", "2011-12", "Dec 2011"},
		{"year of a date", "43588", "2019", "2019"},
		{"year", "2019", "2019", "2019"},
		{"true", "1", "TRUE", "TRUE"},
		{"an error", "#DIV/0!", "#DIV/0!", "#DIV/0!"},
		{"nothing", "", "", ""},
		{"infinite", "1e999", "1e999", "1e999"},
	} {
		if got := seen(c.stored, c.shown, false); got != c.want {
			t.Errorf("%s: %q shown as %q was read as %q, want %q", c.name, c.stored, c.shown, got, c.want)
		}
	}
	if got := seen("42126", "05-03-19", true); got != "2019-05-03" {
		t.Errorf("a day counted from 1904: %s", got)
	}
}

func TestAWorkbookIsReadWithItsFormatsAndItsRows(t *testing.T) {
	data := made(t, func(f *excelize.File) {
		for cell, value := range map[string]any{"A1": "Figures of the city", "A3": "year", "B3": "value", "C3": "day", "A4": 2019, "B4": 0.615, "C4": 43588, "A7": 2020, "B7": 12.5, "D9": " "} {
			_ = f.SetCellValue("Sheet1", cell, value)
		}
		percent, _ := f.NewStyle(&excelize.Style{NumFmt: 9})
		date, _ := f.NewStyle(&excelize.Style{NumFmt: 14})
		_ = f.SetCellStyle("Sheet1", "B4", "B4", percent)
		_ = f.SetCellStyle("Sheet1", "C4", "C4", date)
		_ = f.MergeCell("Sheet1", "A1", "C1")
		_, _ = f.NewSheet("Empty")
	})
	w, err := OpenWorkbook(data, "a.xlsx", Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = w.Close() }()
	if diff := cmp.Diff([]string{"Sheet1"}, w.Sheets()); diff != "" {
		t.Fatal(diff)
	}
	table, err := w.Table("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	want := []Row{{1, []string{"Figures of the city", "", ""}}, {3, []string{"year", "value", "day"}}, {4, []string{"2019", "61.5%", "2019-05-03"}}, {7, []string{"2020", "12.5", ""}}}
	if diff := cmp.Diff(want, table.Rows); diff != "" {
		t.Error(diff)
	}
	if len(table.Merged) != 1 || table.Merged[0].String() != "A1:C1" || table.Merged[0].ColumnName() != "A" {
		t.Errorf("merged: %v", table.Merged)
	}
	if _, err := w.Table("Other"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a sheet that is not there: %v", err)
	}
}

func TestFormulasGiveTheirStoredValueOrAnError(t *testing.T) {
	table, err := tableOf(t, packed(t, parts(`<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>""</f><v></v></c><c r="C1"><v>7</v></c></row>`, nil)))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"2", "", "7"}, table.Rows[0].Cells); diff != "" {
		t.Error(diff)
	}
	_, err = tableOf(t, packed(t, parts(`<row r="1"><c r="A1"><v>1</v></c></row><row r="5"><c r="C5"><f>A1*2</f></c></row>`, nil)))
	var wrong *fault.Error
	if !errors.As(err, &wrong) || wrong.Place.Row != 5 || wrong.Place.Column != "C" || !strings.Contains(wrong.Text, "C5") {
		t.Errorf("a formula without a value: %v", err)
	}
}

func TestWhatIsNoWorkbookIsRefused(t *testing.T) {
	good := packed(t, parts(`<row r="1"><c r="A1"><v>1</v></c></row>`, nil))
	lying := bytes.Clone(packed(t, parts(`<row r="1"><c r="A1"><v>1</v></c></row>`, nil)))
	end := bytes.LastIndex(lying, []byte("PK\x05\x06"))
	endian.LittleEndian.PutUint16(lying[end+10:], 60_000)
	macros := packed(t, parts(`<row r="1"><c r="A1"><v>1</v></c></row>`, map[string]string{"xl/vbaProject.bin": "Sub AutoOpen()"}))
	without := parts("", nil)
	delete(without, "xl/workbook.xml")
	cut := parts("", map[string]string{"xl/worksheets/sheet1.xml": `<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c>`})
	if _, err := tableOf(t, macros); err != nil {
		t.Errorf("macros are looked at: %v", err)
	}
	for name, c := range map[string]struct {
		data []byte
		kind fault.Kind
		want string
	}{
		"nothing":                {nil, fault.Invalid, "not an Excel workbook"},
		"a picture":              {[]byte("\x89PNG\r\n\x1a\n0000000000000000000000000"), fault.Invalid, "not an Excel workbook"},
		"an old workbook":        {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), fault.Invalid, "old Excel file"},
		"cut off at the end":     {good[:len(good)-30], fault.Invalid, "cut off"},
		"cut off in the middle":  {good[:len(good)/2], fault.Invalid, "cut off"},
		"a ZIP file":             {packed(t, without), fault.Invalid, "a ZIP file and not"},
		"lying about its parts":  {lying, fault.TooMuch, "parts"},
		"a sheet that is cut":    {packed(t, cut), fault.Invalid, "damaged or cut off"},
		"rows out of order":      {packed(t, parts(`<row r="2"/><row r="1"/>`, nil)), fault.Invalid, "row 1 behind row 2"},
		"cells out of order":     {packed(t, parts(`<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>`, nil)), fault.Invalid, "A1 in a wrong place"},
		"a cell of another row":  {packed(t, parts(`<row r="1"><c r="A7"><v>1</v></c></row>`, nil)), fault.Invalid, "A7 in a wrong place"},
		"a row beyond the sheet": {packed(t, parts(`<row r="99999999"/>`, nil)), fault.Invalid, "99999999"},
		"a cell without a name":  {packed(t, parts(`<row r="1"><c r="!"><v>1</v></c></row>`, nil)), fault.Invalid, "not the name of a cell"},
		"entities":               {packed(t, parts("", map[string]string{"xl/worksheets/sheet1.xml": `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row r="1"><c r="A1"><v>&x;</v></c></row></sheetData></worksheet>`})), fault.Invalid, "damaged"},
	} {
		_, err := OpenWorkbook(c.data, "a.xlsx", Limits{})
		if fault.KindOf(err) != c.kind || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "a.xlsx") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestABombIsRefusedBeforeItIsUnpacked(t *testing.T) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range parts(`<row r="1"><c r="A1"><v>1</v></c></row>`, nil) {
		f, _ := w.Create(name)
		_, _ = io.WriteString(f, text)
	}
	f, _ := w.Create("xl/media/image1.png")
	zeros := make([]byte, 1<<20)
	for range workbookUnpacked>>20 + 1 {
		if _, err := f.Write(zeros); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	honest := b.Bytes()
	if _, err := OpenWorkbook(honest, "a.xlsx", Limits{}); fault.KindOf(err) != fault.TooMuch {
		t.Errorf("declared: %v", err)
	}
	// The same, declaring 1,000 bytes in the table of contents.
	lying := bytes.Clone(honest)
	for at := 0; ; {
		next := bytes.Index(lying[at:], []byte("PK\x01\x02"))
		if next < 0 {
			break
		}
		if at += next; endian.LittleEndian.Uint32(lying[at+24:]) > 1<<20 {
			endian.LittleEndian.PutUint32(lying[at+24:], 1000)
		}
		at += 4
	}
	if _, err := OpenWorkbook(lying, "a.xlsx", Limits{}); err == nil {
		t.Error("a workbook that unpacks to more than it declares was opened")
	}
	left := int64(10)
	if _, err := io.Copy(io.Discard, &bounded{strings.NewReader(strings.Repeat("x", 11)), &left}); !errors.Is(err, errUnpacked) {
		t.Errorf("unpacking goes on beyond the limit: %v", err)
	}
}

func TestTheLimitsOfAWorkbookAreKept(t *testing.T) {
	data := packed(t, parts(`<row r="1"><c r="A1"><v>1</v></c><c r="D1"><v>2</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>`, nil))
	for name, limits := range map[string]Limits{"bytes": {Bytes: 10}, "columns": {Columns: 3}, "rows": {Rows: 1}} {
		w, err := OpenWorkbook(data, "a.xlsx", limits)
		if err == nil {
			_, err = w.Table("Data")
		}
		if fault.KindOf(err) != fault.TooMuch {
			t.Errorf("%s: %v", name, err)
		}
	}
	if !IsWorkbook(bytes.NewReader(data), int64(len(data))) {
		t.Error("a workbook is not known as one")
	}
	if other := packed(t, map[string]string{"data/indicator_1-1-1.csv": "Year,Value\n"}); IsWorkbook(bytes.NewReader(other), int64(len(other))) {
		t.Error("a ZIP file is taken for a workbook")
	}
}

func FuzzWorkbook(f *testing.F) {
	f.Add(packed(f, parts(`<row r="1"><c r="A1"><v>1</v></c></row>`, nil)), false)
	f.Add(made(f, func(x *excelize.File) { _ = x.SetCellValue("Sheet1", "B2", "year") }), false)
	f.Add([]byte(`<row r="1"><c r="A1" t="s"><v>99</v></c><c r="B1" s="7"><f>A1</f><v>43588</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>`), true)
	f.Add([]byte(`<row><c t="inlineStr"><is><t>x</t></is></c></row>`), true)
	f.Fuzz(func(t *testing.T, data []byte, inside bool) {
		if inside {
			data = packed(t, parts(string(data), nil))
		}
		w, err := OpenWorkbook(data, "a.xlsx", Limits{Rows: 100, Columns: 100})
		if err != nil {
			if fault.KindOf(err) == "" {
				t.Fatalf("not a fault: %v", err)
			}
			return
		}
		defer func() { _ = w.Close() }()
		for _, name := range w.Sheets() {
			table, err := w.Table(name)
			if err != nil {
				if fault.KindOf(err) == "" {
					t.Fatalf("not a fault: %v", err)
				}
				continue
			}
			line := 0
			for _, row := range table.Rows {
				if row.Line <= line || len(row.Cells) != len(table.Rows[0].Cells) || row.Blank() {
					t.Fatalf("%+v behind row %d", row, line)
				}
				line = row.Line
			}
		}
	})
}

func FuzzSeen(f *testing.F) {
	f.Add("0.615", "62%")
	f.Add("43588", "05-03-19")
	f.Add("1e300", "1/1/1")
	f.Fuzz(func(t *testing.T, stored, shown string) {
		if got := seen(stored, shown, false); strings.Contains(got, "NaN") && !strings.Contains(shown, "NaN") && !strings.Contains(stored, "NaN") {
			t.Errorf("%q shown as %q was read as %q", stored, shown, got)
		}
	})
}
