package ballot

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// parse reads one JSON value into map[string]any, []any, string, json.Number, bool or nil. Other than encoding/json's own decoding it refuses
// a name that stands twice in an object.
func parse(data []byte) (any, error) {
	p := parser{data: data, dec: json.NewDecoder(bytes.NewReader(data))}
	p.dec.UseNumber()
	value, err := p.value("", 0)
	if err != nil {
		return nil, err
	}
	if _, err := p.dec.Token(); !errors.Is(err, io.EOF) {
		return nil, wrong(p.line(), "something stands behind the ballot")
	}
	return value, nil
}

type parser struct {
	data []byte
	dec  *json.Decoder
}

// line says where the parser is.
func (p *parser) line() string {
	return fmt.Sprintf("line %d", 1+bytes.Count(p.data[:min(int(p.dec.InputOffset()), len(p.data))], []byte("\n")))
}

func (p *parser) token() (json.Token, error) {
	token, err := p.dec.Token()
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return nil, wrong(p.line(), "the ballot ends too early; is it cut off?")
	case err != nil:
		return nil, wrong(p.line(), "this is not JSON: %v", err)
	}
	return token, nil
}

func (p *parser) value(place string, depth int) (any, error) {
	token, err := p.token()
	if err != nil {
		return nil, err
	}
	open, ok := token.(json.Delim)
	if !ok {
		return token, nil
	}
	if depth == deepest {
		return nil, wrong(p.line(), "objects and lists stand more than %d deep in each other", deepest)
	}
	if open == '[' {
		return p.list(place, depth)
	}
	return p.object(place, depth)
}

func (p *parser) list(place string, depth int) (any, error) {
	list := []any{}
	for p.dec.More() {
		item, err := p.value(fmt.Sprintf("%s[%d]", place, len(list)), depth+1)
		if err != nil {
			return nil, err
		}
		list = append(list, item)
	}
	_, err := p.token() // the closing bracket
	return list, err
}

func (p *parser) object(place string, depth int) (any, error) {
	fields := map[string]any{}
	for p.dec.More() {
		token, err := p.token()
		if err != nil {
			return nil, err
		}
		name, ok := token.(string)
		if !ok {
			return nil, wrong(p.line(), "this is not JSON: a name must be a text")
		}
		within := name
		if place != "" {
			within = place + ": " + name
		}
		if _, twice := fields[name]; twice {
			return nil, wrong(within, "it stands twice (%s)", p.line())
		}
		if fields[name], err = p.value(within, depth+1); err != nil {
			return nil, err
		}
	}
	_, err := p.token() // the closing brace
	return fields, err
}
