package web

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/platform/locale"
)

func pageNames(t *testing.T) []string {
	t.Helper()
	files, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		name := strings.TrimSuffix(strings.TrimPrefix(f, "templates/"), ".html")
		if name != "layout" && name != "parts" && name != "form_parts" {
			names = append(names, name)
		}
	}
	return names
}

func TestEveryTemplateParsesInEveryLanguage(t *testing.T) {
	locales, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	r := newRenderer(locales)
	for _, tag := range locale.Shipped {
		l, _ := locales.Get(tag)
		for _, name := range pageNames(t) {
			if _, err := r.template(l, name); err != nil {
				t.Errorf("%s in %s: %v", name, tag, err)
			}
		}
	}
}

var (
	message  = regexp.MustCompile(`\{\{-?\s*t "([^"]+)"`)
	inScript = regexp.MustCompile(`(?is)<(script|style)\b`)
	unquoted = regexp.MustCompile(`=\s*\{\{`)
	inline   = regexp.MustCompile(`(?i)\s(style|on[a-z]+)=`)
)

// What sayOnce relies on: messages stand in text and in quoted attributes. And what the content security policy refuses is not there.
func TestTemplatesHaveNoScriptNoInlineStyleAndNoUnquotedAttribute(t *testing.T) {
	files, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		data, err := fs.ReadFile(templateFiles, f)
		if err != nil {
			t.Fatal(err)
		}
		for what, pattern := range map[string]*regexp.Regexp{"a script or style element": inScript, "an attribute without quotes": unquoted, "an inline style or handler": inline} {
			if at := pattern.Find(data); at != nil {
				t.Errorf("%s has %s: %s", f, what, at)
			}
		}
	}
}

func TestEveryMessageOfATemplateIsInTheCatalogue(t *testing.T) {
	locales, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	en, _ := locales.Get("en")
	files, _ := fs.Glob(templateFiles, "templates/*.html")
	for _, f := range files {
		data, _ := fs.ReadFile(templateFiles, f)
		for _, m := range message.FindAllSubmatch(data, -1) {
			if !en.Has(string(m[1])) {
				t.Errorf("%s says %s, which the catalogue lacks", f, m[1])
			}
		}
	}
}
