package stream_test

import (
	"fmt"

	"etincelle/engine"
	"etincelle/engine/frame"
	"etincelle/engine/stream"
)

// Append mode gives final counts, and without a watermark no count is ever final.
func ExampleRefused() {
	s := engine.Start(engine.Progress(false))
	defer s.Stop()
	words := stream.NewMemory(s, engine.Must(frame.ParseSchema("word string")))
	_, err := stream.Start(words.GroupBy(frame.Col("word")).Count(), stream.Append, stream.MemorySink(), stream.ByHand())
	condition, _ := stream.Refused(err)
	fmt.Println(condition)
	// Output: STREAMING_OUTPUT_MODE.UNSUPPORTED_OPERATION
}
