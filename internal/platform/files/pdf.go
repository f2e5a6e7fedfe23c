package files

import (
	"bytes"
	"compress/zlib"
	"errors"
	"html"
	"io"
	"regexp"
	"slices"
	"strconv"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// pdfTail is within how many of its last bytes a PDF must say that it ends (ISO 32000-1, annex H, note 18 to 3.4.4).
const pdfTail = 2048

// wholePDF returns Invalid where a PDF does not end as one.
func wholePDF(file io.ReaderAt, size int64, name string) error {
	tail := make([]byte, min(size, pdfTail))
	if _, err := file.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if !bytes.Contains(tail, []byte("%%EOF")) {
		return fault.SaidOf("file", "error.file.damaged", `"{Name}" is damaged or cut off; open it, save it again and send that`, "Name", name)
	}
	return nil
}

// Bounds of what is looked at to find what a PDF says of itself.
const (
	infosMost     = 4         // descriptions: each change of a PDF may add one
	infoLong      = 64 << 10  // bytes of one of these
	xmpLong       = 1 << 20   // bytes of a metadata stream
	objectsMost   = 2_000     // packed parts that are unpacked
	objectsPacked = 128 << 20 // bytes of these, unpacked
	streamPacked  = 16 << 20  // bytes of one of these
)

var (
	infoForm    = regexp.MustCompile(`/Info\s+(\d{1,10})\s+\d{1,5}\s+R`)
	encryptForm = regexp.MustCompile(`/Encrypt\s+\d{1,10}\s+\d{1,5}\s+R`)
	objectForm  = regexp.MustCompile(`^\s+\d{1,5}\s+obj\b`)
	packedForm  = regexp.MustCompile(`/Type\s*/ObjStm\b`)
	firstForm   = regexp.MustCompile(`/First\s+(\d{1,9})`)
	xmpForm     = regexp.MustCompile(`(?s)<(dc:creator|dc:title|dc:description|pdf:Author|pdf:Keywords)\b[^>]*>(.{0,1000}?)</(?:dc|pdf):`)
	tagForm     = regexp.MustCompile(`(?s)<[^>]*>`)
	pdfMarks    = []struct{ key, mark string }{{"Author", Author}, {"Company", Company}, {"Manager", Author}, {"Title", Title}, {"Subject", Subject}, {"Keywords", Keywords}}
	xmpMarks    = map[string]string{"dc:creator": Author, "pdf:Author": Author, "dc:title": Title, "dc:description": Subject, "pdf:Keywords": Keywords}
)

// marksOfPDF reads what a PDF says of itself: its information dictionary (ISO 32000-2, 14.3.3), in the open or in an object stream (7.5.7),
// and its metadata stream (14.3.2) where that is not compressed. Nothing is followed, drawn or run.
func marksOfPDF(data []byte) []Mark {
	var all marks
	if encryptForm.Match(data) {
		all = append(all, Mark{Name: Locked})
		return all
	}
	var wanted []string
	for _, m := range infoForm.FindAllSubmatch(data, marksMost) {
		if number := string(m[1]); !slices.Contains(wanted, number) && len(wanted) < infosMost {
			wanted = append(wanted, number)
		}
	}
	for _, number := range wanted {
		for _, object := range objectsOf(data, number) {
			all.addInfo(object)
		}
	}
	if len(wanted) > 0 {
		eachPacked(data, func(number string, object []byte) {
			if slices.Contains(wanted, number) {
				all.addInfo(object)
			}
		})
	}
	all.addXMP(data)
	return all
}

// objectsOf gives the objects of a number that stand in the open: several where a PDF was changed.
func objectsOf(data []byte, number string) (all [][]byte) {
	for at := 0; len(all) < marksMost; {
		next := bytes.Index(data[at:], []byte(number+" "))
		if next < 0 {
			return all
		}
		begin := at + next
		at = begin + len(number)
		if begin > 0 && data[begin-1] >= '0' && data[begin-1] <= '9' {
			continue // the end of a longer number
		}
		if head := objectForm.Find(data[at:min(len(data), at+40)]); head != nil {
			all = append(all, upTo(data[at+len(head):], "endobj", infoLong))
		}
	}
	return all
}

// addXMP adds what metadata streams say.
func (all *marks) addXMP(data []byte) {
	for range infosMost {
		at := bytes.Index(data, []byte("<x:xmpmeta"))
		if at < 0 {
			return
		}
		data = data[at:]
		for _, m := range xmpForm.FindAllSubmatch(upTo(data, "</x:xmpmeta>", xmpLong), marksMost) {
			all.add(xmpMarks[string(m[1])], html.UnescapeString(tagForm.ReplaceAllString(string(m[2]), " ")))
		}
		data = data[1:]
	}
}

// upTo gives what stands before an end, and no more than most bytes.
func upTo(data []byte, end string, most int) []byte {
	data = data[:min(len(data), most)]
	if at := bytes.Index(data, []byte(end)); at >= 0 {
		return data[:at]
	}
	return data
}

// addInfo adds what an information dictionary says.
func (all *marks) addInfo(dictionary []byte) {
	for _, m := range pdfMarks {
		key := []byte("/" + m.key)
		for rest := dictionary; ; {
			at := bytes.Index(rest, key)
			if at < 0 {
				break
			}
			rest = rest[at+len(key):]
			if value := bytes.TrimLeft(rest, "\x00\t\n\f\r "); len(value) > 0 && (value[0] == '(' || value[0] == '<') {
				all.add(m.mark, pdfString(value))
			}
		}
	}
}

// eachPacked hands over the objects that stand in object streams, each by its number.
func eachPacked(data []byte, object func(number string, body []byte)) {
	left := int64(objectsPacked)
	for _, at := range packedForm.FindAllIndex(data, objectsMost) {
		begin := bytes.Index(data[at[1]:min(len(data), at[1]+2048)], []byte("stream"))
		first := firstForm.FindSubmatch(data[max(0, at[0]-512):min(len(data), at[1]+512)])
		if begin < 0 || first == nil || left <= 0 {
			continue
		}
		stream := bytes.TrimLeft(data[at[1]+begin+len("stream"):], "\r\n")
		packed, err := zlib.NewReader(bytes.NewReader(stream))
		if err != nil {
			continue // packed otherwise, or not at all
		}
		body, _ := io.ReadAll(io.LimitReader(packed, min(left, streamPacked))) // what was read before an error is looked at
		left -= int64(len(body))
		offset, _ := strconv.Atoi(string(first[1]))
		if offset > len(body) {
			continue
		}
		eachObject(bytes.Fields(body[:offset]), body[offset:], object)
	}
}

// eachObject takes an object stream apart: pairs of number and place, then the objects.
func eachObject(pairs [][]byte, body []byte, object func(number string, body []byte)) {
	for i := 0; i+1 < len(pairs); i += 2 {
		from, err := strconv.Atoi(string(pairs[i+1]))
		if err != nil || from < 0 || from > len(body) {
			return
		}
		to := len(body)
		if i+3 < len(pairs) {
			if next, err := strconv.Atoi(string(pairs[i+3])); err == nil && next >= from && next <= len(body) {
				to = next
			}
		}
		object(string(pairs[i]), body[from:min(to, from+infoLong)])
	}
}
