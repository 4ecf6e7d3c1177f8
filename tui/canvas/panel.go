package canvas

import "etincelle/grader/message"

var rangeOf = message.Both("{from}–{to} sur {total}", "{from}–{to} of {total}")

// Panel draws lines in a frame from an offset, and returns the offset that it
// could use. The lower border tells which lines show when not all do.
func (c *Canvas) Panel(r Rect, l message.Language, title string, focused bool, lines Listing, offset int) int {
	inside := r.Inside()
	offset = max(min(offset, len(lines)-inside.Height), 0)
	below := ""
	if len(lines) > inside.Height && inside.Height > 0 {
		below = rangeOf.Fill(l, message.Facts{"from": offset + 1, "to": offset + inside.Height, "total": len(lines)})
	}
	c.Frame(r, title, focused, below)
	for i, line := range lines[offset:min(len(lines), offset+inside.Height)] {
		c.Put(inside.X, inside.Y+i, inside.Width, line())
	}
	return offset
}
