package database

import (
	"bytes"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
)

// errNested is for the developer: a transaction inside a writing one would wait for it, or not see what it has written.
var errNested = errors.New("database: a transaction inside Write; hand its Tx on instead")

// insiders are the goroutines that are inside Write. Nothing that is handed to the function of a transaction also reaches the code that
// it calls, so the goroutine itself is the only mark.
type insiders struct {
	count atomic.Int64
	names sync.Map
}

// enter notes the running goroutine until leave is called.
func (i *insiders) enter() (leave func()) {
	name := goroutine()
	i.names.Store(name, struct{}{})
	i.count.Add(1)
	return func() {
		i.count.Add(-1)
		i.names.Delete(name)
	}
}

// here tells whether the running goroutine is inside Write. It costs next to nothing while nobody writes, and a microsecond else.
func (i *insiders) here() bool {
	if i.count.Load() == 0 {
		return false
	}
	_, ok := i.names.Load(goroutine())
	return ok
}

// goroutine names the running goroutine, as the runtime prints it: "goroutine 7 [running]:".
func goroutine() string {
	var buffer [32]byte
	text := buffer[:runtime.Stack(buffer[:], false)]
	name, _, _ := bytes.Cut(text, []byte(" ["))
	return string(name)
}
