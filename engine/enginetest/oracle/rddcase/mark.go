package rddcase

import (
	"fmt"

	"etincelle/engine"
	"etincelle/engine/enginetest/oracle/report"
	"etincelle/engine/event"
	"etincelle/engine/rdd"
)

// marks change what the session knows or keeps of a dataset; no job runs.
func marks() map[string]act {
	return map[string]act{
		"cache": marking(func(r *rows, _ Step) error { r.Cache(); return nil }),
		"persist": marking(func(r *rows, step Step) error {
			level, ok := levels()[step.Level]
			if !ok {
				return report.NotBuilt{What: "level " + step.Level}
			}
			r.Persist(level)
			return nil
		}),
		"unpersist":       marking(func(r *rows, _ Step) error { return r.Unpersist() }),
		"checkpoint":      marking(func(r *rows, _ Step) error { r.Checkpoint(); return nil }),
		"localCheckpoint": marking(func(r *rows, _ Step) error { r.LocalCheckpoint(); return nil }),
		"setCheckpointDir": func(s *session, step Step) (any, error) {
			s.engine.SetCheckpointDir(s.path(step.Dir))
			return unit, nil
		},
		"setName": marking(func(r *rows, step Step) error { r.SetName(step.Name); return nil }),
		"evictBlock": doing(func(s *session, step Step, r *rows) (any, error) {
			return unit, engine.Inside(s.engine).DropBlock(rdd.Node(r), step.Partition, event.Lost)
		}),
		"deleteShuffle": doing(func(s *session, _ Step, r *rows) (any, error) {
			for _, d := range rdd.Node(r).Deps() {
				if d.Shuffle != nil {
					engine.Inside(s.engine).DropShuffle(d.Shuffle)
				}
			}
			return unit, nil
		}),
		"broadcast": func(s *session, step Step) (any, error) {
			table := map[Value]Value{}
			for _, row := range step.Data {
				k, v := row.Pair()
				table[k] = v
			}
			s.broadcasts[step.Name] = rdd.NewBroadcast(s.engine, table)
			return unit, nil
		},
		"destroyBroadcast": func(s *session, step Step) (any, error) {
			shared, ok := s.broadcasts[step.Name]
			if !ok {
				return nil, fmt.Errorf("destroyBroadcast: no broadcast %q", step.Name)
			}
			shared.Destroy()
			return unit, nil
		},
	}
}

// marking makes an act of a mark. A mistake that the mark leaves on the dataset
// is the step's error; the program, which has seen it, goes on.
func marking(mark func(r *rows, step Step) error) act {
	return doing(func(_ *session, step Step, r *rows) (any, error) {
		if err := mark(r, step); err != nil {
			return nil, err
		}
		if err := rdd.Forgive(r); err != nil {
			return nil, err
		}
		return unit, nil
	})
}

// levels are Spark's storage levels, by name.
func levels() map[string]rdd.StorageLevel {
	return map[string]rdd.StorageLevel{
		"NONE":                  {},
		"MEMORY_ONLY":           rdd.MemoryOnly,
		"MEMORY_ONLY_2":         rdd.MemoryOnly2,
		"MEMORY_ONLY_SER":       rdd.MemoryOnlySer,
		"MEMORY_ONLY_SER_2":     rdd.MemoryOnlySer2,
		"MEMORY_AND_DISK":       rdd.MemoryAndDisk,
		"MEMORY_AND_DISK_2":     rdd.MemoryAndDisk2,
		"MEMORY_AND_DISK_SER":   rdd.MemoryAndDiskSer,
		"MEMORY_AND_DISK_SER_2": rdd.MemoryAndDiskSer2,
		"DISK_ONLY":             rdd.DiskOnly,
		"DISK_ONLY_2":           rdd.DiskOnly2,
		"DISK_ONLY_3":           {Disk: true, Replicas: 3},
	}
}
