package web

import (
	"net/http"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/locale"
	"github.com/cityrights/cityrights/internal/platform/settings"
)

type meView struct {
	Problems                []link
	Saved, Email, NoLetters string
	Entry, Letters, Secret  []field
	Sessions                []sessionRow
	Others                  bool // signed in elsewhere too
}

// sessionRow is one place where the person is signed in.
type sessionRow struct {
	ID, Says string
	Current  bool
}

// me is where a person says how they are called, in which language they read, how often they are written to, and by what they sign in, and where
// they see and end their sessions.
func (s *Server) me(q *request) (answer, error) { return s.mePage(q, nil, 0) }

func (s *Server) mePage(q *request, wrong error, status int) (answer, error) {
	p, err := s.rooms.Account.Self(q.Context(), q.actor)
	if err != nil {
		return answer{}, err
	}
	rhythm, err := s.rooms.Notice.Rhythm(q.Context(), p.ID)
	if err != nil {
		return answer{}, err
	}
	kept, err := s.rooms.Settings.Current(q.Context())
	if err != nil {
		return answer{}, err
	}
	v := meView{Email: p.Email}
	v.Entry, v.Letters, v.Secret = q.entryFields(p), q.rhythmFields(rhythm, kept), q.passwordFields()
	sessions, err := s.rooms.Account.SessionsOf(q.Context(), q.actor)
	if err != nil {
		return answer{}, err
	}
	for _, one := range sessions {
		v.Sessions = append(v.Sessions, sessionRow{ID: one.ID, Current: one.Current, Says: q.t("session.times", "Begun", q.moment(one.Begun), "Seen", q.moment(one.Seen))})
		v.Others = v.Others || !one.Current
	}
	if !kept.Mail.On() {
		v.NoLetters = q.t("me.no_letters")
	}
	if wrong == nil && q.URL.Query().Get("saved") != "" {
		v.Saved = q.t("form.saved")
	}
	if wrong != nil {
		fields := map[string][]field{"entry": v.Entry, "letters": v.Letters, "password": v.Secret}[q.PostFormValue("do")]
		q.retype(fields, false)
		summary, ok := q.problems(wrong, fields)
		if !ok {
			return answer{}, wrong
		}
		v.Problems = summary
	}
	a := q.page(q.t("me.title"), []string{"desk", "me"}, view{Section: "desk", Forms: true, Body: mePage(q.locale, v), Crumbs: q.deskCrumbs(link{Text: q.t("me.title")})})
	a.status = status
	return a, nil
}

func (q *request) entryFields(p account.Person) []field {
	return []field{
		{Name: "name", Label: q.t("people.name"), Kind: "text", Value: p.Name, Autocomplete: "name"},
		{Name: "language", Label: q.t("me.language"), Hint: q.t("me.language_hint"), Options: options(p.Language, append([]string{""}, locale.Shipped...), func(tag string) string {
			if tag == "" {
				return q.t("me.language_node")
			}
			return q.languageName(tag)
		})},
	}
}

func (q *request) rhythmFields(chosen settings.Rhythm, v settings.Values) []field {
	return []field{{Name: "rhythm", Label: q.t("me.rhythm"), Hint: q.t("me.rhythm_hint"), Options: options(string(chosen), append([]string{""}, rhythms()...), func(r string) string {
		if r == "" {
			return q.t("me.rhythm_node", "Rhythm", q.rhythm(string(v.Digests.Rhythm)))
		}
		return q.rhythm(r)
	})}}
}

func (q *request) passwordFields() []field {
	return append([]field{{Name: "current", Label: q.t("me.current"), Kind: "password", Autocomplete: "current-password"}}, q.newPassword()...)
}

func (s *Server) meSave(q *request) (answer, error) {
	var err error
	switch q.PostFormValue("do") {
	case "entry":
		err = s.rooms.Account.SetSelf(q.Context(), q.actor, q.PostFormValue("name"), q.PostFormValue("language"))
	case "letters":
		err = s.rooms.Notice.SetRhythm(q.Context(), q.actor.Person, settings.Rhythm(q.PostFormValue("rhythm")))
	case "password":
		err = s.rooms.Account.SetPassword(q.Context(), q.actor, q.PostFormValue("current"), q.PostFormValue("password"))
	case "end":
		err = ended(s.rooms.Account.EndSession(q.Context(), q.actor, q.PostFormValue("session")))
	case "end_others":
		err = ended(s.rooms.Account.EndOtherSessions(q.Context(), q.actor))
	default:
		return answer{}, fault.SaidOf("do", "error.form", "this form does not know that")
	}
	if err != nil {
		return s.mePage(q, err, http.StatusUnprocessableEntity)
	}
	return answer{redirect: q.path("desk", "me") + "?saved=1"}, nil
}

// ended leaves out that a session was not there: it has ended, which is what was asked for.
func ended(err error) error {
	if fault.KindOf(err) == fault.NotFound {
		return nil
	}
	return err
}
