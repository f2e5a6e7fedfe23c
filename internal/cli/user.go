package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
)

type userCommand struct {
	nodeFlags

	Add     userAdd     `cmd:"" help:"Add a person who signs in."`
	List    userList    `cmd:"" help:"List the people."`
	Disable userDisable `cmd:"" help:"Take a person's access away."`
	Reset   userReset   `cmd:"" help:"Make a one-time link by which a person chooses a new password."`
}

// Help shows an example.
func (userCommand) Help() string { return example("cityrights user list") }

type userAdd struct {
	Email string `arg:"" help:"Address the person signs in with."`
	Name  string `required:"" help:"Name of the person." env:"CITYRIGHTS_PERSON" placeholder:"NAME"`
	Role  string `help:"What the person does: ${roles}; ${default} if not given." default:"coordinator" placeholder:"ROLE"`
	City  string `help:"City the role is for; without city and organisation, the whole node." placeholder:"CODE" xor:"scope"`
	Body  string `name:"organisation" help:"Organisation the role is for." placeholder:"CODE" xor:"scope"`
	reachable
	Password bool `name:"password-stdin" help:"Read the password from standard input instead of making a one-time link."`
}

// Help shows an example.
func (userAdd) Help() string {
	return example(`cityrights user add officer@city.example --name "A. Officer" --city bristol`,
		"A coordinator and a reviewer work for a city, a contributor, focal_point or alternate for an organisation, an administrator for the whole node.")
}

// Run adds the person, gives the role, and prints a one-time link unless a password was given.
func (a userAdd) Run(c *call) error {
	scope := account.Node
	switch {
	case a.City != "":
		scope = account.InCity(a.City)
	case a.Body != "":
		scope = account.InOrganisation(a.Body)
	}
	grant, err := account.ParseGrant(a.Role, string(scope))
	switch {
	case err != nil && scope == account.Node && slices.Contains(account.Roles, account.Role(a.Role)):
		return usageError{err.Error() + "; say for which by --city CODE or --organisation CODE"}
	case err != nil:
		return usageError{err.Error()}
	}
	password := ""
	if a.Password {
		read, err := io.ReadAll(io.LimitReader(c.Stdin, 4096))
		if err != nil {
			return err
		}
		password = strings.TrimRight(string(read), "\r\n")
		if password == "" {
			return usageError{"--password-stdin: standard input is empty"}
		}
	}
	return c.together(func(r *Rooms) error {
		resource, err := a.resource(c, r)
		if err != nil {
			return err
		}
		person, err := r.Account.Add(c, account.Operator(), account.Person{Email: a.Email, Name: a.Name}, password)
		if err != nil {
			return err
		}
		if err := r.Account.Grant(c, account.Operator(), person.ID, grant, resource); err != nil {
			return err
		}
		if password != "" {
			_, err = fmt.Fprintf(c.Stdout, "Added %s as %s.\n", person.Email, a.Role)
			return err
		}
		token, err := r.Account.Invite(c, account.Operator(), person.ID)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(c.Stdout, "Added %s as %s. %s", person.Email, a.Role, a.invitation("To choose a password", "seven days", "/en/sign-in/"+token))
		return err
	})
}

// resource is what the role is about.
func (a userAdd) resource(c *call, r *Rooms) (account.Resource, error) {
	switch {
	case a.City != "":
		_, err := r.City.One(c, a.City)
		return account.Resource{Kind: "city", City: a.City}, err
	case a.Body != "":
		var body city.Organisation
		err := r.DB.Read(c, func(tx database.Tx) (err error) {
			body, err = r.City.Organisation(c, tx, a.Body)
			return err
		})
		return account.Resource{Kind: "organisation", City: body.City, Organisation: body.ID, Independent: body.Kind != city.Authority}, err
	}
	return account.Resource{Kind: "node"}, nil
}

type userList struct{}

// Help shows an example.
func (userList) Help() string {
	return example("cityrights user list", "Each line has address, name, state and roles, with a tab between them.")
}

// Run prints a line for each person.
func (userList) Run(c *call) error {
	return c.together(func(r *Rooms) error {
		people, err := r.Account.People(c)
		for _, p := range people {
			state := "active"
			if p.Disabled {
				state = "disabled"
			}
			roles := make([]string, len(p.Grants))
			for i, g := range p.Grants {
				roles[i] = string(g.Role) + " for " + string(g.Scope)
			}
			fmt.Fprintf(c.Stdout, "%s\t%s\t%s\t%s\n", plain(p.Email), plain(p.Name), state, strings.Join(roles, ", "))
		}
		if err == nil && len(people) == 0 {
			fmt.Fprintf(c.Stderr, "There is nobody yet. Next: %s user add EMAIL --name NAME --city CODE\n", c.Program)
		}
		return err
	})
}

type userDisable struct {
	Email string `arg:"" help:"Address of the person."`
}

// Help shows an example.
func (userDisable) Help() string {
	return example("cityrights user disable officer@city.example", "What the person did stays.")
}

// Run ends the person's sessions and access.
func (d userDisable) Run(c *call) error {
	return c.person(d.Email, func(r *Rooms, p account.Person) error {
		if err := r.Account.Disable(c, account.Operator(), p.ID); err != nil {
			return err
		}
		_, err := fmt.Fprintf(c.Stdout, "%s can no longer sign in.\n", p.Email)
		return err
	})
}

type userReset struct {
	Email string `arg:"" help:"Address of the person."`
	reachable
}

// Help shows an example.
func (userReset) Help() string { return example("cityrights user reset officer@city.example") }

// Run prints a one-time link.
func (u userReset) Run(c *call) error {
	return c.person(u.Email, func(r *Rooms, p account.Person) error {
		token, err := r.Account.Reset(c, account.Operator(), p.ID)
		if err != nil {
			return err
		}
		_, err = fmt.Fprint(c.Stdout, u.invitation("To choose a new password", "a day", "/en/sign-in/"+token))
		return err
	})
}

// roles lists all roles, for the help.
func roles() string {
	names := make([]string, len(account.Roles))
	for i, role := range account.Roles {
		names[i] = string(role)
	}
	return strings.Join(names, ", ")
}

// person opens the node and finds somebody by address.
func (c *call) person(email string, do func(*Rooms, account.Person) error) error {
	return c.together(func(r *Rooms) error {
		var p account.Person
		err := r.DB.Read(c, func(tx database.Tx) (err error) {
			p, err = r.Account.ByEmail(c, tx, email)
			return err
		})
		if err != nil {
			return err
		}
		return do(r, p)
	})
}
