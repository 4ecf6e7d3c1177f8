package figure

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/engine/event"
	"etincelle/grader/message"
)

// A recording is anybody's file: whatever it says, a figure of it is sound.
func TestAnyRecordingIsDrawnSoundly(t *testing.T) {
	name := rapid.OneOf(
		rapid.SampledFrom([]string{`</text><script>alert(1)</script>`, `" onload="x`, "\x1b]0;x\a", "]]>", "a\u202eb\ufffe\x00", "&lt;", "name\nof two lines"}),
		rapid.String(),
	)
	number := rapid.OneOf(rapid.IntRange(-1, 4), rapid.Int())
	rows := rapid.Int64()
	status := rapid.SampledFrom([]event.Status{event.Succeeded, event.Failed, event.FetchFailed})
	one := rapid.Custom(func(t *rapid.T) event.Event {
		switch rapid.IntRange(0, 8).Draw(t, "fact") {
		case 0:
			start := event.JobStart{Job: number.Draw(t, "job"), Action: name.Draw(t, "action"), Dataset: number.Draw(t, "dataset"), Description: name.Draw(t, "description")}
			for range rapid.IntRange(0, 5).Draw(t, "stages") {
				start.Stages = append(start.Stages, event.Stage{
					ID: number.Draw(t, "id"), Tasks: rapid.IntRange(0, 200).Draw(t, "tasks"), Writes: number.Draw(t, "writes"),
					Reads: rapid.SliceOfN(number, 0, 3).Draw(t, "reads"), Datasets: rapid.SliceOfN(number, 0, 3).Draw(t, "datasets"),
				})
				start.Datasets = append(start.Datasets, event.Dataset{ID: number.Draw(t, "id"), Op: name.Draw(t, "op"), Name: name.Draw(t, "name"), Level: name.Draw(t, "level")})
			}
			return start
		case 1:
			return event.JobEnd{Job: number.Draw(t, "job"), Error: name.Draw(t, "error")}
		case 2:
			return event.StageStart{Job: number.Draw(t, "job"), Stage: number.Draw(t, "stage"), Partitions: rapid.SliceOfN(number, 0, 4).Draw(t, "partitions")}
		case 3:
			return event.StageSkipped{Job: number.Draw(t, "job"), Stage: number.Draw(t, "stage"), WrittenBy: number.Draw(t, "by")}
		case 4:
			return event.TaskEnd{Job: number.Draw(t, "job"), Stage: number.Draw(t, "stage"), Partition: number.Draw(t, "partition"), Status: status.Draw(t, "status"),
				Metrics: event.Metrics{Input: rows.Draw(t, "input"), Combined: rows.Draw(t, "combined"), ShuffleWrite: rows.Draw(t, "written"), Result: rows.Draw(t, "result"), ShuffleRead: rows.Draw(t, "read")}}
		case 5:
			return event.ExecutorAdded{Executor: name.Draw(t, "executor"), Memory: rows.Draw(t, "memory")}
		case 6:
			return event.ExecutorLost{Executor: name.Draw(t, "executor"), Reason: name.Draw(t, "reason")}
		case 7:
			return event.BlockStored{Executor: name.Draw(t, "executor"), Dataset: number.Draw(t, "dataset"), Partition: number.Draw(t, "partition"), Memory: rows.Draw(t, "memory"), Disk: rows.Draw(t, "disk")}
		}
		return event.BlockDropped{Executor: name.Draw(t, "executor"), Dataset: number.Draw(t, "dataset"), Partition: number.Draw(t, "partition"), Reason: name.Draw(t, "reason")}
	})
	rapid.Check(t, func(t *rapid.T) {
		facts := append([]event.Event{event.JobStart{Action: "count"}}, rapid.SliceOfN(one, 0, 30).Draw(t, "facts")...)
		f, err := Draw(rapid.SampledFrom([]Kind{Stages, Partitions, Storage}).Draw(t, "kind"), facts,
			Options{Title: name.Draw(t, "title"), Language: rapid.SampledFrom([]message.Language{message.French, message.English}).Draw(t, "language")})
		if err != nil {
			return // refused, which is sound
		}
		require.Less(t, len(f.SVG()), 1<<20, "a figure is bounded")
		requireSound(t, f)
	})
}
