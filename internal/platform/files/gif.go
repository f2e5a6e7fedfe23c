package files

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
)

// frameLeast is for how many pixels a frame counts at least: each takes room beside its pixels, above all for its colours.
const frameLeast = 4096

var errGIF = errors.New("it is no GIF from its beginning to its end")

// pixelsOfGIF counts the pixels of all frames of a GIF, and of its whole, without decoding them (GIF89a specification, appendix B).
func pixelsOfGIF(r *bufio.Reader) (pixels int64, err error) {
	var head [13]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return 0, errGIF
	}
	pixels = int64(binary.LittleEndian.Uint16(head[6:])) * int64(binary.LittleEndian.Uint16(head[8:]))
	if err := skipColours(r, head[10]); err != nil {
		return 0, err
	}
	for {
		block, err := r.ReadByte()
		if err != nil {
			return 0, errGIF
		}
		switch block {
		case 0x21: // an extension, with its label
			if _, err := r.Discard(1); err != nil {
				return 0, errGIF
			}
		case 0x2c:
			n, err := frameOfGIF(r)
			if err != nil {
				return 0, err
			}
			pixels += max(n, frameLeast)
		case 0x3b:
			return pixels, nil
		default:
			return 0, errGIF
		}
		if err := skipBlocks(r); err != nil {
			return 0, err
		}
	}
}

// frameOfGIF reads the description of a frame up to its pixels.
func frameOfGIF(r *bufio.Reader) (pixels int64, err error) {
	var at [9]byte
	if _, err := io.ReadFull(r, at[:]); err != nil {
		return 0, errGIF
	}
	if err := skipColours(r, at[8]); err != nil {
		return 0, err
	}
	if _, err := r.Discard(1); err != nil { // the size of its first code
		return 0, errGIF
	}
	return int64(binary.LittleEndian.Uint16(at[4:])) * int64(binary.LittleEndian.Uint16(at[6:])), nil
}

// skipColours passes over a table of colours, if the flags say that there is one.
func skipColours(r *bufio.Reader, flags byte) error {
	if flags&0x80 == 0 {
		return nil
	}
	if _, err := r.Discard(3 << (flags&7 + 1)); err != nil {
		return errGIF
	}
	return nil
}

// skipBlocks passes over data up to its end, which is an empty block.
func skipBlocks(r *bufio.Reader) error {
	for {
		length, err := r.ReadByte()
		if err != nil {
			return errGIF
		}
		if length == 0 {
			return nil
		}
		if _, err := r.Discard(int(length)); err != nil {
			return errGIF
		}
	}
}
