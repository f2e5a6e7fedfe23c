package web

import (
	"net/http"
	"strings"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
)

type organisationsView struct {
	Problems []link
	Saved    string
	Rows     []organisationRow
	Fields   []field
}

type organisationRow struct{ Name, Kind, City string }

func (s *Server) organisations(q *request) (answer, error) { return s.organisationsPage(q, nil, 0) }

func (s *Server) organisationsPage(q *request, wrong error, status int) (answer, error) {
	var v organisationsView
	if q.FormValue("saved") != "" {
		v.Saved = q.t("form.saved")
	}
	var all []city.Organisation
	var cities []city.City
	err := s.rooms.View(q.Context(), func(tx database.Tx) (err error) {
		if cities, err = s.rooms.City.List(q.Context(), tx); err != nil {
			return err
		}
		all, err = s.rooms.City.AllOrganisations(q.Context(), tx)
		return err
	})
	if err != nil {
		return answer{}, err
	}
	names, ids := map[string]string{"": ""}, []string{""}
	for _, c := range cities {
		names[c.ID] = c.Name
		ids = append(ids, c.ID)
	}
	for _, o := range all {
		v.Rows = append(v.Rows, organisationRow{Name: o.Name, Kind: q.t("organisation.kind." + string(o.Kind)), City: names[o.City]})
	}
	if account.Can(q.actor, account.Edit, wholeNode(q)) {
		kinds := make([]string, len(city.OrganisationKinds))
		for i, k := range city.OrganisationKinds {
			kinds[i] = string(k)
		}
		v.Fields = []field{
			{Name: "name", Label: q.t("organisation.name"), Kind: "text", Value: q.PostFormValue("name")},
			{Name: "code", Label: q.t("city.form.id"), Hint: q.t("organisation.id_hint"), Kind: "text", Value: q.PostFormValue("code")},
			{Name: "kind", Label: q.t("organisation.kind"), Options: options(q.PostFormValue("kind"), kinds, func(k string) string { return q.t("organisation.kind." + k) })},
			{Name: "city", Label: q.t("organisation.city"), Optional: true, Options: options(q.PostFormValue("city"), ids, func(id string) string { return names[id] })},
			{Name: "country", Label: q.t("city.form.country"), Hint: q.t("city.form.country_hint"), Kind: "text", Short: true, Optional: true, Value: q.PostFormValue("country")},
			{Name: "url", Label: q.t("organisation.website"), Kind: "url", Optional: true, Value: q.PostFormValue("url")},
		}
	}
	if wrong != nil {
		summary, ok := q.problems(wrong, v.Fields)
		if !ok {
			return answer{}, wrong
		}
		v.Problems = summary
	}
	a := q.page(q.t("organisation.title"), []string{"desk", "organisations"}, view{
		Section: "desk", Forms: true, Body: organisationsPage(q.locale, v), Crumbs: q.deskCrumbs(link{Text: q.t("desk.organisations")}),
	})
	a.status = status
	return a, nil
}

func (s *Server) organisationAdd(q *request) (answer, error) {
	err := s.rooms.City.AddOrganisation(q.Context(), q.actor.Name, city.Organisation{
		ID: strings.TrimSpace(q.PostFormValue("code")), Name: q.PostFormValue("name"), Kind: city.OrganisationKind(q.PostFormValue("kind")),
		City: q.PostFormValue("city"), Country: strings.ToUpper(strings.TrimSpace(q.PostFormValue("country"))), URL: strings.TrimSpace(q.PostFormValue("url")),
	})
	if err != nil {
		return s.organisationsPage(q, err, http.StatusUnprocessableEntity)
	}
	return answer{redirect: q.path("desk", "organisations") + "?saved=1"}, nil
}
