package cli

type serveCommand struct {
	Listen string `help:"Address to listen on." default:"127.0.0.1:8080" env:"CITYRIGHTS_LISTEN" placeholder:"HOST:PORT"`
	Secure bool   `help:"People reach the node by HTTPS, through a proxy: cookies then go over nothing else, and browsers are told to insist on it." env:"CITYRIGHTS_SECURE"`
	Demo   bool   `help:"Fill an empty node with an invented city." env:"CITYRIGHTS_DEMO"`
}

// Help shows an example.
func (serveCommand) Help() string {
	return "Example: cityrights serve --demo\nThe node answers until it is told to stop (Ctrl-C)."
}

// Run serves until the context ends.
func (s serveCommand) Run(c *call) error {
	c.node.Secure = s.Secure
	return c.Serve(c.Context, c.node, ServeOptions{Listen: s.Listen, Demo: s.Demo})
}
