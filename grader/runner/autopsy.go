package runner

import (
	"errors"
	"regexp"
	"strconv"
	"strings"

	"etincelle/grader/check"
	"etincelle/grader/message"
	"etincelle/grader/salvage"
)

type complaint = salvage.Complaint

// autopsy says why a child ended before it had answered. What it printed may be
// the student's invention: every finding here costs the mark all the same.
func (c *child) autopsy(exit error) *check.Finding {
	facts := message.Facts{
		"seconds":   c.limits.Time.Seconds(),
		"mebibytes": c.limits.Memory >> 20,
		"kibibytes": c.limits.Output >> 10,
	}
	limit := func(k check.Key) *check.Finding { return &check.Finding{Key: k, Facts: facts} }
	switch {
	case errors.Is(c.reason, errTime):
		return limit(check.TimeLimit)
	case errors.Is(c.reason, errMemory):
		return limit(check.MemoryLimit)
	case errors.Is(c.reason, errOutput):
		return limit(check.OutputLimit)
	}
	last := c.output.text()
	for _, sign := range []struct {
		text string
		key  check.Key
	}{
		{"goroutine stack exceeds", check.StackLimit},
		{"fatal error: stack overflow", check.StackLimit},
		{"all goroutines are asleep - deadlock", check.Deadlock},
		{"out of memory", check.MemoryLimit},
		{"cannot allocate memory", check.MemoryLimit},
	} {
		if strings.Contains(last, sign.text) {
			return limit(sign.key)
		}
	}
	if exit != nil && strings.Contains(exit.Error(), "killed") {
		return limit(check.MemoryLimit) // the system ended it, and that is why systems do
	}
	text := "the process ended"
	if exit != nil {
		text = exit.Error()
	}
	if at := strings.LastIndex(last, "panic: "); at >= 0 {
		text, _, _ = strings.Cut(last[at+len("panic: "):], "\n")
		last = last[at:]
	} else if at := strings.LastIndex(last, "fatal error: "); at >= 0 {
		text, _, _ = strings.Cut(last[at+len("fatal error: "):], "\n")
		last = last[at:]
	}
	facts = message.Facts{"text": text}
	if m := ownLine.FindStringSubmatch(last); m != nil {
		line, _ := strconv.Atoi(m[1])
		facts["line"] = line
		return &check.Finding{Key: check.CrashedAt, Line: line, Facts: facts}
	}
	return &check.Finding{Key: check.Crashed, Facts: facts}
}

// ownLine finds the student's line in a crash report.
var ownLine = regexp.MustCompile(`exercises\.go:(\d+)`)

// details shows complaints as the compiler prints them, each with the line of
// the source that it is about.
func (p *Program) details(complaints []complaint) []check.Detail {
	lines := strings.Split(string(p.source), "\n")
	var all []check.Detail
	for _, c := range complaints {
		d := check.Detail{Line: c.Line, Column: c.Column, Text: message.Both("{said}", "{said}"), Facts: message.Facts{"said": c.Message}}
		if c.Line > 0 && c.Line <= len(lines) {
			d.Code = strings.TrimRight(lines[c.Line-1], "\r")
		}
		all = append(all, d)
	}
	return all
}
