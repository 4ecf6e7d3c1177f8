package stream

import (
	"encoding/json"
	"fmt"
	"sync"

	"etincelle/engine"
	"etincelle/engine/frame"
	"etincelle/engine/frame/column"
)

// Memory is a stream fed by the program, for notebooks and tests. Rows are kept
// as long as the program runs, so that a query which is started again finds them.
type Memory struct {
	*frame.Frame
	source *memorySource
}

// NewMemory is an empty stream with these columns.
func NewMemory(s *engine.Session, schema frame.Schema) *Memory {
	source := &memorySource{schema: schema}
	return &Memory{From(s, source), source}
}

// Add makes rows available to the next batch. Each call is a partition of its own,
// so that the rows of a call keep their order. Without rows the next batch runs all
// the same, over nothing.
func (m *Memory) Add(rows ...frame.Row) error {
	b, err := column.FromRows(m.source.schema, rows...)
	if err != nil {
		return fmt.Errorf("rows for a stream of %s: %w", m.source.schema, err)
	}
	m.source.mu.Lock()
	defer m.source.mu.Unlock()
	m.source.added = append(m.source.added, b)
	return nil
}

// memorySource numbers what was added; an offset is the number of the last
// addition before it.
type memorySource struct {
	schema column.Schema

	mu    sync.Mutex
	added []column.Batch
}

func (m *memorySource) Description() string { return "MemoryStream[" + names(m.schema) + "]" }

func names(schema column.Schema) string {
	text := ""
	for i, f := range schema {
		if i > 0 {
			text += ","
		}
		text += f.Name
	}
	return text
}

func (m *memorySource) Schema() column.Schema { return m.schema }

func (m *memorySource) Latest(start string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.added) == 0 {
		return start, nil
	}
	return fmt.Sprint(len(m.added) - 1), nil
}

// span is the additions between two offsets: from, and without to.
func span(start, end string) (from, to int, err error) {
	for _, o := range []struct {
		text string
		at   *int
	}{{start, &from}, {end, &to}} {
		if o.text == "" {
			continue
		}
		if err := json.Unmarshal([]byte(o.text), o.at); err != nil {
			return 0, 0, fmt.Errorf("offset %q: %w", o.text, err)
		}
		*o.at++
	}
	return from, to, nil
}

func (m *memorySource) Batch(start, end string) ([]Part, error) {
	from, to, err := span(start, end)
	if err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if to > len(m.added) || from > to {
		return nil, fmt.Errorf("rows %d to %d were asked for, and %d were added: a stream in memory does not outlive its program", from, to, len(m.added))
	}
	var parts []Part
	for _, b := range m.added[from:to] {
		parts = append(parts, rows(b))
	}
	return parts, nil
}

func (m *memorySource) Commit(string) error { return nil }
