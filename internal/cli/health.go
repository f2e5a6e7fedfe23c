package cli

import (
	"fmt"
	"net"
)

type healthCommand struct {
	Listen string `help:"Address that the node listens on, ${default} if not given." default:"${listen}" placeholder:"HOST:PORT"`
}

// Help shows an example.
func (healthCommand) Help() string {
	return example("cityrights health", "For a container or a monitor: the exit status is 0 where the node that runs on this machine answers, else 1.")
}

// Run asks the node. One that listens on every address is asked at this machine's own.
func (h healthCommand) Run(c *call) error {
	host, port, err := net.SplitHostPort(h.Listen)
	if err != nil {
		return usageError{fmt.Sprintf("--listen %s: write HOST:PORT, as 127.0.0.1:8080", h.Listen)}
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	address := net.JoinHostPort(host, port)
	if err := c.Health(c.Context, address); err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.Stdout, "The node at %s answers.\n", plain(address))
	return err
}
