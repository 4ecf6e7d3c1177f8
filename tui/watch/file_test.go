package watch

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// paper is a File in memory: its clock is moved by hand.
type paper struct {
	mu      sync.Mutex
	text    string
	stamp   Stamp
	missing bool
	broken  error
	reads   int
}

func (p *paper) write(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.text, p.missing = text, false
	p.stamp = Stamp{p.stamp.Changed.Add(time.Second), int64(len(text))}
}

func (p *paper) Stamp() (Stamp, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.stamp, !p.missing
}

func (p *paper) Read() ([]byte, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.reads++
	switch {
	case p.missing:
		return nil, fs.ErrNotExist
	case p.broken != nil:
		return nil, p.broken
	}
	return []byte(p.text), nil
}

func look(t *testing.T, w *watcher) string {
	t.Helper()
	source, changed, err := w.look()
	require.NoError(t, err)
	if !changed {
		return ""
	}
	return string(source)
}

func TestLook(t *testing.T) {
	file := &paper{}
	w := &watcher{file: file}
	file.write("one")
	assert.Equal(t, "one", look(t, w))
	assert.Empty(t, look(t, w))
	assert.Equal(t, 1, file.reads, "what was not written is not read")

	file.write("one")
	assert.Empty(t, look(t, w), "written, and the same")
	file.write("two")
	assert.Equal(t, "two", look(t, w))

	file.missing = true // an editor puts another file in its place
	assert.Empty(t, look(t, w))
	file.write("three")
	assert.Equal(t, "three", look(t, w))

	file.write("") // and another empties it first
	assert.Empty(t, look(t, w))
	file.write("four")
	assert.Equal(t, "four", look(t, w))
	file.write("")
	assert.Empty(t, look(t, w))
	_, changed, err := w.look()
	require.NoError(t, err)
	assert.True(t, changed, "it stays empty: then it is")

	file.broken = errors.New("no permission")
	file.write("five")
	_, _, err = w.look()
	assert.ErrorContains(t, err, "no permission")
}

// A disk whose clock is coarse gives two saves one stamp.
func TestLookReadsAnyway(t *testing.T) {
	file := &paper{}
	w := &watcher{file: file}
	file.write("one")
	look(t, w)
	file.text = "two"
	seen := ""
	for range readAnyway {
		seen += look(t, w)
	}
	assert.Equal(t, "two", seen)
}

func TestOnDisk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "exercises.go")
	_, there := OnDisk(path).Stamp()
	assert.False(t, there)
	require.NoError(t, os.WriteFile(path, []byte("one"), 0o644))
	w := &watcher{file: OnDisk(path)}
	assert.Equal(t, "one", look(t, w))
	require.NoError(t, os.WriteFile(path, []byte("three"), 0o644))
	assert.Equal(t, "three", look(t, w))
}
