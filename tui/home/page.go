package home

import (
	"etincelle/grader/message"
	"etincelle/tui/canvas"
	"etincelle/tui/keys"
)

// page is all that decides what is on screen.
type page struct {
	course   Course
	language message.Language
	suffix   string // what command lines end with, for a language that is not the environment's
	at       place
	offset   int // rows of the course hidden above; drawing keeps it in bounds
	help     *keys.Help
	notice   string
	prompt   string
}

var (
	courseTitle   = message.Both("Les TP", "The TPs")
	nextTitle     = message.Both("La suite", "Next")
	commandsTitle = message.Both("Une touche, une commande", "A key, a command")
)

// From wideWidth × wideHeight on, the course has the left and the rest the right.
const (
	wideWidth, wideHeight = 146, 20
	courseWidth           = 80
	commandsHeight        = 10
	nextHeight            = 4
)

// layout says where everything goes. An empty rectangle is not drawn.
type layout struct{ header, course, next, commands, footer canvas.Rect }

// arrange cuts a page. It never refuses: what does not fit is left out, the
// course last.
func arrange(width, height int) layout {
	l := layout{header: canvas.At(0, 0, width, min(height, 1)), footer: canvas.At(0, max(height-1, 1), width, min(max(height-1, 0), 1))}
	body := canvas.At(0, 1, width, max(height-2, 0))
	if width >= wideWidth && height >= wideHeight {
		left := courseWidth
		l.course = canvas.At(0, 1, left, body.Height)
		l.next = canvas.At(left, 1, width-left, nextHeight+2)
		l.commands = canvas.At(left, 1+l.next.Height, width-left, body.Height-l.next.Height)
		return l
	}
	next, commands := nextHeight, commandsHeight
	if body.Height < next+commands+5 {
		commands = 0
	}
	if body.Height < next+commands+5 {
		next = 0
	}
	l.course = canvas.At(0, 1, width, body.Height-next-commands)
	l.next = canvas.At(0, 1+l.course.Height, width, next)
	l.commands = canvas.At(0, 1+l.course.Height+next, width, commands)
	return l
}

// draw is the page at a size.
func (p *page) draw(width, height int) *canvas.Canvas {
	c := canvas.New(width, height)
	l := arrange(width, height)
	if p.help != nil {
		keys.DrawHelp(c, canvas.At(0, 0, width, height-l.footer.Height), p.help, actions(), p.language, nil)
	} else {
		c.Put(0, 0, width, canvas.Text(canvas.Strong, " "+title.In(p.language)).Beside(canvas.Text(canvas.Normal, p.course.total(p.language)+" "), width))
		p.drawCourse(c, l.course)
		p.drawNext(c, l.next)
		var lines canvas.Listing
		lines.Add(commandRows(p.course.commands(p.at), p.language, p.suffix)...)
		c.Panel(l.commands, p.language, commandsTitle.In(p.language), false, lines, 0)
	}
	keys.DrawFooter(c, l.footer, actions(), p.language, false, keys.Says{Prompt: p.prompt, Help: p.help != nil, Notice: p.notice})
	return c
}

// rows are the places that show in so many rows: all, when they fit, and
// otherwise every TP with the exercises of the one that is chosen.
func (p *page) rows(height int) []place {
	if all := p.course.places(everyTP); len(all) <= height {
		return all
	}
	return p.course.places(func(tp int) bool { return tp == p.at.tp })
}

func (p *page) drawCourse(c *canvas.Canvas, r canvas.Rect) {
	inside := r.Inside()
	var lines canvas.Listing
	at := 0
	for i, place := range p.rows(inside.Height) {
		row := append(canvas.Line{canvas.Say(canvas.Normal, "  ")}, p.course.row(place, p.language)...)
		if place == p.at {
			at = i
			row = canvas.Text(canvas.Chosen, "▶ "+text(row[1:]))
		}
		lines.Add(row)
	}
	// The chosen row always shows, and as much of its TP above it as there is room for.
	p.offset = max(min(p.offset, at), at-inside.Height+1, 0)
	p.offset = c.Panel(r, p.language, courseTitle.In(p.language), true, lines, p.offset)
}

func (p *page) drawNext(c *canvas.Canvas, r canvas.Rect) {
	var lines canvas.Listing
	next := p.course.next(p.language)
	for _, sentence := range append(next.what, next.keys) {
		for _, s := range canvas.Wrap(sentence, r.Inside().Width-2) {
			lines.Add(canvas.Text(canvas.Normal, " "+s))
		}
	}
	c.Panel(r, p.language, nextTitle.In(p.language), false, lines, 0)
}

// text is a line without its roles.
func text(l canvas.Line) string {
	s := ""
	for _, span := range l {
		s += span.Text
	}
	return s
}
