package sheet

import (
	"archive/zip"
	"bytes"
	endian "encoding/binary"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

const (
	workbookPart  = "xl/workbook.xml"
	relationsPart = "xl/_rels/workbook.xml.rels"
)

// inspect unpacks every part of a workbook without keeping it, and reads of its sheets what the library does not tell.
func inspect(data []byte, name string) ([]*part, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		return nil, at(fault.Invalid, name, 0, "this is an old Excel file, or one that is locked by a password: save it as an Excel workbook (.xlsx) without one")
	case !bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return nil, at(fault.Invalid, name, 0, "this is not an Excel workbook (.xlsx), whatever its name says")
	}
	file := bytes.NewReader(data)
	if err := checkEnd(file, int64(len(data)), name); err != nil {
		return nil, err
	}
	archive, err := zip.NewReader(file, int64(len(data)))
	if err != nil {
		return nil, damaged(name, err)
	}
	files, err := checkParts(archive, name)
	if err != nil {
		return nil, err
	}
	sheets, err := listSheets(files, name)
	if err != nil {
		return nil, err
	}
	left := int64(workbookUnpacked)
	for key, f := range files {
		reader := &bounded{left: &left}
		err := unpack(f, reader, sheets[key])
		if errors.Is(err, errUnpacked) {
			return nil, at(fault.TooMuch, name, 0, "the workbook holds more than %d MB when it is unpacked", workbookUnpacked>>20)
		}
		if err != nil {
			return nil, damaged(name, err)
		}
	}
	return order(sheets), nil
}

// checkEnd looks at the end of the ZIP file before anything is read into memory (APPNOTE.TXT 4.3.16): a table of contents that is larger than
// an honest workbook's is refused.
func checkEnd(file io.ReaderAt, size int64, name string) error {
	const record, comment, maxDirectory = 22, 1<<16 - 1, 1 << 20
	from := max(0, size-record-comment)
	tail := make([]byte, size-from)
	if _, err := file.ReadAt(tail, from); err != nil && !errors.Is(err, io.EOF) {
		return damaged(name, err)
	}
	end := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if end < 0 || end+record > len(tail) {
		return at(fault.Invalid, name, 0, "the workbook has no end: it is cut off")
	}
	offset := int64(endian.LittleEndian.Uint32(tail[end+16:]))
	if from+int64(end)-offset > maxDirectory || endian.LittleEndian.Uint16(tail[end+10:]) > workbookParts {
		return at(fault.TooMuch, name, 0, "the workbook has more than %d parts", workbookParts)
	}
	return nil
}

// checkParts lists the parts by their names in lower case, and refuses what they declare.
func checkParts(archive *zip.Reader, name string) (map[string]*zip.File, error) {
	const locked = 1 // general purpose bit 0 (APPNOTE.TXT 4.4.4)
	files := map[string]*zip.File{}
	declared := uint64(0)
	for _, f := range archive.File {
		if declared += min(f.UncompressedSize64, workbookUnpacked+1); declared > workbookUnpacked {
			return nil, at(fault.TooMuch, name, 0, "the workbook holds more than %d MB when it is unpacked", workbookUnpacked>>20)
		}
		if f.Flags&locked != 0 {
			return nil, at(fault.Invalid, name, 0, "the workbook is locked by a password; save it without one")
		}
		key := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))
		if files[key] != nil {
			return nil, at(fault.Invalid, name, 0, "the workbook holds “%s” twice: it is damaged", f.Name)
		}
		files[key] = f
	}
	if files[workbookPart] == nil {
		return nil, at(fault.Invalid, name, 0, "this is a ZIP file and not an Excel workbook (.xlsx)")
	}
	return files, nil
}

// listSheets finds the part of each sheet; worksheets only, not charts or macros.
func listSheets(files map[string]*zip.File, name string) (map[string]*part, error) {
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
			Any  string `xml:"http://purl.oclc.org/ooxml/officeDocument/relationships id,attr"` // ISO/IEC 29500 strict
		} `xml:"sheets>sheet"`
	}
	var relations struct {
		List []struct {
			ID     string `xml:"Id,attr"`
			Type   string `xml:"Type,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	for part, into := range map[string]any{workbookPart: &book, relationsPart: &relations} {
		if files[part] == nil {
			return nil, at(fault.Invalid, name, 0, "the workbook lacks its part %s: it is damaged", part)
		}
		if err := decodePart(files[part], into); err != nil {
			return nil, damaged(name, err)
		}
	}
	targets := map[string]string{}
	for _, r := range relations.List {
		if strings.HasSuffix(r.Type, "/worksheet") {
			target := strings.ReplaceAll(r.Target, `\`, "/")
			if !strings.HasPrefix(target, "/") {
				target = "/xl/" + target
			}
			targets[r.ID] = strings.ToLower(strings.TrimPrefix(path.Clean(target), "/"))
		}
	}
	sheets := map[string]*part{}
	for i, s := range book.Sheets {
		if target := targets[s.ID+s.Any]; target != "" {
			sheets[target] = &part{name: s.Name, place: i}
		}
	}
	return sheets, nil
}

// decodePart reads a small part of the workbook as XML. The decoder fetches nothing and knows no entities but XML's own.
func decodePart(f *zip.File, into any) (err error) {
	const most = 4 << 20
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	return xml.NewDecoder(io.LimitReader(r, most)).Decode(into)
}

// unpack reads a part to its end; that of a sheet is looked at on the way.
func unpack(f *zip.File, reader *bounded, sheet *part) (err error) {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	reader.Reader = r
	if sheet != nil {
		if err := sheet.scan(reader); err != nil {
			return err
		}
	}
	_, err = io.Copy(io.Discard, reader)
	return err
}

var errUnpacked = errors.New("too much is unpacked")

// bounded counts what is really unpacked, which can be more than the archive declares.
type bounded struct {
	io.Reader
	left *int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if *b.left -= int64(n); *b.left < 0 {
		return 0, errUnpacked
	}
	return n, err
}
