package fs

import (
	"bytes"
	"path"
	"path/filepath"
	"sort"
	"strings"
	"sync"
)

// Memory is a set of files that lives and dies with the program. Its zero
// value is empty and ready.
type Memory struct {
	mu    sync.Mutex
	files map[string][]byte
}

type memoryFile struct{ *bytes.Reader }

func (memoryFile) Close() error { return nil }

func clean(p string) string { return path.Clean(filepath.ToSlash(p)) }

// Open opens a file for reading.
func (m *Memory) Open(p string) (File, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	data, ok := m.files[clean(p)]
	if !ok {
		return nil, notExist("open", p)
	}
	return memoryFile{bytes.NewReader(data)}, nil
}

// Stat describes a path.
func (m *Memory) Stat(p string) (Info, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if data, ok := m.files[clean(p)]; ok {
		return Info{Path: p, Size: int64(len(data))}, nil
	}
	for name := range m.files {
		if strings.HasPrefix(name, clean(p)+"/") {
			return Info{Path: p, Dir: true}, nil
		}
	}
	return Info{}, notExist("stat", p)
}

// List describes what is in a folder.
func (m *Memory) List(dir string) ([]Info, error) {
	if info, err := m.Stat(dir); err != nil || !info.Dir {
		return nil, notExist("list", dir)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	seen := map[string]Info{}
	for name, data := range m.files {
		rest, inside := strings.CutPrefix(name, clean(dir)+"/")
		if !inside {
			continue
		}
		first, _, deeper := strings.Cut(rest, "/")
		info := Info{Path: path.Join(clean(dir), first), Dir: deeper}
		if !deeper {
			info.Size = int64(len(data))
		}
		seen[first] = info
	}
	list := make([]Info, 0, len(seen))
	for _, info := range seen {
		list = append(list, info)
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Path < list[j].Path })
	return list, nil
}

// Write makes p hold data.
func (m *Memory) Write(p string, data []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.files == nil {
		m.files = map[string][]byte{}
	}
	m.files[clean(p)] = bytes.Clone(data)
	return nil
}

// Remove removes a file or a whole folder.
func (m *Memory) Remove(p string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for name := range m.files {
		if name == clean(p) || strings.HasPrefix(name, clean(p)+"/") {
			delete(m.files, name)
		}
	}
	return nil
}
