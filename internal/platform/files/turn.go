package files

import (
	"image"
	"image/color"
)

// upright gives a picture turned by its orientation. Photographs are copied, since drawing pixel by pixel takes twice as long.
func upright(m image.Image, how int) image.Image {
	t := turned{m, m.Bounds(), how}
	photograph, ok := m.(*image.YCbCr)
	switch {
	case how == 1:
		return m
	case !ok:
		return t
	}
	out := image.NewYCbCr(t.Bounds(), image.YCbCrSubsampleRatio444)
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			from, to := t.from(x, y), y*out.YStride+x
			colours := photograph.COffset(from.X, from.Y)
			out.Y[to] = photograph.Y[photograph.YOffset(from.X, from.Y)]
			out.Cb[to], out.Cr[to] = photograph.Cb[colours], photograph.Cr[colours]
		}
	}
	return out
}

// turned is a picture as it stands upright; how is its orientation.
type turned struct {
	image.Image
	was image.Rectangle // its bounds as it was sent
	how int
}

// Bounds begin at 0, 0; from orientation 5 on, width and height change places.
func (t turned) Bounds() image.Rectangle {
	if t.how >= 5 {
		return image.Rect(0, 0, t.was.Dy(), t.was.Dx())
	}
	return image.Rect(0, 0, t.was.Dx(), t.was.Dy())
}

// At gives the colour that stands at a place once the picture is upright.
func (t turned) At(x, y int) color.Color {
	from := t.from(x, y)
	return t.Image.At(from.X, from.Y)
}

// from gives the place in the picture as it was sent.
func (t turned) from(x, y int) image.Point {
	right, bottom := t.was.Dx()-1, t.was.Dy()-1
	switch t.how {
	case 2:
		x = right - x
	case 3:
		x, y = right-x, bottom-y
	case 4:
		y = bottom - y
	case 5:
		x, y = y, x
	case 6:
		x, y = y, bottom-x
	case 7:
		x, y = right-y, bottom-x
	case 8:
		x, y = right-y, x
	}
	return t.was.Min.Add(image.Pt(x, y))
}
