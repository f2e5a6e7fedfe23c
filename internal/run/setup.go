package run

import (
	"context"
	"crypto/rand"

	"github.com/cityrights/cityrights/internal/cli"
)

// setupCode gives the code by which somebody at the node's terminal shows that it is theirs, where it is nobody's yet; else an empty one. It is
// new each time the node starts and is kept nowhere.
func setupCode(ctx context.Context, rooms *cli.Rooms) (string, error) {
	nobody, err := rooms.Account.Nobody(ctx)
	if err != nil || !nobody {
		return "", err
	}
	code := rand.Text()[:16] // 80 bits, of letters and digits that are not mistaken for each other
	return code[:4] + "-" + code[4:8] + "-" + code[8:12] + "-" + code[12:], nil
}
