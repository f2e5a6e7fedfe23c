package statistics

import (
	"bytes"
	"encoding/binary"
	"math"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// ending is what the end of a ZIP file says of its table of contents.
type ending struct {
	entries      uint16
	size, offset uint32
}

// forged makes a ZIP file that is a table of contents of so many entries and an end, which change makes tell lies.
func forged(entries int, zip64 bool, change func(*ending)) []byte {
	little := binary.LittleEndian
	entry := make([]byte, 47) // APPNOTE.TXT 4.3.12, of a file “a”
	copy(entry, "PK\x01\x02")
	entry[28], entry[46] = 1, 'a'
	content := bytes.Repeat(entry, entries)
	size := len(content)
	if zip64 {
		record := append([]byte("PK\x06\x06"), make([]byte, 52)...) // 4.3.14
		little.PutUint64(record[24:], uint64(entries))
		little.PutUint64(record[32:], uint64(entries))
		little.PutUint64(record[40:], uint64(size))
		locator := append([]byte("PK\x06\x07"), make([]byte, 16)...) // 4.3.15
		little.PutUint64(locator[8:], uint64(size))
		little.PutUint32(locator[16:], 1)
		content = append(append(content, record...), locator...)
	}
	e := ending{entries: uint16(entries), size: uint32(size)} // modulo 65,536
	change(&e)
	end := append([]byte("PK\x05\x06"), make([]byte, 18)...) // 4.3.16
	little.PutUint16(end[8:], e.entries)
	little.PutUint16(end[10:], e.entries)
	little.PutUint32(end[12:], e.size)
	little.PutUint32(end[16:], e.offset)
	return append(content, end...)
}

func TestAnArchiveWhoseEndLiesIsRefused(t *testing.T) {
	const wrapped = 1<<16 + 1 // entries, of which the end tells 1
	honest := func(*ending) {}
	for name, c := range map[string]struct {
		content []byte
		kind    fault.Kind
		says    string
	}{
		"about nothing, in a file of too many files":    {forged(wrapped, false, honest), fault.TooMuch, "more than 20000 files"},
		"about nothing, in a table beyond the limit":    {forged(2*wrapped-1, false, honest), fault.TooMuch, "table of contents of the ZIP file is larger than 4 MB"},
		"about where a large table begins":              {forged(2*wrapped-1, false, func(e *ending) { e.offset = e.size - 47 }), fault.TooMuch, "larger than 4 MB"},
		"about where a small table begins":              {forged(3, false, func(e *ending) { e.offset = 47 }), fault.Invalid, "cannot be read"},
		"about the length of its table":                 {forged(wrapped, false, func(e *ending) { e.size = 47 }), fault.Invalid, "cannot be read"},
		"about both, as if a program stood before":      {forged(wrapped, false, func(e *ending) { e.size, e.offset = 47, 47 }), fault.Invalid, "cannot be read"},
		"and leads to a ZIP64 record by its offset":     {forged(wrapped, true, func(e *ending) { e.offset = math.MaxUint32 }), fault.Invalid, "form ZIP64"},
		"and leads to a ZIP64 record by its length":     {forged(wrapped, true, func(e *ending) { e.size = math.MaxUint16 }), fault.Invalid, "form ZIP64"},
		"and leads to a ZIP64 record by its number":     {forged(wrapped, true, func(e *ending) { e.entries = math.MaxUint16 }), fault.Invalid, "form ZIP64"},
		"and has a ZIP64 record that is not led to":     {forged(1, true, honest), fault.Invalid, "form ZIP64"},
		"and leads to a ZIP64 record that is not there": {forged(1, false, func(e *ending) { e.size = math.MaxUint32 }), fault.Invalid, "form ZIP64"},
	} {
		_, _, err := OpenArchive(bytes.NewReader(c.content), int64(len(c.content)), "a.zip", "")
		if fault.KindOf(err) != c.kind || !strings.Contains(err.Error(), c.says) || !strings.HasPrefix(err.Error(), "a.zip: ") {
			t.Errorf("an end that lies %s: %v", name, err)
		}
	}
	content := forged(1, false, honest)
	if _, _, err := OpenArchive(bytes.NewReader(content), int64(len(content)), "a.zip", ""); err != nil {
		t.Errorf("an end that tells the truth: %v", err)
	}
}
