package watch

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"time"
)

// File is the file that is watched. Looking at it twenty times a second works on
// every disk, shared ones too, where no system tells of changes.
type File interface {
	// Stamp changes when the file was written; false when there is no file.
	Stamp() (Stamp, bool)
	Read() ([]byte, error)
}

// Stamp is what tells a file that was written from the one before.
type Stamp struct {
	Changed time.Time
	Size    int64
}

// OnDisk is a file of that path.
type OnDisk string

// Stamp implements File.
func (path OnDisk) Stamp() (Stamp, bool) {
	info, err := os.Stat(string(path))
	if err != nil {
		return Stamp{}, false
	}
	return Stamp{info.ModTime(), info.Size()}, true
}

// Read implements File.
func (path OnDisk) Read() ([]byte, error) { return os.ReadFile(string(path)) }

// readAnyway is after how many looks a file is read though its stamp is the same:
// two saves within the clock of a disk, of the same length, have one stamp.
const readAnyway = looksPerSecond

// watcher looks at a file.
type watcher struct {
	file  File
	stamp Stamp
	sum   [sha256.Size]byte
	known bool // sum is of something
	looks int  // since the file was read
	empty bool // it was found empty at the last look
}

// look returns what the file holds when that is new. An editor that writes in two
// steps, or in another file first, leaves nothing there for a moment: that is not
// believed before the next look.
func (w *watcher) look() ([]byte, bool, error) {
	stamp, there := w.file.Stamp()
	w.looks++
	if !there || w.known && stamp == w.stamp && w.looks < readAnyway && !w.empty {
		return nil, false, nil
	}
	source, err := w.file.Read()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	w.looks, w.stamp = 0, stamp
	blank := len(bytes.TrimSpace(source)) == 0
	if blank && !w.empty {
		w.empty = true
		return nil, false, nil
	}
	w.empty = false
	sum := sha256.Sum256(source)
	if w.known && sum == w.sum {
		return nil, false, nil
	}
	w.sum, w.known = sum, true
	return source, true, nil
}
