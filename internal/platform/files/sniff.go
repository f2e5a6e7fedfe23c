package files

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// found is what a file turned out to be.
type found struct {
	Kind
	charset string // of text: a name of the IANA registry; empty for others
}

// media is the media type with what a browser needs to show text as it was meant.
func (f found) media() string {
	if f.charset == "" {
		return f.Media
	}
	return f.Media + "; charset=" + f.charset
}

// headSize is how much of a file's beginning tells what it is.
const headSize = 4096

// recognise tells what a file is, by its content. name is how the person calls it, for messages only. Returns Invalid where it is of no kind
// that is kept, or harmful; TooMuch where it is beyond the limits.
func recognise(file io.ReaderAt, size int64, name string, limits Limits) (found, error) {
	head := make([]byte, headSize)
	n, err := file.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return found{}, err
	}
	head = head[:n]
	switch {
	case len(head) == 0:
		return found{}, fault.SaidOf("file", "error.file.empty", `"{Name}" is empty; choose the file once more`, "Name", name)
	case bytes.HasPrefix(head, []byte("%PDF-")):
		return found{Kind: PDF}, wholePDF(file, size, name)
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")):
		return found{Kind: PNG}, nil
	case bytes.HasPrefix(head, []byte("\xff\xd8\xff")):
		return found{Kind: JPEG}, nil
	case bytes.HasPrefix(head, []byte("GIF87a")), bytes.HasPrefix(head, []byte("GIF89a")):
		return found{Kind: GIF}, nil
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		kind, err := document(file, size, name, limits)
		return found{Kind: kind}, err
	}
	if err := unwanted(head, name); err != nil {
		return found{}, err
	}
	return text(file, size, name)
}

// signature is a beginning by which a form of files is known (WHATWG MIME Sniffing, and file(1)).
type signature struct {
	at    int
	magic string
}

var (
	programs = []signature{{0, "MZ"}, {0, "\x7fELF"}, {0, "#!"}, {0, "\xca\xfe\xba\xbe"}, {0, "\xcf\xfa\xed\xfe"}, {0, "\xce\xfa\xed\xfe"}, {0, "\x00asm"}, {0, "L\x00\x00\x00\x01\x14\x02\x00"}}
	archives = []signature{{0, "\x1f\x8b"}, {0, "7z\xbc\xaf\x27\x1c"}, {0, "Rar!\x1a\x07"}, {0, "BZh"}, {0, "\xfd7zXZ\x00"}, {0, "\x28\xb5\x2f\xfd"}, {257, "ustar"}}
	recorded = []signature{{0, "ID3"}, {0, "\xff\xfb"}, {0, "\xff\xf3"}, {0, "\xff\xf1"}, {0, "OggS"}, {0, "fLaC"}, {8, "WAVE"}, {8, "AVI "}, {0, "\x1aE\xdf\xa3"}, {4, "ftyp"}, {0, "\x00\x00\x01\xba"}}
	pictures = []signature{{8, "WEBP"}, {4, "ftypheic"}, {4, "ftypheix"}, {4, "ftypmif1"}, {4, "ftypavif"}, {0, "II*\x00"}, {0, "MM\x00*"}, {0, "BM"}, {0, "\x00\x00\x01\x00"}, {0, "8BPS"}, {0, "\xff\x0a"}, {0, "\x00\x00\x00\x0cJXL "}}
)

func known(head []byte, by []signature) bool {
	for _, s := range by {
		if len(head) >= s.at+len(s.magic) && string(head[s.at:s.at+len(s.magic)]) == s.magic {
			return true
		}
	}
	return false
}

// unwanted names what people send and is not kept, and what to send instead; nil where the beginning is none of these. BM and MZ also begin
// words, so a text that happens to begin with them is looked at as one.
func unwanted(head []byte, name string) error {
	if plainText(head) && !known(head, []signature{{0, "#!"}}) {
		return markup(head, name)
	}
	switch {
	case known(head, programs):
		return fault.SaidOf("file", "error.file.program", `"{Name}" is a program, and programs are not kept`, "Name", name)
	case known(head, pictures):
		return fault.SaidOf("file", "error.file.picture", `"{Name}" is a picture of a form that is not kept; save it as JPEG or PNG and send that`, "Name", name)
	case known(head, recorded):
		return fault.SaidOf("file", "error.file.recording", `"{Name}" is a sound or a film, which are not kept; put it where it can be watched and give the link`, "Name", name)
	case known(head, archives):
		return fault.SaidOf("file", "error.file.archive", `"{Name}" is an archive of files; unpack it and send the files themselves`, "Name", name)
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return fault.SaidOf("file", "error.file.old_office",
			`"{Name}" is of an old office program, or locked by a password; save it as PDF, DOCX or XLSX without a password and send that`, "Name", name)
	}
	return nil
}

// markup refuses what a browser would run or draw, and RTF, which is no plain text either.
func markup(head []byte, name string) error {
	lower := strings.ToLower(string(bytes.TrimLeft(head[:min(len(head), 1024)], " \t\r\n\f\xef\xbb\xbf")))
	switch {
	case strings.HasPrefix(lower, "<!doctype html"), strings.HasPrefix(lower, "<html"), strings.HasPrefix(lower, "<head"), strings.HasPrefix(lower, "<body"),
		strings.HasPrefix(lower, "<script"), strings.HasPrefix(lower, "<!--"), strings.HasPrefix(lower, "mime-version:"):
		return fault.SaidOf("file", "error.file.web_page", `"{Name}" is a web page; give its address as a link, or print it as PDF and send that`, "Name", name)
	case strings.HasPrefix(lower, "<?xml"), strings.HasPrefix(lower, "<svg"), strings.HasPrefix(lower, "<!doctype"):
		return fault.SaidOf("file", "error.file.drawing", `"{Name}" is a drawing or data in XML; save it as PDF or PNG and send that`, "Name", name)
	case strings.HasPrefix(lower, `{\rtf`):
		return fault.SaidOf("file", "error.file.rtf", `"{Name}" is a document of the form RTF; save it as DOCX, ODT or PDF and send that`, "Name", name)
	}
	return nil
}
