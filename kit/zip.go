package kit

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"time"
)

// stamp is the time of every file in a zip: the same files give the same bytes,
// whenever and wherever they were checked out.
var stamp = time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)

// Zip packs a kit below a folder of its name: regular files in the order of
// their names, no links, no paths that lead elsewhere.
func Zip(files Files) ([]byte, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	folded := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if !fs.ValidPath(name) || strings.ContainsAny(name, `\:*?"<>|`) {
			return nil, fmt.Errorf("the path %q cannot be in a zip for every system: rename the file", name)
		}
		if other, twice := folded[strings.ToLower(name)]; twice {
			return nil, fmt.Errorf("%s and %s are one file on some systems: rename one of them", other, name)
		}
		folded[strings.ToLower(name)] = name
		header := &zip.FileHeader{Name: Name + "/" + name, Method: zip.Deflate, Modified: stamp}
		header.SetMode(0o644)
		f, err := w.CreateHeader(header)
		if err == nil {
			_, err = f.Write(files[name])
		}
		if err != nil {
			return nil, fmt.Errorf("pack %s: %w", name, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("pack the kit: %w", err)
	}
	return b.Bytes(), nil
}
