package files

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
)

// orientation tells how a picture must be turned to stand upright, from 1 (as it is) to 8 (TIFF 6.0, Orientation; CIPA DC-008, 4.6.4). A
// picture that says nothing, or nonsense, stands as it is.
func orientation(r io.Reader, k Kind) int {
	b := bufio.NewReader(r)
	switch k.Media {
	case JPEG.Media:
		return orientationOfTIFF(exifOfJPEG(b))
	case PNG.Media:
		return orientationOfTIFF(exifOfPNG(b))
	}
	return 1
}

// exifMost is how long a picture's Exif part may be: one segment of a JPEG holds no more.
const exifMost = 64 << 10

// exifOfJPEG gives the Exif part that stands before the pixels of a JPEG (ISO/IEC 10918-1, B.1.1); nil where there is none.
func exifOfJPEG(r *bufio.Reader) []byte {
	const exif = "Exif\x00\x00"
	if _, err := r.Discard(2); err != nil {
		return nil
	}
	for {
		marker, err := nextMarker(r)
		if err != nil || marker == 0xda || marker == 0xd9 { // the pixels, or the end
			return nil
		}
		var size [2]byte
		if _, err := io.ReadFull(r, size[:]); err != nil {
			return nil
		}
		length := int(binary.BigEndian.Uint16(size[:])) - 2
		if length < 0 {
			return nil
		}
		if marker != 0xe1 {
			if _, err := r.Discard(length); err != nil {
				return nil
			}
			continue
		}
		segment := make([]byte, length)
		if _, err := io.ReadFull(r, segment); err != nil {
			return nil
		}
		if tiff, ok := bytes.CutPrefix(segment, []byte(exif)); ok {
			return tiff
		}
	}
}

// nextMarker reads a marker of a JPEG; any number of bytes FF may stand before it.
func nextMarker(r *bufio.Reader) (byte, error) {
	first, err := r.ReadByte()
	if err != nil {
		return 0, err
	}
	if first != 0xff {
		return 0, io.ErrUnexpectedEOF
	}
	for {
		marker, err := r.ReadByte()
		if err != nil || marker != 0xff {
			return marker, err
		}
	}
}

// exifOfPNG gives the Exif chunk of a PNG (PNG, third edition, 11.3.4.5); nil where there is none before the pixels.
func exifOfPNG(r *bufio.Reader) []byte {
	if _, err := r.Discard(8); err != nil {
		return nil
	}
	for {
		var head [8]byte
		if _, err := io.ReadFull(r, head[:]); err != nil {
			return nil
		}
		length, name := binary.BigEndian.Uint32(head[:]), string(head[4:])
		switch {
		case name == "IDAT" || length > 1<<30:
			return nil
		case name == "eXIf" && length <= exifMost:
			data := make([]byte, length)
			if _, err := io.ReadFull(r, data); err != nil {
				return nil
			}
			return data
		}
		if _, err := r.Discard(int(length) + 4); err != nil {
			return nil
		}
	}
}

// orientationOfTIFF reads the tag of the first directory (TIFF 6.0, section 2).
func orientationOfTIFF(data []byte) int {
	const tag, short = 0x0112, 3
	if len(data) < 8 {
		return 1
	}
	var order binary.ByteOrder
	switch string(data[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return 1
	}
	at := int64(order.Uint32(data[4:]))
	if at+2 > int64(len(data)) {
		return 1
	}
	entries := data[at+2:]
	for range order.Uint16(data[at:]) {
		if len(entries) < 12 {
			return 1
		}
		if order.Uint16(entries) == tag && order.Uint16(entries[2:]) == short {
			if turned := int(order.Uint16(entries[8:])); turned >= 1 && turned <= 8 {
				return turned
			}
			return 1
		}
		entries = entries[12:]
	}
	return 1
}
