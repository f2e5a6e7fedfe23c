package statistics

import "cmp"

// result is what one entry gave.
type result struct {
	file  File
	found findings
	raw   *Raw

	changes  bool // raw is to be put over what is stored
	removals []removal
	rule     PeriodRule
}

func (r result) refuse(code string, args ...string) result {
	r.found.add(Error, code, 0, "", args...)
	return r.refused()
}

func (r result) refused() result {
	r.file.Status = Refused
	return r
}

func (r result) skip(s skip) result {
	r.file.Status, r.file.Reason, r.file.Args = Skipped, s.code, arguments(s.args)
	return r
}

func (r result) imported(raw *Raw) result {
	r.raw = raw
	r.file.Status, r.file.Title = Imported, raw.About.Title
	for _, o := range raw.Observations {
		if o.Mark == "" {
			r.file.Kept++
		}
	}
	return r
}

// collected is what an input gave.
type collected struct {
	files []File
	found findings
	list  []Finding
	raws  map[string]*Raw

	changes map[string]changes // to what is stored, in the place of raws
	emptied []string           // source indicators of which the changes leave nothing
}

// take joins the results; a code that two files hold is refused in both.
func (c *collected) take(results []result) {
	c.raws = map[string]*Raw{}
	from := map[string]int{}
	for i := range results {
		r := &results[i]
		code := r.file.Code
		if r.changes && r.file.Status == Imported {
			change := c.changes[code]
			change.raw, change.removals, change.rule = merged(change.raw, r.raw), append(change.removals, r.removals...), cmp.Or(change.rule, r.rule)
			set(&c.changes, code, change)
			continue
		}
		if r.raw == nil {
			continue
		}
		first, twice := from[code]
		if !twice {
			from[code], c.raws[code] = i, r.raw
			continue
		}
		other := &results[first]
		for _, pair := range [][2]*result{{r, other}, {other, r}} {
			pair[0].found.add(Error, "file.twice", 0, "", "code", code, "other", pair[1].file.Name)
			pair[0].file.Status = Refused
		}
		c.raws[code] = nil
	}
	for code, raw := range c.raws {
		if raw == nil {
			delete(c.raws, code)
		}
	}
	for i := range results {
		c.files = append(c.files, results[i].file)
		c.list = append(c.list, results[i].found.done()...)
	}
	c.list = append(c.list, c.found.done()...)
}

// codes of files that were refused: what is known of them stays as it is.
func (c *collected) refused() map[string]bool {
	out := map[string]bool{}
	for _, f := range c.files {
		if f.Status == Refused {
			out[f.Code] = true
		}
	}
	return out
}
