package view

import "etincelle/tui/canvas"

// The full page needs fullWidth × fullHeight; from wideWidth × wideHeight it
// also has the line of jobs, and the panels show more columns.
const (
	fullWidth, fullHeight = 80, 24
	wideWidth, wideHeight = 100, 30
)

// panels are numbered from 0 here and from 1 on screen.
const (
	lineagePanel = iota
	stagesPanel
	storagePanel
	shufflePanel
	panelCount
)

// layout says where everything goes on a page. An empty rectangle is not drawn.
type layout struct {
	header, jobs     canvas.Rect
	panels           [panelCount]canvas.Rect
	sentence, footer canvas.Rect
	small            bool // not all panels fit: the focused one is alone
}

// body is what the header and the keys leave.
func (l layout) body() canvas.Rect {
	return canvas.At(0, l.header.Height, l.header.Width, l.footer.Y-l.header.Height)
}

// arrange cuts a page. It never refuses: what does not fit is left out, the
// focused panel last.
func arrange(width, height, focus int, zoom bool) layout {
	l := layout{small: width < fullWidth || height < fullHeight}
	l.header = canvas.At(0, 0, width, min(height, 1))
	sentence, footer := 3, 2
	if l.small {
		sentence, footer = min(max(height-7, 0), 3), min(max(height-4, 0), 2)
	}
	top := 1
	if width >= wideWidth && height >= wideHeight {
		l.jobs = canvas.At(0, 1, width, 1)
		top = 2
	}
	bottom := height - sentence - footer
	l.sentence = canvas.At(0, bottom, width, sentence)
	l.footer = canvas.At(0, bottom+sentence, width, footer)
	body := canvas.At(0, top, width, bottom-top)
	if l.small || zoom {
		l.panels[focus] = body
		return l
	}
	left, lower := body.Width/2, max(7, body.Height*2/5)
	lowerLeft := body.Width * 3 / 5
	if body.Width >= wideWidth {
		left, lowerLeft = body.Width*2/5, body.Width/2
	}
	upper := body.Height - lower
	l.panels[lineagePanel] = canvas.At(0, body.Y, left, upper)
	l.panels[stagesPanel] = canvas.At(left, body.Y, body.Width-left, upper)
	l.panels[storagePanel] = canvas.At(0, body.Y+upper, lowerLeft, lower)
	l.panels[shufflePanel] = canvas.At(lowerLeft, body.Y+upper, body.Width-lowerLeft, lower)
	return l
}
