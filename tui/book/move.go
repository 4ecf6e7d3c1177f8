package book

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"etincelle/grader/notebook"
	"etincelle/tui/canvas"
)

// Moving about the sheet. height is how many lines show.

// top is the first row that shows.
func (s *state) top(sh sheet) int { return min(sh.index(s.at), max(len(sh.rows)-1, 0)) }

// end is the top of the last page.
func (sh sheet) end(height int) int { return max(len(sh.rows)-height, 0) }

// show puts a row at the top.
func (s *state) show(sh sheet, height, top int) {
	s.at = sh.position(max(top, 0))
	s.settle(sh, height)
}

// turnTo puts a section's row at the top, and gives Enter what stands in it first.
func (s *state) turnTo(sh sheet, height, top int) {
	s.focus = 0
	s.show(sh, height, top)
}

// settle keeps what Enter works on among what shows, and returns it.
func (s *state) settle(sh sheet, height int) int {
	top := s.top(sh)
	if e := sh.entry(s.focus); e != nil && e.last >= top && e.first < top+height {
		return s.focus
	}
	s.focus = 0
	for _, e := range sh.entries {
		if e.interactive && e.first >= top && e.first < top+height {
			s.focus = e.key
			break
		}
	}
	return s.focus
}

// scroll moves by lines, and not beyond the last page.
func (s *state) scroll(sh sheet, height, by int) {
	top := s.top(sh)
	s.show(sh, height, min(top+by, max(sh.end(height), top)))
}

// choose gives Enter the next entry that it works on, or the one before.
func (s *state) choose(sh sheet, height, by int) {
	at := -1
	for i, e := range sh.entries {
		if e.key == s.focus {
			at = i
		}
	}
	if at < 0 { // from what shows
		top := s.top(sh)
		for at+1 < len(sh.entries) && sh.entries[at+1].first < top {
			at++
		}
		if by < 0 {
			at++
		}
	}
	for at += by; at >= 0 && at < len(sh.entries); at += by {
		if e := sh.entries[at]; e.interactive {
			s.focus = e.key
			s.reveal(sh, height)
			return
		}
	}
}

// reveal moves the sheet as little as it takes to show what Enter works on; its
// first line counts most.
func (s *state) reveal(sh sheet, height int) {
	e := sh.entry(s.focus)
	if e == nil {
		return
	}
	top := s.top(sh)
	if e.last >= top+height {
		top = e.last - height + 1
	}
	if e.first < top {
		top = e.first
	}
	s.show(sh, height, top)
}

// revealOutcome moves the sheet so that what a cell did shows, to its end when it
// is not longer than the page.
func (s *state) revealOutcome(sh sheet, height int) {
	s.reveal(sh, height)
	e := sh.entry(s.focus)
	if e == nil {
		return
	}
	if top := s.top(sh); e.last >= top+height {
		s.show(sh, height, min(e.below, e.last-height+1))
	}
}

// skip goes to the next section, or the one before.
func (s *state) skip(sh sheet, height, by int) {
	top := s.top(sh)
	target := -1
	for _, e := range sh.entries {
		if _, is := e.block.(*notebook.Heading); !is {
			continue
		}
		if by < 0 && e.first < top {
			target = e.first
		}
		if by > 0 && e.first > top+1 { // the first two lines are the section that is read
			target = e.first
			break
		}
	}
	switch {
	case target >= 0:
		s.turnTo(sh, height, target)
	case by < 0:
		s.turnTo(sh, height, 0)
	default:
		s.show(sh, height, max(sh.end(height), top))
	}
}

// search goes to the next line that holds the query, or the one before, round
// the end; found is false when none does.
func (s *state) search(sh sheet, height, by int) (found, round bool) {
	n := len(sh.rows)
	from := s.top(sh)
	if s.hit.key > 0 {
		if at := sh.index(s.hit); at >= from && at < from+height {
			from = at
		}
	} else {
		from -= by // the first line that shows counts
	}
	for i := 1; i <= n; i++ {
		at := ((from+by*i)%n + n) % n
		if sh.rows[at].entry < 0 || len(matches(text(sh.rows[at].line), s.query)) == 0 {
			continue
		}
		s.hit = sh.position(at)
		if top := s.top(sh); at < top || at >= top+height {
			s.show(sh, height, min(at-height/3, sh.end(height)))
		}
		return true, (at-from)*by < 0
	}
	return false, false
}

// matches lists where a query, in small letters, stands in a text: bytes from, to.
func matches(text, query string) [][2]int {
	if query == "" {
		return nil
	}
	var found [][2]int
	for at := 0; at < len(text); {
		if n := prefix(text[at:], query); n > 0 {
			found = append(found, [2]int{at, at + n})
			at += n
			continue
		}
		at++
	}
	return found
}

// prefix is how many bytes of a text the query takes at its beginning, 0 when it
// is not there.
func prefix(text, query string) int {
	n := 0
	for _, want := range query {
		r, size := utf8.DecodeRuneInString(text[n:])
		if unicode.ToLower(r) != want {
			return 0
		}
		n += size
	}
	return n
}

// marked is a line with what was searched for in a role.
func marked(l canvas.Line, query string, role canvas.Role) canvas.Line {
	whole := text(l)
	found := matches(whole, query)
	if len(found) == 0 {
		return l
	}
	var out canvas.Line
	at := 0
	for _, span := range l {
		from := at
		for _, m := range found {
			start, end := max(m[0], from), min(m[1], at+len(span.Text))
			if start >= end {
				continue
			}
			out = append(out, canvas.Span{Text: whole[from:start], Role: span.Role}, canvas.Span{Text: whole[start:end], Role: role})
			from = end
		}
		at += len(span.Text)
		out = append(out, canvas.Span{Text: whole[from:at], Role: span.Role})
	}
	return out
}

func text(l canvas.Line) string {
	var b strings.Builder
	for _, span := range l {
		b.WriteString(span.Text)
	}
	return b.String()
}
