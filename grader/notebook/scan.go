package notebook

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/gomarkdown/markdown/parser"
)

// A notebook is cut by lines first. Fences and folded answers are found here
// and not by the Markdown library, because everything said about them must name
// the file's own line, and because a fence that the library would quietly take
// for prose (indented, never closed) would be code that nobody checks.

// region is a run of lines that is no prose: a fence or a folded answer.
type region struct {
	first, last int // indexes of its lines, both included
	fence       *fence
	folded      *folded
}

// fence is a region between two markers.
type fence struct {
	marker string // ``` or ~~~, or longer
	info   string // the rest of the opening line
}

// folded is a region between <details> and </details>.
type folded struct {
	summary int // index of the line that holds <summary>
	text    string
}

var (
	opening = regexp.MustCompile("^(```+|~~~+)(.*)$")
	// inset is a fence's marker behind spaces, a quote's or a list item's mark.
	inset   = regexp.MustCompile("^[ \t>]*(?:(?:[-*+]|[0-9]+[.)])[ \t>]+)*(?:```+|~~~+)([^`]*)$")
	details = regexp.MustCompile(`^<details>[ \t]*(.*)$`)
	summary = regexp.MustCompile(`^[ \t]*<summary>(.*)</summary>[ \t]*$`)
)

// closes tells whether a line ends the fence: its marker or a longer one, alone.
func (f fence) closes(line string) bool {
	trimmed := strings.TrimRight(line, " \t")
	unset := strings.TrimLeft(trimmed, " ")
	return len(trimmed)-len(unset) < 4 && len(unset) >= len(f.marker) &&
		strings.Trim(unset, f.marker[:1]) == ""
}

// text is the region's lines without its first and last.
func (r region) text(lines []string) string {
	body := lines[r.first+1 : r.last]
	if len(body) == 0 {
		return ""
	}
	return strings.Join(body, "\n") + "\n"
}

const byteOrderMark = "\ufeff" // some editors begin a file with it

// splitLines gives the lines of a file without their ends, whichever those are.
func splitLines(src []byte) []string {
	src = bytes.TrimPrefix(src, []byte(byteOrderMark))
	text := strings.TrimSuffix(string(parser.NormalizeNewlines(src)), "\n")
	return strings.Split(text, "\n")
}

// scan finds the regions of lines; report is told an index with each problem.
func scan(lines []string, report func(line int, found, expected, next string)) []region {
	var regions []region
	for i := 0; i < len(lines); i++ {
		line := lines[i]
		found := region{first: i, last: -1}
		if parts := opening.FindStringSubmatch(line); parts != nil && !isSpan(parts) {
			found.fence = &fence{marker: parts[1], info: strings.TrimSpace(parts[2])}
			found.last = end(lines, i+1, found.fence.closes)
			if found.last < 0 {
				report(i, "a fence that is not closed", "a line "+parts[1]+" below it", "add that line after the last line of the code")
				return regions
			}
		} else if inset.MatchString(line) {
			report(i, "a fence that does not begin its line", "every fence at the start of a line, outside lists and quotes", "move it there")
			found.last = i
			continue
		} else if parts := details.FindStringSubmatch(line); parts != nil {
			found.last = endOfFolded(lines, i+1)
			if found.last < 0 {
				report(i, "<details> that is not closed", "a line </details> below it", "add that line after the folded text")
				return regions
			}
			found.folded = &folded{summary: i, text: parts[1]}
			if parts[1] == "" && i+1 < found.last {
				found.folded = &folded{summary: i + 1, text: lines[i+1]}
			}
			inner := summary.FindStringSubmatch(found.folded.text)
			if inner == nil || strings.TrimSpace(inner[1]) == "" {
				report(found.folded.summary, "<details> without a summary", "<details><summary>TEXT</summary> on one line, or <summary> on the next", "say what the folded text answers")
				i = found.last
				continue
			}
			found.folded.text = inner[1]
		} else {
			continue
		}
		regions = append(regions, found)
		i = found.last
	}
	return regions
}

// isSpan tells that an opening line is in truth a span of code: its backquotes
// close on the same line.
func isSpan(parts []string) bool {
	return parts[1][0] == '`' && strings.Contains(parts[2], "`")
}

// end is the index of the first line from start that is the end, or -1.
func end(lines []string, start int, is func(string) bool) int {
	for i := start; i < len(lines); i++ {
		if is(lines[i]) {
			return i
		}
	}
	return -1
}

// endOfFolded is the index of the </details> that goes with a <details> above
// start, fences passed over, or -1.
func endOfFolded(lines []string, start int) int {
	open := 1
	for i := start; i < len(lines); i++ {
		parts := opening.FindStringSubmatch(lines[i])
		switch {
		case parts != nil && !isSpan(parts):
			if i = end(lines, i+1, fence{marker: parts[1]}.closes); i < 0 {
				return -1
			}
		case details.MatchString(lines[i]):
			open++
		case strings.TrimSpace(lines[i]) == "</details>":
			if open--; open == 0 {
				return i
			}
		}
	}
	return -1
}
