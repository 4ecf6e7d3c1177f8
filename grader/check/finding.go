package check

import (
	"encoding/json"
	"fmt"
	"strings"

	"etincelle/grader/message"
)

// Finding is one thing that is wrong, with what it takes to say it.
type Finding struct {
	Key   Key           `json:"key"`
	Facts message.Facts `json:"facts,omitempty"`
	Rows  *Table        `json:"rows,omitempty"`
	Line  int           `json:"line,omitempty"` // in exercises.go, 0 when the finding has none
	Code  string        `json:"code,omitempty"` // that line, as the student wrote it
	More  []Detail      `json:"details,omitempty"`
}

// Detail is one of several things that a finding is about: a line of the
// compiler, something that is refused.
type Detail struct {
	Line   int           `json:"line,omitempty"`   // in exercises.go, 0 when it has none
	Column int           `json:"column,omitempty"` // in bytes, from 1; 0 when not known
	Code   string        `json:"code,omitempty"`   // that line, as the student wrote it
	Text   message.Text  `json:"text"`
	Facts  message.Facts `json:"facts,omitempty"`
}

// In is the detail as a sentence; the compiler's begin with the place, as it
// prints them.
func (d Detail) In(l message.Language) string {
	if place := d.Place(); place != "" {
		return place + ": " + d.Text.Fill(l, d.Facts)
	}
	return d.Text.Fill(l, d.Facts)
}

// Place is where the compiler saw something, "exercises.go:31:9"; "" for what has
// no place, or tells it in its text.
func (d Detail) Place() string {
	switch {
	case d.Code == "":
		return ""
	case d.Column == 0:
		return fmt.Sprintf("exercises.go:%d", d.Line)
	}
	return fmt.Sprintf("exercises.go:%d:%d", d.Line, d.Column)
}

// Key names a message of the table (messages.go), and a misconception in the
// instructor's statistics.
type Key string

// Says is what is so, as a sentence.
func (f Finding) Says(l message.Language) string { return messages[f.Key].Fill(l, f.Facts) }

// Why is why that matters and what to do about it, "" when there is no more to say.
func (f Finding) Why(l message.Language) string { return reasons[f.Key].Fill(l, f.Facts) }

// Text is the finding in full.
func (f Finding) Text(l message.Language) string {
	return strings.TrimSuffix(f.Says(l)+" "+f.Why(l), " ")
}

// Quoted is Text, in which what others wrote (a panic's text, a name) has gone
// through quote.
func (f Finding) Quoted(l message.Language, quote func(string) string) string {
	quoted := message.Facts{}
	for name, fact := range f.Facts {
		if text, ok := fact.(string); ok {
			fact = quote(text)
		}
		quoted[name] = fact
	}
	f.Facts = quoted
	return f.Text(l)
}

// Kind is the kind of verdict that the finding leads to.
func (f Finding) Kind() Kind { return kindOf([]Finding{f}) }

// Stops reports whether the finding ended the program, or kept it from running:
// then it is about no case in particular.
func (f Finding) Stops() bool { return f.Kind() != Wrong }

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
