package statistics

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"path"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

const (
	// MaxArchive is how many bytes a ZIP file may have.
	MaxArchive  = 64 << 20
	maxUnpacked = 512 << 20 // bytes of its files as its directory declares them; each file has its own limit when it is read
	maxEntries  = 20_000
)

// OpenArchive looks into a ZIP file, which must stay open as long as its files are read: the folder in which the data begin, and whether
// that is an Open SDG folder or one of tables. Nothing is unpacked.
//
// Returns Invalid where it is no ZIP file, is cut off or locked, or has a file whose path leads out of it or that is a link; TooMuch where
// it, or what it declares to hold, is beyond the limits. The place is the name.
func OpenArchive(file io.ReaderAt, size int64, name string) (Format, fs.FS, error) {
	archive, refused := openArchive(file, size)
	if refused != nil {
		return "", nil, refused.At(fault.Place{File: name})
	}
	root, format := findFolder(archive)
	inside, err := fs.Sub(archive, root)
	return format, inside, err
}

func openArchive(file io.ReaderAt, size int64) (*zip.Reader, *fault.Error) {
	if size > MaxArchive {
		return nil, fault.Said(fault.TooMuch, "error.zip.large", "the ZIP file is larger than {Most} MB; unpack it and give its folder", "Most", MaxArchive>>20)
	}
	if refused := checkDirectory(file, size); refused != nil {
		return nil, refused
	}
	archive, err := zip.NewReader(file, size)
	if err != nil {
		return nil, fault.Said(fault.Invalid, "error.zip.unread", "the ZIP file cannot be read; pack it again").Because(err)
	}
	total := uint64(0)
	for _, f := range archive.File {
		total += min(f.UncompressedSize64, maxUnpacked+1)
		if total > maxUnpacked {
			return nil, fault.Said(fault.TooMuch, "error.zip.much", "the ZIP file holds more than {Most} MB when it is unpacked", "Most", maxUnpacked>>20)
		}
		if refused := checkEntry(f); refused != nil {
			return nil, refused
		}
	}
	return archive, nil
}

// checkDirectory looks at the end of a ZIP file, before anything is read into memory: how large its table of contents is (APPNOTE.TXT 4.3.16).
// A ZIP64 file, which has its sizes elsewhere, is larger than an archive may be.
func checkDirectory(file io.ReaderAt, size int64) *fault.Error {
	const record, comment, maxDirectory = 22, 1<<16 - 1, 4 << 20
	from := max(0, size-record-comment)
	tail := make([]byte, size-from)
	if _, err := file.ReadAt(tail, from); err != nil && !errors.Is(err, io.EOF) {
		return fault.Said(fault.Invalid, "error.zip.unread", "the ZIP file cannot be read").Because(err)
	}
	at := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if at < 0 || at+record > len(tail) {
		return fault.Said(fault.Invalid, "error.zip.cut", "the ZIP file has no end; is it cut off?")
	}
	offset := int64(binary.LittleEndian.Uint32(tail[at+16:]))
	if from+int64(at)-offset > maxDirectory || binary.LittleEndian.Uint16(tail[at+10:]) > maxEntries {
		return fault.Said(fault.TooMuch, "error.zip.many", "the ZIP file holds more than {Most} files", "Most", maxEntries)
	}
	return nil
}

// checkEntry refuses what an honest archive of a folder does not hold, whether or not it would be read.
func checkEntry(f *zip.File) *fault.Error {
	const locked = 1 // general purpose bit 0 (APPNOTE.TXT 4.4.4)
	switch name := path.Clean(f.Name); {
	case path.IsAbs(f.Name), !fs.ValidPath(name):
		return fault.Said(fault.Invalid, "error.zip.path", "the path “{Path}” leads out of the ZIP file", "Path", shorten(f.Name))
	case f.Mode()&fs.ModeSymlink != 0:
		return fault.Said(fault.Invalid, "error.zip.link", "“{Path}” in the ZIP file is a link; pack the file itself", "Path", shorten(f.Name))
	case f.Flags&locked != 0:
		return fault.Said(fault.Invalid, "error.zip.locked", "the ZIP file is locked by a password; pack it without one")
	}
	return nil
}

// findFolder finds where in a ZIP file the folder begins: people pack it with or without the folder above it.
func findFolder(archive *zip.Reader) (root string, format Format) {
	root, format = ".", TidyCSV
	depth := 1 << 30
	for _, f := range archive.File {
		folder := path.Dir(path.Clean(f.Name))
		if path.Base(folder) == "data" && path.Ext(f.Name) == ".csv" && len(folder) < depth && fs.ValidPath(folder) {
			root, format, depth = path.Dir(folder), OpenSDG, len(folder)
		}
	}
	return root, format
}
