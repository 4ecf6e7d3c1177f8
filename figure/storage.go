package figure

import (
	"fmt"
	"slices"
	"strings"

	"etincelle/engine/event"
	"etincelle/grader/message"
	"etincelle/tui/model"
)

// What each executor keeps when a job has ended: a box each, in it the blocks in
// memory, those on disk, and those that are no longer there, with the reason.

const (
	executorWidth = 316
	executorsWide = 2
	blockWidth    = 92
	blockHeight   = 36
	blockGap      = 8
	blocksWide    = 3
)

// executor is one executor with its words.
type executor struct {
	head, about  string
	lost         bool
	memory, disk string // "memory: 1.2 MiB of 434 MiB"
	share        float64
	shelves      [3][]cell // in memory, on disk, gone
	h            int
}

// cell is one block.
type cell struct{ name, about string }

// Shelves of an executor, and how the blocks on them look.
const (
	inMemory = iota
	onDisk
	gone
)

var shelfClass = [3]string{"memory", "disk", "empty"}

type storageFigure struct {
	head      string
	executors []executor
	datasets  []string
	gone      string // the word
	nothing   string
}

func drawStorage(recording []event.Event, jobs []job, w words) (drawing, []string, error) {
	timeline, err := model.New(recording)
	if err != nil {
		return nil, nil, err
	}
	last := jobs[len(jobs)-1]
	state := timeline.At(endOf(recording, last.Job))
	if n := len(state.Executors); n > maxJobs {
		return nil, nil, fmt.Errorf("found %d executors, expected at most %d in a figure", n, maxJobs)
	}
	f := storageFigure{head: jobHead(last, w), gone: w.say(goneText, nil), nothing: w.say(nothingText, nil)}
	said := []string{f.head + "."}
	for _, x := range state.Executors {
		e := describeExecutor(&state, x, w)
		f.executors = append(f.executors, e)
		said = append(said, w.sentence(e.head, list(e.about, e.memory, e.names(inMemory), e.disk, e.names(onDisk), e.names(gone)))+".")
	}
	for _, id := range state.KeptIDs()[:min(len(state.KeptIDs()), maxJobs)] {
		d := state.Kept[id]
		line := w.say(keptText, message.Facts{"dataset": cut(plain(state.Label(id)), 30), "level": cut(plain(model.Level(d.Level)), 24), "stored": state.Stored(id), "partitions": d.Partitions})
		f.datasets, said = append(f.datasets, line), append(said, line+".")
	}
	return f, said, nil
}

// endOf is the position after the end of the last job of that number.
func endOf(recording []event.Event, job int) int {
	at := slices.IndexFunc(recording, func(e event.Event) bool { _, ends := e.(event.SessionEnd); return ends })
	for i, e := range recording {
		if end, is := e.(event.JobEnd); is && end.Job == job {
			at = i + 1
		}
	}
	if at < 0 {
		return len(recording)
	}
	return at
}

func describeExecutor(state *model.State, x model.Executor, w words) executor {
	memory, disk := state.Used(x.Name)
	e := executor{
		head: w.say(executorText, message.Facts{"executor": cut(plain(x.Name), 20)}), about: w.say(coresText, message.Facts{"cores": x.Cores}), lost: x.Lost,
		memory: w.say(memoryText, message.Facts{"used": model.Bytes(memory), "budget": model.Bytes(x.Budget)}),
		disk:   w.say(diskText, message.Facts{"used": model.Bytes(disk)}),
	}
	if x.Lost {
		e.about = w.say(lostText, message.Facts{"cause": cut(plain(x.Reason), 30)})
	}
	if x.Budget > 0 {
		e.share = min(max(float64(memory)/float64(x.Budget), 0), 1)
	}
	for _, id := range state.KeptIDs() {
		for _, b := range state.BlocksOf(id) {
			if b.Executor == x.Name {
				e.put(b, w)
			}
		}
	}
	e.h = 3*boxPad + 3*lineStep + 12
	for i, shelf := range e.shelves {
		e.h += (len(shelf) + blocksWide - 1) / blocksWide * (blockHeight + blockGap)
		if i == gone && len(shelf) > 0 {
			e.h += lineStep
		}
	}
	return e
}

// put sets a block on its shelf, or on two: part of a block can be on disk.
func (e *executor) put(b model.PlacedBlock, w words) {
	name := fmt.Sprintf("rdd_%d_%d", b.Dataset, b.Partition)
	add := func(shelf int, about string) {
		if len(e.shelves[shelf]) < maxParts {
			e.shelves[shelf] = append(e.shelves[shelf], cell{name, about})
		}
	}
	size := func(bytes int64) string {
		text := model.Bytes(bytes).In(w.language)
		if b.Replica {
			text += " " + w.say(replicaText, nil)
		}
		return text
	}
	switch {
	case b.Gone != "":
		add(gone, reason(b.Gone, w))
	default:
		if b.Memory > 0 || b.Disk == 0 {
			add(inMemory, size(b.Memory))
		}
		if b.Disk > 0 {
			add(onDisk, size(b.Disk))
		}
	}
}

// reason says why a block is gone.
func reason(why string, w words) string {
	known := map[string]message.Text{event.Evicted: evictedText, event.NoRoom: noRoomText, event.Lost: goneLostText}
	if text, is := known[why]; is {
		return w.say(text, nil)
	}
	return cut(plain(why), 16)
}

// names lists the blocks of a shelf.
func (e executor) names(shelf int) string {
	var all []string
	for _, b := range e.shelves[shelf] {
		all = append(all, b.name+" ("+b.about+")")
	}
	return strings.Join(all, " ")
}

func (f storageFigure) paint(c *canvas) {
	c.text(margin, c.y+14, "strong", f.head)
	c.y += lineStep + 8
	for row := range slices.Chunk(f.executors, executorsWide) {
		height := 0
		for i, e := range row {
			f.box(c, e, margin+i*(executorWidth+panelGap), c.y)
			height = max(height, e.h)
		}
		c.y += height + betweenY
	}
	for _, line := range f.datasets {
		c.text(margin, c.y+12, "small", line)
		c.y += lineStep
	}
}

func (f storageFigure) box(c *canvas, e executor, x, y int) {
	class := "box"
	if e.lost {
		class = "box off"
	}
	c.rect(class, x, y, executorWidth, e.h, 6)
	left, wide := x+boxPad, executorWidth-2*boxPad
	y += boxPad + 12
	c.text(left, y, "strong", e.head)
	c.right(left+wide, y, "soft small", fitted(e.about, "small", wide-measure(e.head, "strong")-10))
	y += lineStep
	c.text(left, y, "small", e.memory)
	y += 6
	c.rect("box", left, y, wide, 8, 2)
	if e.share > 0 {
		c.rect("memory", left, y, max(int(e.share*float64(wide)), 1), 8, 2)
	}
	y = f.shelf(c, e, inMemory, left, y+16)
	c.text(left, y+12, "small", e.disk)
	y = f.shelf(c, e, onDisk, left, y+lineStep)
	if len(e.shelves[gone]) > 0 {
		c.text(left, y+12, "soft small", f.gone)
		f.shelf(c, e, gone, left, y+lineStep)
	}
}

// shelf draws blocks in rows, and gives where the next thing begins.
func (f storageFigure) shelf(c *canvas, e executor, shelf, x, y int) int {
	text := "on small"
	if shelf == gone {
		text = "soft small"
	}
	for i, b := range e.shelves[shelf] {
		bx, by := x+i%blocksWide*(blockWidth+blockGap), y+i/blocksWide*(blockHeight+blockGap)
		c.rect(shelfClass[shelf], bx, by, blockWidth, blockHeight, 4)
		c.middle(bx+blockWidth/2, by+15, text, fitted(b.name, "small", blockWidth-4))
		c.middle(bx+blockWidth/2, by+29, text, fitted(b.about, "small", blockWidth-4))
	}
	return y + (len(e.shelves[shelf])+blocksWide-1)/blocksWide*(blockHeight+blockGap)
}

func (f storageFigure) write(s *sheet) {
	s.line("")
	s.line(f.head)
	for _, e := range f.executors {
		lines := append([]string{e.memory}, f.shelved("▣", e.shelves[inMemory])...)
		lines = append(append(lines, e.disk), f.shelved("▤", e.shelves[onDisk])...)
		if len(e.shelves[gone]) > 0 {
			lines = append(append(lines, f.gone), f.shelved("□", e.shelves[gone])...)
		}
		s.box(e.head+" — "+e.about, lines, e.lost)
	}
	for _, line := range f.datasets {
		s.line(line)
	}
}

// shelved lists blocks, a few on a line.
func (f storageFigure) shelved(sign string, blocks []cell) []string {
	if len(blocks) == 0 {
		return []string{"  " + f.nothing}
	}
	var lines []string
	for row := range slices.Chunk(blocks, blocksWide) {
		line := " "
		for _, b := range row {
			line += fmt.Sprintf(" %s %-20s", sign, cut(b.name+" "+b.about, 20))
		}
		lines = append(lines, line)
	}
	return lines
}
