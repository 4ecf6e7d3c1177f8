package model

import (
	"cmp"
	"maps"
	"slices"

	"etincelle/engine/event"
)

// BlockID names one block where it is, or was.
type BlockID struct {
	Dataset, Partition int
	Executor           string
}

// Block is a partition of a persisted dataset on one executor.
type Block struct {
	Level        string
	Memory, Disk int64 // bytes
	Replica      bool
	Again        bool   // computed again after it had been lost, evicted or refused
	Gone         string // why it is no longer kept, one of event's reasons; "" while it is
}

// PlacedBlock is a block with its name.
type PlacedBlock struct {
	BlockID
	Block
}

// BlocksOf lists the blocks of a dataset, kept and gone, by partition.
func (s *State) BlocksOf(dataset int) []PlacedBlock {
	var list []PlacedBlock
	for id, b := range s.Blocks {
		if id.Dataset == dataset {
			list = append(list, PlacedBlock{id, b})
		}
	}
	slices.SortFunc(list, func(a, b PlacedBlock) int {
		return cmp.Or(cmp.Compare(a.Partition, b.Partition), cmp.Compare(a.Executor, b.Executor))
	})
	return list
}

// Stored counts the partitions of a dataset that some executor keeps.
func (s *State) Stored(dataset int) int {
	held := map[int]bool{}
	for id, b := range s.Blocks {
		if id.Dataset == dataset && b.Gone == "" {
			held[id.Partition] = true
		}
	}
	return len(held)
}

// Used is what an executor's blocks take, in bytes.
func (s *State) Used(executor string) (memory, disk int64) {
	for id, b := range s.Blocks {
		if id.Executor == executor && b.Gone == "" {
			memory += b.Memory
			disk += b.Disk
		}
	}
	return memory, disk
}

// KeptIDs lists the datasets with a storage level, blocks or a checkpoint, in
// order of number.
func (s *State) KeptIDs() []int { return slices.Sorted(maps.Keys(s.Kept)) }

func (s *State) persist(e event.Persisted) {
	d := s.dataset(e.Dataset)
	d.Level = e.Level
	if _, saved := s.Checkpoints[e.Dataset]; e.Level == "" && !saved {
		delete(s.Kept, e.Dataset)
		maps.DeleteFunc(s.Blocks, func(id BlockID, _ Block) bool { return id.Dataset == e.Dataset })
		return
	}
	s.Kept[e.Dataset] = d
}

func (s *State) checkpoint(e event.CheckpointWritten) {
	s.Kept[e.Dataset] = s.dataset(e.Dataset)
	s.Checkpoints[e.Dataset] = e
	if n := s.ancestors(e.Dataset); n > 0 {
		s.Cut[e.Dataset] = n
	}
}

// ancestors counts what a dataset is computed from, as the job on screen describes it.
func (s *State) ancestors(dataset int) int {
	j := s.Job()
	if j == nil {
		return 0
	}
	parents := map[int][]event.Parent{}
	for _, d := range j.Datasets {
		parents[d.ID] = d.Parents
	}
	seen, waiting := map[int]bool{}, []int{dataset}
	for len(waiting) > 0 {
		id := waiting[len(waiting)-1]
		waiting = waiting[:len(waiting)-1]
		for _, p := range parents[id] {
			if !seen[p.Dataset] {
				seen[p.Dataset] = true
				waiting = append(waiting, p.Dataset)
			}
		}
	}
	return len(seen)
}

// Copies counts the executors that keep a partition of a dataset.
func (s *State) Copies(dataset, number int) (n int) {
	for id, b := range s.Blocks {
		if id.Dataset == dataset && id.Partition == number && b.Gone == "" {
			n++
		}
	}
	return n
}

// dataset is what is known of a dataset: all of it once a job has described it.
func (s *State) dataset(id int) event.Dataset {
	if d, kept := s.Kept[id]; kept {
		return d
	}
	for _, j := range slices.Backward(s.Jobs) {
		if i := slices.IndexFunc(j.Datasets, func(d event.Dataset) bool { return d.ID == id }); i >= 0 {
			return j.Datasets[i]
		}
	}
	return event.Dataset{ID: id}
}

func (s *State) storeBlock(e event.BlockStored) {
	if _, kept := s.Kept[e.Dataset]; !kept {
		s.Kept[e.Dataset] = s.dataset(e.Dataset)
	}
	b := Block{Level: e.Level, Memory: e.Memory, Disk: e.Disk, Replica: e.Replica}
	part := partition{e.Dataset, e.Partition}
	if s.again[part] {
		b.Again = true
		delete(s.again, part)
		s.forgetGone(part)
	} else if old, ok := s.Blocks[BlockID{e.Dataset, e.Partition, e.Executor}]; ok {
		b.Again = old.Again // it only moved, from memory to disk
	}
	if x, known := s.Executor(e.Executor); known && x.Lost {
		b.Gone = event.Lost // stored by a task that did not know yet
	}
	s.Blocks[BlockID{e.Dataset, e.Partition, e.Executor}] = b
}

// forgetGone removes the marks of a partition's blocks that are gone: the
// partition is kept again.
func (s *State) forgetGone(p partition) {
	maps.DeleteFunc(s.Blocks, func(id BlockID, b Block) bool {
		return id.Dataset == p.dataset && id.Partition == p.number && b.Gone != ""
	})
}

func (s *State) dropBlock(e event.BlockDropped) {
	id := BlockID{e.Dataset, e.Partition, e.Executor}
	if e.Reason == event.Unpersisted {
		delete(s.Blocks, id)
		return
	}
	b := s.Blocks[id]
	s.Blocks[id] = Block{Level: b.Level, Replica: b.Replica, Gone: e.Reason}
}

// loseStorage takes away all that a lost executor held.
func (s *State) loseStorage(executor string) {
	for id, b := range s.Blocks {
		if id.Executor == executor && b.Gone == "" {
			s.Blocks[id] = Block{Level: b.Level, Replica: b.Replica, Gone: event.Lost}
		}
	}
	for id := range s.Shuffles {
		s.strike(id, func(o Output) bool { return o.Executor == executor })
	}
}

// closeStorage ends the session: only checkpoints outlive it.
func (s *State) closeStorage() {
	clear(s.Blocks)
	for id := range s.Shuffles {
		s.strike(id, func(Output) bool { return true })
	}
	for id := range s.Kept {
		if _, saved := s.Checkpoints[id]; !saved {
			delete(s.Kept, id)
		}
	}
}
