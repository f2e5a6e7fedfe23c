package cli

import (
	"fmt"
	"net"

	"github.com/cityrights/cityrights/internal/platform/limit"
	"github.com/cityrights/cityrights/internal/platform/settings"
)

type serveCommand struct {
	nodeFlags

	Listen   string `help:"Address to listen on, ${default} if not given." default:"${listen}" placeholder:"HOST:PORT"`
	Secure   bool   `help:"People reach the node by HTTPS, through a proxy: cookies then go over nothing else, and browsers are told to insist on it."`
	Name     string `help:"Name of the network or city, at the head of every page. This and the next three stand above the settings that are kept in the node." placeholder:"NAME"`
	Operator string `help:"Who is answerable for the node; every page says it." placeholder:"NAME"`
	Address  string `help:"Address at which people reach the node, for links that are sent." placeholder:"URL"`
	Contact  string `name:"security-contact" help:"Where to report a vulnerability of this node, for /.well-known/security.txt: mailto:… or https://…" placeholder:"URI"`
	Proxies  string `name:"trusted-proxies" help:"Proxies in front of the node, whose word on where a request comes from is taken: networks or addresses, by comma. Those on this machine, if not given." placeholder:"CIDR,…"`
	Demo     bool   `help:"Fill an empty node with an invented city."`
}

// Help shows an example.
func (serveCommand) Help() string {
	return example("cityrights serve --demo", "The node answers until it is told to stop (Ctrl-C).")
}

// Run serves until the context ends.
func (s serveCommand) Run(c *call) error {
	if _, _, err := net.SplitHostPort(s.Listen); err != nil {
		return usageError{fmt.Sprintf("--listen %s: write HOST:PORT, as 127.0.0.1:8080", s.Listen)}
	}
	if s.Contact != "" && !settings.IsReport(s.Contact) {
		return usageError{fmt.Sprintf("--security-contact %s: write mailto:security@city.example or https://city.example/security", s.Contact)}
	}
	proxies, err := limit.ParseProxies(s.Proxies)
	if err != nil {
		return usageError{fmt.Sprintf("--trusted-proxies %s: write networks or addresses, as 10.0.0.5,192.168.0.0/24", s.Proxies)}
	}
	if c.node.Data == "" {
		return errNoData
	}
	c.node.Secure = s.Secure
	return c.Serve(c.Context, c.node, ServeOptions{Listen: s.Listen, Demo: s.Demo, Name: s.Name, Operator: s.Operator, Address: s.Address, SecurityContact: s.Contact, Proxies: proxies})
}
