package check

import (
	"encoding/json"
	"fmt"

	"etincelle/grader/message"
)

// Finding is one thing that is wrong, with what it takes to say it.
type Finding struct {
	Key   Key           `json:"key"`
	Facts message.Facts `json:"facts,omitempty"`
	Rows  *Table        `json:"rows,omitempty"`
	Line  int           `json:"line,omitempty"` // in exercises.go, 0 when the finding has none
	More  []Detail      `json:"details,omitempty"`
}

// Detail is one of several things that a finding is about: a line of the
// compiler, something that is refused.
type Detail struct {
	Line  int           `json:"line,omitempty"`
	Text  message.Text  `json:"text"`
	Facts message.Facts `json:"facts,omitempty"`
}

// In is the detail as a sentence.
func (d Detail) In(l message.Language) string { return d.Text.Fill(l, d.Facts) }

// Key names a message of the table (messages.go), and a misconception in the
// instructor's statistics.
type Key string

// Text is the finding as a sentence.
func (f Finding) Text(l message.Language) string { return messages[f.Key].Fill(l, f.Facts) }

// Quoted is the finding as a sentence in which what others wrote (a panic's text,
// a name) has gone through quote.
func (f Finding) Quoted(l message.Language, quote func(string) string) string {
	quoted := message.Facts{}
	for name, fact := range f.Facts {
		if text, ok := fact.(string); ok {
			fact = quote(text)
		}
		quoted[name] = fact
	}
	return messages[f.Key].Fill(l, quoted)
}

// Table sets wanted rows beside those that came; only rows that differ are in it.
type Table struct {
	Wanted []string `json:"wanted"` // "" where nothing was wanted
	Got    []string `json:"got"`    // "" where nothing came
	More   int      `json:"more,omitempty"`
}

// maxDifferences bounds the rows of a table.
const maxDifferences = 4

// tableOf pairs missing and extra rows of the same key.
func tableOf(missing, extra []json.RawMessage) *Table {
	t := &Table{}
	used := make([]bool, len(extra))
	add := func(wanted, got string) {
		if len(t.Wanted) == maxDifferences {
			t.More++
			return
		}
		t.Wanted, t.Got = append(t.Wanted, wanted), append(t.Got, got)
	}
	byKey := map[string][]int{}
	for i, r := range extra {
		k := keyOf(r)
		byKey[k] = append(byKey[k], i)
	}
	for _, m := range missing {
		got := ""
		if k := keyOf(m); k != "" && len(byKey[k]) > 0 {
			i := byKey[k][0]
			byKey[k] = byKey[k][1:]
			got, used[i] = Show(extra[i]), true
		}
		add(Show(m), got)
	}
	for i, e := range extra {
		if !used[i] {
			add("", Show(e))
		}
	}
	return t
}

// keyOf is the key of a pair as text, "" for anything else.
func keyOf(raw json.RawMessage) string {
	if fields, ok := parse(raw).value.(map[string]any); ok {
		if key, keyed := fields["Key"]; keyed {
			return fmt.Sprintf("%T %v", key, key)
		}
	}
	return ""
}
