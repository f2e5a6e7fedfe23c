// Package httpcache keeps answers that are the same for every reader, as they are sent, until public content changes.
//
// It owns neither the answers' making nor what makes them change: a door hands it both. It never keeps what was made for one reader alone.
//
// Source: RFC 9110, 8.8.3 (entity tags), 12.5.3 (content coding) and 13.1.2 (If-None-Match).
package httpcache

import (
	"context"
	"sync"
)

// Cache keeps answers by their address. It is safe for concurrent use. Make it with New.
type Cache struct {
	version func(context.Context) (int64, error)
	limit   int // bytes of all answers, plain and compressed
	mu      sync.Mutex
	answers map[string]*Answer
	bytes   int
	seen    int64 // version of the content that the answers were made from
}

// New makes an empty cache of about limit bytes. version counts the changes of public content.
func New(limit int, version func(context.Context) (int64, error)) *Cache {
	return &Cache{limit: limit, version: version, answers: map[string]*Answer{}}
}

// Get finds an answer that is still true; nil if there is none. An unknown version of the content counts as changed. The version it returns
// must be handed to Put, so that an answer made before a change is not kept after it.
func (c *Cache) Get(ctx context.Context, key string) (*Answer, int64) {
	version, err := c.version(ctx)
	if err != nil {
		return nil, -1
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if version != c.seen {
		c.answers, c.bytes, c.seen = map[string]*Answer{}, 0, version
	}
	return c.answers[key], version
}

// Put keeps an answer made from the given version of the content.
func (c *Cache) Put(key string, a *Answer, version int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if version != c.seen || version < 0 {
		return
	}
	size := len(a.plain) * 5 / 4 // and about a fifth of it in gzip
	if c.bytes+size > c.limit {
		c.answers, c.bytes = map[string]*Answer{}, 0
	}
	if _, has := c.answers[key]; !has {
		c.bytes += size
	}
	c.answers[key] = a
}
