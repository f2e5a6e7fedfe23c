package files

import (
	"bufio"
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func reader(data []byte) *bufio.Reader { return bufio.NewReader(bytes.NewReader(data)) }

func TestADocumentSaysWhoMadeIt(t *testing.T) {
	s := New(t.TempDir(), small)
	xmp := "<x:xmpmeta><rdf:RDF><dc:creator><rdf:Seq><rdf:li>Ana P&#233;rez</rdf:li></rdf:Seq></dc:creator><dc:title><rdf:Alt><rdf:li xml:lang=\"x\">Plan</rdf:li></rdf:Alt></dc:title></rdf:RDF></x:xmpmeta>"
	for _, c := range []struct {
		what string
		data []byte
		want []Mark
	}{
		{"a PDF", portable(`/Author (Ana \(B.\) P\351rez) /Title <FEFF0050006C0061006E> /Company (City\
 of Aldea) /Producer (x)`), []Mark{{Author, "Ana (B.) Pérez"}, {Company, "City of Aldea"}, {Title, "Plan"}}},
		{"a PDF that packs it", packed("/Author (Ana)/Keywords (rent, \\nhousing)"), []Mark{{Author, "Ana"}, {Keywords, "rent, housing"}}},
		{"a PDF with metadata", append(portable(""), xmp+"%%EOF"...), []Mark{{Author, "Ana Pérez"}, {Title, "Plan"}}},
		{"a PDF in Unicode", portable("/Author (\xef\xbb\xbfAnaïs)"), []Mark{{Author, "Anaïs"}}},
		{"a PDF that is encrypted", append(portable("/Author (x)"), "/Encrypt 7 0 R %%EOF"...), []Mark{{Name: Locked}}},
		{"a PDF that says nothing", portable("/Author () /Title"), nil},
		{"an office document", office(t, docx), []Mark{{Company, "City of Aldea"}, {Author, "Ana Perez"}, {Editor, "Ben Okri"}, {Title, "Housing & rents"}}},
		{"an open document", open(t, ODT.Media), []Mark{{Author, "Ana Perez"}, {Editor, "Ben Okri"}, {Title, "Rents"}}},
		{"a document whose properties are damaged", open(t, ODT.Media, "meta.xml", "<a><b>"), nil},
		{"a text", []byte("/Author (Ana)"), nil},
	} {
		kept, err := keep(t, s, "file", c.data)
		if err != nil {
			t.Errorf("%s: %v", c.what, err)
			continue
		}
		got, err := s.Marks(kept.Hash, kept.Media)
		if err != nil {
			t.Errorf("%s: %v", c.what, err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.what, diff)
		}
	}
}
