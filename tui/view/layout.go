package view

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
	header, jobs     rect
	panels           [panelCount]rect
	sentence, footer rect
	small            bool // not all panels fit: the focused one is alone
}

// arrange cuts a page. It never refuses: what does not fit is left out, the
// focused panel last.
func arrange(width, height, focus int, zoom bool) layout {
	l := layout{small: width < fullWidth || height < fullHeight}
	l.header = rect{0, 0, width, min(height, 1)}
	sentence, footer := 3, 2
	if l.small {
		sentence, footer = min(max(height-7, 0), 3), min(max(height-4, 0), 2)
	}
	top := 1
	if width >= wideWidth && height >= wideHeight {
		l.jobs = rect{0, 1, width, 1}
		top = 2
	}
	bottom := height - sentence - footer
	l.sentence = rect{0, bottom, width, sentence}
	l.footer = rect{0, bottom + sentence, width, footer}
	body := rect{0, top, width, bottom - top}
	if l.small || zoom {
		l.panels[focus] = body
		return l
	}
	left, lower := body.width/2, max(7, body.height*2/5)
	lowerLeft := body.width * 3 / 5
	if body.width >= wideWidth {
		left, lowerLeft = body.width*2/5, body.width/2
	}
	upper := body.height - lower
	l.panels[lineagePanel] = rect{0, body.y, left, upper}
	l.panels[stagesPanel] = rect{left, body.y, body.width - left, upper}
	l.panels[storagePanel] = rect{0, body.y + upper, lowerLeft, lower}
	l.panels[shufflePanel] = rect{lowerLeft, body.y + upper, body.width - lowerLeft, lower}
	return l
}
