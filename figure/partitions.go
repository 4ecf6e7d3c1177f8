package figure

import (
	"fmt"
	"maps"
	"slices"

	"etincelle/grader/message"
)

// The rows of each partition of each stage that ran, as bars to one scale for
// the whole figure: stages can be compared with each other, and a bar with the
// mean of its stage.

const (
	panelWidth = 340
	panelLabel = 90 // pixels for "partition 7"
	panelValue = 70 // and for its rows
	panelGap   = 28
	bar        = 14
	barStep    = 20
	panelsWide = 2 // panels beside each other
)

// panel is the partitions of one stage.
type panel struct {
	head, about string
	names       []string // of the bars
	values      []string
	rows        []int64
	mean        float64
	more        string // what was left out, "" when nothing was
}

type partitionsFigure struct {
	heads  []string  // of jobs
	panels [][]panel // by job
	most   int64     // rows of the largest partition of all
	mean   string    // the word
}

func drawPartitions(jobs []job, w words) (drawing, []string) {
	f := partitionsFigure{mean: w.say(meanText, nil)}
	var said []string
	for _, j := range jobs {
		head := jobHead(j, w)
		said = append(said, head+".")
		var panels []panel
		for i, s := range j.Ran {
			if len(j.rows[i].rows) == 0 {
				continue // it did not run
			}
			p := describeSizes(j.rows[i], w)
			p.head = w.say(stageText, message.Facts{"stage": s.ID}) + " — " + p.head
			for k, n := range p.rows {
				f.most = max(f.most, n)
				p.values[k] = message.Number(w.language, n)
			}
			panels = append(panels, p)
			var each []string
			for k := range p.names {
				each = append(each, w.sentence(p.names[k], p.values[k]))
			}
			if rest := list(append(each, p.more, p.about)...); rest != "" {
				said = append(said, w.sentence(p.head, rest)+".")
			} else {
				said = append(said, p.head+".")
			}
		}
		f.heads, f.panels = append(f.heads, head), append(f.panels, panels)
	}
	return f, said
}

// describeSizes puts the sizes of a stage's partitions into words.
func describeSizes(of sizes, w words) panel {
	var p panel
	var total, largest int64
	for _, n := range slices.Sorted(maps.Keys(of.rows)) {
		total, largest = total+of.rows[n], max(largest, of.rows[n])
		if len(p.rows) < maxParts {
			p.names = append(p.names, w.say(partitionText, message.Facts{"partition": n}))
			p.rows = append(p.rows, of.rows[n])
		}
	}
	p.values = make([]string, len(p.rows))
	count := len(of.rows)
	p.mean = float64(total) / float64(count)
	if total == 0 {
		return panel{head: w.say(partitionsText, message.Facts{"partitions": count}) + ", " + w.say(uncountedText, nil)}
	}
	p.head = w.say(partitionsText, message.Facts{"partitions": count}) + ", " + w.rows(total) + " " + w.say(meaningText[of.meaning], nil)
	p.about = w.say(imbalanceText, message.Facts{"ratio": float64(largest) / p.mean})
	if left := count - len(p.rows); left > 0 {
		p.more = w.say(moreText, message.Facts{"more": left})
	}
	return p
}

func (f partitionsFigure) paint(c *canvas) {
	for i, head := range f.heads {
		c.text(margin, c.y+14, "strong", head)
		c.y += lineStep + 8
		for row := range slices.Chunk(f.panels[i], panelsWide) {
			height := 0
			for k, p := range row {
				height = max(height, f.panel(c, p, margin+k*(panelWidth+panelGap), c.y))
			}
			c.y += height + betweenY
		}
	}
}

// panel draws one, and gives its height.
func (f partitionsFigure) panel(c *canvas, p panel, x, top int) int {
	c.text(x, top+12, "small", fitted(p.head, "small", panelWidth))
	y := top + 22
	wide := panelWidth - panelLabel - panelValue
	at, foot := x+panelLabel+f.length(p.mean, wide), y+len(p.rows)*barStep
	if p.mean > 0 {
		c.line("mean", at, top+18, at, foot)
	}
	for i, n := range p.rows {
		c.text(x, y+11, "soft small", fitted(p.names[i], "small", panelLabel))
		length := f.length(float64(n), wide)
		if n > 0 {
			c.rect("mark", x+panelLabel, y, max(length, 1), bar, 2)
		}
		c.text(x+panelLabel+length+6, y+11, "small halo", p.values[i])
		y += barStep
	}
	if p.mean > 0 {
		c.middle(at, y+10, "soft small", f.mean)
		y += 12
	}
	c.text(x, y+14, "soft small", fitted(list(p.more, p.about), "small", panelWidth))
	c.grow(x+panelWidth, y+18)
	return y + 18 - top
}

// length is how long the bar of n rows is.
func (f partitionsFigure) length(n float64, wide int) int {
	if f.most == 0 {
		return 0
	}
	return int(n/float64(f.most)*float64(wide) + 0.5)
}

func (f partitionsFigure) write(s *sheet) {
	const wide = 44
	for i, head := range f.heads {
		s.line("")
		s.line(head)
		for _, p := range f.panels[i] {
			s.line("")
			s.line("  " + p.head)
			for k, n := range p.rows {
				s.line(fmt.Sprintf("  %-14s %s", p.names[k], list2(gauge(n, f.most, wide), p.values[k])))
			}
			for _, rest := range []string{p.more, p.about} {
				if rest != "" {
					s.line("  " + rest)
				}
			}
		}
	}
}

// list2 puts a blank between two parts of which the first may be missing.
func list2(first, second string) string {
	if first == "" {
		return second
	}
	return first + " " + second
}
