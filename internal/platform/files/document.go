package files

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Bounds of a document that is a ZIP file, beside Limits.
const (
	documentParts     = 5_000
	documentDirectory = 2 << 20  // bytes of its table of contents
	documentRatio     = 200      // how much larger it may be when it is unpacked
	documentSmall     = 10 << 20 // bytes, unpacked, below which the ratio does not count: a sheet of equal cells packs well
	partMost          = 4 << 20  // bytes of a part that is read here
)

// document tells which kind of document a ZIP file is. Every part is unpacked once and thrown away. Returns Invalid for archives that are no
// documents, and for documents that are damaged, locked or hold macros; TooMuch for what unpacks to more than the limits.
func document(file io.ReaderAt, size int64, name string, limits Limits) (Kind, error) {
	archive, err := openDocument(file, size, name)
	if err != nil {
		return Kind{}, err
	}
	if err := unpacks(archive, size, name, limits); err != nil {
		return Kind{}, err
	}
	parts := map[string]*zip.File{}
	for _, f := range archive.File {
		parts[strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))] = f
	}
	kind, macros, err := kindOfParts(parts)
	switch {
	case err != nil:
		return Kind{}, damaged(name, err)
	case macros || holdsMacros(parts):
		return Kind{}, fault.SaidOf("file", "error.file.macros",
			`"{Name}" holds macros, which are programs; save it without them (as DOCX, XLSX, ODT or ODS) or as PDF and send that`, "Name", name)
	case kind.Media == "":
		return Kind{}, fault.SaidOf("file", "error.file.archive", `"{Name}" is an archive of files; unpack it and send the files themselves`, "Name", name)
	case isLocked(parts):
		return Kind{}, locked(name)
	}
	return kind, nil
}

func damaged(name string, cause error) error {
	return fault.SaidOf("file", "error.file.damaged", `"{Name}" is damaged or cut off; open it, save it again and send that`, "Name", name).Because(cause)
}

func locked(name string) error {
	return fault.SaidOf("file", "error.file.locked", `"{Name}" is locked by a password; save it without one and send that`, "Name", name)
}

func bomb(name string) error {
	return fault.Said(fault.TooMuch, "error.file.bomb", `"{Name}" holds far more than its size says, as files made to fill a disk do; save its content anew, or as PDF`,
		"Name", name).At(fault.Place{Field: "file"})
}

// openDocument looks at the end of a ZIP file (APPNOTE.TXT 4.3.16) before its table of contents is read into memory.
func openDocument(file io.ReaderAt, size int64, name string) (*zip.Reader, error) {
	const record, comment = 22, 1<<16 - 1
	from := max(0, size-record-comment)
	tail := make([]byte, size-from)
	if _, err := file.ReadAt(tail, from); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	end := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if end < 0 || end+record > len(tail) {
		return nil, damaged(name, errors.New("it has no end"))
	}
	offset := int64(binary.LittleEndian.Uint32(tail[end+16:]))
	if from+int64(end)-offset > documentDirectory || binary.LittleEndian.Uint16(tail[end+10:]) > documentParts {
		return nil, bomb(name)
	}
	archive, err := zip.NewReader(file, size)
	if err != nil {
		return nil, damaged(name, err)
	}
	if len(archive.File) > documentParts {
		return nil, bomb(name)
	}
	return archive, nil
}

// unpacks reads every part to its end, so that neither its size nor its checksum is believed.
func unpacks(archive *zip.Reader, size int64, name string, limits Limits) error {
	const lockedFlag = 1 // general purpose bit 0 (APPNOTE.TXT 4.4.4)
	most := limits.Unpacked
	if most > documentSmall {
		most = min(most, max(documentSmall, size*documentRatio))
	}
	left := most
	seen := map[string]bool{}
	for _, f := range archive.File {
		switch key := strings.ToLower(f.Name); {
		case f.Flags&lockedFlag != 0:
			return locked(name)
		case seen[key]:
			return damaged(name, errors.New("it holds a part twice"))
		case f.UncompressedSize64 > uint64(left):
			return bomb(name)
		default:
			seen[key] = true
		}
		r, err := f.Open()
		if err != nil {
			return damaged(name, err)
		}
		n, err := io.Copy(io.Discard, io.LimitReader(r, left+1))
		_ = r.Close() // what it says, reading has said
		if left -= n; left < 0 {
			return bomb(name)
		}
		if err != nil {
			return damaged(name, err)
		}
	}
	return nil
}

// mainParts are the media types of the part that an Office Open XML document begins with (ECMA-376, 11.3, 12.3, 13.3).
var mainParts = map[string]Kind{
	DOCX.Media + ".main+xml":                              DOCX,
	XLSX.Media + ".main+xml":                              XLSX,
	PPTX.Media + ".main+xml":                              PPTX,
	officePrefix + "presentationml.slideshow.main+xml":    PPTX,
	officePrefix + "wordprocessingml.template.main+xml":   DOCX,
	officePrefix + "spreadsheetml.template.main+xml":      XLSX,
	officePrefix + "presentationml.template.main+xml":     PPTX,
	"application/vnd.ms-word.document.main+xml":           DOCX,
	"application/vnd.ms-excel.sheet.main+xml":             XLSX,
	"application/vnd.ms-powerpoint.presentation.main+xml": PPTX,
}

// kindOfParts reads what an archive says of itself: the list of media types of Office Open XML, or the part mimetype of OpenDocument. The Kind
// is empty where it says nothing of the kind.
func kindOfParts(parts map[string]*zip.File) (kind Kind, macros bool, err error) {
	if f := parts["mimetype"]; f != nil {
		said, err := readPart(f)
		for _, k := range []Kind{ODT, ODS, ODP} {
			if media := strings.TrimSpace(string(said)); media == k.Media || media == k.Media+"-template" {
				return k, false, err
			}
		}
		return Kind{}, false, err
	}
	f := parts["[content_types].xml"]
	if f == nil {
		return Kind{}, false, nil
	}
	data, err := readPart(f)
	if err != nil {
		return Kind{}, false, err
	}
	var types struct {
		Override []struct {
			ContentType string `xml:"ContentType,attr"`
		}
	}
	if err := xml.Unmarshal(data, &types); err != nil {
		return Kind{}, false, err
	}
	for _, o := range types.Override {
		if k, ok := mainParts[o.ContentType]; ok {
			kind = k
		}
		macros = macros || strings.Contains(strings.ToLower(o.ContentType), "macroenabled") || strings.Contains(o.ContentType, "vbaProject")
	}
	return kind, macros, nil
}

// holdsMacros tells whether a document holds programs: Visual Basic, sheets of Excel 4 macros, or the scripts of OpenDocument.
func holdsMacros(parts map[string]*zip.File) bool {
	for name := range parts {
		switch {
		case strings.HasPrefix(path.Base(name), "vbaproject"), strings.HasPrefix(name, "xl/macrosheets/"):
			return true
		case strings.HasPrefix(name, "basic/") && strings.HasSuffix(name, ".xml") && path.Base(name) != "script-lc.xml",
			strings.HasPrefix(name, "scripts/") && !strings.HasSuffix(name, "/"):
			return true
		}
	}
	return false
}

// isLocked tells whether an OpenDocument file is encrypted, part by part (OpenDocument 1.3, part 2, 3.4).
func isLocked(parts map[string]*zip.File) bool {
	f := parts["meta-inf/manifest.xml"]
	if f == nil {
		return false
	}
	data, err := readPart(f)
	return err == nil && bytes.Contains(data, []byte("encryption-data"))
}

// readPart reads a small part.
func readPart(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }() // what it says, reading has said
	data, err := io.ReadAll(io.LimitReader(r, partMost+1))
	if err == nil && len(data) > partMost {
		return nil, errors.New(f.Name + " is too large")
	}
	return data, err
}
