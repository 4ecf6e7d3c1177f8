package notebook

import (
	"regexp"
	"strings"
)

// A number in a sentence grows old when the engine or the data change. So each
// is tied to where it comes from, by a comment that no Markdown viewer shows:
//
//	6 998<!-- coalesce:3.1 -->   the 1st number on line 3 of what cell coalesce prints
//	61<!-- combiner:2 -->        the only number on its line 2
//	7<!-- tasks:code -->         a literal in the code of cell tasks
//
// Few numbers need none: what is code, what names something (TP 2, Spark 4.3),
// dates and times of day, durations in minutes or longer, sizes in bits; and in
// a question, the literals of the cell that it is about. Small counts are
// written in words.
//
// This file finds numbers in text; reference.go holds them against the cells.

// number is a number of the prose, and what it says it comes from.
type number struct {
	line     int    // index in the file
	from, to int    // bytes of the line
	text     string // as it is written
	asked    string // the cell of the question that it stands in, ""
	source   *reference
}

// numbersIn lists the numbers of a file that have a reference or need one.
func numbersIn(lines []string) []number {
	return numbersBelow(lines, 0, "")
}

// numbersBelow reads lines, the first of which has the index first in the file.
func numbersBelow(lines []string, first int, asked string) []number {
	var found []number
	at := 0 // lines that are read
	prose := func(to int) {
		found = append(found, numbersOf(lines[at:to], first+at, asked)...)
	}
	for _, r := range scan(lines, func(int, string, string, string) {}) {
		prose(r.first)
		at = r.last + 1
		body := lines[r.first+1 : r.last]
		if r.folded != nil {
			found = append(found, numbersBelow(body, first+r.first+1, asked)...)
			continue
		}
		switch says, _ := readInfo(r.fence.info); says.language {
		case "predict":
			found = append(found, numbersBelow(body, first+r.first+1, says.values["cell"])...)
		case "task":
			found = append(found, numbersBelow(body, first+r.first+1, asked)...)
		}
	}
	prose(len(lines))
	return found
}

var (
	numeral = regexp.MustCompile(`[\d\p{No}]+(?:[.,\x{a0}\x{202f}][\d\p{No}]+)*`) // ½ and ² too
	ordinal = regexp.MustCompile(`^(?:er|re|e|ème|st|nd|rd|th)\b`)
	// before a numeral, these make it a part of a name: e0, UTF-8.
	inName = regexp.MustCompile(`[\pL_][-‑]?$`)
	closer = "*_`" // what may stand between a number and its reference
)

const nearby = 8 // bytes before a number that tell whether it is a part of a name

// numbersOf lists those of lines of prose.
func numbersOf(lines []string, first int, asked string) []number {
	text := strings.Join(lines, "\n")
	read := unnamed(spoken(text))
	var found []number
	above, start := 0, 0 // the line of the numeral: how many are above it, where it begins
	for _, at := range numeral.FindAllStringIndex(read, -1) {
		for end := strings.IndexByte(text[start:at[0]], '\n'); end >= 0; end = strings.IndexByte(text[start:at[0]], '\n') {
			above, start = above+1, start+end+1
		}
		if inName.MatchString(read[max(0, at[0]-nearby):at[0]]) || ordinal.MatchString(read[at[1]:]) {
			continue
		}
		found = append(found, number{
			line: first + above, from: at[0] - start, to: at[1] - start, text: text[at[0]:at[1]], asked: asked,
			source: readReference(strings.TrimLeft(text[at[1]:], closer)),
		})
	}
	return found
}

var notSpoken = []*regexp.Regexp{
	regexp.MustCompile(`<!--(?s:.*?)-->`),
	regexp.MustCompile(`\]\([^()\n]*\)`),   // where a link leads
	regexp.MustCompile(`<[a-z]+:[^>\s]*>`), // links that are their own text
	regexp.MustCompile(`https?://\S+`),
	regexp.MustCompile(`\{#[^}\n]*\}`),        // a heading's id
	regexp.MustCompile(`(?m)^ *\d+[.)] `),     // a list's own count
	regexp.MustCompile(`&#?[0-9A-Za-z]+;`),    // a character by its code
	regexp.MustCompile(`(?m)^\[[^\]]+\]: .*`), // a link's definition
}

// spoken blanks, byte for byte, what is not a sentence's: code, comments, the
// places that links lead to. A span of code that is nothing but a number is one.
func spoken(text string) string {
	out := []byte(text)
	for at := 0; at < len(text); {
		open := strings.IndexByte(text[at:], '`')
		if open < 0 {
			break
		}
		open += at
		ticks := len(text[open:]) - len(strings.TrimLeft(text[open:], "`"))
		end := closing(text, open+ticks, ticks)
		if end < 0 {
			at = open + ticks
			continue
		}
		inside := strings.TrimSpace(text[open+ticks : end])
		if numeral.FindString(inside) != inside || inside == "" {
			blank(out, open, end+ticks)
		}
		at = end + ticks
	}
	for _, pattern := range notSpoken {
		for _, at := range pattern.FindAllIndex(out, -1) {
			blank(out, at[0], at[1])
		}
	}
	return string(out)
}

// closing is where the run of so many backquotes is that closes a span, or -1.
func closing(text string, from, ticks int) int {
	for at := from; at < len(text); {
		open := strings.IndexByte(text[at:], '`')
		if open < 0 {
			return -1
		}
		at += open
		run := len(text[at:]) - len(strings.TrimLeft(text[at:], "`"))
		if run == ticks {
			return at
		}
		at += run
	}
	return -1
}

const (
	months = `janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|` +
		`January|February|March|April|May|June|July|August|September|October|November|December`
	names = `TP|[Ee]xercices?|[Ee]xercises?|[Qq]uestions?|[Ss]ections?|[Ff]igures?|[Cc]hapitres?|[Cc]hapters?|[Vv]ersions?|Go|Spark|Scala|Python|PySpark|Java`
	gap   = `[ \n\x{a0}\x{202f}]`
)

var named = []*regexp.Regexp{
	regexp.MustCompile(`\d{4}-\d{2}(?:-\d{2})?`),   // dates
	regexp.MustCompile(`\d{1,2}:\d{2}(?::\d{2})?`), // times of day
	regexp.MustCompile(`(?:\d{1,2}(?:er|st|nd|rd|th)?` + gap + `)?\b(?:` + months + `)\b(?:` + gap + `\d{1,2}\b)?,?(?:` + gap + `\d{4}\b)?`),
	regexp.MustCompile(`\b(?:` + names + `)` + gap + `\d+(?:\.\d+)*(?:,?` + gap + `(?:et|and|à|to|ou|or)` + gap + `\d+)*`),
	regexp.MustCompile(`\d+(?:[.,]\d+)?` + gap + `?(?:min|minutes?|h|heures?|hours?|jours?|days?|bits?)\b`),
}

// unnamed blanks the numbers that name something, or say a date, a time of day,
// a duration in minutes or longer, a size in bits.
func unnamed(text string) string {
	out := []byte(text)
	for _, pattern := range named {
		for _, at := range pattern.FindAllIndex(out, -1) {
			blank(out, at[0], at[1])
		}
	}
	return string(out)
}

// blank makes spaces of a part of a text, lines' ends kept.
func blank(text []byte, from, to int) {
	for i := from; i < to; i++ {
		if text[i] != '\n' {
			text[i] = ' '
		}
	}
}
