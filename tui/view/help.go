package view

import (
	"strings"

	"etincelle/tui/model"
)

// helpPage is the page of keys: typing filters it, Enter does what the chosen
// line says.
type helpPage struct {
	filter string
	chosen int // among the actions that the filter leaves
	offset int
}

// helped lists the actions that the filter leaves.
func (p *page) helped() []action {
	filter := strings.ToLower(strings.TrimSpace(p.help.filter))
	var list []action
	heading := model.Message{}
	for _, a := range actions() {
		if a.full == (model.Message{}) {
			continue
		}
		if a.group != (model.Message{}) {
			heading = a.group
		}
		a.group = heading
		text := strings.ToLower(a.shown.In(p.language, nil) + " " + a.full.In(p.language, nil))
		if strings.Contains(text, filter) {
			list = append(list, a)
		}
	}
	return list
}

func (p *page) drawHelp(c *canvas, r rect) {
	list := p.helped()
	p.help.chosen = max(min(p.help.chosen, len(list)-1), 0)
	var lines listing
	heading, at := model.Message{}, 0
	for i, a := range list {
		if a.group != heading {
			heading = a.group
			lines.add(text(strong, heading.In(p.language, nil)))
		}
		l := line{say(strong, "  "+fit(a.shown.In(p.language, nil), 13)), say(normal, a.full.In(p.language, nil))}
		if i == p.help.chosen {
			at = len(lines)
			l = line{say(chosen, "▶ "+fit(a.shown.In(p.language, nil), 13)+a.full.In(p.language, nil))}
		}
		lines.add(l)
	}
	if len(list) == 0 {
		lines.add(text(bad, p.word(noHelp, nil)))
	}
	if strings.TrimSpace(p.help.filter) == "" {
		lines.add(nil)
		lines.add(p.legend(r.inside().width, legendCells, legendBlocks, legendMarks, legendEdges)...)
	}
	// The chosen line always shows, with the line above it, maybe its heading; after
	// the last comes the legend, as far as the last still shows.
	height, top := r.inside().height, at
	if height > 1 && at > 0 {
		top--
	}
	if p.help.chosen == len(list)-1 {
		p.help.offset = len(lines) - height
	}
	p.help.offset = max(min(p.help.offset, top), at-height+1, 0)
	p.help.offset = p.drawPanel(c, r, p.word(titleHelp, nil), true, lines, p.help.offset)
}
