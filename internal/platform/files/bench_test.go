package files

import (
	"fmt"
	"testing"
)

// A photograph as a telephone takes it, 12 million pixels, held upright or lying.
func BenchmarkKeepPhotograph(b *testing.B) {
	for _, turn := range []int{1, 6} {
		data := photograph(b, scene(4000, 3000), turn)
		b.Run(fmt.Sprintf("orientation=%d", turn), func(b *testing.B) {
			s := New(b.TempDir(), Default)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := keep(b, s, "a.jpg", data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
