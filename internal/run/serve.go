package run

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/web"
)

// Serve runs a node until the context ends, then lets requests under way finish for up to ten seconds.
func Serve(out, errs io.Writer) func(context.Context, cli.Node, cli.ServeOptions) error {
	return func(ctx context.Context, n cli.Node, o cli.ServeOptions) (err error) {
		rooms, err := Open(ctx, n)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, rooms.DB.Close()) }()
		node := web.Node{Name: "cityrights", Operator: "the owner of this computer"}
		if o.Demo {
			if err := offerDemo(ctx, rooms, n.Data, out); err != nil {
				return err
			}
			node = web.Node{Name: "cityrights demo", Operator: "whoever started this demo"}
		}
		node.Secure = n.Secure
		log := slog.New(slog.NewTextHandler(errs, nil))
		handler, err := Handler(rooms, node, n.Data, log)
		if err != nil {
			return err
		}
		listener, err := new(net.ListenConfig).Listen(ctx, "tcp", o.Listen)
		if err != nil {
			return fmt.Errorf("listen on %s: %w", o.Listen, err)
		}
		fmt.Fprintf(out, "cityrights is at http://%s/ – stop it with Ctrl-C.\n", listener.Addr())
		return serveUntil(ctx, listener, handler, log)
	}
}

func serveUntil(ctx context.Context, listener net.Listener, handler http.Handler, log *slog.Logger) error {
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 5 * time.Minute, WriteTimeout: 5 * time.Minute, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		wait, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		stopped <- server.Shutdown(wait)
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-stopped
}
