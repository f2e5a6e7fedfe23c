package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/database"
)

type userCommand struct {
	Add     userAdd     `cmd:"" help:"Add a person who signs in."`
	List    userList    `cmd:"" help:"List the people."`
	Disable userDisable `cmd:"" help:"Take a person's access away."`
	Reset   userReset   `cmd:"" help:"Make a one-time link by which a person chooses a new password."`
}

type userAdd struct {
	Email    string `arg:"" help:"Address the person signs in with."`
	At       string `help:"Address of the node, for the link." default:"http://127.0.0.1:8080" placeholder:"URL"`
	Name     string `required:"" help:"Name of the person." placeholder:"NAME"`
	Role     string `help:"What the person does: coordinator, focal_point, administrator, …" default:"coordinator" placeholder:"ROLE"`
	City     string `help:"City the role is for; without it, the whole node." placeholder:"CODE"`
	Password bool   `name:"password-stdin" help:"Read the password from standard input instead of making a one-time link."`
}

// Help shows an example.
func (userAdd) Help() string {
	return "Example: cityrights user add officer@city.example --name \"A. Officer\" --city bristol"
}

// Run adds the person, gives the role, and prints a one-time link unless a password was given.
func (a userAdd) Run(c *call) error {
	scope := account.Node
	resource := account.Resource{Kind: "node"}
	if a.City != "" {
		scope, resource = account.InCity(a.City), account.Resource{Kind: "city", City: a.City}
	}
	grant, err := account.ParseGrant(a.Role, string(scope))
	if err != nil {
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
		if a.City != "" {
			if _, err := r.City.One(c, a.City); err != nil {
				return err
			}
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
		_, err = fmt.Fprintf(c.Stdout, "Added %s as %s. To choose a password, open this link within seven days, while the node runs:\n%s/en/sign-in/%s\n", person.Email, a.Role, strings.TrimRight(a.At, "/"), token)
		return err
	})
}

type userList struct{}

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
			fmt.Fprintf(c.Stdout, "%s\t%s\t%s\t%s\n", p.Email, p.Name, state, strings.Join(roles, ", "))
		}
		return err
	})
}

type userDisable struct {
	Email string `arg:"" help:"Address of the person."`
}

// Help shows an example.
func (userDisable) Help() string { return "Example: cityrights user disable officer@city.example" }

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
	At    string `help:"Address of the node, for the link." default:"http://127.0.0.1:8080" placeholder:"URL"`
}

// Help shows an example.
func (userReset) Help() string { return "Example: cityrights user reset officer@city.example" }

// Run prints a one-time link.
func (u userReset) Run(c *call) error {
	return c.person(u.Email, func(r *Rooms, p account.Person) error {
		token, err := r.Account.Reset(c, account.Operator(), p.ID)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(c.Stdout, "To choose a new password, open this link within a day, while the node runs:\n%s/en/sign-in/%s\n", strings.TrimRight(u.At, "/"), token)
		return err
	})
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
