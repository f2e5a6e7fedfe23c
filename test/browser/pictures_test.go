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

const (
	pictureHeight = 900 // pixels: a screen of an officer's computer
	pictureMost   = 160_000
)

// picture writes what the officer sees as NAME.png, where pictures are asked for.
func (w *weeks) picture(t *testing.T, name string) {
	t.Helper()
	if *pictures == "" {
		return
	}
	o := w.officer
	o.do(t, chromedp.EmulateViewport(1280, pictureHeight))
	ask(t, o.tab, chromedp.Evaluate[bool](`(() => { document.activeElement?.blur(); scrollTo(0, 0); return true })()`))
	shot, err := chromedp.Call(o.Context, page.CaptureScreenshot, page.CaptureScreenshotParams{Clip: &page.Viewport{Width: 1280, Height: pictureHeight, Scale: 1}})
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
