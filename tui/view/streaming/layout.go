package streaming

import "etincelle/tui/canvas"

// The full page needs fullWidth × fullHeight; from wideWidth × wideHeight the three
// outputs and the sentences have panels of their own.
const (
	fullWidth, fullHeight = 80, 24
	wideWidth, wideHeight = 112, 34
)

// panels are numbered from 0 here and from 1 on screen.
const (
	timePanel = iota
	statePanel
	whyPanel
	outputPanel
	panelCount
)

// layout says where everything goes on a page. An empty rectangle is not drawn.
type layout struct {
	header, batches  canvas.Rect
	panels           [panelCount]canvas.Rect
	outputs          []canvas.Rect // one a mode; on a narrow page the one of the mode in focus
	sentence, footer canvas.Rect
	small, wide      bool
}

// arrange cuts a page for so many modes. It never refuses: what does not fit is
// left out, the focused panel last.
func arrange(width, height, modes, focus int, zoom bool) layout {
	l := layout{small: width < fullWidth || height < fullHeight, wide: width >= wideWidth && height >= wideHeight}
	l.header = canvas.At(0, 0, width, min(height, 1))
	sentence, footer, top := 2, 2, 1
	if l.small {
		sentence, footer = min(max(height-7, 0), 2), min(max(height-4, 0), 2)
	}
	if l.wide {
		l.batches, top = canvas.At(0, 1, width, 1), 2
	}
	bottom := height - sentence - footer
	l.sentence = canvas.At(0, bottom, width, sentence)
	l.footer = canvas.At(0, bottom+sentence, width, footer)
	body := canvas.At(0, top, width, bottom-top)
	if l.small || zoom {
		l.panels[focus] = body
		l.cutOutputs(body, modes, width >= wideWidth)
		if focus != outputPanel {
			l.outputs = nil
		}
		return l
	}
	if l.wide {
		l.wideBody(body, modes)
		return l
	}
	upper := (body.Height + 1) / 2
	l.panels[timePanel] = canvas.At(0, body.Y, width, upper)
	l.panels[statePanel] = canvas.At(0, body.Y+upper, width/2, body.Height-upper)
	right := canvas.At(width/2, body.Y+upper, width-width/2, body.Height-upper)
	if focus == whyPanel { // it takes the place of the output
		l.panels[whyPanel] = right
		return l
	}
	l.panels[outputPanel] = right
	l.cutOutputs(right, modes, false)
	return l
}

// body is what the header and the keys leave.
func (l layout) body() canvas.Rect {
	return canvas.At(0, l.header.Height, l.header.Width, l.footer.Y-l.header.Height)
}

// wideBody: time above, state and why in the middle, the outputs below.
func (l *layout) wideBody(body canvas.Rect, modes int) {
	width := body.Width
	upper, lower := body.Height*11/30, max(body.Height*9/30, 8)
	middle := body.Height - upper - lower
	l.panels[timePanel] = canvas.At(0, body.Y, width, upper)
	l.panels[statePanel] = canvas.At(0, body.Y+upper, width/2, middle)
	l.panels[whyPanel] = canvas.At(width/2, body.Y+upper, width-width/2, middle)
	l.panels[outputPanel] = canvas.At(0, body.Y+upper+middle, width, lower)
	l.cutOutputs(l.panels[outputPanel], modes, true)
}

// cutOutputs puts the modes side by side, or leaves all the room to one.
func (l *layout) cutOutputs(r canvas.Rect, modes int, beside bool) {
	if !beside || modes < 2 {
		l.outputs = []canvas.Rect{r}
		return
	}
	for i := range modes {
		from, to := r.Width*i/modes, r.Width*(i+1)/modes
		l.outputs = append(l.outputs, canvas.At(r.X+from, r.Y, to-from, r.Height))
	}
}
