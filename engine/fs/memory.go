package fs

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"sort"
	"strings"
	"sync"
)

// Memory is a set of files that lives and dies with the program. Its zero
// value is empty and ready. It answers as System does, save that it knows no
// links, rights or full disks.
type Memory struct {
	mu    sync.Mutex
	nodes map[string]node // by clean path; a folder stays when its last file goes
}

type node struct {
	data   []byte
	folder bool
	writer *memoryWriter // of a file that Create made
}

type memoryFile struct{ *bytes.Reader }

func (memoryFile) Close() error { return nil }

// memoryWriter writes to the file that Create made. When that is removed or
// replaced, what comes after goes nowhere, as on a disk.
type memoryWriter struct {
	m      *Memory
	name   string
	closed bool // m.mu guards it
}

var (
	errFolder    = errors.New("is a folder")
	errNotFolder = errors.New("is a file, where a folder is needed")
)

func clean(p string) string { return path.Clean(filepath.ToSlash(p)) }

// isRoot: the two folders that exist before anything is written.
func isRoot(name string) bool { return name == "." || name == "/" }

func fail(op, path string, err error) error { return &fs.PathError{Op: op, Path: path, Err: err} }

// find returns what is at p. m.mu is held.
func (m *Memory) find(op, p string) (node, error) {
	name := clean(p)
	if n, ok := m.nodes[name]; ok || isRoot(name) {
		n.folder = n.folder || isRoot(name)
		return n, nil
	}
	return node{}, fail(op, p, fs.ErrNotExist)
}

// Open opens a file for reading. The reader keeps what the file holds now.
func (m *Memory) Open(p string) (File, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	n, err := m.find("open", p)
	if err != nil {
		return nil, err
	}
	if n.folder {
		return nil, fail("open", p, errFolder)
	}
	return memoryFile{bytes.NewReader(n.data)}, nil
}

// Stat describes a path.
func (m *Memory) Stat(p string) (Info, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	n, err := m.find("stat", p)
	if err != nil {
		return Info{}, err
	}
	return Info{Path: p, Size: int64(len(n.data)), Dir: n.folder}, nil
}

// List describes what is in a folder.
func (m *Memory) List(dir string) ([]Info, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	n, err := m.find("list", dir)
	if err != nil {
		return nil, err
	}
	if !n.folder {
		return nil, fail("list", dir, fs.ErrNotExist) // there is no such folder
	}
	var list []Info
	for name, n := range m.nodes {
		if path.Dir(name) == clean(dir) {
			list = append(list, Info{Path: name, Size: int64(len(n.data)), Dir: n.folder})
		}
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Path < list[j].Path })
	return list, nil
}

// Write makes p hold data.
func (m *Memory) Write(p string, data []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.put("write", p, node{data: bytes.Clone(data)})
}

// Create opens a new file to be written piece by piece.
func (m *Memory) Create(p string) (io.WriteCloser, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	w := &memoryWriter{m: m, name: clean(p)}
	if err := m.put("create", p, node{writer: w}); err != nil {
		return nil, err
	}
	return w, nil
}

// put places a file at p and makes its folder. m.mu is held.
func (m *Memory) put(op, p string, file node) error {
	name := clean(p)
	if m.nodes[name].folder || isRoot(name) {
		return fail(op, p, errFolder)
	}
	var folders []string
	for dir := path.Dir(name); !isRoot(dir); dir = path.Dir(dir) {
		if n, ok := m.nodes[dir]; ok && !n.folder {
			return fail(op, p, errNotFolder)
		}
		folders = append(folders, dir)
	}
	if m.nodes == nil {
		m.nodes = map[string]node{}
	}
	for _, dir := range folders {
		m.nodes[dir] = node{folder: true}
	}
	m.nodes[name] = file
	return nil
}

// Write adds a piece to the file. Who opened the file before does not see it.
func (w *memoryWriter) Write(piece []byte) (int, error) {
	w.m.mu.Lock()
	defer w.m.mu.Unlock()
	if w.closed {
		return 0, fail("write", w.name, fs.ErrClosed)
	}
	if n := w.m.nodes[w.name]; n.writer == w {
		n.data = append(n.data, piece...)
		w.m.nodes[w.name] = n
	}
	return len(piece), nil
}

// Close ends the file.
func (w *memoryWriter) Close() error {
	w.m.mu.Lock()
	defer w.m.mu.Unlock()
	if w.closed {
		return fail("close", w.name, fs.ErrClosed)
	}
	w.closed = true
	return nil
}

// Remove removes a file or a whole folder.
func (m *Memory) Remove(p string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for name := range m.nodes {
		if name == clean(p) || strings.HasPrefix(name, clean(p)+"/") {
			delete(m.nodes, name)
		}
	}
	return nil
}
