package receiving

import "etincelle/tui/canvas"

// The full page needs fullWidth × fullHeight; from wideWidth × wideHeight the
// sentences have a panel of their own.
const (
	fullWidth, fullHeight = 80, 24
	wideWidth, wideHeight = 110, 32
)

// panels are numbered from 0 here and from 1 on screen.
const (
	receiverPanel = iota
	batchPanel
	executorPanel
	resultPanel
	programPanel
	whyPanel
	panelCount
)

// layout says where everything goes on a page. An empty rectangle is not drawn.
type layout struct {
	header, queue, sentence, footer canvas.Rect
	panels                          [panelCount]canvas.Rect
	small                           bool
}

// arrange cuts a page. It never refuses: what does not fit is left out, the focused
// panel last.
func arrange(width, height, focus int, zoom bool) layout {
	l := layout{small: width < fullWidth || height < fullHeight}
	l.header = canvas.At(0, 0, width, min(height, 1))
	sentence, footer := 2, 2
	if l.small {
		sentence, footer = min(max(height-7, 0), 2), min(max(height-4, 0), 2)
	} else {
		l.queue = canvas.At(0, 1, width, 1)
	}
	top := l.header.Height + l.queue.Height
	bottom := height - sentence - footer
	l.sentence = canvas.At(0, bottom, width, sentence)
	l.footer = canvas.At(0, bottom+sentence, width, footer)
	body := canvas.At(0, top, width, bottom-top)
	if l.small || zoom {
		l.panels[focus] = body
		return l
	}
	upper := body.Height / 3
	lower := upper
	middle := body.Height - upper - lower
	left := width * 3 / 5
	l.panels[receiverPanel] = canvas.At(0, top, left, upper)
	l.panels[executorPanel] = canvas.At(left, top, width-left, upper)
	l.panels[batchPanel] = canvas.At(0, top+upper, width, middle)
	below := top + upper + middle
	if width < wideWidth || height < wideHeight {
		result := width * 2 / 5
		right := programPanel
		if focus == whyPanel {
			right = whyPanel
		}
		l.panels[resultPanel] = canvas.At(0, below, result, lower)
		l.panels[right] = canvas.At(result, below, width-result, lower)
		return l
	}
	result, program := width*3/10, width*7/20
	l.panels[resultPanel] = canvas.At(0, below, result, lower)
	l.panels[programPanel] = canvas.At(result, below, program, lower)
	l.panels[whyPanel] = canvas.At(result+program, below, width-result-program, lower)
	return l
}
