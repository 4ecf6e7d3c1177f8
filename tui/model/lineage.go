package model

import (
	"fmt"
	"slices"

	"etincelle/engine/event"
)

// Branch is one line of a lineage tree: a dataset as one of its children sees it.
type Branch struct {
	Dataset event.Dataset
	Shuffle int    // of the edge to its child: -1 for a narrow one and for the root
	Stage   *Stage // the stage of the job that computes it, nil when unknown
	First   bool   // the first line of that stage
	Again   bool   // its own parents are drawn further up
	Turn    bool   // it opens a level of its own, after a shuffle or among several parents
	Open    []bool // for each level it stands in, outermost first: whether the level's line goes on below
}

// Lineage is the tree of the datasets that the job on screen computes, the
// wanted one first. A chain of narrow parents stays at one level, as in Spark's
// toDebugString; a shuffle, or a choice of parents, opens another.
func (s *State) Lineage() []Branch {
	j := s.Job()
	if j == nil || len(j.Stages) == 0 && len(j.Datasets) == 0 {
		return nil
	}
	byID := map[int]event.Dataset{}
	for _, d := range j.Datasets {
		byID[d.ID] = d
	}
	type visit struct {
		id, shuffle int
		stage       *Stage
		turn        bool
		open        []bool
	}
	var result *Stage
	if n := len(j.Stages); n > 0 {
		result = j.Stages[n-1]
	}
	var tree []Branch
	seen, opened := map[int]bool{}, map[*Stage]bool{}
	waiting := []visit{{id: j.Dataset, shuffle: -1, stage: result}} // a stack: lineages can be very long
	for len(waiting) > 0 {
		v := waiting[len(waiting)-1]
		waiting = waiting[:len(waiting)-1]
		d, known := byID[v.id]
		if !known {
			d = event.Dataset{ID: v.id}
		}
		if kept, ok := s.Kept[v.id]; ok {
			d.Level = kept.Level
		} else {
			d.Level = ""
		}
		tree = append(tree, Branch{
			Dataset: d, Shuffle: v.shuffle, Stage: v.stage, Turn: v.turn, Open: v.open,
			First: v.stage != nil && !opened[v.stage], Again: seen[v.id] && len(d.Parents) > 0,
		})
		opened[v.stage] = true
		if seen[v.id] {
			continue
		}
		seen[v.id] = true
		for i, p := range slices.Backward(d.Parents) {
			next := visit{id: p.Dataset, shuffle: p.Shuffle, stage: v.stage, open: v.open}
			if p.Shuffle >= 0 {
				next.stage = j.Writer(p.Shuffle) // the stage boundary
			}
			if p.Shuffle >= 0 || len(d.Parents) > 1 {
				next.turn, next.open = true, append(slices.Clip(v.open), i < len(d.Parents)-1)
			}
			waiting = append(waiting, next)
		}
	}
	return tree
}

// Label is what a dataset is called: its name, or its operation and number.
func Label(d event.Dataset) string {
	switch {
	case d.Name != "":
		return d.Name
	case d.Op != "":
		return fmt.Sprintf("%s [%d]", d.Op, d.ID)
	}
	return fmt.Sprintf("RDD %d", d.ID)
}

// Label is what a dataset is called, by its number.
func (s *State) Label(dataset int) string { return Label(s.dataset(dataset)) }

// levels are Spark's names of its storage levels, by their description.
var levels = map[string]string{
	"Memory Deserialized 1x Replicated":      "MEMORY_ONLY",
	"Memory Deserialized 2x Replicated":      "MEMORY_ONLY_2",
	"Memory Serialized 1x Replicated":        "MEMORY_ONLY_SER",
	"Memory Serialized 2x Replicated":        "MEMORY_ONLY_SER_2",
	"Disk Memory Deserialized 1x Replicated": "MEMORY_AND_DISK",
	"Disk Memory Deserialized 2x Replicated": "MEMORY_AND_DISK_2",
	"Disk Memory Serialized 1x Replicated":   "MEMORY_AND_DISK_SER",
	"Disk Memory Serialized 2x Replicated":   "MEMORY_AND_DISK_SER_2",
	"Disk Serialized 1x Replicated":          "DISK_ONLY",
	"Disk Serialized 2x Replicated":          "DISK_ONLY_2",
	"Disk Serialized 3x Replicated":          "DISK_ONLY_3",
}

// Level is the name that a program gives to a storage level; a level without
// one keeps its description.
func Level(description string) string {
	if name, known := levels[description]; known {
		return name
	}
	return description
}
