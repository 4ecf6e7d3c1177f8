package dstream

import (
	"path/filepath"

	"etincelle/engine/event"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
	"etincelle/engine/storage"
)

// dataFolder is Spark's name for the folder of the write-ahead log of blocks, one
// folder a stream in it.
const dataFolder = "receivedData"

// The classes of datasets of received blocks.
const (
	blockRDD  = "BlockRDD"
	loggedRDD = "WriteAheadLogBackedBlockRDD"
)

// blocksOf is what a batch of the stream is made of. Without a log, a block that nobody
// holds is left out, and that is told: its rows are lost.
func (rs *receiverStream) blocksOf(c *Context, at Time) (class string, blocks []rdd.Input) {
	class = blockRDD
	if c.log {
		class = loggedRDD
	}
	in := event.BatchInput{Stream: rs.number}
	for _, b := range c.tracker.blocksOf(at, rs.number) {
		in.Records += b.Rows
		in.Blocks = append(in.Blocks, b.Block)
		one := rdd.Input{ID: b.id()}
		switch {
		case b.Log != nil:
			from := *b.Log
			from.Path = filepath.Join(c.checkpointDir, from.Path)
			one.Log = func() ([]byte, error) { return readRecord(c.core.Files(), from) }
		case b.Recovered || len(c.core.InputHolders(one.ID)) == 0:
			c.core.Emit(event.InputLost{Time: c.clock.Now(), Batch: int64(at), Stream: b.Stream, Block: b.Block, Rows: b.Rows})
			continue
		}
		blocks = append(blocks, one)
	}
	c.jobs.received(at, in)
	return class, blocks
}

// InputBlocks lists the received blocks that a batch is made of, a partition each; ok is
// false when it is not a batch of a receiver's stream. It is for tests and screens.
func InputBlocks[T any](c *Context, batch *rdd.RDD[T]) (ids []storage.BlockID, ok bool) {
	return c.inputBlocks(rdd.Node(batch))
}

func (c *Context) inputBlocks(n *lineage.Node) (ids []storage.BlockID, ok bool) {
	for _, in := range c.inputs {
		if in.receiver == nil {
			continue
		}
		in.receiver.mu.Lock()
		ids, ok = in.receiver.made[n]
		in.receiver.mu.Unlock()
		if ok {
			return ids, true
		}
	}
	return nil, false
}
