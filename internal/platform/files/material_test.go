package files

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// secret is what stands beside the content of the files made here, and must not come out of the store with a picture.
const secret = "Maria Muster, Lindenweg 4"

// small are limits that tests reach quickly.
var small = Limits{Bytes: 1 << 20, Pixels: 100_000, Unpacked: 4 << 20}

// scene is a picture of which each corner has a colour of its own: red, green, blue and white from the left above to the right below.
func scene(width, height int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			c := color.RGBA{255, 0, 0, 255}
			switch {
			case x >= width/2 && y >= height/2:
				c = color.RGBA{255, 255, 255, 255}
			case y >= height/2:
				c = color.RGBA{0, 0, 255, 255}
			case x >= width/2:
				c = color.RGBA{0, 255, 0, 255}
			}
			m.Set(x, y, c)
		}
	}
	return m
}

// exif is an Exif part with an orientation, a place by GPS and a name.
func exif(turn int) []byte {
	var b bytes.Buffer
	put := func(v any) { _ = binary.Write(&b, binary.LittleEndian, v) }
	entry := func(tag, kind uint16, count, value uint32) {
		put(tag)
		put(kind)
		put(count)
		put(value)
	}
	const directory, after = 8, 8 + 2 + 3*12 + 4
	b.WriteString("II*\x00")
	put(uint32(directory))
	put(uint16(3))
	entry(0x0112, 3, 1, uint32(turn))                // Orientation
	entry(0x013b, 2, uint32(len(secret)+1), after)   // Artist
	entry(0x8825, 4, 1, after+uint32(len(secret))+1) // GPS
	put(uint32(0))
	b.WriteString(secret + "\x00")
	put(uint16(2))
	entry(1, 2, 2, 'N')
	entry(2, 5, 3, after+uint32(len(secret))+1+2+2*12+4)
	put(uint32(0))
	for _, part := range []uint32{47, 1, 22, 1, 3355, 100} { // 47° 22' 33.55"
		put(part)
	}
	return b.Bytes()
}

func jpegOf(t testing.TB, m image.Image, segments ...[]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	out := append([]byte(nil), b.Bytes()[:2]...)
	for _, s := range segments {
		out = append(out, 0xff, s[0])
		out = binary.BigEndian.AppendUint16(out, uint16(len(s)+1))
		out = append(out, s[1:]...)
	}
	return append(out, b.Bytes()[2:]...)
}

// photograph is a JPEG as a telephone takes it.
func photograph(t testing.TB, m image.Image, turn int) []byte {
	return jpegOf(t, m, append([]byte("\xe1Exif\x00\x00"), exif(turn)...), []byte("\xe1http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>"+secret+"</x:xmpmeta>"), []byte("\xfe"+secret))
}

func pngOf(t testing.TB, m image.Image, chunks map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	const head = 8 + 25 // the signature and IHDR
	out := append([]byte(nil), b.Bytes()[:head]...)
	for _, name := range slices.Sorted(maps.Keys(chunks)) {
		data := chunks[name]
		out = binary.BigEndian.AppendUint32(out, uint32(len(data)))
		out = append(append(out, name...), data...)
		out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(append([]byte(name), data...)))
	}
	return append(out, b.Bytes()[head:]...)
}

func gifOf(t testing.TB, frames int, m image.Image) []byte {
	t.Helper()
	var all gif.GIF
	for range frames {
		p := image.NewPaletted(m.Bounds(), color.Palette{color.RGBA{255, 0, 0, 255}, color.RGBA{0, 255, 0, 255}, color.RGBA{0, 0, 255, 255}, color.White})
		for y := m.Bounds().Min.Y; y < m.Bounds().Max.Y; y++ {
			for x := m.Bounds().Min.X; x < m.Bounds().Max.X; x++ {
				p.Set(x, y, m.At(x, y))
			}
		}
		all.Image, all.Delay = append(all.Image, p), append(all.Delay, 10)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &all); err != nil {
		t.Fatal(err)
	}
	comment := append([]byte{0x21, 0xfe, byte(len(secret))}, secret...)
	data := b.Bytes()
	return slices.Concat(data[:len(data)-1], comment, []byte{0, 0x3b})
}

func zipOf(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, parts[name]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// office is an Office Open XML document whose main part has a media type, with further parts.
func office(t testing.TB, media string, more ...string) []byte {
	parts := map[string]string{
		"[Content_Types].xml": `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/main.xml" ContentType="` + media + `"/></Types>`,
		"main.xml":            "<main/>",
		"docProps/core.xml":   `<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:creator>Ana Perez</dc:creator><cp:lastModifiedBy>Ben Okri</cp:lastModifiedBy><dc:title>Housing &amp; rents</dc:title></cp:coreProperties>`,
		"docProps/app.xml":    `<Properties xmlns="x"><Company>City of Aldea</Company></Properties>`,
	}
	for i := 0; i+1 < len(more); i += 2 {
		parts[more[i]] = more[i+1]
	}
	return zipOf(t, parts)
}

// open is an OpenDocument file.
func open(t testing.TB, media string, more ...string) []byte {
	parts := map[string]string{
		"mimetype": media,
		"meta.xml": `<office:document-meta xmlns:office="o" xmlns:meta="m" xmlns:dc="d"><office:meta><meta:initial-creator>Ana Perez</meta:initial-creator><dc:creator>Ben Okri</dc:creator><dc:title>Rents</dc:title></office:meta></office:document-meta>`,
	}
	for i := 0; i+1 < len(more); i += 2 {
		parts[more[i]] = more[i+1]
	}
	return zipOf(t, parts)
}

// portable is a PDF with a description, as written in the open.
func portable(info string) []byte {
	return []byte("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n12 0 obj\n<< " + info + " >>\nendobj\ntrailer\n<< /Root 1 0 R /Info 12 0 R >>\nstartxref\n0\n%%EOF\n")
}

// packed is a PDF whose description stands in an object stream.
func packed(info string) []byte {
	pairs := "3 0 12 5 "
	body := pairs + "<< >>" + "<< " + info + " >>"
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = io.WriteString(w, body)
	_ = w.Close()
	return fmt.Appendf(nil, "%%PDF-1.7\n9 0 obj\n<< /Type /ObjStm /N 2 /First %d /Filter /FlateDecode /Length %d >>\nstream\r\n%s\nendstream\nendobj\n"+
		"10 0 obj\n<< /Type /XRef /Info 12 0 R >>\nstream\n\nendstream\nendobj\nstartxref\n0\n%%%%EOF", len(pairs), b.Len(), b.Bytes())
}

func keep(t testing.TB, s *Store, name string, data []byte) (File, error) {
	t.Helper()
	return s.Keep(context.Background(), name, bytes.NewReader(data))
}

func content(t testing.TB, s *Store, hash string) []byte {
	t.Helper()
	f, err := s.Open(hash)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func wantFault(t testing.TB, name string, err error, kind fault.Kind, text string) {
	t.Helper()
	if fault.KindOf(err) != kind || !strings.Contains(err.Error(), text) {
		t.Errorf("%s: got %v, want %s with %q", name, err, kind, text)
	}
}
