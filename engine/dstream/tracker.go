package dstream

import (
	"fmt"
	"path/filepath"
	"slices"
	"sync"

	"etincelle/engine/codec"
	"etincelle/engine/event"
	"etincelle/engine/storage"
)

// tracker knows the received blocks: which wait for a batch, and which are whose. With
// a checkpoint directory what it knows is in a log, so that a restarted program knows
// it too; the rows themselves are in another (receiver.go), and only if the program
// asks for it. Spark's name is ReceivedBlockTracker.
type tracker struct {
	c   *Context
	log *writeAheadLog // of what happened to blocks; nil without a checkpoint directory

	mu        sync.Mutex
	waiting   map[int][]receivedBlock // by stream
	allocated map[Time]map[int][]receivedBlock
	last      Time        // the latest batch that blocks were given to
	next      map[int]int // the next block's number, by stream
}

// receivedBlock is one block, without its rows.
type receivedBlock struct {
	Stream    int
	Block     int
	Rows      int64
	Log       *place `cbor:",omitempty"` // its rows in the write-ahead log, nil without one
	Recovered bool   `cbor:"-"`          // from an earlier life: no executor can have it
}

func (b receivedBlock) id() storage.BlockID { return storage.Received(b.Stream, b.Block) }

// trackerRecord is one record of the log: one of the three.
type trackerRecord struct {
	Added     *receivedBlock  `cbor:",omitempty"`
	Allocated []receivedBlock `cbor:",omitempty"`
	Batch     Time            // of Allocated
	Forgotten []Time          `cbor:",omitempty"`
}

// metadataFolder is Spark's name for the log's folder.
const metadataFolder = "receivedBlockMetadata"

func openTracker(c *Context) (*tracker, error) {
	t := &tracker{c: c, waiting: map[int][]receivedBlock{}, allocated: map[Time]map[int][]receivedBlock{}, next: map[int]int{}, last: -1}
	if c.checkpointDir == "" {
		return t, nil
	}
	recover := func(payload []byte, _ place) error {
		var r trackerRecord
		if err := codec.Decode(payload, &r); err != nil {
			return err
		}
		t.replay(r)
		return nil
	}
	if c.recovered == nil {
		// A fresh start: what another program knew of blocks is not this one's.
		if err := c.core.Files().Remove(filepath.Join(c.checkpointDir, metadataFolder)); err != nil {
			return nil, fmt.Errorf("write-ahead log: %w", err)
		}
	}
	var err error
	t.log, err = openLog(c.core.Files(), filepath.Join(c.checkpointDir, metadataFolder), TimeOf(c.clock.Now()), recover)
	return t, err
}

// replay takes in what an earlier life has noted.
func (t *tracker) replay(r trackerRecord) {
	switch {
	case r.Added != nil:
		b := *r.Added
		b.Recovered = true
		t.waiting[b.Stream] = append(t.waiting[b.Stream], b)
		t.next[b.Stream] = max(t.next[b.Stream], b.Block+1)
	case r.Forgotten != nil:
		for _, at := range r.Forgotten {
			delete(t.allocated, at)
		}
	case r.Batch != 0:
		for i := range r.Allocated {
			r.Allocated[i].Recovered = true
		}
		t.give(r.Batch, r.Allocated)
	}
}

// give moves blocks from those that wait to a batch.
func (t *tracker) give(at Time, blocks []receivedBlock) {
	given := map[int][]receivedBlock{}
	for _, b := range blocks {
		given[b.Stream] = append(given[b.Stream], b)
		t.waiting[b.Stream] = slices.DeleteFunc(t.waiting[b.Stream], func(w receivedBlock) bool { return w.Block == b.Block })
	}
	t.allocated[at], t.last = given, at
}

func (t *tracker) write(r trackerRecord) error {
	if t.log == nil {
		return nil
	}
	payload, err := codec.Encode(r)
	if err == nil {
		_, err = t.log.append(payload, TimeOf(t.c.clock.Now()))
	}
	return err
}

// number is the number of a stream's next block. Numbers begin at the clock's time, as
// Spark's, and never come again, in no life of the program.
func (t *tracker) number(stream int) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := max(t.next[stream], int(t.c.clock.Now().UnixMilli()))
	t.next[stream] = n + 1
	return n
}

// add notes a block that is stored: it will be part of the next batch.
func (t *tracker) add(b receivedBlock) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := t.write(trackerRecord{Added: &b}); err != nil {
		return err
	}
	t.waiting[b.Stream] = append(t.waiting[b.Stream], b)
	t.c.core.Emit(event.InputBlockAdded{Time: t.c.clock.Now(), Stream: b.Stream, Block: b.Block, Rows: b.Rows, Logged: b.Log != nil})
	return nil
}

// allocate makes the waiting blocks those of a batch. After a restart a batch may have
// its blocks already: then it keeps them.
func (t *tracker) allocate(at Time) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if at <= t.last {
		return nil
	}
	var blocks []receivedBlock
	for _, in := range t.c.inputs {
		blocks = append(blocks, t.waiting[in.number]...)
	}
	if t.c.hasReceivers() {
		if err := t.write(trackerRecord{Batch: at, Allocated: blocks}); err != nil {
			return err
		}
	}
	t.give(at, blocks)
	return nil
}

// blocksOf is the blocks of a stream in a batch.
func (t *tracker) blocksOf(at Time, stream int) []receivedBlock {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.allocated[at][stream]
}

// hasUnallocated reports whether blocks wait for a batch.
func (t *tracker) hasUnallocated() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, blocks := range t.waiting {
		if len(blocks) > 0 {
			return true
		}
	}
	return false
}

// forget drops what is known of batches before a time.
func (t *tracker) forget(before Time) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	gone := []Time{}
	for at := range t.allocated {
		if at < before {
			gone = append(gone, at)
		}
	}
	slices.Sort(gone)
	if err := t.write(trackerRecord{Forgotten: gone}); err != nil {
		return err
	}
	for _, at := range gone {
		delete(t.allocated, at)
	}
	if t.log == nil {
		return nil
	}
	return t.log.clean(before)
}

func (t *tracker) close() error {
	if t.log == nil {
		return nil
	}
	return t.log.close()
}

// allocate cuts a batch, and tells of it.
func (c *Context) allocate(at Time) {
	if err := c.tracker.allocate(at); err != nil {
		c.report(fmt.Errorf("batch %s: %w", at, err))
	}
	formed := event.BatchFormed{Time: c.clock.Now(), Batch: int64(at)}
	for _, in := range c.inputs {
		if in.receiver == nil {
			continue
		}
		one := event.BatchInput{Stream: in.number}
		for _, b := range c.tracker.blocksOf(at, in.number) {
			one.Records += b.Rows
			one.Blocks = append(one.Blocks, b.Block)
		}
		formed.Inputs = append(formed.Inputs, one)
	}
	c.core.Emit(formed)
}
