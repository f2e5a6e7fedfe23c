package standard

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// object reads one YAML mapping key by key. What is missing, of the wrong type or unknown becomes a problem of the document; a value that
// could not be read is the zero value. Call close when all keys have been asked for.
type object struct {
	doc   *document
	at    spot
	name  string // for messages: "LIV.1.O1", "profile starter"; empty for a file as a whole
	line  int
	keys  []*yaml.Node
	vals  []*yaml.Node
	asked []string
	dead  bool // not a mapping; that was said once
}

// object opens the mapping n, which stands at the spot at.
func (d *document) object(n *yaml.Node, at spot, name string) *object {
	if _, known := d.places[at]; !known { // else it stands below a key, whose line it is
		d.places[at] = place{d.file, n.Line}
	}
	o := &object{doc: d, at: at, name: name, line: d.places[at].line}
	if n.Kind != yaml.MappingNode {
		o.dead = true
		o.problem(n.Line, "must be a mapping of keys to values")
		return o
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if slices.ContainsFunc(o.keys, func(k *yaml.Node) bool { return k.Value == key.Value }) {
			o.problem(key.Line, "the key %q stands twice", key.Value)
			continue
		}
		o.keys, o.vals = append(o.keys, key), append(o.vals, n.Content[i+1])
	}
	return o
}

// problem reports a mistake, led by the object's name.
func (o *object) problem(line int, format string, args ...any) {
	if o.name != "" {
		format = strings.ReplaceAll(o.name, "%", "%%") + ": " + format
	}
	o.doc.problem(line, format, args...)
}

// find gives the value of a key, nil if it is not there, and notes where it stands.
func (o *object) find(key string) *yaml.Node {
	o.asked = append(o.asked, key)
	for i := range o.keys {
		if o.keys[i].Value == key {
			o.doc.places[o.at.within(o.under(key))] = place{o.doc.file, o.keys[i].Line}
			return o.vals[i]
		}
	}
	return nil
}

// under gives the path of a key below the object's own key: "minimum.value".
func (o *object) under(key string) string {
	if o.at.key == "" {
		return key
	}
	return o.at.key + "." + key
}

// need is find for a key that must be there.
func (o *object) need(key string) *yaml.Node {
	n := o.find(key)
	if n == nil && !o.dead {
		o.problem(o.line, "the key %q is missing", key)
	}
	return n
}

// text reads a text that must be there and not be empty.
func (o *object) text(key string) string { return o.scalar(key, o.need(key)) }

// optionalText reads a text, "" where the key is not there.
func (o *object) optionalText(key string) string { return o.scalar(key, o.find(key)) }

func (o *object) scalar(key string, n *yaml.Node) string {
	if n == nil {
		return ""
	}
	if n.Kind != yaml.ScalarNode || (n.Tag != "!!str" && n.Tag != "!!null") {
		o.problem(n.Line, "%q must be a text%s", key, quoteHint(n))
		return ""
	}
	text := strings.TrimSpace(n.Value)
	if text == "" || n.Tag == "!!null" {
		o.problem(n.Line, "%q is empty", key)
		return ""
	}
	return text
}

// quoteHint says how to write a number, date or truth value that is meant as text.
func quoteHint(n *yaml.Node) string {
	if n.Kind != yaml.ScalarNode {
		return ""
	}
	return "; put " + strconv.Quote(n.Value) + " in quotes"
}

// texts reads a list of texts, each noted at its own spot. A needed list must be there and not be empty.
func (o *object) texts(key string, needed bool) []string {
	n := o.find(key)
	switch {
	case n == nil:
		if needed && !o.dead {
			o.problem(o.line, "the key %q is missing", key)
		}
		return nil
	case n.Kind != yaml.SequenceNode:
		o.problem(n.Line, "%q must be a list", key)
		return nil
	case len(n.Content) == 0:
		o.problem(n.Line, "%q is an empty list", key)
		return nil
	}
	list := make([]string, 0, len(n.Content))
	for i, item := range n.Content {
		o.doc.places[o.at.within(o.under(key)).nth(i)] = place{o.doc.file, item.Line}
		if item.Kind != yaml.ScalarNode || item.Tag != "!!str" || strings.TrimSpace(item.Value) == "" {
			o.problem(item.Line, "item %d of %q must be a text", i+1, key)
		}
		list = append(list, strings.TrimSpace(item.Value)) // kept even if broken, so that positions hold
	}
	return list
}

// boolean reads true or false, false where the key is not there.
func (o *object) boolean(key string) bool {
	n := o.find(key)
	if n == nil {
		return false
	}
	if n.Kind != yaml.ScalarNode || n.Tag != "!!bool" {
		o.problem(n.Line, "%q must be true or false", key)
		return false
	}
	return strings.EqualFold(n.Value, "true")
}

// number reads a finite number that must be there.
func (o *object) number(key string) float64 {
	n := o.need(key)
	if n == nil {
		return 0
	}
	v, err := strconv.ParseFloat(n.Value, 64)
	if n.Kind != yaml.ScalarNode || (n.Tag != "!!int" && n.Tag != "!!float") || err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
		o.problem(n.Line, "%q must be a finite decimal number", key)
		return 0
	}
	return v
}

// inner opens the mapping below a key; nil where the key is not there.
func (o *object) inner(key string, needed bool) *object {
	n := o.find(key)
	if n == nil {
		if needed && !o.dead {
			o.problem(o.line, "the key %q is missing", key)
		}
		return nil
	}
	name := key
	if o.name != "" {
		name = o.name + ": " + key
	}
	return o.doc.object(n, o.at.within(o.under(key)), name)
}

// items gives the nodes of a list that must be there and not be empty.
func (o *object) items(key string) []*yaml.Node {
	n := o.need(key)
	switch {
	case n == nil:
		return nil
	case n.Kind != yaml.SequenceNode || len(n.Content) == 0:
		o.problem(n.Line, "%q must be a list with at least one item", key)
		return nil
	}
	return n.Content
}

// close reports every key that was not asked for.
func (o *object) close() {
	for _, key := range o.keys {
		if !slices.Contains(o.asked, key.Value) {
			o.problem(key.Line, "unknown key %q; known are %s", key.Value, strings.Join(o.asked, ", "))
		}
	}
}
