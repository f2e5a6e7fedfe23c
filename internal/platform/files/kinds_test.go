package files

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

const docx, xlsx, pptx = officePrefix + "wordprocessingml.document.main+xml", officePrefix + "spreadsheetml.sheet.main+xml", officePrefix + "presentationml.presentation.main+xml"

func TestEveryKindIsKnownByItsContentWhateverItsName(t *testing.T) {
	s := New(t.TempDir(), small)
	picture := scene(40, 30)
	for _, c := range []struct {
		what  string
		data  []byte
		media string
		name  string // after it was called "report"
	}{
		{"a PDF", portable(""), "application/pdf", "report.pdf"},
		{"a JPEG", jpegOf(t, picture), "image/jpeg", "report.jpg"},
		{"a PNG", pngOf(t, picture, nil), "image/png", "report.png"},
		{"a GIF that moves", gifOf(t, 3, picture), "image/gif", "report.gif"},
		{"a text", []byte("Beschluss über Wohnungen\n"), "text/plain; charset=utf-8", "report.txt"},
		{"a text with a mark", []byte("\xef\xbb\xbfBeschluss"), "text/plain; charset=utf-8", "report.txt"},
		{"a text of Windows", []byte("Beschlu\xdf \x80 5\r\n"), "text/plain; charset=windows-1252", "report.txt"},
		{"a text in UTF-16", []byte("\xff\xfeB\x00e\x00"), "text/plain; charset=utf-16le", "report.txt"},
		{"a text in UTF-16, the other way", []byte("\xfe\xff\x00B\x00e"), "text/plain; charset=utf-16be", "report.txt"},
		{"a text that begins like a program", []byte("MZ is what DOS programs begin with"), "text/plain; charset=utf-8", "report.txt"},
		{"prose with commas", []byte("First, we asked.\nThen, as agreed, we wrote.\n"), "text/plain; charset=utf-8", "report.txt"},
		{"a table", []byte("Year;Rent\n2024;7,5\n2025;8\n"), "text/csv; charset=utf-8", "report.csv"},
		{"a long table", []byte("Year,Rent\n" + strings.Repeat("2024,7.5\n", 20_000)), "text/csv; charset=utf-8", "report.csv"},
		{"a document", office(t, docx), DOCX.Media, "report.docx"},
		{"a workbook", office(t, xlsx), XLSX.Media, "report.xlsx"},
		{"slides", office(t, pptx), PPTX.Media, "report.pptx"},
		{"an open text", open(t, ODT.Media), ODT.Media, "report.odt"},
		{"an open sheet", open(t, ODS.Media+"-template"), ODS.Media, "report.ods"},
		{"open slides", open(t, ODP.Media), ODP.Media, "report.odp"},
	} {
		got, err := keep(t, s, "report", c.data)
		if err != nil || got.Media != c.media || got.Name != c.name {
			t.Errorf("%s is taken for %s, called %s: %v", c.what, got.Media, got.Name, err)
			continue
		}
		if k, ok := KindOf(got.Media); !ok || k.Name == "" {
			t.Errorf("%s has no kind", got.Media)
		}
		if _, err := keep(t, s, c.name, c.data); err != nil {
			t.Errorf("%s under its own name: %v", c.what, err)
		}
	}
}

func TestAFileThatLiesAboutItsKindIsRefusedWithWhatItIs(t *testing.T) {
	s := New(t.TempDir(), small)
	picture := scene(4, 4)
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"report.pdf":  {pngOf(t, picture, nil), `"report.pdf" is PNG, and its name says PDF`},
		"photo.JPG":   {portable(""), `"photo.JPG" is PDF, and its name says JPEG`},
		"photo.jpg":   {pngOf(t, picture, nil), "is PNG"},
		"table.xlsx":  {office(t, docx), "is DOCX"},
		"letter.docx": {open(t, ODT.Media), "is ODT"},
		"letter.odt":  {[]byte("Dear neighbours"), "is TXT"},
		"slides.pptx": {[]byte("a,b\n1,2\n"), "is CSV"},
	} {
		_, err := keep(t, s, name, c.data)
		wantFault(t, name, err, fault.Invalid, c.want)
	}
	for _, name := range []string{"notes.md", "table.csv", "table.unknown", "notes.v2"} {
		if _, err := keep(t, s, name, []byte("Dear neighbours")); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhatIsRefusedIsSaidWithWhatToDo(t *testing.T) {
	s := New(t.TempDir(), small)
	zeros := strings.Repeat("\x00", 3<<20)
	lying := office(t, docx, "word/media.bin", zeros)
	for at := 0; ; at += 4 { // declare 1,000 bytes of the part that has more
		next := bytes.Index(lying[at:], []byte("PK\x01\x02"))
		if next < 0 {
			break
		}
		if at += next; binary.LittleEndian.Uint32(lying[at+24:]) > 1<<20 {
			binary.LittleEndian.PutUint32(lying[at+24:], 1000)
		}
	}
	flagged := office(t, docx)
	for _, mark := range []struct {
		magic string
		at    int
	}{{"PK\x01\x02", 8}, {"PK\x03\x04", 6}} {
		flagged[bytes.Index(flagged, []byte(mark.magic))+mark.at] |= 1
	}
	many := map[string]string{}
	for i := range documentParts + 1 {
		many[strconv.Itoa(i)] = ""
	}
	good := office(t, docx)
	wrong := bytes.Clone(good)
	wrong[bytes.Index(wrong, []byte("PK\x01\x02"))+16] ^= 1 // of a part's checksum
	unpacked := small
	unpacked.Unpacked = 64 << 20
	for _, c := range []struct {
		what string
		data []byte
		kind fault.Kind
		want string
	}{
		{"nothing", nil, fault.Invalid, "is empty"},
		{"a Windows program", []byte("MZ\x90\x00\x03"), fault.Invalid, "is a program"},
		{"a Linux program", []byte("\x7fELF\x02\x01\x01\x00"), fault.Invalid, "is a program"},
		{"a script", []byte("#!/bin/sh\nrm -rf /\n"), fault.Invalid, "is a program"},
		{"a web page", []byte("\n <!DOCTYPE html><title>x</title>"), fault.Invalid, "is a web page"},
		{"a saved mail page", []byte("MIME-Version: 1.0\r\n"), fault.Invalid, "is a web page"},
		{"a drawing", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>`), fault.Invalid, "is a drawing"},
		{"XML", []byte("\xef\xbb\xbf<?xml version='1.0'?><svg/>"), fault.Invalid, "is a drawing"},
		{"RTF", []byte(`{\rtf1\ansi hello}`), fault.Invalid, "form RTF"},
		{"WebP", []byte("RIFF\x10\x00\x00\x00WEBPVP8 "), fault.Invalid, "JPEG or PNG"},
		{"HEIC", []byte("\x00\x00\x00\x18ftypheic\x00\x00"), fault.Invalid, "JPEG or PNG"},
		{"TIFF", []byte("II*\x00\x08\x00\x00\x00"), fault.Invalid, "JPEG or PNG"},
		{"a film", []byte("\x00\x00\x00\x18ftypmp42\x00\x00"), fault.Invalid, "is a sound or a film"},
		{"a sound", []byte("ID3\x03\x00\x00\x00"), fault.Invalid, "is a sound or a film"},
		{"gzip", []byte("\x1f\x8b\x08\x00\x00"), fault.Invalid, "is an archive"},
		{"a ZIP of files", zipOf(t, map[string]string{"a.pdf": "x", "b.pdf": "y"}), fault.Invalid, "is an archive"},
		{"an empty ZIP", zipOf(t, nil), fault.Invalid, "is an archive"},
		{"an e-book", open(t, "application/epub+zip"), fault.Invalid, "is an archive"},
		{"an old document", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00"), fault.Invalid, "old office program"},
		{"bytes", []byte("\x00\x01\x02\x03"), fault.Invalid, "no form that is kept"},
		{"bytes that stand for nothing", []byte("a\x81\x8d"), fault.Invalid, "no form that is kept"},
		{"half a character of UTF-16", []byte("\xff\xfeB"), fault.Invalid, "no form that is kept"},
		{"a cut PDF", []byte("%PDF-1.7\n1 0 obj"), fault.Invalid, "damaged or cut off"},
		{"a cut document", good[:len(good)/2], fault.Invalid, "damaged or cut off"},
		{"a document with a wrong checksum", wrong, fault.Invalid, "damaged or cut off"},
		{"a part twice", bytes.ReplaceAll(office(t, docx, "Main.xm1", "x"), []byte("Main.xm1"), []byte("Main.xml")), fault.Invalid, "damaged or cut off"},
		{"a JPEG of a head only", []byte("\xff\xd8\xff\xe0\x00\x04ab"), fault.Invalid, "damaged or cut off"},
		{"a cut PNG", pngOf(t, scene(50, 50), nil)[:60], fault.Invalid, "damaged or cut off"},
		{"a cut GIF", gifOf(t, 2, scene(50, 50))[:60], fault.Invalid, "damaged or cut off"},
		{"a document with macros", office(t, "application/vnd.ms-word.document.macroEnabled.main+xml"), fault.Invalid, "macros"},
		{"macros behind a plain type", office(t, xlsx, "xl/vbaProject.bin", "Sub AutoOpen()"), fault.Invalid, "macros"},
		{"macros of Excel 4", office(t, xlsx, "xl/macrosheets/sheet1.xml", "<x/>"), fault.Invalid, "macros"},
		{"macros of OpenDocument", open(t, ODS.Media, "Basic/Standard/Module1.xml", "<x/>"), fault.Invalid, "macros"},
		{"a locked ZIP", flagged, fault.Invalid, "password"},
		{"a locked OpenDocument", open(t, ODT.Media, "META-INF/manifest.xml", "<manifest:encryption-data/>"), fault.Invalid, "password"},
		{"more than the limit", office(t, docx, "word/media.bin", zeros, "word/more.bin", zeros), fault.TooMuch, "far more than its size says"},
		{"more than it declares", lying, fault.Invalid, "damaged or cut off"},
		{"too many parts", zipOf(t, many), fault.TooMuch, "far more than its size says"},
		{"a bomb of pixels", pngOf(t, scene(400, 400), nil), fault.TooMuch, "million pixels"},
		{"a bomb of frames", gifOf(t, 30, scene(9, 9)), fault.TooMuch, "million pixels"},
	} {
		_, err := keep(t, s, "file", c.data)
		wantFault(t, c.what, err, c.kind, c.want)
	}
	large := map[string]string{"[Content_Types].xml": "", "a": strings.Repeat("\x00", 40<<20)}
	_, err := keep(t, New(t.TempDir(), unpacked), "file", zipOf(t, large))
	wantFault(t, "a part that packs like a bomb", err, fault.TooMuch, "far more than its size says")
}

func TestANameIsCleanedAndEndsAsItsKindDoes(t *testing.T) {
	for name, want := range map[string]string{
		"Plan.PDF":                    "Plan.pdf",
		"/home/ana/Plan":              "Plan.pdf",
		`C:\temp\Plan.v2`:             "Plan.v2.pdf",
		"":                            "file.pdf",
		"...":                         "file.pdf",
		"gpj\u202efdp.exe":            "gpjfdp.exe.pdf",
		"a\x00b\r\nc.pdf":             "abc.pdf",
		"خطة.pdf":                     "خطة.pdf",
		strings.Repeat("é", 300):      strings.Repeat("é", longestName-4) + ".pdf",
		"\xff\xfe" + "x" + ".pdf":     "x.pdf",
		"../../etc/passwd":            "passwd.pdf",
		"report.final.version.2.docx": "report.final.version.2.docx.pdf",
	} {
		if got := cleanName(name, PDF); got != want {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
}
