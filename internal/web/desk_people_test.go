package web

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/city"
)

var oneTime = regexp.MustCompile(`/en/sign-in/([A-Z2-7]+)`)

func TestANewPersonChoosesAPasswordByALinkThatWorksOnce(t *testing.T) {
	s := newSite(t)
	admin := s.person(t, "admin@example.org", account.Granted{Role: account.RoleAdministrator, Scope: account.Node})
	answer := s.post(t, admin, "/en/desk/people", url.Values{"do": {"add"}, "name": {"New Officer"}, "email": {"new@example.org"}, "role": {"coordinator"}, "scope": {"city/example"}})
	found := oneTime.FindStringSubmatch(answer.Body)
	if found == nil {
		t.Fatalf("no link is shown: status %d", answer.StatusCode)
	}
	link := "/en/sign-in/" + found[1]
	if answer := s.post(t, visitor(), link, url.Values{"password": {"short"}}); answer.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a short password: status %d", answer.StatusCode)
	}
	if answer := s.post(t, visitor(), link, url.Values{"password": {"the harbour opens at six"}}); answer.StatusCode != http.StatusSeeOther {
		t.Errorf("a good password: status %d", answer.StatusCode)
	}
	if answer := s.post(t, visitor(), link, url.Values{"password": {"another good password"}}); answer.StatusCode != http.StatusGone {
		t.Errorf("the link again: status %d", answer.StatusCode)
	}
	officer := visitor()
	s.post(t, officer, "/en/sign-in", url.Values{"email": {"new@example.org"}, "password": {"the harbour opens at six"}})
	if answer, _ := s.get(t, officer, "/en/desk/cities/example/statistics"); answer.StatusCode != http.StatusOK {
		t.Errorf("the officer's page: status %d", answer.StatusCode)
	}
}

func TestARoleIsGivenAndTakenAwayAndADisabledPersonIsOut(t *testing.T) {
	s := newSite(t)
	admin := s.person(t, "admin@example.org", account.Granted{Role: account.RoleAdministrator, Scope: account.Node})
	officer := s.person(t, "officer@example.org")
	people, err := s.rooms.Account.People(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	id := ""
	for _, p := range people {
		if p.Email == "officer@example.org" {
			id = p.ID
		}
	}
	can := func(want int) {
		t.Helper()
		if answer, _ := s.get(t, officer, "/en/desk/cities/example/statistics"); answer.StatusCode != want {
			t.Errorf("the officer's page: status %d, want %d", answer.StatusCode, want)
		}
	}
	can(http.StatusForbidden)
	role := url.Values{"do": {"grant"}, "person": {id}, "grant-role": {"coordinator"}, "grant-scope": {"city/example"}}
	s.post(t, admin, "/en/desk/people", role)
	can(http.StatusOK)
	role.Set("do", "revoke")
	s.post(t, admin, "/en/desk/people", role)
	can(http.StatusForbidden)
	s.post(t, admin, "/en/desk/people", url.Values{"do": {"disable"}, "person": {id}})
	can(http.StatusSeeOther)
}

func TestAnAdministratorLetsPeopleAnswerForAnOrganisation(t *testing.T) {
	s := newSite(t)
	admin := s.person(t, "admin@example.org", account.Granted{Role: account.RoleAdministrator, Scope: account.Node})
	officer := s.person(t, "officer@example.org", account.Granted{Role: account.RoleCoordinator, Scope: account.InCity("example")})
	form := url.Values{"do": {"add"}, "name": {"Maria"}, "email": {"maria@union.example"}, "role": {"contributor"}, "scope": {"organisation/union"}}
	if answer := s.post(t, officer, "/en/desk/people", form); answer.StatusCode != http.StatusForbidden {
		t.Errorf("the city lets somebody speak for an independent organisation: status %d", answer.StatusCode)
	}
	answer := s.post(t, admin, "/en/desk/people", form)
	if answer.StatusCode != http.StatusOK || !strings.Contains(answer.Body, "/en/sign-in/") {
		t.Fatalf("status %d: %s", answer.StatusCode, answer.Body)
	}
	people, err := s.rooms.Account.People(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := account.Granted{Role: account.RoleContributor, Scope: account.InOrganisation("union")}
	if !slices.ContainsFunc(people, func(p account.Person) bool {
		return p.Email == "maria@union.example" && slices.Contains(p.Grants, want)
	}) {
		t.Errorf("there are %+v", people)
	}
	form.Set("scope", "organisation/nobody")
	form.Set("email", "other@union.example")
	if answer := s.post(t, admin, "/en/desk/people", form); answer.StatusCode != http.StatusNotFound {
		t.Errorf("an organisation that is not there: status %d", answer.StatusCode)
	}
}

func TestNoRoleIsChosenForAPersonAndEachIsExplained(t *testing.T) {
	s := newSite(t)
	admin := s.person(t, "admin@example.org", account.Granted{Role: account.RoleAdministrator, Scope: account.Node})
	_, page := s.get(t, admin, "/en/desk/people")
	if strings.Count(page, `<option value="" selected>Choose</option>`) != 4 {
		t.Error("a role or what it is for is chosen before anybody has")
	}
	for _, role := range account.Roles {
		if said := english(t).T("role." + string(role) + ".about"); !strings.Contains(page, "<dd>"+said+"</dd>") {
			t.Errorf("nothing is said of %s", role)
		}
	}
}

func TestSomebodyIsLetAnswerForAnOrganisationAndTheCityDoesNotReadWho(t *testing.T) {
	s := newSite(t)
	admin := s.person(t, "admin@example.org", account.Granted{Role: account.RoleAdministrator, Scope: account.Node})
	officer := s.person(t, "officer@example.org", account.Granted{Role: account.RoleCoordinator, Scope: account.InCity("example")})
	union := city.Organisation{ID: "tenants-union", City: "example", Name: "Tenants", Kind: city.CivilSociety, Country: "XA"}
	if err := s.rooms.City.AddOrganisation(context.Background(), "test", union); err != nil {
		t.Fatal(err)
	}
	answer := s.post(t, admin, "/en/desk/people", url.Values{
		"do": {"add"}, "name": {"Mira of the union"}, "email": {"union@example.org"}, "role": {"contributor"}, "scope": {"organisation/tenants-union"},
	})
	if !oneTime.MatchString(answer.Body) {
		t.Fatalf("no link is shown: status %d", answer.StatusCode)
	}
	if _, page := s.get(t, admin, "/en/desk/people"); !strings.Contains(page, "Civil society contributor, Tenants – Example") {
		t.Error("the role does not stand under the organisation's name")
	}
	if _, page := s.get(t, officer, "/en/desk/cities/example/trail"); strings.Contains(page, "Mira of the union") {
		t.Error("the city reads who speaks for an organisation that is independent of it")
	}
	if answer := s.post(t, admin, "/en/desk/people", url.Values{
		"do": {"add"}, "name": {"Nobody"}, "email": {"nobody@example.org"}, "role": {"contributor"}, "scope": {"organisation/no-such"},
	}); answer.StatusCode != http.StatusNotFound {
		t.Errorf("an organisation that is not there: status %d", answer.StatusCode)
	}
}
