package standard

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// Limits on what is read. The shipped files are a tenth of them; a file from a stranger can be anything.
const (
	maxYAML      = 1 << 20 // bytes of a YAML file
	maxCatalogue = 4 << 20 // bytes of a catalogue
	maxDepth     = 12      // of nested YAML
	maxEntries   = 2000    // of one mapping or list
	maxFiles     = 100     // translations or dimensions of a standard
)

// document is a YAML file while it is read: its mistakes, and the lines on which its parts stand.
type document struct {
	file     string
	problems Problems
	places   places
}

func newDocument(file string) *document {
	return &document{file: file, places: places{}}
}

func (d *document) problem(line int, format string, args ...any) {
	d.problems = append(d.problems, Problem{File: d.file, Line: line, Text: fmt.Sprintf(format, args...)})
}

// parse reads the one YAML document of data and refuses what a standard does not need and an attacker would use: more than maxYAML bytes,
// deep nesting, endless lists, anchors, aliases and tags. It gives nil where the file cannot be used.
func (d *document) parse(data []byte) *yaml.Node {
	if len(data) > maxYAML {
		d.problem(0, "the file is larger than %d KiB", maxYAML>>10)
		return nil
	}
	if line, why := unreadable(data); line > 0 {
		d.problem(line, "%s", why)
		return nil
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var root, second yaml.Node
	if err := decode(decoder, &root); err != nil {
		if errors.Is(err, io.EOF) {
			d.problem(0, "the file is empty")
		} else {
			d.problem(yamlLine(err))
		}
		return nil
	}
	if err := decode(decoder, &second); err == nil {
		d.problem(second.Line, "the file holds a second document; keep one per file")
		return nil
	} else if !errors.Is(err, io.EOF) {
		d.problem(yamlLine(err))
		return nil
	}
	if len(root.Content) != 1 || !d.plain(root.Content[0], 1) {
		return nil
	}
	return root.Content[0]
}

// decode reads one document. The parser's own panics on hostile input become errors.
func decode(decoder *yaml.Decoder, into *yaml.Node) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("yaml: the text cannot be read: %v", r)
		}
	}()
	return decoder.Decode(into)
}

// plain tells whether the tree below n is free of what a standard may not use.
func (d *document) plain(n *yaml.Node, depth int) bool {
	switch {
	case depth > maxDepth:
		d.problem(n.Line, "the text is nested deeper than %d levels", maxDepth)
		return false
	case len(n.Content) > 2*maxEntries || n.Kind == yaml.SequenceNode && len(n.Content) > maxEntries:
		d.problem(n.Line, "more than %d entries stand in one mapping or list", maxEntries)
		return false
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		d.problem(n.Line, "anchors and aliases are not allowed; write the text out")
		return false
	case n.Style&yaml.TaggedStyle != 0:
		d.problem(n.Line, "the tag %s is not allowed", n.Tag)
		return false
	}
	for _, child := range n.Content {
		if !d.plain(child, depth+1) {
			return false
		}
	}
	return true
}

var yamlErrorLine = regexp.MustCompile(`^yaml: line (\d+): `)

// yamlLine takes the line out of the parser's error.
func yamlLine(err error) (line int, format string, text any) {
	message := err.Error()
	if m := yamlErrorLine.FindStringSubmatch(message); m != nil {
		line, _ = strconv.Atoi(m[1])
		message = message[len(m[0]):]
	}
	return line, "not readable as YAML: %s", strings.TrimPrefix(message, "yaml: ")
}

// unreadable gives the first line that no text file has, and why: bytes that are not UTF-8, or control characters. Line 0: there is none.
func unreadable(data []byte) (line int, why string) {
	line = 1
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && size == 1:
			return line, "the text is not UTF-8"
		case r == '\n':
			line++
		case unicode.IsControl(r) && r != '\t' && r != '\r':
			return line, fmt.Sprintf("the control character %U stands in the text", r)
		}
		data = data[size:]
	}
	return 0, ""
}

// readFile reads at most limit bytes, and one more so that the caller can tell that there are too many.
func readFile(fsys fs.FS, name string, limit int64) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, limit+1))
}
