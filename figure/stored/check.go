package stored

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"etincelle/grader/lab"
	"etincelle/grader/message"
)

// redo is what puts a figure right.
const redo = "run `go run . figure --rewrite` and look at it"

// Check holds the figures that lie in a lab's folder against what their programs
// and recordings give, and against what the notebooks show.
func Check(ctx context.Context, l *lab.Lab) error {
	files, err := Redraw(ctx, l)
	if err != nil {
		return err
	}
	var errs []error
	for _, f := range files {
		there, err := os.ReadFile(f.Path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			errs = append(errs, fmt.Errorf("%s is missing: %s", f.Path, redo))
		case err != nil:
			errs = append(errs, err)
		case !bytes.Equal(bytes.ReplaceAll(there, []byte("\r\n"), []byte("\n")), f.Data):
			errs = append(errs, fmt.Errorf("%s is not what its program gives today: %s", f.Path, redo))
		}
	}
	return errors.Join(append(append(errs, strays(l, files)...), shown(l, files)...)...)
}

// Write puts the figures of a lab into its folder, and says which.
func Write(ctx context.Context, l *lab.Lab) ([]string, error) {
	files, err := Redraw(ctx, l)
	if err != nil {
		return nil, err
	}
	var written []string
	for _, f := range files {
		if err := lab.WriteFile(f.Path, f.Data); err != nil {
			return written, err
		}
		written = append(written, f.Path)
	}
	return written, nil
}

// strays are pictures that nothing makes.
func strays(l *lab.Lab, files []File) []error {
	var errs []error
	for _, pattern := range []string{"*.svg", "*.txt"} {
		there, err := filepath.Glob(folder(l, pattern))
		if err != nil {
			errs = append(errs, err)
		}
		for _, path := range there {
			if !slices.ContainsFunc(files, func(f File) bool { return f.Path == path }) {
				errs = append(errs, fmt.Errorf("%s is a figure that figures.json does not name: add it there, or remove the file", path))
			}
		}
	}
	return errs
}

// image finds the images of a notebook.
var image = regexp.MustCompile(`!\[[^\]]*\]\(([^)\s]+)[^)]*\)`)

// shown holds that each notebook shows the figures of its language, all of them
// and no other picture.
func shown(l *lab.Lab, files []File) []error {
	var errs []error
	for _, language := range []message.Language{message.French, message.English} {
		notebook := l.Path("notebook." + string(language) + ".md")
		text, err := os.ReadFile(notebook)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		seen := map[string]bool{}
		for _, found := range image.FindAllSubmatch(text, -1) {
			seen[string(found[1])] = true
		}
		for _, f := range files {
			if name := "figures/" + filepath.Base(f.Path); strings.HasSuffix(name, "."+string(language)+".svg") {
				if !seen[name] {
					errs = append(errs, fmt.Errorf("%s does not show %s: write ![what it says](%s) where it helps", notebook, name, name))
				}
				delete(seen, name)
			}
		}
		for name := range seen {
			errs = append(errs, fmt.Errorf("%s shows %s, expected figures of this lab in this language", notebook, name))
		}
	}
	return errs
}
