package files

import (
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Kind is a form of files that is kept.
type Kind struct {
	Name    string   // as people call it in every language
	Media   string   // its media type, without parameters
	Endings []string // of file names, the usual one first, with the dot
	Picture bool     // it is drawn anew, and a browser may show it
}

// The kinds that are kept.
var (
	PDF  = Kind{Name: "PDF", Media: "application/pdf", Endings: []string{".pdf"}}
	PNG  = Kind{Name: "PNG", Media: "image/png", Endings: []string{".png"}, Picture: true}
	JPEG = Kind{Name: "JPEG", Media: "image/jpeg", Endings: []string{".jpg", ".jpeg", ".jpe", ".jfif"}, Picture: true}
	GIF  = Kind{Name: "GIF", Media: "image/gif", Endings: []string{".gif"}, Picture: true}
	Text = Kind{Name: "TXT", Media: "text/plain", Endings: []string{".txt", ".text", ".md", ".log"}}
	CSV  = Kind{Name: "CSV", Media: "text/csv", Endings: []string{".csv", ".tsv", ".tab"}}
	DOCX = Kind{Name: "DOCX", Media: officePrefix + "wordprocessingml.document", Endings: []string{".docx"}}
	XLSX = Kind{Name: "XLSX", Media: officePrefix + "spreadsheetml.sheet", Endings: []string{".xlsx"}}
	PPTX = Kind{Name: "PPTX", Media: officePrefix + "presentationml.presentation", Endings: []string{".pptx"}}
	ODT  = Kind{Name: "ODT", Media: openPrefix + "text", Endings: []string{".odt"}}
	ODS  = Kind{Name: "ODS", Media: openPrefix + "spreadsheet", Endings: []string{".ods"}}
	ODP  = Kind{Name: "ODP", Media: openPrefix + "presentation", Endings: []string{".odp"}}
)

const (
	officePrefix = "application/vnd.openxmlformats-officedocument."
	openPrefix   = "application/vnd.oasis.opendocument."
)

// Kinds lists all kinds that are kept, in the order in which they are named to people.
var Kinds = []Kind{PDF, DOCX, ODT, XLSX, ODS, PPTX, ODP, CSV, Text, JPEG, PNG, GIF}

// KindOf gives the kind of a media type, whose parameters do not count; false where none has it.
func KindOf(media string) (Kind, bool) {
	media, _, _ = strings.Cut(media, ";")
	media = strings.TrimSpace(media)
	at := slices.IndexFunc(Kinds, func(k Kind) bool { return k.Media == media })
	if at < 0 {
		return Kind{}, false
	}
	return Kinds[at], true
}

// Endings lists the endings of all kinds, for the field in which a person chooses a file.
func Endings() (all []string) {
	for _, k := range Kinds {
		all = append(all, k.Endings...)
	}
	return all
}

// textual tells whether a kind is text without any form of its own, which may be called by the name of another such kind.
func (k Kind) textual() bool { return k.Media == Text.Media || k.Media == CSV.Media }

// agrees returns Invalid where the ending of a name says that the file is of another kind than it is. A name without an ending, or with one
// that nobody knows, says nothing.
func agrees(name string, is Kind) error {
	ending := strings.ToLower(path.Ext(name))
	for _, says := range Kinds {
		if !slices.Contains(says.Endings, ending) || says.Media == is.Media || says.textual() && is.textual() {
			continue
		}
		return fault.SaidOf("file", "error.file.lies", `"{Name}" is {Is}, and its name says {Says}; give it the right name, or send the file that you meant`,
			"Name", name, "Is", is.Name, "Says", says.Name)
	}
	return nil
}

// longestName is how many characters a file's name may have.
const longestName = 120

// cleanName gives the last part of a name as the person knows it, without what cannot be seen or would turn the direction of what follows,
// and with an ending of its kind.
func cleanName(name string, k Kind) string {
	name = strings.TrimSpace(LastName(name))
	ending := path.Ext(name)
	if slices.Contains(k.Endings, strings.ToLower(ending)) {
		name = strings.TrimSuffix(name, ending)
	} else {
		ending = k.Endings[0]
	}
	if name = strings.Trim(name, ". "); name == "" {
		name = "file"
	}
	for utf8.RuneCountInString(name) > longestName-len(ending) {
		_, size := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-size]
	}
	return name + strings.ToLower(ending)
}

// LastName gives what comes last in a path of whatever system, without control characters and marks of direction.
func LastName(name string) string {
	name = strings.ToValidUTF8(name, "")
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, name)
}
