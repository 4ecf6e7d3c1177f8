package event

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// A recording is one fact a line: {"kind":"TaskEnd","event":{…}}. A reader that
// meets a kind it does not know refuses, naming the line: half a recording
// would show a screen that never was.

// RecordVariable names the environment variable that asks every session of a
// program to be recorded: ETINCELLE_RECORD=run.jsonl go run ./myprogram, then
// `etincelle step run.jsonl`.
const RecordVariable = "ETINCELLE_RECORD"

// Growing ends the name of the file that a session writes as it runs: run.jsonl.part
// becomes run.jsonl when the session stops.
const Growing = ".part"

type line struct {
	Kind  string          `json:"kind"`
	Event json.RawMessage `json:"event"`
}

// ErrRecording is wrapped by every error about a damaged recording.
var ErrRecording = errors.New("not a recording of this engine")

// maxLine bounds one line of a recording, in bytes: a job of 100 000 datasets fits.
const maxLine = 64 << 20

// Encode writes e as one JSON line without the newline.
func Encode(e Event) ([]byte, error) {
	body, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", e.Kind(), err)
	}
	return json.Marshal(line{Kind: e.Kind(), Event: body})
}

// Decode reads what Encode wrote.
func Decode(data []byte) (Event, error) {
	var l line
	if err := json.Unmarshal(data, &l); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRecording, err)
	}
	decode, known := decoders[l.Kind]
	if !known {
		return nil, fmt.Errorf("%w: unknown kind of event %q", ErrRecording, l.Kind)
	}
	return decode(l.Event)
}

// Read decodes a whole recording.
func Read(r io.Reader) ([]Event, error) {
	var events []Event
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	for n := 1; lines.Scan(); n++ {
		e, err := Decode(lines.Bytes())
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		events = append(events, e)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("line %d: %w", len(events)+1, err)
	}
	return events, nil
}

// Reader decodes a recording that still grows: pieces of it in, facts out. A line that
// is half written waits for the piece that ends it. Its zero value is ready.
type Reader struct {
	half  []byte // of a line
	lines int
}

// Feed takes the next piece.
func (r *Reader) Feed(piece []byte) ([]Event, error) {
	r.half = append(r.half, piece...)
	var events []Event
	for {
		whole, rest, ended := bytes.Cut(r.half, []byte("\n"))
		if !ended {
			if len(r.half) > maxLine {
				return events, fmt.Errorf("line %d: %w: longer than %d bytes", r.lines+1, ErrRecording, maxLine)
			}
			return events, nil
		}
		r.lines++
		e, err := Decode(whole)
		if err != nil {
			return events, fmt.Errorf("line %d: %w", r.lines, err)
		}
		events, r.half = append(events, e), rest
	}
}

// Write encodes a whole recording.
func Write(w io.Writer, events []Event) error {
	for _, e := range events {
		data, err := Encode(e)
		if err != nil {
			return err
		}
		if _, err := w.Write(append(data, '\n')); err != nil {
			return err
		}
	}
	return nil
}

var decoders = map[string]func([]byte) (Event, error){
	"SessionStart":      decode[SessionStart],
	"SessionEnd":        decode[SessionEnd],
	"ExecutorAdded":     decode[ExecutorAdded],
	"ExecutorLost":      decode[ExecutorLost],
	"ExecutorExcluded":  decode[ExecutorExcluded],
	"ExecutorIncluded":  decode[ExecutorIncluded],
	"JobStart":          decode[JobStart],
	"JobEnd":            decode[JobEnd],
	"StageStart":        decode[StageStart],
	"StageSkipped":      decode[StageSkipped],
	"StageEnd":          decode[StageEnd],
	"TaskStart":         decode[TaskStart],
	"TaskEnd":           decode[TaskEnd],
	"ShuffleWritten":    decode[ShuffleWritten],
	"Spilled":           decode[Spilled],
	"BlockStored":       decode[BlockStored],
	"BlockDropped":      decode[BlockDropped],
	"BlockRead":         decode[BlockRead],
	"BlockMissed":       decode[BlockMissed],
	"Persisted":         decode[Persisted],
	"CheckpointWritten": decode[CheckpointWritten],
	"QueryStart":        decode[QueryStart],
	"BatchStart":        decode[BatchStart],
	"RowsArrived":       decode[RowsArrived],
	"RowsLate":          decode[RowsLate],
	"StateChanged":      decode[StateChanged],
	"WatermarkMoved":    decode[WatermarkMoved],
	"RowsOut":           decode[RowsOut],
	"BatchEnd":          decode[BatchEnd],
	"QueryEnd":          decode[QueryEnd],

	"StreamingStart":      decode[StreamingStart],
	"StreamingEnd":        decode[StreamingEnd],
	"DriverLost":          decode[DriverLost],
	"StreamingStalled":    decode[StreamingStalled],
	"ReceiverStarted":     decode[ReceiverStarted],
	"ReceiverStopped":     decode[ReceiverStopped],
	"ReceiverError":       decode[ReceiverError],
	"InputBlockStored":    decode[InputBlockStored],
	"InputBlockDropped":   decode[InputBlockDropped],
	"InputBlockAdded":     decode[InputBlockAdded],
	"InputLost":           decode[InputLost],
	"BatchFormed":         decode[BatchFormed],
	"BatchSubmitted":      decode[BatchSubmitted],
	"BatchStarted":        decode[BatchStarted],
	"BatchCompleted":      decode[BatchCompleted],
	"BatchNotGenerated":   decode[BatchNotGenerated],
	"OutputStarted":       decode[OutputStarted],
	"OutputCompleted":     decode[OutputCompleted],
	"OutputRows":          decode[OutputRows],
	"StreamingCheckpoint": decode[StreamingCheckpoint],
	"RateChanged":         decode[RateChanged],
}

func decode[E Event](data []byte) (Event, error) {
	var e E
	if err := json.Unmarshal(data, &e); err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrRecording, e.Kind(), err)
	}
	return e, nil
}
