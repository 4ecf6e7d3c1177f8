package book

import (
	"fmt"
	"strings"

	"etincelle/grader/message"
	"etincelle/grader/notebook"
	"etincelle/tui/canvas"
	"etincelle/tui/keys"
)

// page is all that decides what is on screen.
type page struct {
	*state
	name    string // of the TP
	ink     ink
	columns int // of the text, and its
	height  int // lines, when it was drawn last
	asked   *notebook.Predict
	toc     *contents
	help    *keys.Help
	prompt  string
	notice  string
}

// The text is as wide as reads well; from wideWidth on, the contents stand
// beside it.
const (
	widest     = 100
	wideWidth  = 112
	sideWidth  = 38
	leastWidth = 26
)

// layout says where everything goes. An empty rectangle is not drawn.
type layout struct{ header, side, body, footer canvas.Rect }

// arrange cuts a page. It never refuses: what does not fit is left out, the
// text last.
func arrange(width, height int) layout {
	footer := min(max(height-4, 0), 2)
	l := layout{header: canvas.At(0, 0, width, min(height, 1)), footer: canvas.At(0, height-footer, width, footer)}
	l.body = canvas.At(0, 1, width, max(height-1-footer, 0))
	if width >= wideWidth {
		l.side = canvas.At(0, 1, sideWidth, l.body.Height)
		l.body = canvas.At(sideWidth, 1, width-sideWidth, l.body.Height)
	}
	return l
}

// textWidth is how wide the text is: a column is left on either side.
func (l layout) textWidth() int { return min(max(l.body.Width-2, leastWidth), widest) }

// laid is the sheet of the page that was drawn last.
func (p *page) laid() sheet { return p.sheet(max(p.columns, leastWidth), p.ink) }

// draw is the page at a size.
func (p *page) draw(width, height int) *canvas.Canvas {
	c := canvas.New(width, height)
	l := arrange(width, height)
	if p.help != nil {
		keys.DrawHelp(c, canvas.At(0, 0, width, height-l.footer.Height), p.help, actions(), p.language, nil)
	} else {
		p.columns, p.height = l.textWidth(), l.body.Height
		sh := p.laid()
		if before := p.focus; p.settle(sh, p.height) != before {
			sh = p.laid() // it says what Enter does
		}
		p.drawHeader(c, l.header, sh)
		p.drawBody(c, l.body, sh)
		switch {
		case p.asked != nil:
			p.drawQuestion(c, l.body)
		case p.toc != nil && l.side.Empty():
			p.toc.draw(c, canvas.At(0, 1, width, min(l.body.Height, len(p.toc.items)+2)), p.state, true)
		case p.toc != nil:
			p.toc.draw(c, l.side, p.state, true)
		case !l.side.Empty():
			newContents(p.state, p.topKey(sh)).draw(c, l.side, p.state, false)
		}
	}
	switch {
	case p.asked != nil:
		c.Put(l.footer.X+1, l.footer.Y, width-1, canvas.Text(canvas.Strong, askedKeys.In(p.language)))
		return c
	case p.toc != nil:
		c.Put(l.footer.X+1, l.footer.Y, width-1, canvas.Text(canvas.Strong, contentsKeys.In(p.language)))
		return c
	}
	keys.DrawFooter(c, l.footer, actions(), p.language, width < 80, keys.Says{Prompt: p.prompt, Help: p.help != nil, Notice: p.notice})
	return c
}

var (
	askedKeys    = message.Both("Entrée : garder la prédiction   à vide : sans prédire   Échap : annuler", "Enter: keep the prediction   on nothing: go without   Esc: cancel")
	contentsKeys = message.Both("↓ ↑ choisir  Entrée y aller  Échap fermer    ? à prédire  ! prédit  1✓ exercice", "↓ ↑ choose  Enter go there  Esc close    ? to predict  ! predicted  1✓ exercise")
	askTitle     = message.Both("Avant de lancer {cell} : que va-t-il se passer ?", "Before running {cell}: what will happen?")
)

func (p *page) drawHeader(c *canvas.Canvas, r canvas.Rect, sh sheet) {
	left := canvas.Line{canvas.Say(canvas.Strong, " "+strings.ToUpper(p.name))}
	if h := p.heading(p.topKey(sh)); h != nil {
		left = append(left, canvas.Say(canvas.Normal, " · "+h.Title()))
	}
	shown := 100
	if len(sh.rows) > 0 {
		shown = min(100, 100*(p.top(sh)+p.height)/len(sh.rows))
	}
	right := fmt.Sprintf("%d %%", shown)
	if made, all := p.counted(); all > 0 {
		right = predicted.Fill(p.language, message.Facts{"n": made, "all": all}) + " · " + right
	}
	c.Put(r.X, r.Y, r.Width, left.Beside(canvas.Text(canvas.Normal, right+" "), r.Width))
}

var predicted = message.Both("prédictions {n}/{all}", "predictions {n}/{all}")

// topKey is the entry that the page begins with, or the next when its last line
// is all that shows.
func (p *page) topKey(sh sheet) int {
	return sh.position(min(p.top(sh)+1, len(sh.rows)-1)).key
}

// drawBody draws the lines that show; ▶ is beside what Enter works on.
func (p *page) drawBody(c *canvas.Canvas, r canvas.Rect, sh sheet) {
	top := p.top(sh)
	pointed := false
	hit := -1
	if p.hit.key > 0 {
		hit = sh.index(p.hit)
	}
	for y := 0; y < r.Height && top+y < len(sh.rows); y++ {
		row := sh.rows[top+y]
		if row.entry >= 0 && sh.entries[row.entry].key == p.focus && !pointed {
			c.Put(r.X, r.Y+y, 1, canvas.Text(canvas.Strong, "▶"))
			pointed = true
		}
		role := canvas.Found
		if top+y == hit {
			role = canvas.Chosen
		}
		c.Put(r.X+1, r.Y+y, r.Width-1, marked(row.line, p.query, role))
	}
}

// question is where a question is put: over the last lines of the text.
func (p *page) question(r canvas.Rect) (at canvas.Rect, lines []canvas.Line) {
	painter := notebook.NewPainter(notebook.Style{Color: !p.ink.noColor, Language: string(p.language), Files: p.ink.files})
	for _, l := range painter.Blocks(p.asked.Body, max(r.Width-4, leastWidth)) {
		lines = append(lines, onCanvas(l))
	}
	lines = lines[:max(min(len(lines), r.Height-4), 0)]
	height := len(lines) + 4
	return canvas.At(r.X, r.Y+r.Height-height, r.Width, height), lines
}

func (p *page) drawQuestion(c *canvas.Canvas, r canvas.Rect) {
	at, lines := p.question(r)
	c.Blank(at)
	c.Frame(at, askTitle.Fill(p.language, message.Facts{"cell": p.asked.Cell}), true, "")
	for i, l := range lines {
		c.Put(at.X+2, at.Y+1+i, at.Width-4, l)
	}
	c.Put(at.X+2, at.Y+at.Height-2, 1, canvas.Text(canvas.Strong, ">"))
}

// field is where an answer is typed.
func (p *page) field(width, height int) canvas.Rect {
	l := arrange(width, height)
	if p.asked == nil {
		return keys.Field(l.footer, p.prompt)
	}
	at, _ := p.question(l.body)
	return canvas.At(at.X+4, at.Y+at.Height-2, at.Width-6, 1)
}
