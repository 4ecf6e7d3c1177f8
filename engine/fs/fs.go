// Package fs is the engine's view of files: the system's, or a memory that
// looks alike (for tests, and for programs that may not touch the disk). Paths
// are slash-separated or the system's own; a file that must last is written
// whole, under another name first.
package fs

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"syscall"
)

// File is an open file, to be read from any place.
type File interface {
	io.Reader
	io.Seeker
	io.Closer
}

// Info is what the engine asks of a path.
type Info struct {
	Path string // joined to what was asked for
	Size int64
	Dir  bool
}

// FS is a set of files.
type FS interface {
	// Open opens a file for reading.
	Open(path string) (File, error)
	// Stat describes a path; Missing tells the error of one that does not exist.
	Stat(path string) (Info, error)
	// List describes what is in a folder, sorted by name.
	List(dir string) ([]Info, error)
	// Write makes path hold data, all of it or nothing, and makes its folder.
	Write(path string, data []byte) error
	// Create opens a new file to be written piece by piece, and makes its folder.
	// What was at path is gone. Each piece can be read once Write has returned,
	// and nothing is forced to the disk: for files that need not last.
	Create(path string) (io.WriteCloser, error)
	// Remove removes a file or a whole folder; a missing one is not an error.
	Remove(path string) error
}

// Missing reports whether err says that a path does not exist. Nothing exists
// below a file, though systems have another error for it.
func Missing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// Read returns the whole of a file.
func Read(files FS, path string) ([]byte, error) {
	f, err := files.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

// Sync forces what was written so far to a file of Create to the disk, where there is one.
func Sync(w io.Writer) error {
	if f, ok := w.(interface{ Sync() error }); ok {
		return f.Sync()
	}
	return nil
}

// System is the computer's files.
type System struct{}

// Open opens a file for reading.
func (System) Open(path string) (File, error) { return os.Open(path) }

// Stat describes a path.
func (System) Stat(path string) (Info, error) {
	st, err := os.Stat(path)
	if err != nil {
		return Info{}, err
	}
	return Info{Path: path, Size: st.Size(), Dir: st.IsDir()}, nil
}

// List describes what is in a folder.
func (System) List(dir string) ([]Info, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var list []Info
	for _, e := range entries {
		st, err := os.Stat(filepath.Join(dir, e.Name()))
		if Missing(err) {
			continue // removed since it was listed
		}
		if err != nil {
			return nil, err
		}
		list = append(list, Info{Path: filepath.Join(dir, e.Name()), Size: st.Size(), Dir: st.IsDir()})
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Path < list[j].Path })
	return list, nil
}

// Write writes a temporary file beside path, forces it to the disk and renames
// it: a reader sees the old file or the new one, never half of one. Then it forces the
// names to the disk as well, so that the new file is there after a power cut.
func (System) Write(path string, data []byte) error {
	dir := filepath.Dir(path)
	made := missing(dir)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := replace(dir, path, data); err != nil {
		return err
	}
	return syncFolders(append(made, dir))
}

// replace is Write without the folders.
func replace(dir, path string, data []byte) (err error) {
	f, err := os.CreateTemp(dir, ".writing-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	if _, err := f.Write(data); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := f.Sync(); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := os.Chmod(f.Name(), 0o644); err != nil {
		return err
	}
	return os.Rename(f.Name(), path) // the file exists from here on
}

// Create opens a new file to be written piece by piece.
func (System) Create(path string) (io.WriteCloser, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	f, err := os.Create(path)
	if err != nil {
		return nil, err // not f: a nil *os.File in an interface is not nil
	}
	return f, nil
}

// Remove removes a file or a whole folder.
func (System) Remove(path string) error {
	if err := os.RemoveAll(path); !Missing(err) {
		return err
	}
	return nil
}

// Hidden reports whether Spark leaves a name out when it lists a folder's data
// files: those that begin with a dot or an underscore.
func Hidden(path string) bool {
	base := filepath.Base(path)
	return strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_")
}
