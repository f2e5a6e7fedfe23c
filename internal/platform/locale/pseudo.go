package locale

import (
	"maps"
	"strings"
	"sync"
)

// Pseudo gives the same languages with the letters A to Z of every message in their full-width forms (U+FF21 to U+FF5A), so that a test sees
// which words of a page come from no catalogue. What is put into placeholders stays as it is.
func (s *Set) Pseudo() *Set {
	wide := &Set{locales: maps.Clone(s.locales), matcher: s.matcher}
	english := sync.OnceValue(func() *catalogue { return s.locales[Shipped[0]].own().pseudo() })
	for tag, l := range s.locales {
		own := *l
		own.own, own.english = sync.OnceValue(func() *catalogue { return l.own().pseudo() }), english
		wide.locales[tag] = &own
	}
	return wide
}

func (c *catalogue) pseudo() *catalogue {
	wide := &catalogue{messages: make(map[string]message, len(c.messages)), plurals: c.plurals}
	for key, m := range c.messages {
		made := message{other: m.other.pseudo()}
		if m.plural != nil {
			made.plural = map[string]phrase{}
		}
		for form, said := range m.plural {
			made.plural[form] = said.pseudo()
		}
		wide.messages[key] = made
	}
	return wide
}

func (said phrase) pseudo() phrase {
	if said == nil {
		return nil
	}
	wide := make(phrase, len(said))
	for i, p := range said {
		wide[i] = piece{strings.Map(wider, p.words), p.name}
	}
	return wide
}

func wider(r rune) rune {
	if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
		return r - 'A' + 'Ａ'
	}
	return r
}
