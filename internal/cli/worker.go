package cli

type workerCommand struct {
	nodeFlags

	Address string `help:"Address at which people reach the node, for links that are sent; it stands above the setting that is kept in the node." placeholder:"URL"`
}

// Help shows an example.
func (workerCommand) Help() string {
	return example("cityrights worker --database postgres://cityrights@db.example/cityrights --data /var/lib/cityrights",
		"A node does this work itself while it is served; on PostgreSQL other machines can help. Give them the file secret.key of the node's data folder: passwords and letters are sealed with it.")
}

// Run works until the context ends.
func (w workerCommand) Run(c *call) error {
	if c.node.Data == "" {
		return errNoData
	}
	c.node.Existing = true
	return c.Work(c.Context, c.node, WorkOptions{Address: w.Address})
}
