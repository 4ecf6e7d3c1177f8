// Package kit makes what an instructor gives to students: a module that builds,
// as a folder and as a zip, without the solutions and the hidden cases.
//
//	select.go    which files go along: what the command and the labs import, and their data
//	secret.go    what must not: every solution, every hidden case and its generator
//	staged.go    the folder in which the kit is put together, built and tried
//	zip.go       the same bytes for the same files
//
// The rule is that nothing goes along unless something needs it. So a new folder
// of secrets stays behind without being named here; and what is found out to hold
// one stops the kit all the same.
package kit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	files "etincelle/engine/fs"
)

// Name is the kit's folder, and its zip without the ending.
const Name = "etincelle"

// Options say what goes into a kit.
type Options struct {
	Labs   []string     // as commands name them; all when empty
	Vendor bool         // with the modules it needs, for rooms without network
	Tell   func(string) // is told each step; may be nil
}

// Kit is a kit that was made.
type Kit struct {
	Folder, Zip   string // where they lie
	Labs          []string
	Files         int
	Size, ZipSize int64
	SHA256        string   // of the zip
	Left          []string // files of the labs that no kit knows, left behind

}

// ErrPlace says that a kit cannot go where it should.
var ErrPlace = errors.New("a kit cannot go there")

// Make makes the kit of the tree at root in the folder out. Nothing appears
// there before all of it was built and tried.
func Make(ctx context.Context, root, out string, o Options) (Kit, error) {
	tell := o.Tell
	if tell == nil {
		tell = func(string) {}
	}
	made := Kit{Folder: filepath.Join(out, Name), Zip: filepath.Join(out, Name+".zip")}
	if err := free(root, out, made.Folder, made.Zip); err != nil {
		return made, err
	}
	tell("select")
	chosen, err := Select(root, o.Labs)
	if err != nil {
		return made, err
	}
	secrets, err := Secrets(root)
	if err != nil {
		return made, err
	}
	if leaks := secrets.In(chosen.Files); len(leaks) > 0 {
		return made, leaks
	}
	s, err := stageIn(out)
	if err != nil {
		return made, err
	}
	defer s.remove()
	if err := s.write(chosen.Files); err != nil {
		return made, err
	}
	if o.Vendor {
		tell("vendor")
		if err := s.vendor(ctx, chosen.Files); err != nil {
			return made, err
		}
	}
	tell("try")
	if err := s.try(ctx, chosen.Labs, o.Vendor); err != nil {
		return made, err
	}
	tell("zip")
	packed, err := Zip(chosen.Files)
	if err != nil {
		return made, err
	}
	if err := os.Rename(s.kit, made.Folder); err != nil {
		return made, fmt.Errorf("put the kit in place: %w", err)
	}
	if err := (files.System{}).Write(made.Zip, packed); err != nil {
		return made, fmt.Errorf("put the kit's zip in place: %w", err)
	}
	sum := sha256.Sum256(packed)
	made.Labs, made.Left, made.Files = chosen.Labs, chosen.Left, len(chosen.Files)
	made.Size, made.ZipSize, made.SHA256 = chosen.Files.size(), int64(len(packed)), hex.EncodeToString(sum[:])
	return made, nil
}

// free holds that out lies outside the tree, whose own tests and kits would read
// what is there, and that nothing is in the way.
func free(root, out string, paths ...string) error {
	tree, err := filepath.Abs(root)
	if err != nil {
		return err
	}
	place, err := filepath.Abs(out)
	if err != nil {
		return err
	}
	if below, err := filepath.Rel(tree, place); err == nil && filepath.IsLocal(below) {
		return fmt.Errorf("%s: %w: it is inside the course's folder; give one outside, such as ../kit", out, ErrPlace)
	}
	for _, path := range paths {
		if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s: %w: something is there already; remove it, or give another folder", path, ErrPlace)
		}
	}
	return nil
}

// Files are a kit's files by their path in it, with slashes.
type Files map[string][]byte

func (f Files) size() int64 {
	var n int64
	for _, data := range f {
		n += int64(len(data))
	}
	return n
}
