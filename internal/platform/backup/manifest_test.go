package backup

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

// Whatever stands in a manifest, what is read of it leads to no place outside of the node's folder and to no file of its database.
func FuzzManifest(f *testing.F) {
	const digest = `"sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"`
	f.Add([]byte(`{"form":1,"engine":"sqlite","schema":[1],"tables":{"a":1},"parts":[{"name":"database.sqlite","size":1,` + digest + `},{"name":"files/a/b","size":0,` + digest + `}]}`))
	f.Add([]byte(`{"form":1,"engine":"postgres","schema":[1,2],"tables":{},"parts":[{"name":"database.pgdump","size":1,` + digest + `},{"name":"files/..","size":0,` + digest + `}]}`))
	f.Add([]byte(`{"form":2}`))
	f.Add([]byte(`[]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := readManifest(bytes.NewReader(data))
		if err != nil {
			return
		}
		for _, p := range m.Parts[1:] {
			name := strings.TrimPrefix(p.Name, folderPrefix)
			if !filepath.IsLocal(name) || left(name) || p.Size < 0 {
				t.Errorf("the part %q was let through", p.Name)
			}
		}
		if m.Size() < 0 {
			t.Error("the size is negative")
		}
		text, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := readManifest(bytes.NewReader(text)); err != nil || len(again.Parts) != len(m.Parts) {
			t.Errorf("a manifest that was read is not read again: %v", err)
		}
	})
}
