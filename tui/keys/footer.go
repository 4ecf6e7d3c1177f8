package keys

import (
	"etincelle/grader/message"
	"etincelle/tui/canvas"
)

// The two lines at the bottom of a screen: the main keys, or in their place what
// is asked or said.

var (
	filterPrompt = message.Both("Filtrer : ", "Filter: ")
	answerKeys   = message.Both("Entrée valider  Échap annuler", "Enter confirm  Esc cancel")
	helpKeys     = message.Both("↓ ↑ choisir  Entrée le faire  Échap fermer", "↓ ↑ choose  Enter do it  Esc close")
)

// Says is what a footer says besides the keys.
type Says struct {
	Prompt string // what is asked, before what the user types
	Help   bool   // the prompt filters the page of keys
	Notice string // said once, in the place of the first line
}

// FilterPrompt is what is asked on the page of keys.
func FilterPrompt(l message.Language) string { return filterPrompt.In(l) }

// DrawFooter draws the keys, as many as fit without cutting one.
func DrawFooter[S any](c *canvas.Canvas, r canvas.Rect, actions []Action[S], l message.Language, small bool, says Says) {
	if r.Empty() {
		return
	}
	rows := footer(actions, l, r.Width-1, small)
	switch {
	case says.Help:
		rows = [2]canvas.Line{canvas.Text(canvas.Strong, says.Prompt), canvas.Text(canvas.Faint, helpKeys.In(l))}
	case says.Prompt != "":
		rows = [2]canvas.Line{canvas.Text(canvas.Strong, says.Prompt), canvas.Text(canvas.Faint, answerKeys.In(l))}
	case says.Notice != "":
		rows[0] = canvas.Text(canvas.Strong, says.Notice)
	}
	for i, row := range rows[:min(len(rows), r.Height)] {
		c.Put(r.X+1, r.Y+i, r.Width-1, row)
	}
}

// Field is where the answer to a prompt is typed, in a footer.
func Field(r canvas.Rect, prompt string) canvas.Rect {
	label := min(canvas.Columns(prompt)+1, r.Width)
	return canvas.At(r.X+label, r.Y, r.Width-label, 1)
}

// footer lays the keys out on two lines of n columns; in a small window the
// first ones on the second line, for the first has something to say.
func footer[S any](actions []Action[S], l message.Language, n int, small bool) [2]canvas.Line {
	var rows [2]canvas.Line
	for _, a := range actions {
		if a.Brief == (message.Text{}) || small && !a.First {
			continue
		}
		if small {
			a.Row = 1
		}
		item := canvas.Line{canvas.Say(canvas.Strong, a.Shown.In(l)), canvas.Say(canvas.Normal, " "+a.Brief.In(l))}
		row := &rows[a.Row]
		if len(*row) > 0 {
			item = append(canvas.Line{canvas.Say(canvas.Normal, "  ")}, item...)
		}
		if row.Columns()+item.Columns() <= n {
			*row = append(*row, item...)
		}
	}
	return rows
}
