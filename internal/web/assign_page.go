package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/platform/locale"
)

// assignView is the page on which questions are given to people.
type assignView struct {
	Title, Lead, Action, List string
	Show                      string // which questions are shown; empty: all
	Problems                  []link
	Saved                     string
	Undo                      string // the act that can be undone; empty: none
	Link                      *contactLink
	Ways                      []link // to show all, or only what nobody has
	Loads                     []string
	Nobody                    string // who can answer where nobody can yet; empty: somebody can
	Empty                     string
	Dimensions                []assignDimension
	Person, Day, Contact      []field
	Contacts                  []contactRow
}

type assignDimension struct {
	ID     string
	Title  text
	Says   string
	Chosen bool
	Rows   []assignRow
	Single string // asks to choose single questions, and says who has them
	Open   bool   // single ones are chosen
}

type assignRow struct {
	ID, Who, State string
	Title          text
	Chosen         bool
}

// contactLink is the link of a contact, which is shown once.
type contactLink struct {
	Says, URL, Mail string
	Sent            bool // the node has written to them
}

type contactRow struct {
	ID, Name, Says string
	Over           bool
}

// assignPage shows the page; what was typed stays where something is wrong.
func (s *Server) assignPage(q *request, r assignRead, wrong error, once *contactLink) answer {
	query := q.URL.Query()
	v := assignView{
		Title: q.t("assign.title", "Organisation", r.Organisation.Name), Lead: q.t("assign.lead", "City", r.City.Name, "Period", r.Cycle.Period),
		Action: r.path(q, "assign"), List: r.path(q), Link: once,
	}
	if q.FormValue("show") == "unassigned" {
		v.Show = "unassigned"
	}
	switch {
	case r.handout != nil:
		v.Saved = q.assigned(r, *r.handout)
		if !r.handout.Undone {
			v.Undo = r.handout.ID
		}
	case query.Has("undone"):
		v.Saved = q.t("assign.undone")
	case query.Has("ended"):
		v.Saved = q.t("assign.ended")
	}
	v.Ways = []link{{Text: q.t("assign.show_all"), URL: v.Action, Current: v.Show == ""}, {Text: q.t("assign.show_unassigned"), URL: v.Action + "?show=unassigned", Current: v.Show != ""}}
	for _, one := range r.loads() {
		if one.who == "" {
			v.Loads = append(v.Loads, q.t("assign.nobody_has", "Count", one.total))
			continue
		}
		v.Loads = append(v.Loads, q.t("assign.has", "Name", r.names[one.who], "Count", one.total, "Open", one.still))
	}
	v.Dimensions = s.assignDimensions(q, r)
	if len(v.Dimensions) == 0 {
		v.Empty = q.t("assign.all_have")
	}
	if len(r.people) == 0 {
		v.Nobody = q.t("assign.no_people", "Organisation", r.Organisation.Name)
	}
	s.assignFields(q, r, &v)
	if wrong != nil {
		all := slices.Concat(v.Person, v.Day, v.Contact)
		v.Problems, _ = q.problems(wrong, all)
		n := copy(v.Person, all)
		n += copy(v.Day, all[n:])
		copy(v.Contact, all[n:])
	}
	for _, c := range r.contacts {
		v.Contacts = append(v.Contacts, s.contactRow(q, r, c))
	}
	a := q.page(v.Title, []string{"desk", "cities", r.City.ID, "cycles", r.Cycle.Period, r.Organisation.ID, "assign"}, view{
		Section: "desk", Forms: true, Style: "desk.css", Fictional: r.City.Fictional, Body: assignPage(q.locale, v),
		Crumbs: q.deskCrumbs(link{Text: r.Organisation.Name, URL: v.List}, link{Text: q.t("assign.crumb")}),
	})
	if wrong != nil {
		a.status = http.StatusUnprocessableEntity
	}
	return a
}

func (s *Server) assignDimensions(q *request, r assignRead) (all []assignDimension) {
	for _, d := range r.dimensions {
		one := assignDimension{ID: d.id, Title: q.dimensionTitle(d.id), Chosen: slices.Contains(q.PostForm["dimension"], d.id)}
		for _, id := range d.requirements {
			if !r.shows(q, id) {
				continue
			}
			row := assignRow{ID: id, Title: q.requirementTitle(id), Chosen: slices.Contains(q.PostForm["requirement"], id), State: q.answerState(r.entries[id].State)}
			if a := r.assigned[id]; a.Person != "" {
				row.Who = r.names[a.Person]
				if a.Alternate != "" {
					row.Who += " (" + r.names[a.Alternate] + ")"
				}
				if day := cmp.Or(a.Due, r.Cycle.AnswerBy); day != 0 {
					row.Who += q.t("list.comma") + q.day(day)
				}
			}
			one.Rows = append(one.Rows, row)
		}
		if len(one.Rows) > 0 {
			one.Says, one.Single = q.t("assign.questions", "Count", len(one.Rows)), q.t("assign.single", "Who", q.holders(r, one.Rows))
			one.Open = slices.ContainsFunc(one.Rows, func(row assignRow) bool { return row.Chosen })
			all = append(all, one)
		}
	}
	return all
}

// holders says who has questions, and how many: Ana 3, nobody 1.
func (q *request) holders(r assignRead, rows []assignRow) string {
	var order []string
	count := map[string]int{}
	for _, row := range rows {
		who := q.t("assign.nobody")
		if id := r.assigned[row.ID].Person; id != "" {
			who = r.names[id]
		}
		if count[who]++; count[who] == 1 {
			order = append(order, who)
		}
	}
	for i, who := range order {
		order[i] = q.t("assign.holder", "Name", who, "Count", count[who])
	}
	return q.list(order)
}

// assignFields are the questions of the form: who, who stands in, until when; and of somebody without an account, name, address and language.
func (s *Server) assignFields(q *request, r assignRead, v *assignView) {
	people, able, say := []string{""}, []string{""}, map[string]string{}
	for _, p := range r.people {
		people, able = append(people, p.ID), append(able, p.ID)
		say[p.ID] = p.Name
	}
	for _, c := range r.contacts {
		if !c.Over(s.clock.Now()) {
			people = append(people, c.ID)
			say[c.ID] = q.t("assign.by_link", "Name", c.Name)
		}
	}
	named := func(id string) string { return say[id] }
	v.Person = []field{
		{Name: "person", Label: q.t("assign.person"), Options: options(q.PostFormValue("person"), people, q.orChoose(named))},
		{Name: "alternate", Label: q.t("assign.alternate"), Hint: q.t("assign.alternate_hint"), Optional: true,
			Options: options(q.PostFormValue("alternate"), able, func(id string) string { return cmp.Or(say[id], q.t("assign.nobody")) })},
	}
	example := q.locale.Code("2026-11-30")
	hint := q.t("assign.due_hint", "Example", example) + " " + q.t("assign.due_for_link")
	if r.Cycle.AnswerBy != 0 {
		hint = q.t("assign.due_hint_cycle", "Example", example, "Date", q.day(r.Cycle.AnswerBy))
	}
	v.Day = []field{{Name: "due", Label: q.t("assign.due"), Hint: hint, Kind: "date", Value: q.PostFormValue("due"), Optional: true, Short: true}}
	v.Contact = []field{
		{Name: "name", Label: q.t("assign.contact_name"), Hint: q.t("assign.contact_name_hint"), Kind: "text", Value: q.PostFormValue("name"), Autocomplete: "off"},
		{Name: "email", Label: q.t("assign.contact_email"), Kind: "email", Value: q.PostFormValue("email"), Autocomplete: "off", Optional: true},
		{Name: "language", Label: q.t("assign.contact_language"), Options: options(cmp.Or(q.PostFormValue("language"), q.locale.Tag), locale.Shipped, func(tag string) string {
			in, _ := s.locales.Get(tag)
			return in.Name
		})},
	}
}

// contactRow says what a contact was asked and how far they are.
func (s *Server) contactRow(q *request, r assignRead, c account.Guest) contactRow {
	asked, handed := 0, 0
	for id, a := range r.assigned {
		if a.Person == c.ID {
			asked++
			if r.entries[id].State.Judges() {
				handed++
			}
		}
	}
	row := contactRow{ID: c.ID, Name: c.Name, Over: c.Over(s.clock.Now())}
	row.Says = q.t("desk.progress", "Answered", handed, "Asked", asked) + " · "
	if row.Over {
		row.Says += q.t("assign.link_over")
	} else {
		row.Says += q.t("assign.link_until", "Date", q.locale.Date(c.Ends))
	}
	return row
}

// contactLink makes the link of a contact, in their language, with a mail that can be sent by hand.
func (q *request) contactLink(r assignRead, to assessment.Contact, token string) *contactLink {
	in, shipped := q.server.locales.Get(to.Language)
	if !shipped {
		in = q.locale
	}
	address := strings.TrimRight(q.server.about(q.Context()).Address, "/")
	if address == "" {
		address = "http://" + q.Host
	}
	l := contactLink{Says: q.t("assign.link", "Name", to.Name, "Until", q.locale.Date(to.Ends)), URL: address + pathIn(in.Tag, "guest", token)}
	mail := url.Values{"subject": {in.T("guest.mail_subject", "City", r.City.Name)},
		"body": {in.T("guest.mail_body", "Name", to.Name, "City", r.City.Name, "Link", l.URL, "Until", in.Date(to.Ends), "From", q.actor.Name)}}
	written, err := q.server.rooms.Notice.Writes(q.Context())
	l.Sent = err == nil && written && to.Email != ""
	l.Mail = "mailto:" + url.PathEscape(to.Email) + "?" + strings.ReplaceAll(mail.Encode(), "+", "%20")
	return &l
}
