package standard

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// attachDetails gives each translation its longer texts, or the way to read them at the first use. Their ids are checked where the standard
// is whole.
func attachDetails(s *Standard, fsys fs.FS, dir string, onDemand, whole bool) Problems {
	var problems Problems
	for _, tag := range slices.Sorted(maps.Keys(s.Translations)) {
		t := s.Translations[tag]
		read := func() (*Detail, error) {
			r := detailReader{standard: s, language: tag, whole: whole, grades: map[string]string{}}
			detail := r.read(fsys, dir)
			return detail, r.problems.orNil()
		}
		if onDemand {
			t.detail = sync.OnceValues(read)
			continue
		}
		detail, err := read()
		t.detail = func() (*Detail, error) { return detail, nil }
		var found Problems
		errors.As(err, &found)
		problems = append(problems, found...)
	}
	return problems
}

// detailReader reads the files translations/LANG/DIM.yaml of a language, one after the other so that little memory is used at a time.
type detailReader struct {
	standard *Standard
	language string
	whole    bool
	grades   map[string]string // normalised descriptor to the requirement that has it
	problems Problems
}

func (r *detailReader) read(fsys fs.FS, dir string) *Detail {
	detail := &Detail{Abouts: map[string]string{}, Requirements: map[string]RequirementDetail{}, Indicators: map[string]IndicatorDetail{}}
	folder := languagesFolder + "/" + r.language
	entries, err := fs.ReadDir(fsys, path.Join(dir, folder))
	if err != nil {
		return detail // a translation may have none
	}
	for _, e := range entries {
		id, isYAML := strings.CutSuffix(e.Name(), ".yaml")
		d := newDocument(folder + "/" + e.Name())
		at := slices.IndexFunc(r.standard.Dimensions, func(d Dimension) bool { return d.ID == id })
		switch {
		case strings.HasPrefix(e.Name(), "."):
		case !isYAML || at < 0:
			d.problem(0, "the file is not one of the dimensions that standard.yaml lists")
		default:
			r.file(d, fsys, dir, &r.standard.Dimensions[at], detail)
		}
		r.problems = append(r.problems, d.problems...)
	}
	return detail
}

// file reads the texts of one dimension.
func (r *detailReader) file(d *document, fsys fs.FS, dir string, dimension *Dimension, into *Detail) {
	root := d.read(fsys, dir)
	if root == nil {
		return
	}
	o := d.object(root, spot{}, "")
	for _, own := range []struct{ key, want string }{{"language", r.language}, {"dimension", dimension.ID}} {
		if said := o.text(own.key); said != "" && said != own.want {
			o.problem(o.lineOf(own.key), "the file stands in the place of %s %s and says that it is %s", own.key, own.want, said)
		}
	}
	if about := o.optionalText("about"); about != "" {
		into.Abouts[dimension.ID] = about
	}
	if inner := o.inner("requirements", false); inner != nil {
		for _, k := range inner.keys {
			q := find(dimension.Requirements, func(q *Requirement) bool { return q.ID == k.Value })
			if texts := r.part(inner, k.Value, "requirement", dimension.ID, q != nil); texts != nil {
				into.Requirements[k.Value] = r.requirement(texts)
			}
		}
	}
	if inner := o.inner("indicators", false); inner != nil {
		for _, k := range inner.keys {
			original := findIndicator(dimension, k.Value)
			if texts := r.part(inner, k.Value, "indicator", dimension.ID, original != nil); texts != nil {
				into.Indicators[k.Value] = indicatorDetail(texts, original)
			}
		}
	}
	o.close()
}

// part opens the texts of a requirement or an indicator; nil where the dimension has none of that id.
func (r *detailReader) part(o *object, id, kind, dimension string, known bool) *object {
	texts := o.inner(id, true)
	texts.name = id
	if !known {
		if r.whole {
			o.doc.problem(o.lineOf(id), "translation %s: %s has no %s %s", r.language, dimension, kind, id)
		}
		return nil
	}
	return texts
}

func (r *detailReader) requirement(texts *object) RequirementDetail {
	t := RequirementDetail{Why: texts.optionalText("why"), Proof: texts.optionalText("proof")}
	if grades := texts.inner("grades", false); grades != nil {
		for g := range t.Grades {
			key := strconv.Itoa(g)
			t.Grades[g] = grades.text(key)
			plain := bare(t.Grades[g])
			if other, taken := r.grades[plain]; taken && plain != "" {
				texts.problem(grades.lineOf(key), "grade %d has the text of %s; each grade needs its own", g, other)
			}
			r.grades[plain] = texts.name + " grade " + key
		}
		grades.close()
	}
	texts.close()
	return t
}

func indicatorDetail(texts *object, original *Indicator) IndicatorDetail {
	t := IndicatorDetail{Question: texts.optionalText("question"), Unit: texts.optionalText("unit"), Note: texts.optionalText("note")}
	if t.Question != "" && !asks(t.Question) {
		texts.problem(texts.lineOf("question"), "the question must end with a question mark")
	}
	for _, own := range []struct{ key, text, original string }{{"unit", t.Unit, original.Unit}, {"note", t.Note, original.Note}} {
		if own.text != "" && own.original == "" {
			texts.problem(texts.lineOf(own.key), "the original has no %s", own.key)
		}
	}
	texts.close()
	return t
}

// lineOf gives the line of a key that is there.
func (o *object) lineOf(key string) int {
	for _, k := range o.keys {
		if k.Value == key {
			return k.Line
		}
	}
	return o.line
}

func find[T any](list []T, is func(*T) bool) *T {
	for i := range list {
		if is(&list[i]) {
			return &list[i]
		}
	}
	return nil
}

func findIndicator(d *Dimension, id string) *Indicator {
	for r := range d.Requirements {
		if in := find(d.Requirements[r].Indicators, func(i *Indicator) bool { return i.ID == id }); in != nil {
			return in
		}
	}
	return nil
}
