package cli

import (
	"etincelle/engine/event"
	"etincelle/tui/model"
)

// kept is what a run left with its executors, told from its events: blocks, and what
// was read, computed again, pushed out and written for good on the way.
type kept struct {
	event.Counters
	blocks      map[keptBlock]event.BlockStored
	checkpoints int
}

type keptBlock struct {
	executor           string
	dataset, partition int
}

func keptAfter(events []event.Event) kept {
	k := kept{blocks: map[keptBlock]event.BlockStored{}}
	for _, e := range events {
		k.Add(e)
		switch e := e.(type) {
		case event.BlockStored:
			k.blocks[keptBlock{e.Executor, e.Dataset, e.Partition}] = e
		case event.BlockDropped:
			delete(k.blocks, keptBlock{e.Executor, e.Dataset, e.Partition})
		case event.CheckpointWritten:
			k.checkpoints++
		}
	}
	return k
}

// keeping prints it, for a run that kept something.
func (a *app) keeping(d executed) {
	k := keptAfter(d.recording())
	if k.Hits+k.Misses > 0 || len(k.blocks) > 0 {
		var memory, disk int64
		for _, b := range k.blocks {
			memory += b.Memory
			disk += b.Disk
		}
		a.line(a.say(
			"Cache : %d blocs à la fin (mémoire %s, disque %s), %d lus, %d calculés, %d évincés",
			"Cache: %d blocks at the end (memory %s, disk %s), %d read, %d computed, %d evicted"),
			len(k.blocks), model.Bytes(memory).In(a.language), model.Bytes(disk).In(a.language), k.Hits, k.Misses, k.Evictions)
	}
	if k.checkpoints > 0 {
		a.line(a.say("Points de reprise écrits : %d", "Checkpoints written: %d"), k.checkpoints)
	}
}
