package web

import (
	"archive/zip"
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/xuri/excelize/v2"
)

// sendFile uploads a file, and a mapping where there is one, as the form does.
func (s *site) sendFile(t *testing.T, client *http.Client, name string, content []byte, mapping string) (reply, string) {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, _ := form.CreateFormFile("file", name)
	_, _ = part.Write(content)
	if mapping != "" {
		part, _ = form.CreateFormFile("mapping", "mapping.csv")
		_, _ = io.WriteString(part, mapping)
	}
	_ = form.WriteField("reason", "figures of 2025 released")
	_ = form.Close()
	request, _ := http.NewRequest(http.MethodPost, s.url+"/en/desk/cities/example/statistics", &body)
	request.Header.Set("Content-Type", form.FormDataContentType())
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	answer := send(t, client, request)
	if answer.StatusCode == http.StatusSeeOther {
		return s.get(t, client, answer.Header.Get("Location"))
	}
	return answer, answer.Body
}

var uploadField = regexp.MustCompile(`name="upload" value="([A-Z2-7]+)"`)

func zipped(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, content := range files {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(f, content)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func coordinator(t *testing.T, s *site, email string) *http.Client {
	return s.person(t, email, account.Granted{Role: account.RoleCoordinator, Scope: account.InCity("example")})
}

func TestAnUploadIsLookedAtBeforeItIsSaved(t *testing.T) {
	s := newSite(t)
	officer := coordinator(t, s, "officer@example.org")
	answer, page := s.sendFile(t, officer, "new.csv", []byte(strings.ReplaceAll(figures, "9.3", "11.1")), "")
	if answer.StatusCode != http.StatusOK || !strings.Contains(page, "Nothing has been saved yet") {
		t.Fatalf("status %d: %s", answer.StatusCode, page)
	}
	if _, public := s.get(t, visitor(), "/en/cities/example/data/LIV.5.O1"); strings.Contains(public, "11.1") {
		t.Fatal("looking has saved")
	}
	name := uploadField.FindStringSubmatch(page)[1]
	other := coordinator(t, s, "other@example.org")
	if answer := s.post(t, other, "/en/desk/cities/example/statistics/save", url.Values{"upload": {name}}); answer.StatusCode != http.StatusGone {
		t.Errorf("somebody else may confirm the upload: status %d", answer.StatusCode)
	}
	if answer := s.post(t, officer, "/en/desk/cities/example/statistics/save", url.Values{"upload": {name}}); answer.StatusCode != http.StatusSeeOther {
		t.Errorf("save: status %d", answer.StatusCode)
	} else if _, page := s.get(t, officer, answer.Header.Get("Location")); !strings.Contains(page, "Saved: 0 new values, 1 changed") {
		t.Error("the page after saving does not say what was saved")
	}
	if _, public := s.get(t, visitor(), "/en/cities/example/data/LIV.5.O1"); !strings.Contains(public, "11.1") || !strings.Contains(public, "figures of 2025 released") {
		t.Error("the saved figure is not public with its reason")
	}
	if answer := s.post(t, officer, "/en/desk/cities/example/statistics/save", url.Values{"upload": {name}}); answer.StatusCode != http.StatusGone {
		t.Errorf("the same upload again: status %d", answer.StatusCode)
	}
	if left, _ := os.ReadDir(s.rooms.Uploads); len(left) != 0 {
		t.Errorf("%d uploads are left behind", len(left))
	}
}

func TestAZippedFolderIsFoundWhereverItBegins(t *testing.T) {
	s := newSite(t)
	officer := coordinator(t, s, "officer@example.org")
	table := "Year,Sex,Value\n2023,,8\n2024,,7.5\n2024,Women,8.5\n2024,Men,6.5\n"
	for _, root := range []string{"", "our-city-main/"} {
		_, page := s.sendFile(t, officer, "folder.zip", zipped(t, map[string]string{root + "data/indicator_8-5-2.csv": table, root + "README.md": "x"}),
			"standard_indicator,source_indicator,select,transform,unit,fit,note\nLIV.5.O1,8-5-2,,value,%,exact,\n")
		if !strings.Contains(page, "8-5-2") || !uploadField.MatchString(page) {
			t.Errorf("the folder in %q was not read: %s", root, page)
		}
	}
}

func TestAFileThatIsNoTableIsRefusedWithWhatToDo(t *testing.T) {
	s := newSite(t)
	officer := coordinator(t, s, "officer@example.org")
	for name, content := range map[string][]byte{
		"picture.csv":  []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
		"program.csv":  []byte("\x7fELF\x02\x01\x01\x00\x00"),
		"broken.zip":   []byte("PK\x03\x04 and nothing more"),
		"empty.csv":    {},
		"document.pdf": []byte("%PDF-1.7\n\x00\x01"),
	} {
		answer, page := s.sendFile(t, officer, name, content, "")
		if answer.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(page, `id="file-problem"`) {
			t.Errorf("%s: status %d, %v", name, answer.StatusCode, strings.Contains(page, `id="file-problem"`))
		}
	}
	if left, _ := os.ReadDir(s.rooms.Uploads); len(left) != 0 {
		t.Errorf("%d refused uploads are kept", len(left))
	}
}

func TestABombIsRefusedBeforeItIsUnpacked(t *testing.T) {
	s := newSite(t)
	officer := coordinator(t, s, "officer@example.org")
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range []string{"data/indicator_1-1-1.csv", "data/indicator_1-1-2.csv", "data/indicator_1-1-3.csv"} {
		f, _ := w.Create(name)
		zeros := make([]byte, 1<<20)
		for range 200 {
			_, _ = f.Write(zeros)
		}
	}
	_ = w.Close()
	started := time.Now()
	answer, page := s.sendFile(t, officer, "bomb.zip", b.Bytes(), "")
	if answer.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(page, "The ZIP file holds too much") {
		t.Errorf("%d bytes that unpack to 600 MB: status %d after %v", b.Len(), answer.StatusCode, time.Since(started))
	}
}

func TestAMappingWithAMistakeIsNamedAndNothingCanBeSaved(t *testing.T) {
	s := newSite(t)
	officer := coordinator(t, s, "officer@example.org")
	_, page := s.sendFile(t, officer, "new.csv", []byte(figures), "standard_indicator,source_indicator,select,transform,unit,fit,note\nXYZ.9.O9,LIV.5.O1,,value,%,exact,\n")
	if !strings.Contains(page, "mapping.csv:2") || uploadField.MatchString(page) {
		t.Errorf("the mistake is not named, or it can be saved: %s", page)
	}
}

func TestAnUploadIsForgottenAfterAnHour(t *testing.T) {
	s := newSite(t)
	officer := coordinator(t, s, "officer@example.org")
	_, page := s.sendFile(t, officer, "new.csv", []byte(figures), "")
	name := uploadField.FindStringSubmatch(page)[1]
	s.server.sweepUploads(time.Now().Add(30 * time.Minute))
	if left, _ := os.ReadDir(s.rooms.Uploads); len(left) != 1 {
		t.Errorf("after half an hour %d uploads are kept", len(left))
	}
	s.server.sweepUploads(time.Now().Add(61 * time.Minute))
	if answer := s.post(t, officer, "/en/desk/cities/example/statistics/save", url.Values{"upload": {name}}); answer.StatusCode != http.StatusGone {
		t.Errorf("after an hour it can be saved: status %d", answer.StatusCode)
	}
}

func FuzzUploadIsLookedAtWithoutHarm(f *testing.F) {
	f.Add([]byte(figures))
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte{0xFF, 0xFE, 'a', 0})
	f.Fuzz(func(t *testing.T, content []byte) {
		name := t.TempDir() + "/file"
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = file.Close() }()
		_, files, err := unpacked(file, "upload.csv")
		if err == nil && files == nil {
			t.Fatal("neither files nor an error")
		}
	})
}

func TestAWorkbookIsKnownByWhatItHoldsAndItsSheetCanBeNamed(t *testing.T) {
	s := newSite(t)
	officer := coordinator(t, s, "officer@example.org")
	book := excelize.NewFile()
	for cell, value := range map[string]any{"A1": "indicator", "B1": "year", "C1": "value", "A2": "LIV.5.O1", "B2": 2024, "C2": 8.4} {
		if err := book.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	data, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{"figures.xlsx": data.Bytes(), "figures": data.Bytes()} {
		answer, page := s.sendFile(t, officer, name, content, "")
		if answer.StatusCode != http.StatusOK || !strings.Contains(page, "Nothing has been saved yet") || uploadField.FindString(page) == "" {
			t.Errorf("%s: status %d: %s", name, answer.StatusCode, page)
		}
	}
	answer, page := s.sendFile(t, officer, "cut.xlsx", data.Bytes()[:data.Len()/2], "")
	if uploadField.FindString(page) != "" || answer.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a workbook that is cut off: status %d", answer.StatusCode)
	}
	if _, page := s.get(t, officer, "/en/desk/cities/example/statistics"); !strings.Contains(page, `name="sheet"`) {
		t.Error("the form does not ask for a sheet")
	}
}

func TestSDMXIsKnownByItsHeaderAndOtherPlacesAreListed(t *testing.T) {
	s := newSite(t)
	officer := coordinator(t, s, "officer@example.org")
	text := "DATAFLOW,indic_ur,cities,TIME_PERIOD,OBS_VALUE\nX:D(1.0),SH1,XA001C,2024,8.4\nX:D(1.0),SH1,XA009C,2024,9\nX:D(1.0),SH1,XA,2024,7\n"
	answer, page := s.sendFile(t, officer, "many.csv", []byte(text), "")
	if answer.StatusCode != http.StatusOK || !strings.Contains(page, "add 1 values") || uploadField.FindString(page) == "" {
		t.Fatalf("status %d: %s", answer.StatusCode, page)
	}
	for _, want := range []string{"Places that no figure was taken of", "XA009C", "country or group of countries"} {
		if !strings.Contains(page, want) {
			t.Errorf("the preview lacks %q", want)
		}
	}
	if _, page := s.sendFile(t, officer, "others.csv", []byte(strings.Replace(text, "XA001C", "XA002C", 1)), ""); uploadField.FindString(page) != "" || !strings.Contains(page, "none of the 3 places") {
		t.Error("a file without the city can be saved")
	}
}
