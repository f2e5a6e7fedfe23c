package web

import (
	"github.com/cityrights/cityrights/internal/notice"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/jobs"
)

type lettersView struct {
	Saved string
	Off   bool // the settings send none
	Lists []letterList
	Links []link
}

type letterList struct {
	ID, Title, None string
	Rows            []letterRow
	More            string // there are more than are shown
}

type letterRow struct {
	ID, To, Kind, When, How, Failure string
	Failed                           bool
}

// letters shows what the node has written to people, first what did not reach them.
func (s *Server) letters(q *request) (answer, error) {
	kept, err := s.rooms.Settings.Current(q.Context())
	if err != nil {
		return answer{}, err
	}
	v := lettersView{Off: !kept.Mail.On(), Links: []link{{Text: q.t("settings.link"), URL: q.path("desk", "settings") + "#mail"}}}
	switch q.FormValue("done") {
	case "retry":
		v.Saved = q.t("letters.retried")
	case "forget":
		v.Saved = q.t("letters.forgotten")
	}
	for _, state := range []jobs.State{jobs.Failed, jobs.Waiting, jobs.Done} {
		all, err := s.rooms.Notice.Letters(q.Context(), q.actor, state)
		if err != nil {
			return answer{}, err
		}
		v.Lists = append(v.Lists, q.letterList(state, all))
	}
	return q.page(q.t("letters.title"), []string{"desk", "mail"}, view{
		Section: "desk", Forms: true, Body: lettersPage(q.locale, v), Crumbs: q.deskCrumbs(link{Text: q.t("letters.title")}),
	}), nil
}

func (q *request) letterList(state jobs.State, all []notice.Letter) letterList {
	list := letterList{ID: string(state)}
	switch state {
	case jobs.Failed:
		list.Title, list.None = q.t("letters.failed"), q.t("letters.failed_none")
	case jobs.Waiting:
		list.Title, list.None = q.t("letters.waiting"), q.t("letters.waiting_none")
	case jobs.Done:
		list.Title, list.None = q.t("letters.sent"), q.t("letters.sent_none")
	}
	if len(all) == notice.Shown {
		list.More = q.t("letters.more", "Count", notice.Shown)
	}
	for _, l := range all {
		row := letterRow{ID: l.ID, To: l.To, Kind: q.letterKind(l.Kind), When: q.t("letters.written", "Time", q.moment(l.Queued)), Failure: l.Failure, Failed: state == jobs.Failed}
		switch {
		case state == jobs.Waiting && l.Attempts > 0:
			row.How = q.t("letters.again", "Count", l.Attempts, "Time", q.moment(l.Due))
		case state == jobs.Waiting:
			row.How = q.t("letters.soon")
		case state == jobs.Failed:
			row.How = q.t("letters.tries", "Count", l.Attempts)
		default:
			row.How = q.t("letters.sent_at", "Time", q.moment(l.Ended))
		}
		list.Rows = append(list.Rows, row)
	}
	return list
}

func (q *request) letterKind(kind notice.Kind) string {
	return map[notice.Kind]string{
		notice.Digest: q.t("letters.digest"), notice.Invite: q.t("letters.invite"), notice.Reset: q.t("letters.reset"), notice.Questions: q.t("letters.questions"),
	}[kind]
}

// lettersDo has a letter that failed tried again, or gives it up.
func (s *Server) lettersDo(q *request) (answer, error) {
	do, id := q.PostFormValue("do"), q.PostFormValue("letter")
	var err error
	switch do {
	case "retry":
		err = s.rooms.Notice.Retry(q.Context(), q.actor, id)
	case "forget":
		err = s.rooms.Notice.Forget(q.Context(), q.actor, id)
	default:
		err = fault.SaidOf("do", "error.form", "this form does not know that")
	}
	if err != nil {
		return answer{}, err
	}
	return answer{redirect: q.path("desk", "mail") + "?done=" + do}, nil
}
