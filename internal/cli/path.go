package cli

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/alecthomas/kong"
)

// asTyped reads the path of a file as it was typed, so that errors name it as whoever typed it knows it. A leading ~/ is the home folder, which shells
// do not put into --out=~/results.
func asTyped(ctx *kong.DecodeContext, target reflect.Value) error {
	var path string
	if err := ctx.Scan.PopValueInto("file", &path); err != nil {
		return err
	}
	if strings.HasPrefix(path, "~/") {
		path = kong.ExpandPath(path)
	}
	switch target.Kind() {
	case reflect.String:
		target.SetString(path)
	case reflect.Slice: // the flag is given once for each
		target.Set(reflect.Append(target, reflect.ValueOf(path)))
	default:
		return fmt.Errorf("a path cannot be put into %s", target.Type())
	}
	return nil
}

// inputsOf gives the paths of a command line but that of its results.
func inputsOf(parsed *kong.Context) (paths []string) {
	for _, flag := range parsed.Flags() {
		if flag.Tag.Type != "path" || flag.Name == "out" {
			continue
		}
		switch value := flag.Target.Interface().(type) {
		case string:
			paths = append(paths, value)
		case []string:
			paths = append(paths, value...)
		}
	}
	return paths
}
