package build

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
)

// Files that a build reads in place of the tree's: how the go command is told of
// them, and the way back from their real names, which the compiler prints.

// overlay is the list of virtual files.
type overlay struct {
	list    string            // the list's own file
	virtual map[string]string // real path, in every spelling that may be printed → path relative to the module
}

// writeOverlay writes the files below work and the list of them.
func writeOverlay(work, root string, files map[string][]byte) (overlay, error) {
	made := overlay{list: filepath.Join(work, "overlay.json"), virtual: map[string]string{}}
	replace := map[string]string{}
	for name, contents := range files {
		local := filepath.FromSlash(name)
		if !filepath.IsLocal(local) {
			return made, fmt.Errorf("file %q: expected a path below the module", name)
		}
		// The extension is kept: the go command reads the real name's, too.
		real := filepath.Join(work, strconv.Itoa(len(replace))+filepath.Ext(local))
		if err := os.WriteFile(real, contents, 0o644); err != nil {
			return made, err
		}
		replace[filepath.Join(root, local)] = real
		for _, spelling := range spellings(root, real) {
			made.virtual[spelling] = filepath.ToSlash(filepath.Clean(local))
		}
	}
	list, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return made, err
	}
	return made, os.WriteFile(made.list, list, 0o644)
}

// spellings lists the ways in which the go command, run in root, may print the
// file: absolute or relative, links in root followed or not, with either slash.
func spellings(root, file string) []string {
	found := []string{file}
	roots := []string{root}
	if followed, err := filepath.EvalSymlinks(root); err == nil {
		roots = append(roots, followed)
	}
	for _, from := range roots {
		if relative, err := filepath.Rel(from, file); err == nil {
			found = append(found, relative)
		}
	}
	for _, spelling := range found {
		found = append(found, filepath.ToSlash(spelling))
	}
	return found
}

// logical is the text with the virtual files named as the user knows them.
func (o overlay) logical(text string) string {
	spelled := make([]string, 0, len(o.virtual))
	for spelling := range o.virtual {
		spelled = append(spelled, spelling)
	}
	// Longest first: a relative spelling may be the tail of an absolute one.
	sort.Slice(spelled, func(i, j int) bool { return len(spelled[i]) > len(spelled[j]) })
	for _, spelling := range spelled {
		text = strings.ReplaceAll(text, spelling+":", o.virtual[spelling]+":")
	}
	return text
}
