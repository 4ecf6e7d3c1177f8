package check

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// What a function takes as a list, or as one time, is told on one line, as Go would
// write it: limits = [0, 15, 60], steps = [[12:07, 12:08], [12:14]], end = 12:10.

// plain are the inputs that a function takes as Go values: no partition, no executor
// has to do with them.
var plain = []string{"at", "batch", "changes", "end", "ends", "questions", "steps", "trials", "watermark"}

// single are those of them that are one value and no list.
var single = []string{"end", "watermark"}

// isPlain reports whether the function takes a source as a Go value.
func (s Source) isPlain() bool {
	return slices.Contains(plain, s.Name)
}

// list is a source of a few numbers or times on one line; "" for any other source.
func (s Source) list() string {
	if n := s.Count(); n == 0 || n > fewLines {
		return ""
	}
	var groups []string
	for _, rows := range s.Partitions {
		var all []string
		for _, row := range rows {
			text := s.element(row)
			if text == "" {
				return ""
			}
			all = append(all, text)
		}
		groups = append(groups, "["+strings.Join(all, ", ")+"]")
	}
	switch {
	case len(groups) > 1 || s.Name == "steps":
		if !s.isPlain() {
			return ""
		}
		return "[" + strings.Join(groups, ", ") + "]"
	case slices.Contains(single, s.Name):
		return strings.Trim(groups[0], "[]")
	}
	return groups[0]
}

// element is a number or a time of a list; "" for another row.
func (s Source) element(row json.RawMessage) string {
	if strings.HasPrefix(string(row), `"`) {
		at, err := time.Parse(`"`+time.RFC3339+`"`, string(row))
		if err != nil {
			return ""
		}
		return clock(at)
	}
	var n json.Number
	if json.Unmarshal(row, &n) != nil {
		return ""
	}
	if i, err := n.Int64(); err == nil {
		return nameOf(s.Name, int(i))
	}
	return n.String()
}

// runningDay is the day of the running example: its times are told without it.
var runningDay = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)

// clock is a time for people, to the second only where there are seconds.
func clock(at time.Time) string {
	layout := "15:04"
	if at.Second() != 0 {
		layout = time.TimeOnly
	}
	if !at.Truncate(24 * time.Hour).Equal(runningDay) {
		layout = time.DateOnly + " " + layout
	}
	return at.UTC().Format(layout)
}
