package tp03

import (
	"fmt"
	"slices"
	"strings"

	"etincelle/engine/event"
)

// shelf is what the executors keep, told from the session's events.
type shelf struct {
	held    map[place]event.BlockStored
	most    int     // datasets that had blocks at the same time, at most
	stored  int     // blocks that were ever kept, copies included
	freed   []block // let go by the program
	evicted []block // pushed out by other blocks
	files   int     // checkpoints written to the checkpoint directory
	local   int     // and to the executors' blocks
	jobs    int     // started
	waste   int     // blocks that were let go before the last job
}

type block struct{ dataset, partition int }

type place struct {
	executor string
	block
}

func (b block) String() string { return fmt.Sprintf("rdd_%d_%d", b.dataset, b.partition) }

// stocked is the shelf after these events.
func stocked(events []event.Event) *shelf {
	s := &shelf{held: map[place]event.BlockStored{}}
	for _, e := range events {
		s.hear(e)
	}
	return s
}

func (s *shelf) hear(e event.Event) {
	switch e := e.(type) {
	case event.JobStart:
		s.jobs++
		s.waste = len(s.freed)
	case event.BlockStored:
		s.held[place{e.Executor, block{e.Dataset, e.Partition}}] = e
		s.stored++
		s.most = max(s.most, s.datasets())
	case event.BlockDropped:
		b := block{e.Dataset, e.Partition}
		delete(s.held, place{e.Executor, b})
		switch e.Reason {
		case event.Unpersisted:
			s.freed = append(s.freed, b)
		case event.Evicted:
			s.evicted = append(s.evicted, b)
		}
	case event.ExecutorLost:
		for at := range s.held {
			if at.executor == e.Executor {
				delete(s.held, at)
			}
		}
	case event.CheckpointWritten:
		if e.Path == "" {
			s.local++
		} else {
			s.files++
		}
	}
}

// datasets is how many have blocks now.
func (s *shelf) datasets() int {
	seen := map[int]bool{}
	for at := range s.held {
		seen[at.dataset] = true
	}
	return len(seen)
}

// bytes is what the blocks take now.
func (s *shelf) bytes() (memory, disk int64) {
	for _, b := range s.held {
		memory += b.Memory
		disk += b.Disk
	}
	return memory, disk
}

// partitions is how many partitions of a dataset are in memory.
func (s *shelf) partitions(dataset int) int {
	seen := map[int]bool{}
	for at, b := range s.held {
		if at.dataset == dataset && b.Memory > 0 {
			seen[at.partition] = true
		}
	}
	return len(seen)
}

// copies is how many executors hold the block that most of them hold.
func (s *shelf) copies() int {
	count := map[block]int{}
	most := 0
	for at := range s.held {
		count[at.block]++
		most = max(most, count[at.block])
	}
	return most
}

// names lists blocks, a few of them.
func names(blocks []block) string {
	const few = 4
	var all []string
	for _, b := range blocks {
		all = append(all, b.String())
	}
	slices.Sort(all)
	all = slices.Compact(all)
	if len(all) > few {
		all = append(all[:few], "…")
	}
	return strings.Join(all, ", ")
}
