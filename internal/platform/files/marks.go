package files

import (
	"archive/zip"
	"encoding/xml"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Mark is something that a document says of itself beside its content, and that goes out with it.
type Mark struct {
	Name  string // one of Marked
	Value string // empty for Locked
}

// Marked are the names of marks. Author and the three behind it may name a person.
const (
	Author   = "author"
	Editor   = "editor" // who saved it last
	Company  = "company"
	Keywords = "keywords"
	Title    = "title"
	Subject  = "subject"
	Locked   = "locked" // what it says of itself is encrypted and cannot be read here
)

// MarkNames lists all names of marks.
var MarkNames = []string{Author, Editor, Company, Title, Subject, Keywords, Locked}

const (
	markMost  = 300 // characters of a value that are shown
	marksMost = 40  // marks of one file
)

// Marks gives what a file says of itself. A picture says nothing, since it was drawn anew, nor does plain text. A document that cannot be
// taken apart says nothing either: whoever asks must not tell people that a document without marks names nobody.
func (s *Store) Marks(hash, media string) ([]Mark, error) {
	k, known := KindOf(media)
	if !known || k.Picture || k.textual() {
		return nil, nil
	}
	f, err := s.Open(hash)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // was only read
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	s.turn <- struct{}{} // as Keep, this may take as much memory as the file is large
	defer func() { <-s.turn }()
	if k.Media == PDF.Media {
		data := make([]byte, info.Size())
		if _, err := io.ReadFull(f, data); err != nil {
			return nil, err
		}
		return marksOfPDF(data), nil
	}
	archive, err := zip.NewReader(f, info.Size())
	if err != nil {
		return nil, fault.Said(fault.Invalid, "error.file.changed", "this file is not what it was when it was kept").Because(err)
	}
	return marksOfDocument(archive), nil
}

// marks collects marks, each once.
type marks []Mark

func (all *marks) add(name, value string) {
	value = strings.Join(strings.FieldsFunc(value, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
	}), " ")
	if runes := []rune(value); len(runes) > markMost {
		value = string(runes[:markMost]) + "…"
	}
	one := Mark{name, value}
	if value != "" && len(*all) < marksMost && !slices.Contains(*all, one) {
		*all = append(*all, one)
	}
}

// marksOfDocument reads the properties of Office Open XML (ECMA-376, part 2, 11; part 1, 15.2.12) and of OpenDocument (part 3, 4.3).
func marksOfDocument(archive *zip.Reader) (all marks) {
	for _, f := range archive.File {
		var said struct {
			Creator        []string `xml:"creator"`
			InitialCreator string   `xml:"initial-creator"`
			LastModifiedBy string   `xml:"lastModifiedBy"`
			Title          string   `xml:"title"`
			Subject        string   `xml:"subject"`
			OfficeKeywords string   `xml:"keywords"`
			OpenKeywords   []string `xml:"keyword"`
			Company        string   `xml:"Company"`
			Manager        string   `xml:"Manager"`
		}
		var into any = &said
		open := false
		switch strings.ToLower(f.Name) {
		case "docprops/core.xml", "docprops/app.xml":
		case "meta.xml":
			open = true
			into = &struct {
				Meta any `xml:"meta"`
			}{&said}
		default:
			continue
		}
		data, err := readPart(f)
		if err != nil || xml.Unmarshal(data, into) != nil {
			continue
		}
		all.add(Author, said.InitialCreator)
		for _, creator := range said.Creator {
			if open { // there it is who saved the document last
				all.add(Editor, creator)
			} else {
				all.add(Author, creator)
			}
		}
		all.add(Author, said.Manager)
		all.add(Editor, said.LastModifiedBy)
		all.add(Company, said.Company)
		all.add(Title, said.Title)
		all.add(Subject, said.Subject)
		all.add(Keywords, said.OfficeKeywords)
		all.add(Keywords, strings.Join(said.OpenKeywords, ", "))
	}
	return all
}
