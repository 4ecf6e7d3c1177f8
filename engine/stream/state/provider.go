package state

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"etincelle/engine/codec"
	"etincelle/engine/fs"
)

// SnapshotEvery is how many versions lie between two snapshots
// (spark.sql.streaming.stateStore.minDeltasForSnapshot).
const SnapshotEvery = 10

// Provider holds the stores of one query.
type Provider struct {
	files fs.FS
	dir   string // of the checkpoint

	mu    sync.Mutex
	cells map[ID]*cell
}

// NewProvider returns the stores that the checkpoint in dir keeps.
func NewProvider(files fs.FS, dir string) *Provider {
	return &Provider{files: files, dir: filepath.Join(dir, "state"), cells: map[ID]*cell{}}
}

// Open gives an attempt of a task the version of a store that a batch begins
// with. Version 0 is empty.
func (p *Provider) Open(id ID, version int64) (Store, error) {
	p.mu.Lock()
	c, known := p.cells[id]
	if !known {
		c = &cell{id: id}
		p.cells[id] = c
	}
	p.mu.Unlock()
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.loaded || c.version != version {
		t, err := p.load(id, version)
		if err != nil {
			return nil, err
		}
		c.table, c.version, c.loaded, c.offered, c.has = t, version, true, nil, false
	}
	return &view{cell: c, version: version}, nil
}

// load reads a version: the newest snapshot that is not past it, and the deltas after that.
func (p *Provider) load(id ID, version int64) (table, error) {
	var t table
	if version == 0 {
		return t, nil
	}
	found, err := p.versions(id)
	if err != nil {
		return t, err
	}
	from := int64(0)
	for _, f := range found {
		if f.snapshot && f.version <= version {
			from = max(from, f.version)
		}
	}
	if from > 0 {
		list, err := readFile(p.files, p.path(id, from, "snapshot"), snapshotKind)
		if err != nil {
			return t, err
		}
		t.apply(list)
	}
	for v := from + 1; v <= version; v++ {
		list, err := readFile(p.files, p.path(id, v, "delta"), deltaKind)
		if err != nil {
			return t, err
		}
		t.apply(list)
	}
	return t, nil
}

func (p *Provider) path(id ID, version int64, kind string) string {
	return filepath.Join(p.dir, id.String(), fmt.Sprintf("%d.%s", version, kind))
}

// Save writes what the tasks of a batch have offered, as the deltas of version.
// Nothing reads them until the batch is committed.
func (p *Provider) Save(version int64) error {
	var writers sync.WaitGroup
	cells := p.all()
	failed := make([]error, len(cells))
	for i, c := range cells {
		c.mu.RLock()
		data, wanted := c.offered, c.has && c.version == version-1
		c.mu.RUnlock()
		if !wanted {
			continue
		}
		writers.Go(func() { // each waits for the disk, and all may wait together
			if err := p.files.Write(p.path(c.id, version, "delta"), codec.Seal(deltaKind, encode(data))); err != nil {
				failed[i] = fmt.Errorf("the state cannot be written: %w", err)
			}
		})
	}
	writers.Wait()
	return errors.Join(failed...)
}

// Advance makes version, which was saved and whose batch is committed, the one
// that Open finds in memory.
func (p *Provider) Advance(version int64) {
	for _, c := range p.all() {
		c.mu.Lock()
		if c.has && c.version == version-1 {
			c.table.apply(c.offered)
			c.version, c.offered, c.has = version, nil, false
		}
		c.mu.Unlock()
	}
}

// Abort forgets what the tasks of a batch have offered: the batch has failed.
func (p *Provider) Abort() {
	for _, c := range p.all() {
		c.mu.Lock()
		c.offered, c.has = nil, false
		c.mu.Unlock()
	}
}

// Maintain writes the snapshots that are due after version, and removes the files
// that only versions before oldest need.
func (p *Provider) Maintain(version, oldest int64) error {
	if version%SnapshotEvery != 0 {
		return nil
	}
	for _, c := range p.all() {
		c.mu.RLock()
		var list []change
		current := c.version == version
		for _, e := range c.table.entries {
			if !e.gone {
				list = append(list, change{key: e.key, value: e.value})
			}
		}
		c.mu.RUnlock()
		if !current {
			continue
		}
		if err := p.files.Write(p.path(c.id, version, "snapshot"), codec.Seal(snapshotKind, encode(list))); err != nil {
			return fmt.Errorf("the state cannot be written: %w", err)
		}
		if err := p.forget(c.id, oldest); err != nil {
			return fmt.Errorf("an old version of the state cannot be removed: %w", err)
		}
	}
	return nil
}

// forget removes the files that no version from oldest on needs.
func (p *Provider) forget(id ID, oldest int64) error {
	found, err := p.versions(id)
	if err != nil {
		return err
	}
	base := int64(0) // the snapshot that oldest is built on
	for _, f := range found {
		if f.snapshot && f.version <= oldest {
			base = max(base, f.version)
		}
	}
	for _, f := range found {
		if f.version < base || f.version == base && !f.snapshot {
			if err := p.files.Remove(f.path); err != nil {
				return err
			}
		}
	}
	return nil
}

// versionFile is a delta or a snapshot on disk.
type versionFile struct {
	path     string
	version  int64
	snapshot bool
}

func (p *Provider) versions(id ID) ([]versionFile, error) {
	list, err := p.files.List(filepath.Join(p.dir, id.String()))
	if err != nil && !fs.Missing(err) {
		return nil, fmt.Errorf("the state cannot be read: %w", err)
	}
	var found []versionFile
	for _, f := range list {
		name, kind, _ := strings.Cut(filepath.Base(f.Path), ".")
		v, err := strconv.ParseInt(name, 10, 64)
		if err == nil && (kind == "delta" || kind == "snapshot") {
			found = append(found, versionFile{f.Path, v, kind == "snapshot"})
		}
	}
	return found, nil
}

// Bytes is what the stores of an operator hold, keys and values.
func (p *Provider) Bytes(operator int) int64 {
	total := int64(0)
	for _, c := range p.all() {
		if c.id.Operator == operator {
			c.mu.RLock()
			total += c.table.bytes
			c.mu.RUnlock()
		}
	}
	return total
}

// all lists the stores in order of their names.
func (p *Provider) all() []*cell {
	p.mu.Lock()
	defer p.mu.Unlock()
	var cells []*cell
	for _, c := range p.cells {
		cells = append(cells, c)
	}
	slices.SortFunc(cells, func(a, b *cell) int { return strings.Compare(a.id.String(), b.id.String()) })
	return cells
}
