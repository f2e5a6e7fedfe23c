package files

import (
	"bufio"
	"errors"
	"fmt"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"io/fs"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// quality of a JPEG that is drawn anew: what is lost against the one that was sent is not seen.
const quality = 90

// redraw decodes a picture and draws it anew, upright, with its pixels and nothing else. Returns TooMuch beyond the limits, which are looked at
// before anything is decoded, and Invalid where the picture is damaged.
func redraw(file io.ReaderAt, size int64, k Kind, name string, limits Limits, to io.Writer) (err error) {
	defer func() { // one bad picture must not end the program
		if what := recover(); what != nil {
			err = damaged(name, fmt.Errorf("%v", what))
		}
	}()
	whole := func() *bufio.Reader { return bufio.NewReader(io.NewSectionReader(file, 0, size)) }
	if err := fits(whole, k, name, limits); err != nil {
		return err
	}
	turn := orientation(whole(), k)
	switch k.Media {
	case GIF.Media:
		frames, err := gif.DecodeAll(whole())
		if err != nil {
			return damaged(name, err)
		}
		return drawn(gif.EncodeAll(to, frames), name)
	case PNG.Media:
		picture, err := png.Decode(whole())
		if err != nil {
			return damaged(name, err)
		}
		return drawn(png.Encode(to, upright(picture, turn)), name)
	}
	picture, err := jpeg.Decode(whole())
	if err != nil {
		return damaged(name, err)
	}
	return drawn(jpeg.Encode(to, upright(picture, turn), &jpeg.Options{Quality: quality}), name)
}

// drawn tells apart a picture that cannot be drawn, as one without colours, from a disk that cannot be written.
func drawn(err error, name string) error {
	var disk *fs.PathError
	if err == nil || errors.As(err, &disk) {
		return err
	}
	return damaged(name, err)
}

// fits returns TooMuch where a picture would take more memory than the limit on pixels stands for. All frames count, and pixels of 16 bits a
// colour count twice.
func fits(whole func() *bufio.Reader, k Kind, name string, limits Limits) error {
	var pixels int64
	switch k.Media {
	case GIF.Media:
		n, err := pixelsOfGIF(whole())
		if err != nil {
			return damaged(name, err)
		}
		pixels = n
	default:
		decode := jpeg.DecodeConfig
		if k.Media == PNG.Media {
			decode = png.DecodeConfig
		}
		c, err := decode(whole())
		if err != nil {
			return damaged(name, err)
		}
		pixels = int64(c.Width) * int64(c.Height)
		switch c.ColorModel {
		case color.RGBA64Model, color.NRGBA64Model, color.Gray16Model:
			pixels *= 2
		}
	}
	if pixels > limits.Pixels {
		return fault.Said(fault.TooMuch, "error.file.pixels", `"{Name}" has {Pixels} million pixels; at most {Most} million are taken: make the picture smaller`,
			"Name", name, "Pixels", int(pixels/1_000_000), "Most", int(limits.Pixels/1_000_000)).At(fault.Place{Field: "file"})
	}
	return nil
}
