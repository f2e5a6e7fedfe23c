package opinion

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Names that the columns of a table of votes may have, in any case.
var (
	participantColumn = []string{"participant", "voter-id"}
	statementColumn   = []string{"statement", "comment-id"}
	voteColumn        = []string{"vote"}
	timeColumn        = []string{"timestamp"}
)

// longestLine is how many bytes a line of votes may have.
const longestLine = 64 << 10

// Read reads votes from CSV with a header: participant, statement and vote, or voter-id, comment-id and vote as Polis exports them; other columns are
// ignored. A vote is 1 (agree), 0 (pass) or -1 (disagree). The last vote of a participant on a statement counts: by the column timestamp, a whole number,
// where there is one; votes at the same time, and all where there is none, by their order. Cells are parted by comma, semicolon or tab, and
// stand on one line. An *Error of what cannot be read names the file, row and column; of several, which are joined, the first twenty.
func Read(r io.Reader, file string) (*Conversation, error) {
	c := &Conversation{}
	v := voteReader{in: bufio.NewReaderSize(r, longestLine), conversation: c}
	if err := v.mistakes.joined(v.read(), file); err != nil {
		return nil, err
	}
	c.merge(&v.votes)
	return c, nil
}

// voteReader reads votes line by line, without keeping the text.
type voteReader struct {
	in           *bufio.Reader
	conversation *Conversation
	votes        batch
	mistakes     mistakes

	row                                int
	delimiter                          byte
	columns                            int // in the header
	participant, statement, vote, time int
	cells                              [][]byte
	lastStatement                      []byte // of the row before: exports are often sorted by statement
	lastSlot                           uint32
}

func (v *voteReader) read() error {
	for {
		line, err := v.line()
		if err != nil {
			if errors.Is(err, io.EOF) {
				break
			}
			return err
		}
		switch {
		case len(bytes.TrimSpace(line)) == 0:
		case v.columns == 0:
			err = v.header(line)
		default:
			err = v.mistakes.add(v.add(line))
		}
		if err != nil {
			return err
		}
	}
	switch {
	case v.columns == 0:
		return wrong(0, "", "the file is empty")
	case v.votes.n == 0 && len(v.mistakes.told) == 0:
		return wrong(0, "", "there are no votes below the header")
	}
	return nil
}

// line gives the next line without its ending.
func (v *voteReader) line() ([]byte, error) {
	line, err := v.in.ReadSlice('\n')
	v.row++
	switch {
	case errors.Is(err, bufio.ErrBufferFull):
		return nil, wrong(v.row, "", "the line is longer than %d characters; is this a table of votes?", longestLine)
	case err != nil && (len(line) == 0 || !errors.Is(err, io.EOF)):
		return nil, err
	}
	return bytes.TrimRight(line, "\r\n"), nil
}

// header finds the columns.
func (v *voteReader) header(line []byte) error {
	line = bytes.TrimPrefix(line, []byte("\ufeff"))
	v.delimiter = ','
	for _, other := range []byte{';', '\t'} {
		if bytes.IndexByte(line, ',') < 0 && bytes.IndexByte(line, other) >= 0 {
			v.delimiter = other
		}
	}
	if err := v.split(line); err != nil {
		return err
	}
	names := make([]string, len(v.cells))
	for i, cell := range v.cells {
		names[i] = string(cell)
	}
	v.columns = len(names)
	for _, column := range []struct {
		at     *int
		names  []string
		needed bool
	}{{&v.participant, participantColumn, true}, {&v.statement, statementColumn, true}, {&v.vote, voteColumn, true}, {&v.time, timeColumn, false}} {
		at, err := columnOf(names, column.names, column.needed, v.row)
		if err != nil {
			return err
		}
		*column.at = at
	}
	v.votes.timed = v.time >= 0
	return nil
}

// columnOf finds the column that has one of some names; -1 where none has and none is needed.
func columnOf(header, names []string, needed bool, row int) (int, error) {
	found := -1
	for i, name := range header {
		if !slices.Contains(names, strings.ToLower(strings.TrimSpace(name))) {
			continue
		}
		if found >= 0 {
			return 0, wrong(row, strings.TrimSpace(name), "there are two columns for this, number %d and %d", found+1, i+1)
		}
		found = i
	}
	if found < 0 && needed {
		return 0, wrong(row, names[0], "there is no column %s", strings.Join(names, " or "))
	}
	return found, nil
}

// add reads one vote.
func (v *voteReader) add(line []byte) error {
	if err := v.split(line); err != nil {
		return err
	}
	if len(v.cells) != v.columns {
		return wrong(v.row, "", "the row has %d cells, and the header has %d", len(v.cells), v.columns)
	}
	value, err := parseValue(v.cells[v.vote])
	if err != nil {
		return wrong(v.row, "vote", "%s", err)
	}
	participant, err := v.slot(&v.conversation.participants, v.cells[v.participant])
	if err != nil {
		return wrong(v.row, "participant", "%s", err)
	}
	if id := v.cells[v.statement]; !bytes.Equal(id, v.lastStatement) || v.lastStatement == nil {
		if v.lastSlot, err = v.slot(&v.conversation.statements, id); err != nil {
			return wrong(v.row, "statement", "%s", err)
		}
		v.lastStatement = append(v.lastStatement[:0], id...)
	}
	var time int64
	if v.time >= 0 {
		if time, err = strconv.ParseInt(string(v.cells[v.time]), 10, 64); err != nil {
			return wrong(v.row, "timestamp", "%q is not a whole number", v.cells[v.time])
		}
	}
	v.votes.add(participant, newCell(v.lastSlot, value), time)
	return nil
}

// slot gives the slot of an id; new ids are looked at.
func (v *voteReader) slot(r *register, id []byte) (uint32, error) {
	before := len(r.ids)
	slot := r.bytes(id)
	if len(r.ids) > before {
		if err := checkID(r.ids[slot]); err != nil {
			return 0, err
		}
	}
	return slot, nil
}

// checkID refuses ids that cannot be shown or told apart.
func checkID(id string) error {
	switch {
	case id == "":
		return errors.New("the id is empty")
	case !utf8.ValidString(id):
		return errors.New("the id is not in UTF-8")
	case strings.ContainsFunc(id, unicode.IsControl):
		return errors.New("the id has a control character")
	}
	return nil
}

func parseValue(text []byte) (Value, error) {
	switch string(text) {
	case "1", "+1":
		return Agree, nil
	case "0":
		return Pass, nil
	case "-1":
		return Disagree, nil
	}
	return 0, fmt.Errorf("%q is none of 1 (agree), 0 (pass) and -1 (disagree)", text)
}

// split takes a line apart into cells, without spaces around them; they are valid until the next line is read.
func (v *voteReader) split(line []byte) error {
	v.cells = v.cells[:0]
	for {
		cell := line
		end := bytes.IndexByte(line, v.delimiter)
		if trimmed := bytes.TrimLeft(line, " "); len(trimmed) > 0 && trimmed[0] == '"' {
			var rest []byte
			var ok bool
			if cell, rest, ok = unquote(trimmed[1:]); !ok {
				return wrong(v.row, "", "a quotation mark is never closed on this line")
			}
			if rest = bytes.TrimLeft(rest, " "); len(rest) > 0 && rest[0] != v.delimiter {
				return wrong(v.row, "", "there is text behind a closing quotation mark")
			}
			line = rest
			if end = 0; len(rest) == 0 {
				end = -1
			}
		} else if end >= 0 {
			cell = line[:end]
		}
		v.cells = append(v.cells, bytes.TrimSpace(cell))
		if end < 0 {
			return nil
		}
		line = line[end+1:]
	}
}

// unquote gives the text up to the closing quotation mark, with doubled marks made single, and what stands behind it.
func unquote(text []byte) (cell, rest []byte, ok bool) {
	for i := 0; i < len(text); i++ {
		if text[i] != '"' {
			continue
		}
		if i+1 == len(text) || text[i+1] != '"' {
			return bytes.ReplaceAll(text[:i], []byte(`""`), []byte(`"`)), text[i+1:], true
		}
		i++
	}
	return nil, nil, false
}
