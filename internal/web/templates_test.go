package web

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

var (
	inScript = regexp.MustCompile(`(?is)<(script|style)\b|^\s*(script|css) \w+\(`)
	inline   = regexp.MustCompile(`(?i)\s(style|on[a-z]+)=`)
	raw      = regexp.MustCompile(`templ\.(Raw|SafeURL|SafeCSS|JS\w*)\b`)
)

// ownScript is the one way in which a page names a script: a file of our own, with the nonce of the answer.
const ownScript = `<script src={ "/assets/" + name + "?" + v.Version } nonce={ templ.GetNonce(ctx) } defer></script>`

// What the content security policy refuses is not in a template, and no template has a way round the escaping of what it is handed.
func TestTemplatesHaveNoScriptNoInlineStyleAndNothingUnescaped(t *testing.T) {
	files, err := filepath.Glob("*.templ")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 15 {
		t.Fatalf("found %d templates: the search is broken", len(files))
	}
	for _, name := range files {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if name == "layout.templ" {
			if !bytes.Contains(source, []byte(ownScript)) {
				t.Errorf("%s names scripts in another way than %s", name, ownScript)
			}
			source = bytes.Replace(source, []byte(ownScript), nil, 1)
		}
		for what, pattern := range map[string]*regexp.Regexp{"a script or style element": inScript, "an inline style or handler": inline, "something unescaped": raw} {
			if at := pattern.Find(source); at != nil {
				t.Errorf("%s has %s: %s", name, what, at)
			}
		}
	}
}
