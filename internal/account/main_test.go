package account

import (
	"testing"

	"go.uber.org/goleak"
)

// A room leaves no goroutine behind.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
