package rddcase

import (
	"os"
	"path/filepath"
	"slices"

	"etincelle/engine"
	"etincelle/engine/enginetest/oracle/neutral"
	"etincelle/engine/enginetest/oracle/report"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// observations ask a dataset, a session or a value something; no job runs.
func observations() map[string]act {
	return map[string]act{
		"numPartitions": doing(func(_ *session, _ Step, r *rows) (any, error) { return rdd.Node(r).Partitions() }),
		"partitioner":   doing(func(_ *session, _ Step, r *rows) (any, error) { return describe(r.Partitioner()), nil }),
		"className":     doing(func(_ *session, _ Step, r *rows) (any, error) { return rdd.Node(r).Class, nil }),
		"debugString": doing(func(_ *session, _ Step, r *rows) (any, error) {
			text := sizes.ReplaceAllString(r.Lineage(), "${1}Size: n")
			return map[string]any{"text": numbers.ReplaceAllString(text, "[n]"), "with_ids": text}, nil
		}),
		"dependencies": doing(func(_ *session, _ Step, r *rows) (any, error) {
			deps := []any{}
			for _, d := range r.Dependencies() {
				deps = append(deps, map[string]any{"type": d.Kind, "rdd": d.Class})
			}
			return deps, nil
		}),
		"getStorageLevel": doing(func(_ *session, _ Step, r *rows) (any, error) {
			level := r.StorageLevel()
			return map[string]any{"description": level.Description(), "toString": level.String()}, nil
		}),
		"isCheckpointed": doing(func(_ *session, _ Step, r *rows) (any, error) { return r.IsCheckpointed(), nil }),
		"getCheckpointFile": doing(func(_ *session, _ Step, r *rows) (any, error) {
			path, ok := r.CheckpointFile()
			if !ok {
				return neutral.None, nil
			}
			return neutral.Some(neutral.Text(filepath.Base(path))), nil // the oracle keeps the name alone
		}),
		"listCheckpointFiles": doing(func(_ *session, _ Step, r *rows) (any, error) {
			path, _ := r.CheckpointFile()
			entries, err := os.ReadDir(path)
			names := []string{}
			for _, e := range entries {
				names = append(names, e.Name())
			}
			return names, err
		}),
		"storage": storage,
		"accValue": func(s *session, step Step) (any, error) {
			return s.counter(step.Acc).Value(), nil
		},
		"defaultParallelism": func(s *session, _ Step) (any, error) {
			n := s.engine.DefaultParallelism()
			return map[string]any{"defaultParallelism": n, "defaultMinPartitions": min(n, 2)}, nil
		},
		"hashCode": func(_ *session, step Step) (any, error) { return rdd.HashCode(step.Key), nil },
		"getPartition": func(_ *session, step Step) (any, error) {
			if step.Partitioner == nil {
				return nil, report.NotBuilt{What: "getPartition without a partitioner"}
			}
			by, err := step.Partitioner.partitioner(nil)
			if err != nil {
				return nil, err
			}
			places := []int{}
			for _, key := range step.Keys {
				places = append(places, by.Partition(key))
			}
			return places, nil
		},
	}
}

// storage is Spark's Storage page: the datasets of which something is kept.
func storage(s *session, _ Step) (any, error) {
	core := engine.Inside(s.engine)
	marked := core.Persisted()
	slices.SortFunc(marked, func(a, b *lineage.Node) int { return a.ID - b.ID })
	page := []any{}
	for _, n := range marked {
		kept := core.Stored(n)
		if kept.Partitions == 0 {
			continue
		}
		all, err := n.Partitions()
		if err != nil {
			return nil, err
		}
		page = append(page, map[string]any{
			"rdd": s.named(n.ID), "level": n.Level().Description(), "cached_partitions": kept.Partitions, "num_partitions": all,
			"memory_used": kept.Memory > 0, "disk_used": kept.Disk > 0,
		})
	}
	return page, nil
}
