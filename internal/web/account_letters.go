package web

import "github.com/cityrights/cityrights/internal/platform/fault"

type stopView struct {
	To      string
	Stopped bool
}

// stopAsk is where the link at the end of a digest leads. A program that looks at links ahead of the reader changes nothing by it.
func (s *Server) stopAsk(q *request) (answer, error) {
	token := q.PathValue("token")
	if err := s.rooms.Notice.Stops(token); err != nil {
		return answer{}, err
	}
	return q.stopPage(stopView{To: q.path("mail", "stop", token)}), nil
}

// stop ends a person's digests: by the button, or by their mail program (RFC 8058). What the form holds does not matter.
func (s *Server) stop(q *request) (answer, error) {
	err := s.rooms.Notice.Stop(q.Context(), q.PathValue("token"))
	if fault.KindOf(err) == fault.NotFound {
		return answer{}, err
	}
	return q.stopPage(stopView{Stopped: true}), err
}

func (q *request) stopPage(v stopView) answer {
	return q.page(q.t("stop.title"), []string{"mail", "stop", q.PathValue("token")}, view{Section: "desk", Forms: true, Body: stopPage(q.locale, v)})
}
