package figure

import "fmt"

const (
	plotLeft  = 110 // pixels for the batches' names
	plotWidth = 620
	laneStep  = 20
	dot       = 10
	barHeight = 26 // of the fullest cell
	wordRoom  = 8  // between a mark and what stands beside it
)

func (f arrivalsFigure) paint(c *canvas) {
	c.text(margin, c.y+12, "strong", f.head)
	c.y += lineStep + 10
	left := margin + plotLeft
	place := func(at float64) int { return left + int(at*plotWidth+0.5) }
	top := c.y + 8
	for _, t := range f.ticks {
		c.middle(place(t.at), c.y, "soft small", t.label)
	}
	heights := make([]int, len(f.arrivals))
	foot := top
	for i, a := range f.arrivals {
		heights[i] = f.height(a)
		foot += heights[i]
	}
	c.rect("box", left, top, plotWidth, foot-top, 2)
	y := top
	for i, a := range f.arrivals { // what lies behind, under everything else
		if x := place(a.behind); a.behind > 0 {
			c.rect("past", left, y, x-left, heights[i], 0)
		}
		y += heights[i]
	}
	for _, t := range f.ticks {
		c.line("grid", place(t.at), top, place(t.at), foot)
	}
	f.stair(c, top, heights, place)
	y = top
	for i, a := range f.arrivals {
		c.right(left-8, y+15, "small", fitted(a.label, "small", plotLeft-12))
		f.arrival(c, a, y, place)
		y += heights[i]
	}
	c.y = foot + 10
	f.paintWindows(c, left, place)
	f.paintLegend(c)
	c.grow(left+plotWidth, c.y)
}

// height is what an arrival takes.
func (f arrivalsFigure) height(a arrival) int {
	if a.dense {
		return barHeight + laneStep + 6
	}
	_, count := lanes(f.room(a))
	return max(count, 1)*laneStep + 4
}

// room is what each mark and its word take, in pixels from the plot's left.
func (f arrivalsFigure) room(a arrival) [][2]int {
	var taken [][2]int
	for _, m := range a.marks {
		at, long := int(m.at*plotWidth+0.5), measure(f.beside(m), "small")+wordRoom
		if at+long > plotWidth {
			taken = append(taken, [2]int{at - long, at + dot})
		} else {
			taken = append(taken, [2]int{at - dot/2, at + long + wordRoom})
		}
	}
	return taken
}

// beside is what stands beside a mark.
func (f arrivalsFigure) beside(m mark) string {
	if m.fate == counted {
		return m.word
	}
	return list2(m.word, "("+f.signs[m.fate]+")")
}

// stair is the watermark, batch by batch.
func (f arrivalsFigure) stair(c *canvas, top int, heights []int, place func(float64) int) {
	path, y := "", top
	for i, a := range f.arrivals {
		if a.behind >= 0 {
			if path == "" {
				path = fmt.Sprintf("M%d %d", place(a.behind), y)
			}
			path += fmt.Sprintf("L%d %dL%d %d", place(a.behind), y, place(a.behind), y+heights[i])
		}
		y += heights[i]
	}
	if path != "" {
		fmt.Fprintf(&c.b, "<path class=\"wire\" stroke-width=\"3\" d=\"%s\"/>\n", path)
	}
}

func (f arrivalsFigure) arrival(c *canvas, a arrival, top int, place func(float64) int) {
	switch {
	case a.dense:
		base, first, last := top+barHeight+3, -1, 0
		for i, n := range a.density {
			if n == 0 {
				continue
			}
			if last = i; first < 0 {
				first = i
			}
			x, next := place(float64(i)/cells), place(float64(i+1)/cells)
			high := max(int(n*barHeight/max(f.most, 1)), 2)
			c.rect("mark", x, base-high, next-x-1, high, 0)
			if a.lost[i] > 0 {
				f.sign(c, dropped, (x+next)/2, base+9)
			}
		}
		if first > cells-1-last { // where nothing is drawn
			c.words(place(0)+wordRoom, base+13, "small halo", "start", a.note)
		} else {
			c.words(place(1)-wordRoom, base+13, "small halo", "end", a.note)
		}
	case len(a.marks) == 0:
		if x := place(max(a.behind, 0)); x+wordRoom+measure(a.note, "small") <= place(1) {
			c.words(x+wordRoom, top+15, "soft small", "start", a.note)
		} else {
			c.words(x-wordRoom, top+15, "soft small", "end", a.note)
		}
	default:
		of, _ := lanes(f.room(a))
		for i, m := range a.marks {
			x, y, text := place(m.at), top+of[i]*laneStep+11, f.beside(m)
			f.sign(c, m.fate, x, y)
			if x+wordRoom+measure(text, "small") > place(1) {
				c.words(x-wordRoom, y+4, "small halo", "end", text)
			} else {
				c.words(x+wordRoom, y+4, "small halo", "start", text)
			}
		}
	}
}

// sign draws a mark around a point.
func (f arrivalsFigure) sign(c *canvas, of fate, x, y int) {
	switch of {
	case counted:
		c.rect("mark", x-dot/2, y-dot/2, dot, dot, dot/2)
	case partly:
		c.rect("ring", x-dot/2, y-dot/2, dot, dot, dot/2)
		fmt.Fprintf(&c.b, "<path class=\"mark\" d=\"M%d %dA5 5 0 0 0 %d %dZ\"/>\n", x, y-dot/2, x, y+dot/2)
	case dropped:
		fmt.Fprintf(&c.b, "<path class=\"wire\" stroke-width=\"3\" d=\"M%d %dL%d %dM%d %dL%d %d\"/>\n", x-4, y-4, x+4, y+4, x-4, y+4, x+4, y-4)
	}
}

// paintWindows draws the windows as brackets below the plot.
func (f arrivalsFigure) paintWindows(c *canvas, left int, place func(float64) int) {
	if len(f.windows) == 0 {
		return
	}
	var taken [][2]int
	for _, b := range f.windows {
		taken = append(taken, [2]int{place(b.from), max(place(b.to), place(b.from)+1)})
	}
	of, count := lanes(taken)
	c.right(left-8, c.y+13, "small", f.windowed)
	for i, b := range f.windows {
		x, to, y := taken[i][0], taken[i][1], c.y+of[i]*laneStep
		class := "box"
		if b.closed == "" {
			class = "box off"
		}
		c.rect(class, x+1, y, to-x-2, laneStep-3, 3)
		c.middle((x+to)/2, y+12, "small", b.label(f.open, func(text string) bool { return measure(text, "small") <= to-x-6 }))
	}
	c.y += count*laneStep + 8
}

func (f arrivalsFigure) paintLegend(c *canvas) {
	x := margin
	c.y += 4
	for i, text := range f.signs {
		if !f.seen[i] {
			continue
		}
		f.sign(c, fate(i), x+dot/2, c.y+8)
		c.text(x+dot+6, c.y+12, "soft small", text)
		x += dot + 6 + measure(text, "small") + 24
	}
	c.rect("past", x, c.y, 18, 15, 0)
	fmt.Fprintf(&c.b, "<path class=\"wire\" stroke-width=\"3\" d=\"M%d %dL%d %d\"/>\n", x+18, c.y, x+18, c.y+15)
	c.text(x+26, c.y+12, "soft small", f.behind)
	c.y += lineStep + 4
	for _, line := range f.legend {
		c.text(margin, c.y+10, "soft small", line)
		c.y += lineStep
	}
}
