package locale

import (
	"fmt"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// message is an entry of a catalogue, taken apart when it is loaded, so that saying it is joining strings. go-i18n, whose files these are,
// executes a text/template instead each time.
type message struct {
	other  phrase
	plural map[string]phrase // by CLDR's name of the form; nil: the message has only one
}

// phrase is one form of a message.
type phrase []piece

// piece is words, followed by the value of a placeholder; its name is empty where none follows.
type piece struct{ words, name string }

// size guesses how long a sentence becomes.
func (said phrase) size() int {
	const value = 24 // a number with its isolates, a short name
	n := 0
	for _, p := range said {
		n += len(p.words)
		if p.name != "" {
			n += value
		}
	}
	return n
}

// catalogue holds the messages of a language by their keys.
type catalogue struct {
	messages map[string]message
	plurals  *plurals
}

func newCatalogue(from []*i18n.Message, plurals *plurals) (*catalogue, error) {
	c := &catalogue{messages: make(map[string]message, len(from)), plurals: plurals}
	for _, m := range from {
		if _, twice := c.messages[m.ID]; twice {
			return nil, fmt.Errorf("%s is in two areas", m.ID)
		}
		made := message{}
		for _, form := range []struct{ name, text string }{
			{formZero, m.Zero}, {formOne, m.One}, {formTwo, m.Two}, {formFew, m.Few}, {formMany, m.Many}, {formOther, m.Other},
		} {
			if form.text == "" {
				continue
			}
			said, err := phraseOf(form.text)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", m.ID, err)
			}
			if form.name == formOther {
				made.other = said
				continue
			}
			if made.plural == nil {
				made.plural = map[string]phrase{}
			}
			made.plural[form.name] = said
		}
		c.messages[m.ID] = made
	}
	return c, nil
}

// phraseOf takes a text apart. Of the language of text/template, in which go-i18n reads it, a message may use {{.Name}} and nothing else.
func phraseOf(text string) (phrase, error) {
	var said phrase
	for {
		words, rest, found := strings.Cut(text, "{{")
		if !found {
			if words != "" || said == nil {
				said = append(said, piece{words: words})
			}
			return said, nil
		}
		inside, after, closed := strings.Cut(rest, "}}")
		name, dotted := strings.CutPrefix(strings.TrimSpace(inside), ".")
		if !closed || !dotted || name == "" || strings.ContainsFunc(name, notInName) {
			return nil, fmt.Errorf("a placeholder is written {{.Name}}, not {{%s", rest)
		}
		said = append(said, piece{words, name})
		text = after
	}
}

func notInName(r rune) bool {
	return r != '_' && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
}

// form gives the phrase for a number; nil: no number was named. False where the message has no form to say it by, or count is no number.
func (c *catalogue) form(m message, count any) (phrase, bool) {
	if count != nil {
		form, ok := c.plurals.form(count)
		if !ok {
			return nil, false
		}
		if said, ok := m.plural[form]; ok {
			return said, true
		}
	}
	return m.other, m.other != nil
}
