package statistics

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// checkDirectory looks at the end of a ZIP file, before its table of contents is read into memory (APPNOTE.TXT 4.3.16). archive/zip finds the
// table by its size, tries its offset, in a ZIP64 file goes by other records, and reads on until an entry is none, whatever their number was
// said to be. So size and offset must both lead to the same table, which ends where the end begins, and nothing may lead elsewhere.
func checkDirectory(file io.ReaderAt, size int64) *fault.Error {
	const record, comment = 22, 1<<16 - 1
	from := max(0, size-record-comment)
	tail := make([]byte, size-from)
	if _, err := file.ReadAt(tail, from); err != nil && !errors.Is(err, io.EOF) {
		return unreadZIP().Because(err)
	}
	at := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if at < 0 || at+record > len(tail) {
		return fault.Said(fault.Invalid, "error.zip.cut", "the ZIP file has no end; is it cut off?")
	}
	entries := binary.LittleEndian.Uint16(tail[at+10:])
	length, offset := binary.LittleEndian.Uint32(tail[at+12:]), binary.LittleEndian.Uint32(tail[at+16:])
	elsewhere := entries == math.MaxUint16 || length == math.MaxUint32 || offset == math.MaxUint32 // what stands there is in a ZIP64 record
	switch {
	case elsewhere || hasLocator(tail[:at]):
		return fault.Said(fault.Invalid, "error.zip.zip64", "the ZIP file is in the form ZIP64; pack it in the usual form, or unpack it and give its folder")
	case entries > maxEntries:
		return tooManyFiles()
	case length > maxDirectory:
		return fault.Said(fault.TooMuch, "error.zip.contents", "the table of contents of the ZIP file is larger than {Most} MB", "Most", maxDirectory>>20)
	case from+int64(at)-int64(length) != int64(offset):
		return unreadZIP()
	}
	return nil
}

// hasLocator tells whether what stands before the end of a ZIP file leads to the end of a ZIP64 file (APPNOTE.TXT 4.3.15).
func hasLocator(before []byte) bool {
	const locator = 20
	return len(before) >= locator && bytes.HasPrefix(before[len(before)-locator:], []byte("PK\x06\x07"))
}

func unreadZIP() *fault.Error {
	return fault.Said(fault.Invalid, "error.zip.unread", "the ZIP file cannot be read; pack it again")
}

func tooManyFiles() *fault.Error {
	return fault.Said(fault.TooMuch, "error.zip.many", "the ZIP file holds more than {Most} files or folders", "Most", maxEntries)
}
