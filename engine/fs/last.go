package fs

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"
)

// A name is part of its folder, and a folder of the one above it: what must last after a
// power cut needs them forced to the disk, too. Where a folder cannot be (Windows, some
// network disks) the system's own journal has to do.

// missing lists the folders above those on the way to dir that are not there yet: each
// gets a new name when dir is made.
func missing(dir string) (parents []string) {
	for {
		if _, err := os.Stat(dir); !Missing(err) {
			return parents
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return parents
		}
		parents = append(parents, parent)
		dir = parent
	}
}

// syncFolders forces the names in folders to the disk.
func syncFolders(folders []string) error {
	if runtime.GOOS == "windows" || runtime.GOOS == "wasip1" {
		return nil
	}
	for _, folder := range slices.Backward(folders) {
		if err := syncFolder(folder); err != nil {
			return err
		}
	}
	return nil
}

func syncFolder(folder string) error {
	d, err := os.Open(folder)
	if errors.Is(err, os.ErrPermission) {
		return nil // one may write there and not look
	}
	if err != nil {
		return err
	}
	err = d.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		err = nil // this disk has no such thing
	}
	return errors.Join(err, d.Close())
}
