package statistics

import (
	"testing"
	"testing/fstest"
)

func TestOneTableIsAFolderWithOneFile(t *testing.T) {
	if err := fstest.TestFS(OneTable("figures.csv", []byte("indicator,period,value\n")), "figures.csv"); err != nil {
		t.Error(err)
	}
}
