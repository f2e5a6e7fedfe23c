package run

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/platform/clock"
	"github.com/cityrights/cityrights/internal/web"
)

// Serve runs a node until the context ends, then lets requests under way finish for up to ten seconds.
func Serve(out, errs io.Writer) func(context.Context, cli.Node, cli.ServeOptions) error {
	return func(ctx context.Context, n cli.Node, o cli.ServeOptions) (err error) {
		listener, err := new(net.ListenConfig).Listen(ctx, "tcp", o.Listen) // before a demo is made whose password would be shown in vain
		if err != nil {
			return listening(o.Listen, err)
		}
		defer func() { _ = listener.Close() }()
		rooms, err := Open(ctx, n)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, rooms.DB.Close()) }()
		here := "http://" + listener.Addr().String()
		rooms.Notice.Address = here
		node := web.Node{Name: o.Name, Operator: o.Operator, Address: o.Address, Secure: n.Secure, SecurityContact: o.SecurityContact, Proxies: o.Proxies}
		if o.Demo {
			if err := offerDemo(ctx, rooms, n.Data, cmp.Or(o.Address, here), out); err != nil {
				return err
			}
		}
		if node.SetupCode, err = setupCode(ctx, rooms); err != nil {
			return err
		}
		log := slog.New(slog.NewTextHandler(errs, nil))
		pages, err := Handler(rooms, node, n.Data, log)
		if err != nil {
			return err
		}
		fmt.Fprint(out, welcome(here, o.Address, n.Secure, node.SetupCode))
		ctx, stop := context.WithCancel(ctx)
		var tending sync.WaitGroup
		tending.Go(debug.FreeOSMemory) // what reading the catalogues and the standard has left behind: some megabytes
		tending.Go(func() { pages.Tend(ctx) })
		tending.Go(func() { tendNotice(ctx, rooms, log) })
		tending.Go(func() {
			clock.Every(ctx, rooms.Publication.Clock, yearChecked, eachYear(ctx, rooms.Publication.RefreshStale, log))
		})
		tending.Go(func() {
			clock.Every(ctx, rooms.Publication.Clock, pendingChecked, eachPending(ctx, rooms.Publication.Pending, log))
		})
		defer tending.Wait()
		defer stop() // first, also where serving has failed
		return serveUntil(ctx, listener, pages, log)
	}
}

// welcome says where a node listens, and how it is set up where a code is needed for that; address is where people reach it. Where they do so by
// HTTPS only, nobody stays signed in at the address that it listens on.
func welcome(here, address string, secure bool, code string) string {
	said := "cityrights is at " + here + "/ – stop it with Ctrl-C.\n"
	if code == "" {
		return said
	}
	place := cmp.Or(strings.TrimRight(address, "/"), here)
	if secure && address == "" {
		place = "https://THE-NAME-OF-YOUR-NODE"
	}
	return said + "Nobody can sign in yet. Open " + place + "/en/setup and type this code: " + code + "\n"
}

// listening says what to do where an address cannot be listened on.
func listening(address string, err error) error {
	if !errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("the address to listen on: %w", err)
	}
	free := "127.0.0.1:8081"
	if host, port, wrong := net.SplitHostPort(address); wrong == nil {
		if n, wrong := strconv.Atoi(port); wrong == nil && n < 65535 {
			free = net.JoinHostPort(host, strconv.Itoa(n+1))
		}
	}
	return fmt.Errorf("%s is in use by another program, or by a node that runs already; choose another port: %s serve --listen %s (or make run LISTEN=%[3]s)", address, program(), free)
}

// garbage is how much the heap may grow before it is collected, in per cent. Pages leave much short-lived garbage on a heap of a few
// megabytes; four times the usual growth saves a tenth of the processor that twice takes, for some fifteen megabytes under load (docs/performance.md).
const garbage = 400

func serveUntil(ctx context.Context, listener net.Listener, handler http.Handler, log *slog.Logger) error {
	debug.SetGCPercent(garbage)
	time.AfterFunc(time.Second, debug.FreeOSMemory) // what reading the standard and the catalogues left; so large a growth would keep it for long
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
