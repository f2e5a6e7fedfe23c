package jsonread

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// deepest is how far arrays and objects may stand inside each other where they are skipped.
const deepest = 1000

// Reader goes through a text from its beginning to its end. After a mistake it reads nothing more: strings are empty, numbers 0; End tells
// what was wrong.
type Reader struct {
	text string
	at   int
	err  error
}

// New starts at the beginning of a text.
func New(text string) *Reader { return &Reader{text: text} }

// End gives the first mistake; text left over is one.
func (r *Reader) End() error {
	if r.space(); r.err == nil && r.at < len(r.text) {
		r.fail("the end")
	}
	return r.err
}

// Object reads an object. For each field it calls field, which must read the value or skip it.
func (r *Reader) Object(field func(name string)) {
	if !r.take('{') {
		return
	}
	if r.next() == '}' {
		r.at++
		return
	}
	for r.err == nil {
		name := r.String()
		if !r.take(':') {
			return
		}
		field(name)
		if r.ends('}') {
			return
		}
	}
}

// Array reads an array. For each element it calls element, which must read it or skip it.
func (r *Reader) Array(element func()) {
	if !r.take('[') {
		return
	}
	if r.next() == ']' {
		r.at++
		return
	}
	for r.err == nil {
		element()
		if r.ends(']') {
			return
		}
	}
}

// Null steps over a null, and tells whether there was one.
func (r *Reader) Null() bool {
	if r.next() != 'n' {
		return false
	}
	return r.word("null")
}

// Bool reads true or false.
func (r *Reader) Bool() bool {
	if r.next() == 't' {
		return r.word("true")
	}
	r.word("false")
	return false
}

// String reads a string.
func (r *Reader) String() string {
	if !r.take('"') {
		return ""
	}
	start := r.at
	for i := start; i < len(r.text); i++ {
		switch c := r.text[i]; {
		case c == '"':
			r.at = i + 1
			return r.text[start:i]
		case c == '\\':
			return r.escaped(start)
		case c < ' ':
			r.at = i
			r.fail("a string")
			return ""
		}
	}
	r.at = len(r.text)
	r.fail("the end of a string")
	return ""
}

// escaped leaves a string with escapes to encoding/json.
func (r *Reader) escaped(start int) string {
	for i := start; i < len(r.text); i++ {
		switch r.text[i] {
		case '\\':
			i++
		case '"':
			var said string
			if err := json.Unmarshal([]byte(r.text[start-1:i+1]), &said); err != nil {
				r.fail("a string")
			}
			r.at = i + 1
			return said
		}
	}
	r.at = len(r.text)
	r.fail("the end of a string")
	return ""
}

// Int reads a whole number.
func (r *Reader) Int() int { return int(r.Int64()) }

// Int64 reads a whole number.
func (r *Reader) Int64() int64 {
	number := r.number()
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil && r.err == nil {
		r.at -= len(number)
		r.fail("a whole number")
	}
	return n
}

// Float reads a number.
func (r *Reader) Float() float64 {
	number := r.number()
	v, err := strconv.ParseFloat(number, 64)
	if err != nil && r.err == nil {
		r.at -= len(number)
		r.fail("a number")
	}
	return v
}

// number gives the digits and signs that stand here.
func (r *Reader) number() string {
	r.space()
	start := r.at
	for r.at < len(r.text) && strings.IndexByte("0123456789+-.eE", r.text[r.at]) >= 0 {
		r.at++
	}
	return r.text[start:r.at]
}

// Skip reads a value and forgets it.
func (r *Reader) Skip() { r.skip(0) }

func (r *Reader) skip(depth int) {
	if depth > deepest {
		r.fail("a value that is less deep")
		return
	}
	switch r.next() {
	case '{':
		r.Object(func(string) { r.skip(depth + 1) })
	case '[':
		r.Array(func() { r.skip(depth + 1) })
	case '"':
		_ = r.String()
	case 't', 'f':
		r.Bool()
	case 'n':
		r.Null()
	default:
		r.Float()
	}
}

// List reads an array of values of one type; null and nothing are nil.
func List[T any](r *Reader, read func(*T)) []T {
	if r.Null() {
		return nil
	}
	list := make([]T, 0, 4) // most lists are short, and a long one grows soon
	r.Array(func() {
		var one T
		list = append(list, one)
		read(&list[len(list)-1])
	})
	return list
}

// Strings reads an array of strings.
func (r *Reader) Strings() []string { return List(r, func(s *string) { *s = r.String() }) }

// Optional reads a value that may be null.
func Optional[T any](r *Reader, read func() T) *T {
	if r.Null() {
		return nil
	}
	value := read()
	return &value
}

// Value reads a value into what a pointer points to, by encoding/json: for what is small or seldom there.
func (r *Reader) Value(into any) {
	start := r.at
	r.Skip()
	if r.err != nil {
		return
	}
	if err := json.Unmarshal([]byte(r.text[start:r.at]), into); err != nil {
		r.err = fmt.Errorf("JSON at byte %d: %w", start, err)
	}
}

// AtBool tells whether true or false comes next.
func (r *Reader) AtBool() bool { c := r.next(); return c == 't' || c == 'f' }

// next gives the first byte of what comes; 0 at the end.
func (r *Reader) next() byte {
	r.space()
	if r.err != nil || r.at >= len(r.text) {
		return 0
	}
	return r.text[r.at]
}

// take steps over one byte, which must be there.
func (r *Reader) take(want byte) bool {
	if r.next() != want {
		r.fail(strconv.QuoteRune(rune(want)))
		return false
	}
	r.at++
	return true
}

// ends steps over the comma after a member, or over the closing byte, and tells whether it was that.
func (r *Reader) ends(with byte) bool {
	switch r.next() {
	case ',':
		r.at++
		return false
	case with:
		r.at++
		return true
	}
	r.fail("a comma or " + strconv.QuoteRune(rune(with)))
	return true
}

func (r *Reader) word(want string) bool {
	if r.next(); r.err == nil && strings.HasPrefix(r.text[r.at:], want) {
		r.at += len(want)
		return true
	}
	r.fail(want)
	return false
}

func (r *Reader) space() {
	for r.at < len(r.text) {
		switch r.text[r.at] {
		case ' ', '\t', '\n', '\r':
			r.at++
		default:
			return
		}
	}
}

func (r *Reader) fail(want string) {
	if r.err == nil {
		r.err = fmt.Errorf("JSON at byte %d: there should be %s", r.at, want)
	}
	r.at = len(r.text)
}
