package dstreamcase

import (
	"regexp"
	"strings"

	"etincelle/engine/dstream"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// output is an output operation of the program.
type output struct {
	name string
	made *dstream.Output
}

// output registers one that collects.
func (l *life) output(step Step) error {
	d, err := l.on(step, 0)
	if err != nil {
		return err
	}
	made := d.ForEachRDD(func(batch *set, at dstream.Time) error {
		gave, err := l.collect(step, batch, int64(at))
		if err != nil {
			l.failures[int64(at)] = append(l.failures[int64(at)], exception(err))
			return err
		}
		if l.seen[int64(at)] == nil {
			l.seen[int64(at)] = map[string]any{}
		}
		l.seen[int64(at)][step.Name] = gave
		return nil
	})
	if err := made.Err(); err != nil {
		return err
	}
	l.outputs = append(l.outputs, output{step.Name, made})
	return nil
}

// collect is what an output gives for a batch.
func (l *life) collect(step Step, batch *set, at int64) (map[string]any, error) {
	if step.FailAt == at && !l.failed[step.Name] {
		l.failed[step.Name] = true // the first time that it runs at that batch
		return nil, &lineage.Failure{Class: "java.lang.RuntimeException", Message: "output failed at " + itoa(at)}
	}
	rows, err := batch.Collect()
	if err != nil {
		return nil, err
	}
	gave := map[string]any{"rows": rows, "partitions": batch.NumPartitions()}
	if step.Details {
		parts, err := rdd.Glom(batch).Collect()
		if err != nil {
			return nil, err
		}
		gave["by_partition"] = parts
		gave["rdd_class"] = rdd.Node(batch).Class
		gave["partitioner"] = partitioner(batch.Partitioner())
		if levels := l.blockLevels(batch); levels != nil {
			gave["block_levels"] = levels
		}
	}
	if step.Debug {
		gave["debug_string"] = debugString(batch.Lineage())
	}
	return gave, nil
}

func partitioner(by rdd.Partitioner) string {
	if by == nil {
		return "none"
	}
	return lineage.PartitionerText(by)
}

// What the oracle writes in the place of what differs from run to run. Spark gives the
// datasets that streams make the streams' own line, which is "main at <unknown>:0" in the
// oracle's interpreter; those that are none of theirs have an operation.
var (
	datasetID = regexp.MustCompile(`\[\d+\]`)
	asked     = regexp.MustCompile(` at (\w+)( at \S+:\d+)?`)
	sizes     = regexp.MustCompile(`(Memory|Disk)Size: [\d.]+ [KMGTPE]?i?B`)
)

func debugString(text string) string {
	text = datasetID.ReplaceAllString(text, "[n]")
	text = sizes.ReplaceAllString(text, "${1}Size: n")
	text = asked.ReplaceAllStringFunc(text, func(at string) string {
		op := asked.FindStringSubmatch(at)[1]
		if op == "makeRDD" || op == "collect" {
			return " at " + op
		}
		return " at main at <unknown>:0"
	})
	return strings.TrimSuffix(text, "\n")
}
