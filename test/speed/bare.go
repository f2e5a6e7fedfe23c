package main

import (
	"context"
	"errors"
	"flag"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// serveBare answers /NAME with the bytes of the file NAME, from memory: the least that a net/http handler can do. The address is the
// argument after the flags.
func serveBare(ctx context.Context, folder string) error {
	names, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		return err
	}
	type page struct {
		body   []byte
		length string
	}
	pages := map[string]page{"/en/": {[]byte("ok\n"), "3"}}
	for _, name := range names {
		body, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		pages["/"+filepath.Base(name)] = page{body, strconv.Itoa(len(body))}
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", flag.Arg(0))
	if err != nil {
		return err
	}
	serving := &http.Server{ReadHeaderTimeout: 10 * time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p := pages[r.URL.Path]
		h := w.Header()
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Content-Length", p.length)
		_, _ = w.Write(p.body)
	})}
	go func() {
		<-ctx.Done()
		_ = serving.Close()
	}()
	if err := serving.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
