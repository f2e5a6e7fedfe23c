package web

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"github.com/cityrights/cityrights/internal/platform/locale"
	"github.com/cityrights/cityrights/internal/platform/settings"
)

// about gives what pages say about the installation, by the settings of this moment; what was given at the start stands above them. Where they
// cannot be read, a page says what was given.
func (s *Server) about(ctx context.Context) Node {
	v, err := s.rooms.Settings.Current(ctx)
	if err != nil {
		if ctx.Err() == nil {
			s.log.Warn("settings", slog.Any("error", err))
		}
		node := s.node
		node.Name = cmp.Or(node.Name, settings.Default)
		return node
	}
	node := s.node
	node.Name, node.Operator, node.Contact, node.Address = v.Node.Name, v.Node.Operator, v.Node.Contact, v.Node.Address
	node.SecurityContact, node.Licence = v.Node.SecurityContact, v.Node.Licence
	return node
}

// preferred gives the language that a reader's browser asks for; the node's where it asks for none that there is.
func (s *Server) preferred(r *http.Request) *locale.Locale {
	if l, ok := s.locales.Asked(r.Header.Get("Accept-Language")); ok {
		return l
	}
	if v, err := s.rooms.Settings.Current(r.Context()); err == nil {
		if l, ok := s.locales.Get(v.Node.Language); ok {
			return l
		}
	}
	l, _ := s.locales.Get("en")
	return l
}

// reach gives the address of an operator's contact, which is a page or a mailbox.
func reach(contact string) templ.SafeURL {
	if strings.HasPrefix(contact, "https://") || strings.HasPrefix(contact, "http://") {
		return templ.SafeURL(contact)
	}
	return templ.SafeURL("mailto:" + contact)
}
