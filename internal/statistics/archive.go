package statistics

import (
	"archive/zip"
	"cmp"
	"io"
	"io/fs"
	"path"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

const (
	// MaxArchive is how many bytes a ZIP file may have, MaxTable how many a table, in a ZIP file or not.
	MaxArchive   = 64 << 20
	MaxTable     = 32 << 20
	maxUnpacked  = 512 << 20 // bytes of its files as its table of contents declares them; each file has its own limit when it is read
	maxEntries   = 20_000
	maxDirectory = 4 << 20 // bytes of its table of contents, which is read into memory
)

// OpenArchive looks into a ZIP file, which must stay open as long as its files are read: the folder in which the data begin, in the form
// that is wanted. An empty one asks which it is: an Open SDG folder where there is a folder of data, else tables. Nothing is unpacked.
//
// Returns Invalid where it is no ZIP file, is cut off, damaged or locked, is a ZIP64 file, or has a file whose path leads out of it or that is
// a link; TooMuch where it, its table of contents, or what it declares to hold, is beyond the limits. The place is the name.
func OpenArchive(file io.ReaderAt, size int64, name string, wanted Format) (Format, fs.FS, error) {
	archive, refused := openArchive(file, size)
	if refused != nil {
		return "", nil, refused.At(fault.Place{File: name})
	}
	root, format := findFolder(archive, wanted)
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
		return nil, unreadZIP().Because(err)
	}
	if len(archive.File) > maxEntries { // the end of the file tells their number modulo 65,536, if it tells the truth
		return nil, tooManyFiles()
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
	if refused := checkFolders(archive.File); refused != nil {
		return nil, refused
	}
	return archive, nil
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

// checkFolders counts the folders that the paths of files imply: archive/zip lists each of them, and one path may imply 32,000.
func checkFolders(files []*zip.File) *fault.Error {
	seen := map[string]bool{}
	for _, f := range files {
		folder := f.Name
		for at := strings.LastIndexByte(folder, '/'); at > 0; at = strings.LastIndexByte(folder, '/') {
			folder = folder[:at]
			if seen[folder] {
				break
			}
			if seen[folder] = true; len(seen) > maxEntries {
				return tooManyFiles()
			}
		}
	}
	return nil
}

// findFolder finds where in a ZIP file the data begin. Tables begin at its top. People pack an Open SDG folder with or without the folders
// above it, so it begins above that folder of data which has the fewest folders over it.
func findFolder(archive *zip.Reader, wanted Format) (root string, format Format) {
	root, format = ".", cmp.Or(wanted, TidyCSV)
	if wanted == TidyCSV {
		return root, format
	}
	least := -1
	for _, f := range archive.File {
		folder := path.Dir(path.Clean(f.Name))
		above := strings.Count(folder, "/")
		if path.Base(folder) == "data" && path.Ext(f.Name) == ".csv" && (least < 0 || above < least) {
			root, format, least = path.Dir(folder), OpenSDG, above
		}
	}
	return root, format
}
