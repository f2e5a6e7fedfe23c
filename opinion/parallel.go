package opinion

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// inParallel calls do with 0 to n-1 on all cores and returns when all are done. What do gives must not depend on which core took which number:
// sums are kept by number and added in its order, and n never depends on the number of cores.
func inParallel(n int, do func(int)) {
	workers := min(n, runtime.GOMAXPROCS(0))
	if workers <= 1 {
		for i := range n {
			do(i)
		}
		return
	}
	var next atomic.Int64
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				do(i)
			}
		})
	}
	group.Wait()
}

// span gives the part of 0 to n that piece number i of pieces has.
func span(n, pieces, i int) (from, to int) { return n * i / pieces, n * (i + 1) / pieces }
