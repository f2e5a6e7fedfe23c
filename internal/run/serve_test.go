package run

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// output collects what a running command prints.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

var told = regexp.MustCompile(`cityrights is at (http://127\.0\.0\.1:[0-9]+)/`)

// serving starts the serve command on a free port, and gives its address, what it prints, and a function that stops it and gives its status.
func serving(t *testing.T, args ...string) (address string, out *output, stop func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	out = &output{}
	ended := make(chan int, 1)
	go func() {
		ended <- Main(ctx, append([]string{"serve", "--listen", "127.0.0.1:0"}, args...), strings.NewReader(""), out, out)
	}()
	stop = sync.OnceValue(func() int {
		cancel()
		select {
		case status := <-ended:
			return status
		case <-time.After(10 * time.Second):
			t.Error("the node does not stop")
			return -1
		}
	})
	t.Cleanup(func() { stop() })
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if found := told.FindStringSubmatch(out.String()); found != nil {
			return found[1], out, stop
		}
		select {
		case status := <-ended:
			t.Fatalf("the node ended with status %d:\n%s", status, out)
		default:
		}
	}
	t.Fatalf("the node does not say where it is:\n%s", out)
	return "", nil, nil
}

func TestANodeAnswersUntilItIsToldToStop(t *testing.T) {
	before := goleak.IgnoreCurrent()
	address, out, stop := serving(t, "--data", t.TempDir())
	if status, to := fetch(t, address+"/"); status != http.StatusFound || !regexp.MustCompile(`^/(en|fr|es|de|ar)/$`).MatchString(to) {
		t.Errorf("/ gives %d %s, not a redirect to a language", status, to)
	}
	for _, path := range []string{"/en/", "/ar/", "/healthz"} {
		if status, _ := fetch(t, address+path); status != http.StatusOK {
			t.Errorf("%s gives %d", path, status)
		}
	}
	if status, _ := fetch(t, address+"/en/nowhere"); status != http.StatusNotFound {
		t.Errorf("a page that is not there gives %d", status)
	}
	began := time.Now()
	if status := stop(); status != 0 {
		t.Errorf("exit status %d:\n%s", status, out)
	}
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("stopping took %v", took)
	}
	goleak.VerifyNone(t, before)
}

func TestADemoFillsAnEmptyNodeAndLeavesAFilledOneAlone(t *testing.T) {
	data := t.TempDir()
	url := "sqlite:" + data + "/cityrights.sqlite"
	address, out, stop := serving(t, "--data", data, "--demo")
	if !regexp.MustCompile(`To sign in: \S+@\S+, password \S{12} `).MatchString(out.String()) {
		t.Errorf("the demo does not say how to sign in:\n%s", out)
	}
	if status, page := fetch(t, address+"/en/cities"); status != http.StatusOK || !strings.Contains(page, "Arvenholt") {
		t.Errorf("the invented city is not on its page (%d)", status)
	}
	if status := stop(); status != 0 {
		t.Errorf("exit status %d", status)
	}
	before := contentsOf(t, url)
	_, out, stop = serving(t, "--data", data, "--demo")
	if said := out.String(); strings.Contains(said, "password ") || !strings.Contains(said, "has a city already") ||
		!regexp.MustCompile(`user reset demo@arvenholt\.example --data \S+ --address http://127\.0\.0\.1:[0-9]+\n`).MatchString(said) {
		t.Errorf("the filled node is told\n%s", said)
	}
	stop()
	wantContents(t, url, before, "a second demo")

	own := t.TempDir()
	must(t, "city", "add", "lake", "--name", "Lakeview", "--country", "XA", "--fictional", "--data", own)
	before = contentsOf(t, "sqlite:"+own+"/cityrights.sqlite")
	_, _, stop = serving(t, "--data", own, "--demo")
	stop()
	wantContents(t, "sqlite:"+own+"/cityrights.sqlite", before, "a demo on a node with a city")
}

func TestAPortInUseIsSaidBeforeAnythingIsMade(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	data := t.TempDir()
	status, out, errs := command(t, "serve", "--demo", "--data", data+"/node", "--listen", taken.Addr().String())
	if status != 1 || out != "" || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, taken.Addr().String()) || !strings.Contains(errs, "in use") || !strings.Contains(errs, " serve --listen 127.0.0.1:") {
		t.Errorf("status %d, output %q, errors %q", status, out, errs)
	}
	if _, err := os.Stat(data + "/node"); err == nil {
		t.Error("a node was made all the same")
	}
}
