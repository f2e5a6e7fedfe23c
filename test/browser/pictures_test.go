package browser

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// pictures asks for the pictures of the guides: go test ./test/browser -run ThreeWeeks -pictures "$PWD/docs/images".
var pictures = flag.String("pictures", "", "folder into which the pictures of the guides are written")

const pictureMost = 160_000 // bytes

// picture writes what the officer sees as NAME.png, as high as it needs to be, where pictures are asked for.
func (w *weeks) picture(t *testing.T, name string, height int64) {
	t.Helper()
	if *pictures == "" {
		return
	}
	o := w.officer
	o.do(t, chromedp.EmulateViewport(1280, height))
	ask(t, o.tab, chromedp.Evaluate[bool](`(() => { document.activeElement?.blur(); scrollTo(0, 0); return true })()`))
	shot, err := chromedp.Call(o.Context, page.CaptureScreenshot, page.CaptureScreenshotParams{Clip: &page.Viewport{Width: 1280, Height: float64(height), Scale: 1}})
	if err != nil {
		t.Fatal(err)
	}
	if len(shot.Data) > pictureMost {
		t.Errorf("%s.png has %d bytes, more than %d", name, len(shot.Data), pictureMost)
	}
	if err := os.WriteFile(filepath.Join(*pictures, name+".png"), shot.Data, 0o600); err != nil {
		t.Fatal(err)
	}
}
