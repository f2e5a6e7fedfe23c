package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"sync"
	"time"
)

// writer is somebody who answers questions of their own, one after the other, again and again.
type writer struct {
	loop    *loop
	number  int
	answers []*kept
}

// kept is what a writer knows of an answer.
type kept struct {
	question     string
	version      int64
	sent         int // number of the text that was sent last
	acknowledged int // number of the last text that the node said it had saved
}

func (k *kept) path() string {
	return "/en/desk/cities/" + town + "/cycles/" + period + "/" + council + "/" + k.question
}

// save lets all write until the program is killed, and counts what was acknowledged.
func save(ctx context.Context, writers []*writer, life time.Duration, kill func()) (acknowledged int) {
	ctx, end := context.WithCancel(ctx)
	defer end()
	counts := make([]int, len(writers))
	var all sync.WaitGroup
	for i, w := range writers {
		all.Go(func() { counts[i] = w.write(ctx) })
	}
	select {
	case <-ctx.Done():
	case <-time.After(life):
	}
	kill() // writers end at the first save that fails
	all.Wait()
	for _, n := range counts {
		acknowledged += n
	}
	return acknowledged
}

// write saves until a save fails.
func (w *writer) write(ctx context.Context) (acknowledged int) {
	for {
		for _, k := range w.answers {
			if err := w.save(ctx, k); err != nil {
				return acknowledged
			}
			acknowledged++
		}
	}
}

func (w *writer) save(ctx context.Context, k *kept) error {
	k.sent++
	form := url.Values{"version": {strconv.FormatInt(k.version, 10)}, "grade": {strconv.Itoa(k.sent % 5)}, "reasons": {fmt.Sprintf("text %d.", k.sent)}, "language": {"en"}}
	request := w.loop.request(ctx, http.MethodPost, k.path(), form)
	request.Header.Set("Accept", "application/json")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	var said struct {
		Version  int64
		Conflict bool
		Problems []string
	}
	if err := json.NewDecoder(answer.Body).Decode(&said); err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK || said.Conflict || said.Version == 0 {
		return fmt.Errorf("saving has status %d: %+v", answer.StatusCode, said)
	}
	k.version, k.acknowledged = said.Version, k.sent
	return nil
}

var (
	versionField = regexp.MustCompile(`name="version" value="(\d+)"`)
	reasonsField = regexp.MustCompile(`(?s)<textarea id="reasons"[^>]*>(.*?)</textarea>`)
	numbered     = regexp.MustCompile(`^text (\d+)\.$`)
)

// check reads the writer's answers as they are now: none may be older than what was acknowledged.
func (w *writer) check(ctx context.Context) error {
	for _, k := range w.answers {
		answer, err := http.DefaultClient.Do(w.loop.request(ctx, http.MethodGet, k.path(), nil))
		if err != nil {
			return err
		}
		page, err := io.ReadAll(answer.Body)
		if err := errors.Join(err, answer.Body.Close()); err != nil {
			return err
		}
		version, reasons := versionField.FindSubmatch(page), reasonsField.FindSubmatch(page)
		if answer.StatusCode != http.StatusOK || version == nil || reasons == nil {
			return fmt.Errorf("the page of %s has status %d and no form", k.question, answer.StatusCode)
		}
		if k.version, err = strconv.ParseInt(string(version[1]), 10, 64); err != nil {
			return err
		}
		n := 0
		if text := numbered.FindSubmatch(reasons[1]); text != nil {
			n, _ = strconv.Atoi(string(text[1])) // digits alone
		}
		if n < k.acknowledged || n > k.sent {
			return fmt.Errorf("the answer to %s is text %d; %d was acknowledged, %d sent", k.question, n, k.acknowledged, k.sent)
		}
	}
	return nil
}
