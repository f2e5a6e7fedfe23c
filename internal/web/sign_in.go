package web

import (
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

type signView struct {
	Problems []link
	Saved    string
	To       string
	Kept     string // a form that was sent by somebody who was not signed in any more
	Fields   []field
}

func (q *request) signInPage(v signView, status int) answer {
	v.Fields = []field{
		{Name: "email", Label: q.t("sign.email"), Kind: "email", Autocomplete: "username", Value: q.PostFormValue("email")},
		{Name: "password", Label: q.t("sign.password"), Kind: "password", Autocomplete: "current-password"},
	}
	a := q.page(q.t("sign.title"), []string{"sign-in"}, view{Section: "desk", Forms: true, Body: signInPage(q.locale, v)})
	a.status = status
	return a
}

func (s *Server) signInForm(q *request) (answer, error) {
	v := signView{To: q.localPath(q.FormValue("to"))}
	switch q.FormValue("done") {
	case "reset":
		v.Saved = q.t("sign.reset_done")
	case "out":
		v.Saved = q.t("sign.out_done")
	}
	return q.signInPage(v, 0), nil
}

// signIn answers a wrong address and a wrong password in the same words.
func (s *Server) signIn(q *request) (answer, error) {
	to, kept := q.localPath(q.PostFormValue("to")), q.PostFormValue("kept")
	_, err := s.rooms.Account.SignIn(q.Context(), q.PostFormValue("email"), q.PostFormValue("password"))
	switch fault.KindOf(err) {
	case fault.Forbidden:
		return q.signInPage(signView{To: to, Kept: kept, Problems: []link{{Text: q.t("sign.wrong"), URL: "#email"}}}, http.StatusUnauthorized), nil
	case fault.TooMuch:
		return q.signInPage(signView{To: to, Kept: kept, Problems: []link{{Text: q.t("sign.too_many"), URL: "#email"}}}, http.StatusTooManyRequests), nil
	}
	if err != nil {
		return answer{}, err
	}
	if kept != "" {
		return q.goOnWith(to, kept)
	}
	return answer{redirect: to}, nil
}

// localPath lets nobody be sent elsewhere after signing in: only to a page of the desk, by an address without detours.
func (q *request) localPath(to string) string {
	desk := q.path("desk")
	address, err := url.Parse(to)
	if err != nil || address.IsAbs() || address.Host != "" || path.Clean(address.Path) != address.Path || strings.ContainsAny(address.Path, "\\\r\n") {
		return desk
	}
	if to == desk || strings.HasPrefix(to, desk+"/") || strings.HasPrefix(to, desk+"?") {
		return to
	}
	return desk
}

func (s *Server) signOut(q *request) (answer, error) {
	who, err := s.rooms.Account.Actor(q.Context())
	if err != nil {
		return answer{}, err
	}
	if err := s.rooms.Account.SignOut(q.Context()); err != nil {
		return answer{}, err
	}
	if who.Guest {
		return answer{redirect: q.path("guest", "lost") + "?left="}, nil
	}
	return answer{redirect: q.path("sign-in") + "?done=out"}, nil
}

// resetForm is where a one-time link leads: to choose a password.
func (s *Server) resetForm(q *request) (answer, error) {
	return q.resetPage(nil, q.newPassword(), 0), nil
}

func (q *request) newPassword() []field {
	return []field{{Name: "password", Label: q.t("sign.new_password"), Hint: q.t("sign.new_password_hint"), Kind: "password", Autocomplete: "new-password"}}
}

func (q *request) resetPage(wrong []link, fields []field, status int) answer {
	a := q.page(q.t("sign.reset_title"), []string{"sign-in"}, view{Section: "desk", Forms: true, Body: resetPage(q.locale, signView{
		Problems: wrong, To: q.path("sign-in", q.PathValue("token")), Fields: fields,
	})})
	a.status = status
	return a
}

func (s *Server) reset(q *request) (answer, error) {
	err := s.rooms.Account.Redeem(q.Context(), q.PathValue("token"), q.PostFormValue("password"))
	switch kind := fault.KindOf(err); {
	case kind == fault.Invalid:
		fields := q.newPassword()
		summary, _ := q.problems(err, fields)
		return q.resetPage(summary, fields, http.StatusUnprocessableEntity), nil
	case kind == fault.NotFound, kind == fault.Forbidden:
		return q.resetPage([]link{{Text: q.t("sign.reset_gone")}}, q.newPassword(), http.StatusGone), nil
	case err != nil:
		return answer{}, err
	}
	return answer{redirect: q.path("sign-in") + "?done=reset"}, nil
}
