package keys

import (
	"strings"

	"etincelle/grader/message"
	"etincelle/tui/canvas"
)

// Help is the page of keys: typing filters it, Enter does what the chosen line
// says.
type Help struct {
	Filter string
	Chosen int // among the actions that the filter leaves
	offset int
}

var (
	helpTitle = message.Both("Aide — tapez pour filtrer", "Help — type to filter")
	noHelp    = message.Both("Aucune touche ne porte ce mot.", "No key has that word.")
)

// Type sets the filter.
func (h *Help) Type(filter string) { *h = Help{Filter: filter} }

// Move chooses another line; drawing keeps it in bounds.
func (h *Help) Move(by int) { h.Chosen = max(h.Chosen+by, 0) }

// Filtered lists the actions that a filter leaves, each with its heading.
func Filtered[S any](actions []Action[S], filter string, l message.Language) []Action[S] {
	filter = strings.ToLower(strings.TrimSpace(filter))
	var list []Action[S]
	heading := message.Text{}
	for _, a := range actions {
		if a.Full == (message.Text{}) {
			continue
		}
		if a.Group != (message.Text{}) {
			heading = a.Group
		}
		a.Group = heading
		text := strings.ToLower(a.Shown.In(l) + " " + a.Brief.In(l) + " " + a.Full.In(l) + " " + heading.In(l))
		if strings.Contains(text, filter) {
			list = append(list, a)
		}
	}
	return list
}

// DrawHelp draws the page of keys, and more lines after the last key.
func DrawHelp[S any](c *canvas.Canvas, r canvas.Rect, h *Help, actions []Action[S], l message.Language, more []canvas.Line) {
	list := Filtered(actions, h.Filter, l)
	h.Chosen = max(min(h.Chosen, len(list)-1), 0)
	var lines canvas.Listing
	heading, at := message.Text{}, 0
	for i, a := range list {
		if a.Group != heading {
			heading = a.Group
			lines.Add(canvas.Text(canvas.Strong, heading.In(l)))
		}
		name := canvas.Fit(a.Shown.In(l), 13)
		item := canvas.Line{canvas.Say(canvas.Strong, "  "+name), canvas.Say(canvas.Normal, a.Full.In(l))}
		if i == h.Chosen {
			at = len(lines)
			item = canvas.Text(canvas.Chosen, "▶ "+name+a.Full.In(l))
		}
		lines.Add(item)
	}
	if len(list) == 0 {
		lines.Add(canvas.Text(canvas.Bad, noHelp.In(l)))
	}
	if strings.TrimSpace(h.Filter) == "" && len(more) > 0 {
		lines.Add(nil)
		lines.Add(more...)
	}
	// The chosen line always shows, with the line above it, maybe its heading; after
	// the last comes what is more, as far as the last still shows.
	height, top := r.Inside().Height, at
	if height > 1 && at > 0 {
		top--
	}
	if h.Chosen == len(list)-1 {
		h.offset = len(lines) - height
	}
	h.offset = max(min(h.offset, top), at-height+1, 0)
	h.offset = c.Panel(r, l, helpTitle.In(l), true, lines, h.offset)
}
