package streamcase

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"etincelle/engine"
	"etincelle/engine/enginetest/oracle/report"
	"etincelle/engine/frame"
	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/fs"
	"etincelle/engine/stream"
	"etincelle/engine/stream/analyze"
)

// session is a case under way.
type session struct {
	of      *Case
	engine  *engine.Session
	streams map[string]*stream.Memory
	static  map[string]*frame.Frame
	schema  column.Schema // of the result
	query   *stream.Query
	result  *frame.Frame
	batches []any // of the step under way
	failed  error // the error of the batch that failed
}

// Run runs a case. The error is a NotBuilt when the case must be skipped.
func Run(c *Case) (Observation, error) {
	s, err := open(c)
	if err != nil {
		return nil, err
	}
	defer s.engine.Stop()
	return s.run()
}

func open(c *Case) (*session, error) {
	options := []engine.Option{
		engine.Cores(2), engine.Attempts(1), engine.Files(&fs.Memory{}), engine.Progress(false),
		engine.Conf("spark.sql.shuffle.partitions", "2"), engine.Conf("spark.sql.session.timeZone", "UTC"), engine.Sequential(),
	}
	for key, value := range c.Conf {
		options = append(options, engine.Conf(key, value))
	}
	s := &session{of: c, engine: engine.Start(options...), streams: map[string]*stream.Memory{}, static: map[string]*frame.Frame{}}
	if err := s.tables(); err != nil {
		s.engine.Stop()
		return nil, err
	}
	return s, nil
}

// tables makes the streams and the static tables.
func (s *session) tables() error {
	for name, t := range s.of.Streams {
		schema, err := schemaOf(t)
		if err != nil {
			return err
		}
		s.streams[name] = stream.NewMemory(s.engine, schema)
	}
	for name, t := range s.of.Static {
		schema, err := schemaOf(t)
		if err != nil {
			return err
		}
		rows, err := rowsOf(schema, t.Rows)
		if err != nil {
			return err
		}
		s.static[name] = frame.Of(s.engine, schema, rows...)
	}
	return nil
}

func (s *session) run() (Observation, error) {
	seen := Observation{"steps": []any{}}
	result, err := s.frame(s.of.Query)
	var problem *expr.Error
	if errors.As(err, &problem) { // a text that cannot be read
		seen["error"] = told("analysis", err)
		return seen, nil
	}
	if err != nil {
		return nil, err
	}
	if err := result.Err(); err != nil {
		seen["error"] = told("analysis", err)
		return seen, nil
	}
	s.result, s.schema = result, result.Schema()
	seen["columns"] = flatSchema(s.schema)
	once := s.of.Trigger == "available_now"
	if !once || len(s.of.Steps) == 0 {
		if err := s.start(); err != nil {
			seen["error"] = told("start", err)
			return seen, nil
		}
	}
	inputs, _ := s.of.Expect["steps"].([]any)
	var steps []any
	for i, step := range s.of.Steps {
		shown := map[string]any{}
		if i < len(inputs) {
			given, _ := inputs[i].(map[string]any)
			shown = without(given, "batches")
		}
		err := s.step(step, once)
		var refused refusedStart
		if errors.As(err, &refused) {
			seen["error"] = told("start", err)
			return seen, nil
		}
		shown["batches"] = append([]any{}, s.batches...)
		steps = append(steps, shown)
		seen["steps"] = steps
		if err != nil {
			problem := told("run", err)
			problem["step"] = json.Number(fmt.Sprint(i))
			seen["error"] = problem
			return seen, nil
		}
	}
	return seen, nil
}

// start starts the query on the case's one checkpoint.
func (s *session) start() (err error) {
	s.query, err = stream.Start(s.result, stream.OutputMode(s.of.OutputMode), stream.SinkFunc(func(out *stream.Output) error {
		rows := []any{}
		for row := range out.Rows() {
			rows = append(rows, flat(s.schema, row))
		}
		if !s.of.Ordered {
			sortRows(rows) // as the oracle has them
		}
		s.batches = append(s.batches, map[string]any{"id": number(out.Batch), "rows": rows})
		return nil
	}), stream.ByHand(), stream.Checkpoint("/checkpoint"), stream.Listen(stream.Listener{Progress: s.progress}))
	return err
}

// progress adds what a report says to the batch that it is about.
func (s *session) progress(p stream.Progress) {
	b, ok := s.batches[len(s.batches)-1].(map[string]any)
	if !ok {
		return
	}
	b["watermark"] = nil
	if at, ok := p.Watermark(); ok {
		b["watermark"] = strings.Replace(at.Format("2006-01-02T15:04:05.000Z07:00"), ".000Z", "Z", 1)
	}
	b["num_input_rows"] = number(p.NumInputRows)
	if s.of.Query.Op == "orderBy" {
		b["state"] = nil // Spark's numbers are doubled there, and left out
		return
	}
	state := []any{}
	for _, op := range p.StateOperators {
		one := map[string]any{
			"operator": op.OperatorName, "rows_total": number(op.NumRowsTotal), "rows_updated": number(op.NumRowsUpdated),
			"rows_removed": number(op.NumRowsRemoved), "rows_dropped_by_watermark": number(op.NumRowsDroppedByWatermark),
		}
		if n, ok := op.CustomMetrics["numDroppedDuplicateRows"]; ok {
			one["dropped_duplicates"] = number(n)
		}
		state = append(state, one)
	}
	b["state"] = state
}

func number(n int64) json.Number { return json.Number(fmt.Sprint(n)) }

// step adds a step's rows and runs batches until there is none to run.
func (s *session) step(step Step, once bool) error {
	s.batches = nil
	if step.Restart && !once {
		if err := s.query.Stop(); err != nil {
			return err
		}
		if err := s.start(); err != nil {
			return err
		}
	}
	for name, rows := range step.Add {
		m, known := s.streams[name]
		if !known {
			return fmt.Errorf("rows are added to stream %q, which the case has not", name)
		}
		boxed, err := rowsOf(m.Schema(), rows)
		if err == nil {
			err = m.Add(boxed...)
		}
		if err != nil {
			return err
		}
	}
	if once {
		if err := s.start(); err != nil {
			return refusedStart{err}
		}
	}
	err := s.query.ProcessAllAvailable()
	if err != nil {
		return s.completed(err)
	}
	if once {
		return s.query.Stop()
	}
	return nil
}

// refusedStart is the error of a query that could not be started for a step.
type refusedStart struct{ error }

func (r refusedStart) Unwrap() error { return r.error }

// completed drops a batch that reached the sink and was not committed.
func (s *session) completed(err error) error {
	var done []any
	for _, b := range s.batches {
		if _, reported := b.(map[string]any)["state"]; reported {
			done = append(done, b)
		}
	}
	s.batches = done
	return err
}

// bracketed are the classes that Spark writes in front of their messages.
var bracketed = regexp.MustCompile(`^[A-Z][A-Z0-9_]*(\.[A-Z0-9_]+)*$`)

// told is an error as a case writes it: Spark's class, and its message.
func told(phase string, err error) map[string]any {
	class, message := "", err.Error()
	var refused *analyze.Refusal
	var problem *expr.Error
	switch {
	case errors.As(err, &refused):
		class, message = refused.Class, refused.Message
	case errors.As(err, &problem):
		class, message = problem.Class, problem.Message
		if bracketed.MatchString(class) {
			message = "[" + class + "] " + message
		}
		if state, known := sqlStates[class]; known && !strings.Contains(message, "SQLSTATE") {
			message += " SQLSTATE: " + state
		}
	}
	return map[string]any{"phase": phase, "class": class, "message": message}
}

// sqlStates are the SQL states of conditions, which Spark writes behind the message
// when no plan follows it.
var sqlStates = map[string]string{
	"ARITHMETIC_OVERFLOW": "22003", "DIVIDE_BY_ZERO": "22012", "CAST_INVALID_INPUT": "22018", "CAST_OVERFLOW": "22003",
	"CANNOT_PARSE_INTERVAL": "22006", "NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION": "22003", "DATETIME_OVERFLOW": "22008",
	"INVALID_ARRAY_INDEX": "22003", "REMAINDER_BY_ZERO": "22012", "INTERVAL_ARITHMETIC_OVERFLOW.WITH_SUGGESTION": "22015",
	"AMBIGUOUS_REFERENCE": "42704", "FIELD_NOT_FOUND": "42704", "UNRESOLVED_COLUMN_AMONG_FIELD_NAMES": "42703", "UNRESOLVED_USING_COLUMN_FOR_JOIN": "42703",
}

// Verdict parses, runs and judges a case.
func Verdict(data []byte) (report.Verdict, error) {
	return report.Try(data, Parse, heading, Run, Judge)
}

func heading(c *Case) report.Verdict { return report.Verdict{Case: c.Name, About: c.About} }
