package clock

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// A bubble of synctest has a time of its own, and fails where a goroutine is left behind.
func TestEveryRunsOncePerPeriodUntilTheContextEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		told := Fixed(time.UnixMilli(42))
		runs, ended := 0, false
		go func() {
			Every(ctx, told, time.Minute, func(now time.Time) {
				if !now.Equal(told.Now()) {
					t.Errorf("told %v, which is not the clock's time", now)
				}
				runs++
			})
			ended = true
		}()
		time.Sleep(3*time.Minute + time.Second)
		synctest.Wait()
		if runs != 3 {
			t.Errorf("%d runs in three periods", runs)
		}
		stop()
		synctest.Wait()
		if !ended {
			t.Error("it goes on after the context has ended")
		}
	})
}
