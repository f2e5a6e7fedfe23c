package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"time"
)

const (
	window            = 150 * time.Millisecond // of one turn of one rival
	judgedConnections = 2                      // at which the promise is given; what more of them come to is told beside it
)

// page is one public page under measurement.
type page struct {
	name, path string
	body       []byte
	cacheOnly  bool // the promise is about answers from the cache; what it takes to make one is told beside it
}

// pages compares public pages with a bare handler that sends the same bytes.
func (b *bench) pages(ctx context.Context) error {
	data, withBristol, err := b.fullNode(ctx)
	if err != nil {
		return err
	}
	node, err := listen(ctx, b.program, "serve", "--data", data, "--listen")
	if err != nil {
		return err
	}
	if _, err := node.firstAnswer("/en/"); err != nil {
		return err
	}
	pages, err := fetchPages(node, withBristol)
	if err != nil {
		return err
	}
	folder := filepath.Join(b.work, "bodies")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	for i, p := range pages {
		small, err := fetchOne(node, request(p.path, true))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%d.html", i)), p.body, 0o600); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%d.gz", i)), small, 0o600); err != nil {
			return err
		}
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	bare, err := listen(ctx, self, "-bare", folder)
	if err != nil {
		return err
	}
	if _, err := bare.firstAnswer("/0.html"); err != nil {
		return err
	}
	b.report.part("Public pages")
	b.report.say("Answers per second over loopback, connections kept open, as a share of what a bare net/http handler reaches that sends the same bytes. " +
		"“Rendered” asks with a query, which is never cached and gives the same bytes; the client runs on the same machine and is as thin as it can be. " +
		"“Processor” is the same share by the processor time that each server used per answer, all turns together: without the client, so it is the stricter figure.\n")
	for _, connections := range []int{judgedConnections, 4, 8} {
		if err := b.comparePages(node, bare, pages, connections); err != nil {
			return err
		}
	}
	peak, err := node.memoryMB("VmHWM")
	if err != nil {
		return err
	}
	b.report.say("\nThe node's memory reached %.0f MB under this load.", peak)
	if err := node.stop(); err != nil {
		return err
	}
	return bare.stop()
}

func (b *bench) comparePages(node, bare *server, pages []page, connections int) error {
	b.report.say("\n%d connections:\n", connections)
	b.report.header("page", "bytes", "bare, per second", "rendered", "over the turns", "processor", "from the cache", "over the turns", "processor", "cache, gzip")
	for i, p := range pages {
		var total [5]struct{ processor, answers float64 }
		rival := func(n int, s *server, request []byte) func() (float64, error) {
			return func() (float64, error) {
				before, err := s.processor()
				if err != nil {
					return 0, err
				}
				perSecond, err := rate(s.address, request, connections, window)
				if err != nil {
					return 0, err
				}
				after, err := s.processor()
				total[n].processor += after - before
				total[n].answers += perSecond * window.Seconds()
				return perSecond, err
			}
		}
		got, err := alternate(b.rounds,
			rival(0, bare, request(fmt.Sprintf("/%d.html", i), false)), rival(1, node, request(p.path+"?x=1", false)), rival(2, node, request(p.path, false)),
			rival(3, bare, request(fmt.Sprintf("/%d.gz", i), true)), rival(4, node, request(p.path, true)))
		if err != nil {
			return err
		}
		perAnswer := func(n int) float64 { return total[n].processor / total[n].answers }
		judge := func(what string, share, least float64) string {
			if connections != judgedConnections || p.cacheOnly && what == "rendered" {
				return fmt.Sprintf("%.3g", share)
			}
			return b.report.promise(p.name+", "+what, share, least, "", true)
		}
		b.report.line(p.name, fmt.Sprint(len(p.body)), fmt.Sprintf("%.0f", median(got[0])),
			judge("rendered", ratio(got[1], got[0]), 0.15), spread(ratios(got[1], got[0])), fmt.Sprintf("%.2f", perAnswer(0)/perAnswer(1)),
			judge("from the cache", ratio(got[2], got[0]), 0.7), spread(ratios(got[2], got[0])), fmt.Sprintf("%.2f", perAnswer(0)/perAnswer(2)),
			fmt.Sprintf("%.2f", ratio(got[4], got[3])))
	}
	return nil
}

// fetchPages finds one page of each kind, and that a query changes nothing in it.
func fetchPages(node *server, withBristol bool) ([]page, error) {
	pages := []page{{name: "home", path: "/en/"}}
	cities := []struct{ id, requirement, indicator string }{{"arvenholt", "", ""}}
	if withBristol {
		cities = append(cities, struct{ id, requirement, indicator string }{"bristol", "ENV.1", "ENV.1.O2"})
	}
	for _, c := range cities {
		path := "/en/cities/" + c.id
		body, err := fetchOne(node, request(path, false))
		if err != nil {
			return nil, err
		}
		period, err := first(body, path+`/(\d[\d-]*)[/"]`)
		if err != nil {
			return nil, err
		}
		if c.requirement == "" {
			if c.requirement, err = first(body, path+"/"+period+`/([A-Z]+\.\d+)"`); err != nil {
				return nil, err
			}
			if c.indicator, err = first(body, path+`/data/([A-Z0-9.]+)"`); err != nil {
				return nil, err
			}
		}
		pages = append(pages, page{name: "city " + c.id, path: path}, page{name: "assessment of " + c.id, path: path + "/" + period},
			page{name: "requirement " + c.requirement + " of " + c.id, path: path + "/" + period + "/" + c.requirement},
			page{name: "series " + c.indicator + " of " + c.id, path: path + "/data/" + c.indicator})
		if c.id == "arvenholt" {
			pages = append(pages, page{name: "the same series by the API", path: "/api/v1/cities/" + c.id + "/series/" + c.indicator, cacheOnly: true})
		}
	}
	standard, err := fetchOne(node, request("/en/standard", false))
	if err != nil {
		return nil, err
	}
	link, err := first(standard, `"(/en/standard/[^/"]+/[A-Z]+\.\d+)"`)
	if err != nil {
		return nil, err
	}
	pages = append(pages, page{name: "standard", path: "/en/standard"}, page{name: "requirement of the standard", path: link})
	for i := range pages {
		p := &pages[i]
		if p.body, err = fetchOne(node, request(p.path, false)); err != nil {
			return nil, err
		}
		rendered, err := fetchOne(node, request(p.path+"?x=1", false))
		if err != nil {
			return nil, err
		}
		if !bytes.Equal(p.body, rendered) {
			return nil, fmt.Errorf("%s is another page with a query", p.path)
		}
	}
	return pages, nil
}

func first(body []byte, pattern string) (string, error) {
	found := regexp.MustCompile(pattern).FindSubmatch(body)
	if found == nil {
		return "", fmt.Errorf("no %s on the page", pattern)
	}
	return string(found[1]), nil
}

func fetchOne(s *server, request []byte) ([]byte, error) {
	c, err := dial(s.address)
	if err != nil {
		return nil, err
	}
	defer c.close()
	var body bytes.Buffer
	err = c.get(request, &body)
	return body.Bytes(), err
}
