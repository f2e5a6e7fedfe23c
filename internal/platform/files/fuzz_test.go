package files

import (
	"bytes"
	"context"
	"testing"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Whatever is sent is kept as one of the kinds, or refused by a fault that a person can be shown.
func FuzzKeep(f *testing.F) {
	f.Add("a.jpg", photograph(f, scene(8, 6), 6))
	f.Add("a.png", pngOf(f, scene(8, 6), map[string][]byte{"eXIf": exif(3)}))
	f.Add("a.gif", gifOf(f, 2, scene(8, 6)))
	f.Add("a.pdf", portable("/Author (x)"))
	f.Add("a.pdf", packed("/Author (x)"))
	f.Add("a.docx", office(f, docx))
	f.Add("a.ods", open(f, ODS.Media))
	f.Add("a.csv", []byte("a,b\n1,2\n"))
	f.Add("a", []byte("\xff\xfea\x00"))
	s := New(f.TempDir(), Limits{Bytes: 1 << 16, Pixels: 10_000, Unpacked: 1 << 18})
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		kept, err := s.Keep(context.Background(), name, bytes.NewReader(data))
		if err != nil {
			if k := fault.KindOf(err); k != fault.Invalid && k != fault.TooMuch {
				t.Fatalf("refused by %v", err)
			}
			return
		}
		k, known := KindOf(kept.Media)
		if !known || agrees(kept.Name, k) != nil || kept.Name != LastName(kept.Name) {
			t.Fatalf("kept as %+v", kept)
		}
		clean := content(t, s, kept.Hash)
		if !k.Picture && !bytes.Equal(clean, data) {
			t.Fatal("a document is not kept as it was sent")
		}
		if _, err := s.Marks(kept.Hash, kept.Media); err != nil {
			t.Fatalf("its marks: %v", err)
		}
		if k.Picture { // what was drawn anew is a picture of the same kind, and carries no orientation
			again, err := s.Keep(context.Background(), kept.Name, bytes.NewReader(clean))
			if err != nil || again.Media != kept.Media || orientation(bytes.NewReader(clean), k) != 1 {
				t.Fatalf("drawn anew it is %+v: %v", again, err)
			}
		}
	})
}

func FuzzOrientation(f *testing.F) {
	for turn := range 10 {
		f.Add(exif(turn))
	}
	f.Add([]byte("MM\x00*\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if turn := orientationOfTIFF(data); turn < 1 || turn > 8 {
			t.Fatalf("turned by %d", turn)
		}
	})
}

func FuzzMarksOfPDF(f *testing.F) {
	f.Add(portable(`/Author (a\)b) /Title <FEFF>`))
	f.Add(packed("/Author (x)"))
	f.Add([]byte("/Info 1 0 R 1 0 obj /Author (\\"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, m := range marksOfPDF(data) {
			if m.Value == "" && m.Name != Locked || len([]rune(m.Value)) > markMost+1 {
				t.Fatalf("%+v", m)
			}
		}
	})
}
