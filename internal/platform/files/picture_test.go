package files

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"
)

// corners gives the colours of a picture's corners, from the left above to the right below, each by its nearest name.
func corners(m image.Image) (names string) {
	b := m.Bounds()
	for _, at := range []image.Point{{b.Min.X + 2, b.Min.Y + 2}, {b.Max.X - 3, b.Min.Y + 2}, {b.Min.X + 2, b.Max.Y - 3}, {b.Max.X - 3, b.Max.Y - 3}} {
		c, _ := color.RGBAModel.Convert(m.At(at.X, at.Y)).(color.RGBA)
		switch {
		case c.R > 200 && c.G > 200 && c.B > 200:
			names += "w"
		case c.R > 200:
			names += "r"
		case c.G > 200:
			names += "g"
		case c.B > 200:
			names += "b"
		default:
			names += "?"
		}
	}
	return names
}

func TestAPhotographIsKeptWithoutThePlaceItWasTakenAt(t *testing.T) {
	s := New(t.TempDir(), small)
	sent := photograph(t, scene(60, 40), 1)
	if !bytes.Contains(sent, []byte(secret)) || !bytes.Contains(sent, []byte("Exif")) {
		t.Fatal("the photograph carries nothing that could be lost")
	}
	kept, err := keep(t, s, "IMG_0001.jpg", append(sent, secret...))
	if err != nil {
		t.Fatal(err)
	}
	clean := content(t, s, kept.Hash)
	for _, trace := range []string{secret, "Exif", "xmpmeta", "II*\x00"} {
		if bytes.Contains(clean, []byte(trace)) {
			t.Errorf("what is kept still has %q", trace)
		}
	}
	m, err := jpeg.Decode(bytes.NewReader(clean))
	if err != nil || m.Bounds().Dx() != 60 || m.Bounds().Dy() != 40 || corners(m) != "rgbw" {
		t.Errorf("the picture is lost: %v", err)
	}
	if int64(len(clean)) != kept.Size {
		t.Errorf("the size is %d, not %d", len(clean), kept.Size)
	}
}

// What a camera says of how it was held is done before it is dropped (CIPA DC-008, figure of orientations).
func TestAPictureStandsUprightOnceItIsKept(t *testing.T) {
	for turn, want := range map[int]string{0: "rgbw", 1: "rgbw", 2: "grwb", 3: "wbgr", 4: "bwrg", 5: "rbgw", 6: "brwg", 7: "wgbr", 8: "gwrb", 9: "rgbw"} {
		width, height := 60, 40
		if turn >= 5 && turn <= 8 {
			width, height = height, width
		}
		s := New(t.TempDir(), small)
		kept, err := keep(t, s, "a.jpg", photograph(t, scene(60, 40), turn))
		if err != nil {
			t.Fatal(err)
		}
		m, err := jpeg.Decode(bytes.NewReader(content(t, s, kept.Hash)))
		if err != nil {
			t.Fatal(err)
		}
		if got := corners(m); got != want || m.Bounds().Dx() != width || m.Bounds().Dy() != height {
			t.Errorf("a JPEG of orientation %d is %s in %v, want %s", turn, got, m.Bounds(), want)
		}
		if kept, err = keep(t, s, "a.png", pngOf(t, scene(60, 40), map[string][]byte{"eXIf": exif(turn), "tEXt": []byte("Author\x00" + secret)})); err != nil {
			t.Fatal(err)
		}
		clean := content(t, s, kept.Hash)
		if m, err = png.Decode(bytes.NewReader(clean)); err != nil {
			t.Fatal(err)
		}
		if got := corners(m); got != want || bytes.Contains(clean, []byte(secret)) {
			t.Errorf("a PNG of orientation %d is %s, want %s, and may still say who made it", turn, got, want)
		}
	}
}

func TestAGIFKeepsItsFramesAndLosesItsComments(t *testing.T) {
	s := New(t.TempDir(), small)
	sent := gifOf(t, 3, scene(60, 40))
	kept, err := keep(t, s, "a.gif", sent)
	if err != nil {
		t.Fatal(err)
	}
	clean := content(t, s, kept.Hash)
	all, err := gif.DecodeAll(bytes.NewReader(clean))
	if err != nil || len(all.Image) != 3 || all.Delay[1] != 10 || corners(all.Image[2]) != "rgbw" {
		t.Errorf("the frames are lost: %v", err)
	}
	if !bytes.Contains(sent, []byte(secret)) || bytes.Contains(clean, []byte(secret)) {
		t.Error("the comment is still there")
	}
}

func TestThePixelsOfAGIFAreCountedWithoutDecodingIt(t *testing.T) {
	for frames, want := range map[int]int64{1: 100*100 + 100*100, 5: 100*100 + 5*100*100} {
		if got, err := pixelsOfGIF(reader(gifOf(t, frames, scene(100, 100)))); err != nil || got != want {
			t.Errorf("%d frames have %d pixels (%v), want %d", frames, got, err, want)
		}
	}
	if got, err := pixelsOfGIF(reader(gifOf(t, 7, scene(2, 2)))); err != nil || got != 4+7*frameLeast {
		t.Errorf("tiny frames count %d (%v)", got, err)
	}
}

// The same picture is the same file, however often it is sent, or the store would keep it again and again.
func TestDrawingAnewGivesTheSameFileEachTime(t *testing.T) {
	s := New(t.TempDir(), small)
	for name, data := range map[string][]byte{"a.jpg": photograph(t, scene(60, 40), 6), "a.png": pngOf(t, scene(60, 40), nil), "a.gif": gifOf(t, 2, scene(60, 40))} {
		first, err := keep(t, s, name, data)
		if err != nil {
			t.Fatal(err)
		}
		if second, err := keep(t, s, name, data); err != nil || second != first {
			t.Errorf("%s: %+v, then %+v (%v)", name, first, second, err)
		}
	}
}
