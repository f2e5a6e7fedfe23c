package web

// evidenceView is the part of a question's page in which evidence is given.
type evidenceView struct {
	Proof text // what counts as evidence, and what does not
}

// evidenceFor fills the part of the page about evidence.
func (s *Server) evidenceFor(q *request, r questionRead) evidenceView {
	return evidenceView{Proof: q.own(r.question.Standard.In(q.locale.Tag).Detail(&r.question.Requirement).Proof)}
}
