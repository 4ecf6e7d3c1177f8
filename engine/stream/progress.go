package stream

import (
	"encoding/json"
	"time"
)

// Progress is what one batch did: Spark's StreamingQueryProgress, field by field.
type Progress struct {
	ID                     string                  `json:"id"`
	RunID                  string                  `json:"runId"`
	Name                   *string                 `json:"name"`
	Timestamp              string                  `json:"timestamp"`
	BatchID                int64                   `json:"batchId"`
	BatchDuration          int64                   `json:"batchDuration"` // ms
	NumInputRows           int64                   `json:"numInputRows"`
	InputRowsPerSecond     float64                 `json:"inputRowsPerSecond"`
	ProcessedRowsPerSecond float64                 `json:"processedRowsPerSecond"`
	DurationMs             map[string]int64        `json:"durationMs"`
	EventTime              map[string]string       `json:"eventTime,omitempty"` // avg, max, min, watermark
	StateOperators         []StateOperatorProgress `json:"stateOperators"`
	Sources                []SourceProgress        `json:"sources"`
	Sink                   SinkProgress            `json:"sink"`
	ObservedMetrics        map[string]any          `json:"observedMetrics"`
}

// StateOperatorProgress is what one operator with state did.
type StateOperatorProgress struct {
	OperatorName              string           `json:"operatorName"`
	NumRowsTotal              int64            `json:"numRowsTotal"`
	NumRowsUpdated            int64            `json:"numRowsUpdated"`
	NumRowsRemoved            int64            `json:"numRowsRemoved"`
	CommitTimeMs              int64            `json:"commitTimeMs"`
	MemoryUsedBytes           int64            `json:"memoryUsedBytes"`
	NumRowsDroppedByWatermark int64            `json:"numRowsDroppedByWatermark"`
	NumShufflePartitions      int64            `json:"numShufflePartitions"`
	NumStateStoreInstances    int64            `json:"numStateStoreInstances"`
	CustomMetrics             map[string]int64 `json:"customMetrics,omitempty"`
}

// SourceProgress is what the batch read of one source.
type SourceProgress struct {
	Description            string          `json:"description"`
	StartOffset            json.RawMessage `json:"startOffset"`
	EndOffset              json.RawMessage `json:"endOffset"`
	LatestOffset           json.RawMessage `json:"latestOffset"`
	NumInputRows           int64           `json:"numInputRows"`
	InputRowsPerSecond     float64         `json:"inputRowsPerSecond"`
	ProcessedRowsPerSecond float64         `json:"processedRowsPerSecond"`
}

// SinkProgress is what the batch gave the sink.
type SinkProgress struct {
	Description   string `json:"description"`
	NumOutputRows int64  `json:"numOutputRows"`
}

// JSON is the report as Spark prints it.
func (p Progress) JSON() string {
	text, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return "{}" // never: offsets are JSON that was read before
	}
	return string(text)
}

// Watermark is the watermark in force during the batch; ok is false for a query
// that has none.
func (p Progress) Watermark() (at time.Time, ok bool) {
	at, err := time.Parse(instant, p.EventTime["watermark"])
	return at, err == nil
}

// instant is how progress reports write times.
const instant = "2006-01-02T15:04:05.000Z"

func millis(ms int64) string { return time.UnixMilli(ms).UTC().Format(instant) }

// rate is rows per second over ms milliseconds, at least one.
func rate(rows, ms int64) float64 {
	if rows == 0 {
		return 0
	}
	return float64(rows) * 1000 / float64(max(ms, 1))
}

func offsetJSON(text string) json.RawMessage {
	if text == "" || !json.Valid([]byte(text)) {
		return json.RawMessage("null")
	}
	return json.RawMessage(text)
}

// report makes the progress report of a batch that has ended.
func (r *runner) report(b *plannedBatch, out *Output, all []timesSeen, clocked *stopwatch) Progress {
	q := r.out.query
	spent := clocked.millis()
	p := Progress{
		ID: q.id, RunID: q.run, Timestamp: millis(clocked.begin.UnixMilli()), BatchID: out.Batch,
		BatchDuration: spent["triggerExecution"], DurationMs: spent, StateOperators: []StateOperatorProgress{},
		Sink: SinkProgress{r.sink.Description(), int64(out.Count())}, ObservedMetrics: map[string]any{},
	}
	if q.set.name != "" {
		p.Name = &q.set.name
	}
	since := int64(0)
	if r.began != (time.Time{}) {
		since = clocked.begin.Sub(r.began).Milliseconds()
	}
	for i, scan := range r.exec.scans {
		n := scan.rows()
		p.NumInputRows += n
		p.Sources = append(p.Sources, SourceProgress{
			Description: scan.of.source.Description(), StartOffset: offsetJSON(b.starts[i]), EndOffset: offsetJSON(b.Sources[i]),
			LatestOffset: offsetJSON(b.Sources[i]), NumInputRows: n, InputRowsPerSecond: rate(n, since), ProcessedRowsPerSecond: rate(n, p.BatchDuration),
		})
	}
	p.InputRowsPerSecond, p.ProcessedRowsPerSecond = rate(p.NumInputRows, since), rate(p.NumInputRows, p.BatchDuration)
	if len(r.exec.marks) > 0 {
		p.EventTime = map[string]string{"watermark": millis(b.Watermark)}
		var seen timesSeen
		for _, s := range all {
			seen.merge(s)
		}
		if seen.count > 0 {
			p.EventTime["max"], p.EventTime["min"] = millis(seen.Max/1000), millis(seen.min/1000)
			p.EventTime["avg"] = millis(seen.sum / seen.count)
		}
	}
	for _, op := range r.exec.topFirst() {
		p.StateOperators = append(p.StateOperators, r.operator(op, spent["commitState"]))
	}
	return p
}

func (r *runner) operator(op *stateful, commit int64) StateOperatorProgress {
	instance := r.exec.instances[op.number]
	c := instance.Counters()
	p := StateOperatorProgress{
		OperatorName: op.name, NumRowsTotal: c.Total, NumRowsUpdated: c.Updated, NumRowsRemoved: c.Removed,
		NumRowsDroppedByWatermark: c.Dropped, CommitTimeMs: commit, MemoryUsedBytes: r.exec.stores.Bytes(op.number),
		NumShufflePartitions: int64(instance.Partitions()), NumStateStoreInstances: int64(instance.Partitions()),
	}
	if op.name == "dedupe" || op.name == "dedupeWithinWatermark" {
		p.CustomMetrics = map[string]int64{"numDroppedDuplicateRows": c.Duplicates}
	}
	return p
}
