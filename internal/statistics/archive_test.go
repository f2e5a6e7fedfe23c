package statistics

import (
	"archive/zip"
	"bytes"
	"context"
	"io/fs"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// packed makes a ZIP file of entries in their order; change sets what a usual program would not.
func packed(t testing.TB, names []string, change func(*zip.FileHeader)) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range names {
		head := &zip.FileHeader{Name: name, Method: zip.Deflate}
		if change != nil {
			change(head)
		}
		f, err := w.CreateHeader(head)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(plainData)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAHostileArchiveIsRefusedWithItsName(t *testing.T) {
	honest := packed(t, []string{"data/indicator_1-2-1.csv"}, nil)
	link := func(h *zip.FileHeader) { h.SetMode(fs.ModeSymlink | 0o777) }
	for name, c := range map[string]struct {
		content []byte
		kind    fault.Kind
		says    string
	}{
		"a path upwards":         {packed(t, []string{"data/indicator_1-2-1.csv", "../../etc/passwd"}, nil), fault.Invalid, "the path “../../etc/passwd” leads out of"},
		"a path upwards inside":  {packed(t, []string{"data/../../x.csv"}, nil), fault.Invalid, "leads out of"},
		"an absolute path":       {packed(t, []string{"/etc/passwd"}, nil), fault.Invalid, "leads out of"},
		"a link":                 {packed(t, []string{"data/indicator_1-2-1.csv"}, link), fault.Invalid, "“data/indicator_1-2-1.csv” in the ZIP file is a link"},
		"a password":             {packed(t, []string{"data/indicator_1-2-1.csv"}, func(h *zip.FileHeader) { h.Flags |= 1 }), fault.Invalid, "locked"},
		"its end is cut off":     {honest[:len(honest)-30], fault.Invalid, "no end"},
		"its beginning is noise": {append([]byte("PK\x03\x04"), honest[len(honest)-22:]...), fault.Invalid, "cannot be read"},
		"nothing":                {nil, fault.Invalid, "no end"},
		"text":                   {[]byte(plainData), fault.Invalid, "no end"},
		"too many folders":       {packed(t, []string{strings.Repeat("a/", 20_001) + "x.csv"}, nil), fault.TooMuch, "more than 20000 files or folders"},
		"too many files":         {packed(t, make([]string, 20_001), nil), fault.TooMuch, "more than 20000 files"},
	} {
		_, _, err := OpenArchive(bytes.NewReader(c.content), int64(len(c.content)), "a.zip", "")
		if fault.KindOf(err) != c.kind || !strings.Contains(err.Error(), c.says) || !strings.HasPrefix(err.Error(), "a.zip: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, err := OpenArchive(bytes.NewReader(honest), MaxArchive+1, "a.zip", ""); fault.KindOf(err) != fault.TooMuch {
		t.Errorf("a file beyond the limit: %v", err)
	}
}

func TestAnArchiveThatUnpacksToTooMuchIsRefusedUnread(t *testing.T) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	zeros := make([]byte, 1<<20)
	for _, name := range []string{"data/indicator_1-1-1.csv", "data/indicator_1-1-2.csv", "data/indicator_1-1-3.csv"} {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		for range 171 {
			if _, err := f.Write(zeros); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	_, _, err := OpenArchive(bytes.NewReader(b.Bytes()), int64(b.Len()), "bomb.zip", "")
	if fault.KindOf(err) != fault.TooMuch || !strings.Contains(err.Error(), "more than 512 MB") {
		t.Errorf("%d bytes that unpack to 513 MB: %v", b.Len(), err)
	}
}

// An archive that declares less than it holds is caught when the file is read: its indicator is refused, and nothing of it is imported.
func TestAnArchiveThatLiesAboutASizeIsCaughtWhenItIsRead(t *testing.T) {
	content := packed(t, []string{"data/indicator_1-2-1.csv"}, nil)
	at := bytes.LastIndex(content, []byte("PK\x01\x02"))
	content[at+24], content[at+25] = 5, 0 // declared bytes, in the directory (APPNOTE.TXT 4.3.12)
	format, files, err := OpenArchive(bytes.NewReader(content), int64(len(content)), "a.zip", "")
	if err != nil || format != OpenSDG {
		t.Fatal(format, err)
	}
	w := sqliteWorld(t)
	report, err := w.room.Import(context.Background(), Request{City: "x", Format: OpenSDG, Files: files, Name: "a.zip"})
	if err == nil || !report.Blocked || len(w.series("x")) != 0 {
		t.Errorf("imported %+v: %v", report.Values, err)
	}
}

func TestAnArchiveIsReadWhereverItsFolderBegins(t *testing.T) {
	for root, others := range map[string]string{"": "other/", "a/b/": "a/b/c/", "our-city-main/": "a/b/"} {
		content := packed(t, []string{root + "README.md", others + "data/indicator_9-9-9.csv", root + "data/indicator_1-2-1.csv"}, nil)
		for _, wanted := range []Format{OpenSDG, ""} {
			format, files, err := OpenArchive(bytes.NewReader(content), int64(len(content)), "a.zip", wanted)
			if err != nil || format != OpenSDG {
				t.Fatalf("%q: %s, %v", root, format, err)
			}
			if _, err := fs.Stat(files, "data/indicator_1-2-1.csv"); err != nil {
				t.Errorf("%q beside %q: %v", root, others, err)
			}
		}
	}
	content := packed(t, []string{"figures.csv"}, nil)
	for wanted, want := range map[Format]Format{"": TidyCSV, TidyCSV: TidyCSV, OpenSDG: OpenSDG} {
		if format, _, err := OpenArchive(bytes.NewReader(content), int64(len(content)), "a.zip", wanted); format != want || err != nil {
			t.Errorf("an archive of a table that is wanted as %q is %q: %v", wanted, format, err)
		}
	}
}

func TestAnArchiveOfTablesBeginsAtItsTopWhateverFoldersAreInIt(t *testing.T) {
	content := packed(t, []string{"figures.csv", "old/data/figures.csv"}, nil)
	format, files, err := OpenArchive(bytes.NewReader(content), int64(len(content)), "a.zip", TidyCSV)
	if err != nil || format != TidyCSV {
		t.Fatal(format, err)
	}
	if _, err := fs.Stat(files, "figures.csv"); err != nil {
		t.Error(err)
	}
}

func FuzzArchive(f *testing.F) {
	f.Add(packed(f, []string{"data/indicator_1-2-1.csv"}, nil))
	f.Add([]byte("PK\x05\x06 and nothing more, but as long as a record is"))
	f.Fuzz(func(t *testing.T, content []byte) {
		_, files, err := OpenArchive(bytes.NewReader(content), int64(len(content)), "a.zip", "")
		if err != nil {
			return
		}
		_ = fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
			if err == nil && d.Type()&fs.ModeSymlink != 0 {
				t.Errorf("%s is a link", name)
			}
			return nil
		})
	})
}
