package build

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Root is the module's folder: dir or the nearest one above it whose go.mod
// says `module etincelle`. A student's kit has the same name as the full tree.
func Root(dir string) (string, error) {
	start, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("the folder %s cannot be named in full: %w", dir, err)
	}
	passed := ""
	for folder := start; ; folder = filepath.Dir(folder) {
		switch text, err := os.ReadFile(filepath.Join(folder, "go.mod")); {
		case err == nil:
			name := moduleName(text)
			if name == Module {
				return folder, nil
			}
			passed += fmt.Sprintf("; %s is of module %q", filepath.Join(folder, "go.mod"), name)
		case !errors.Is(err, fs.ErrNotExist):
			return "", fmt.Errorf("the module's folder is sought from %s upwards: %w", start, err)
		}
		if folder == filepath.Dir(folder) {
			return "", fmt.Errorf("no go.mod with `module %s` in %s or above it%s: run the command inside the course's folder", Module, start, passed)
		}
	}
}

// moduleName reads the module line of a go.mod.
func moduleName(text []byte) string {
	for line := range bytes.Lines(text) {
		code, _, _ := strings.Cut(string(line), "//")
		fields := strings.Fields(code)
		if len(fields) == 2 && fields[0] == "module" {
			if name, err := strconv.Unquote(fields[1]); err == nil {
				return name
			}
			return fields[1]
		}
	}
	return ""
}
