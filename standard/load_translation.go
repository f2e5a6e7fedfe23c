package standard

import "io/fs"

// translation reads the file of t's language into t.
func (d *document) translation(fsys fs.FS, dir string, t *Translation) {
	root := d.read(fsys, dir)
	if root == nil {
		return
	}
	at := spot{language: t.Language}
	o := d.object(root, at, "")
	if language := o.text("language"); language != "" && language != t.Language {
		o.problem(d.places.find(at.within("language")).line, "the file is named %s and says that its language is %s", t.Language, language)
	}
	t.Status = o.text("status")
	if n := o.find("reviewed_by"); n != nil && n.Value != "" {
		t.ReviewedBy = o.scalar("reviewed_by", n)
	}
	t.Title = o.optionalText("title")
	t.Dimensions = o.translated("dimensions")
	t.Indicators = o.translated("indicators")
	t.Requirements = map[string]RequirementText{}
	if inner := o.inner("requirements", false); inner != nil {
		for _, k := range inner.keys {
			texts := inner.inner(k.Value, true)
			texts.name = k.Value
			t.Requirements[k.Value] = RequirementText{
				Title:    texts.optionalText("title"),
				Minimum:  texts.optionalText("minimum"),
				Question: texts.optionalText("question"),
			}
			texts.close()
		}
	}
	o.close()
}

// translated reads a mapping of ids to texts.
func (o *object) translated(key string) map[string]string {
	texts := map[string]string{}
	inner := o.inner(key, false)
	if inner == nil {
		return texts
	}
	for _, k := range inner.keys {
		texts[k.Value] = inner.text(k.Value)
	}
	return texts
}
