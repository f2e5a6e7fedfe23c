package sheet

import (
	"strings"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// scanner takes text apart into rows: RFC 4180, with what real files do beside it: any line ending, spaces before an opening quotation
// mark, quotation marks inside an unquoted cell.
type scanner struct {
	text      string
	delimiter byte
	at        int
	line      int
	limits    Limits
	cells     []string // of the row that is being read
	arena     []string // backing store of finished rows
	endings   [4]int
	open      bool
}

const (
	endLF = iota
	endCRLF
	endCR
	endCRCRLF
)

func (s *scanner) kinds() []string {
	var kinds []string
	for _, kind := range []struct {
		at   int
		name string
	}{{endCR, "CR"}, {endCRCRLF, "CR CR LF"}, {endCRLF, "CRLF"}, {endLF, "LF"}} {
		if s.endings[kind.at] > 0 {
			kinds = append(kinds, kind.name)
		}
	}
	return kinds
}

// next gives the next row; false at the end of the text.
func (s *scanner) next() (Row, bool, error) {
	if s.at >= len(s.text) {
		return Row{}, false, nil
	}
	line := s.line
	s.cells = s.cells[:0]
	for {
		cell, more, err := s.cell()
		if err != nil {
			return Row{}, false, err
		}
		if len(cell) > s.limits.Cell {
			return Row{}, false, at(fault.TooMuch, "", line, "a cell is longer than %d characters; is a quotation mark missing?", s.limits.Cell)
		}
		s.cells = append(s.cells, cell)
		if len(s.cells) > s.limits.Columns {
			return Row{}, false, at(fault.TooMuch, "", line, "the row has more than %d columns", s.limits.Columns)
		}
		if !more {
			return Row{Line: line, Cells: s.keep()}, true, nil
		}
	}
}

// keep copies the row's cells into the arena, so that a table of many rows needs few allocations.
func (s *scanner) keep() []string {
	n := len(s.cells)
	if cap(s.arena)-len(s.arena) < n {
		s.arena = make([]string, 0, max(min(2*cap(s.arena), 4096), n, 32))
	}
	from := len(s.arena)
	s.arena = append(s.arena, s.cells...)
	return s.arena[from : from+n : from+n]
}

// cell reads one cell and what ends it; more tells whether the row goes on.
func (s *scanner) cell() (cell string, more bool, err error) {
	start := s.at
	for s.at < len(s.text) && s.text[s.at] == ' ' {
		s.at++
	}
	if s.at < len(s.text) && s.text[s.at] == '"' {
		return s.quoted()
	}
	s.at = start
	for s.at < len(s.text) {
		switch c := s.text[s.at]; c {
		case s.delimiter:
			cell = s.text[start:s.at]
			s.at++
			return cell, true, nil
		case '\r', '\n':
			cell = s.text[start:s.at]
			s.ending()
			return cell, false, nil
		}
		s.at++
	}
	s.open = true
	return s.text[start:], false, nil
}

func (s *scanner) quoted() (string, bool, error) {
	opened := s.line
	s.at++
	start := s.at
	var b *strings.Builder // only where the cell holds something to replace
	flush := func(until int) {
		if b == nil {
			b = &strings.Builder{}
		}
		b.WriteString(s.text[start:until])
	}
	for s.at < len(s.text) {
		switch s.text[s.at] {
		case '"':
			if s.at+1 < len(s.text) && s.text[s.at+1] == '"' {
				flush(s.at + 1)
				s.at += 2
				start = s.at
				continue
			}
			cell := s.text[start:s.at]
			if b != nil {
				flush(s.at)
				cell = b.String()
			}
			s.at++
			more, err := s.afterQuote()
			return cell, more, err
		case '\r', '\n':
			flush(s.at)
			kept := s.endings
			s.ending()
			s.endings = kept // an ending inside a cell says nothing about the file
			b.WriteByte('\n')
			start = s.at
		default:
			s.at++
		}
		if s.at-start > s.limits.Cell {
			break
		}
	}
	return "", false, at(fault.Invalid, "", opened, "a quotation mark opens a cell here and is never closed; is the file cut off?")
}

func (s *scanner) afterQuote() (more bool, err error) {
	for s.at < len(s.text) && s.text[s.at] == ' ' {
		s.at++
	}
	if s.at == len(s.text) {
		s.open = true
		return false, nil
	}
	switch s.text[s.at] {
	case s.delimiter:
		s.at++
		return true, nil
	case '\r', '\n':
		s.ending()
		return false, nil
	}
	return false, at(fault.Invalid, "", s.line, "there is text behind a closing quotation mark; a quotation mark inside a cell must be doubled")
}

// ending steps over one line ending.
func (s *scanner) ending() {
	rest := s.text[s.at:]
	switch {
	case rest[0] == '\n':
		s.endings[endLF]++
		s.at++
	case strings.HasPrefix(rest, "\r\n"):
		s.endings[endCRLF]++
		s.at += 2
	case strings.HasPrefix(rest, "\r\r\n"):
		s.endings[endCRCRLF]++
		s.at += 3
	default:
		s.endings[endCR]++
		s.at++
	}
	s.line++
}

// delimiter finds what separates the cells: the candidate under which the first rows have the same number of cells, more than one.
func delimiter(text string) byte {
	best, bestScore := byte(','), 0.0
	for _, candidate := range []byte{',', ';', '\t', '|'} {
		header, rows, same := shape(text, candidate)
		if header < 2 {
			continue
		}
		if score := float64(same+1)/float64(rows+1) + float64(header)/1000; score > bestScore {
			best, bestScore = candidate, score
		}
	}
	return best
}

// shape counts the cells of the first row under a delimiter, up to twenty rows behind it, and how many of them have as many cells.
func shape(text string, delimiter byte) (header, rows, same int) {
	s := scanner{text: text, delimiter: delimiter, line: 1, limits: Default}
	for rows < 20 {
		row, ok, err := s.next()
		if err != nil || !ok {
			break
		}
		switch {
		case row.Blank():
		case header == 0:
			if header = len(row.Cells); header == 1 {
				return header, 0, 0
			}
		default:
			rows++
			if len(row.Cells) == header {
				same++
			}
		}
	}
	return header, rows, same
}
