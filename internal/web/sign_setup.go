package web

import (
	"crypto/subtle"
	"errors"
	"net/http"
	"strings"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/locale"
)

type setupView struct {
	Done     bool // the node has people: nothing to see
	Closed   bool // nobody is there, and no code was made: the program must be started again
	Problems []link
	Fields   []field
}

// setupForm is the first page of a new node. Whoever types the code from its terminal becomes its administrator.
func (s *Server) setupForm(q *request) (answer, error) { return s.setupPage(q, nil, 0) }

func (s *Server) setupPage(q *request, wrong error, status int) (answer, error) {
	nobody, err := s.rooms.Account.Nobody(q.Context())
	if err != nil {
		return answer{}, err
	}
	v := setupView{Done: !nobody, Closed: nobody && s.node.SetupCode == ""}
	switch {
	case v.Done:
		status = http.StatusGone
	case v.Closed: // the page says what to do
	default:
		v.Fields = q.setupFields()
		if wrong != nil {
			q.retype(v.Fields, false)
			summary, ok := q.problems(wrong, v.Fields)
			if !ok {
				return answer{}, wrong
			}
			v.Problems = summary
		}
	}
	a := q.page(q.t("setup.title"), []string{"setup"}, view{Section: "desk", Forms: true, Body: setupPage(q.locale, v)})
	a.status = status
	return a, nil
}

func (q *request) setupFields() []field {
	return append([]field{
		{Name: "code", Label: q.t("setup.code"), Hint: q.t("setup.code_hint"), Kind: "text", Autocomplete: "off"},
		{Name: "name", Label: q.t("setup.name"), Kind: "text", Autocomplete: "name"},
		{Name: "email", Label: q.t("sign.email"), Hint: q.t("setup.email_hint"), Kind: "email", Autocomplete: "username"},
		{Name: "language", Label: q.t("me.language"), Options: options(q.locale.Tag, locale.Shipped, q.languageName)},
	}, q.newPassword()...)
}

// setup makes the first administrator and signs them in. All that is wrong is said at once, but nothing of a code that is not right.
func (s *Server) setup(q *request) (answer, error) {
	p := account.Person{Name: q.PostFormValue("name"), Email: q.PostFormValue("email"), Language: q.PostFormValue("language")}
	if !s.knows(q.PostFormValue("code")) {
		_, more := account.Clean(p)
		wrong := fault.SaidOf("code", "error.setup.code", "this is not the code that the node has printed when it was started")
		return s.setupPage(q, errors.Join(wrong, more), http.StatusUnprocessableEntity)
	}
	if _, err := s.rooms.Account.Found(q.Context(), p, q.PostFormValue("password")); err != nil {
		return s.setupPage(q, err, http.StatusUnprocessableEntity)
	}
	return answer{redirect: q.path("desk", "setup", "node")}, nil
}

// knows tells whether a text is the node's setup code, however its parts are written.
func (s *Server) knows(said string) bool {
	plain := func(code string) string {
		return strings.Map(func(r rune) rune {
			if r == '-' || r == ' ' {
				return -1
			}
			return r
		}, strings.ToUpper(strings.TrimSpace(code)))
	}
	want := plain(s.node.SetupCode)
	return want != "" && subtle.ConstantTimeCompare([]byte(plain(said)), []byte(want)) == 1
}
