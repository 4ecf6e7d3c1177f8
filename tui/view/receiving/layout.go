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
	programPanel
	whyPanel
	panelCount
)

// layout says where everything goes on a page. An empty rectangle is not drawn.
type layout struct {
	header, sentence, footer canvas.Rect
	panels                   [panelCount]canvas.Rect
	small                    bool
}

// arrange cuts a page. It never refuses: what does not fit is left out, the focused
// panel last.
func arrange(width, height, focus int, zoom bool) layout {
	l := layout{small: width < fullWidth || height < fullHeight}
	l.header = canvas.At(0, 0, width, min(height, 1))
	sentence, footer := 2, 2
	if l.small {
		sentence, footer = min(max(height-7, 0), 2), min(max(height-4, 0), 2)
	}
	bottom := height - sentence - footer
	l.sentence = canvas.At(0, bottom, width, sentence)
	l.footer = canvas.At(0, bottom+sentence, width, footer)
	body := canvas.At(0, 1, width, bottom-1)
	if l.small || zoom {
		l.panels[focus] = body
		return l
	}
	upper, lower := body.Height/3, body.Height/3
	middle := body.Height - upper - lower
	left := width * 3 / 5
	l.panels[batchPanel] = canvas.At(0, 1+upper, width, middle)
	l.panels[receiverPanel] = canvas.At(0, 1, left, upper)
	l.panels[executorPanel] = canvas.At(left, 1, width-left, upper)
	l.panels[programPanel] = canvas.At(0, 1+upper+middle, width, lower)
	if width >= wideWidth && height >= wideHeight || focus == whyPanel {
		l.panels[programPanel].Width = width / 2
		l.panels[whyPanel] = canvas.At(width/2, 1+upper+middle, width-width/2, lower)
	}
	return l
}
