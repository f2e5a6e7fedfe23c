package account

// Acts are the kinds of acts that the rooms put into the trail, so that a page has words for each. What is not among them is shown as it stands.
var Acts = []string{
	"signed in", "invite issued", "invite used", "reset issued", "reset used", "person added", "person disabled", "person enabled", "role granted",
	"role revoked", "token made", "token revoked", "session ended", "other sessions ended", "statistics imported", "own indicators changed", "city removed",
	"assessment begun", "assessment moved", "assessment removed",
	"guest invited", "guest link renewed", "guest link ended", "guest came", "own entry changed", "password changed", "settings changed",
	"exported", "node.backup", "node.restore",
}
