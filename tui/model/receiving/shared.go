package receiving

import (
	"iter"
	"maps"
	"slices"
	"time"
)

// What many states of one recording share. A state is looked at from each position, and
// some dozens are kept; a program of ten thousand batches has a hundred thousand blocks.
// So copies share what neither has changed: a page of batches, a stretch of blocks. Each
// is changed in place by its owner alone; anyone else copies it first.

// owner is who may change what bears its mark. It has a size, so that no two are alike.
type owner struct{ _ byte }

// pageLen is how many batches are copied when one of them changes.
const pageLen = 64

// Batches are those of a program, in the order in which they were formed.
type Batches struct {
	pages      []*page
	times      []int64 // of each
	unfinished []int64 // times of those that are due and not over
	mine       *owner
}

type page struct {
	owner   *owner
	batches []Batch
}

// clone is a copy that changes on its own. The original must change no more.
func (l Batches) clone() Batches {
	return Batches{slices.Clone(l.pages), slices.Clip(l.times), slices.Clone(l.unfinished), &owner{}}
}

// Len counts them.
func (l *Batches) Len() int { return len(l.times) }

// All are they, from the first formed to the last. They are not to be changed.
func (l *Batches) All() iter.Seq[*Batch] {
	return func(yield func(*Batch) bool) {
		for i := range l.times {
			if !yield(l.at(i)) {
				return
			}
		}
	}
}

func (l *Batches) at(i int) *Batch { return &l.pages[i/pageLen].batches[i%pageLen] }

// index is where a batch is, -1 when there is none of that time.
func (l *Batches) index(at int64) int {
	if i, found := slices.BinarySearch(l.times, at); found { // they are in order but for those of a driver that came back
		return i
	}
	return slices.Index(l.times, at)
}

// change changes a batch; one that is new is added.
func (l *Batches) change(at int64, change func(*Batch)) {
	i := l.index(at)
	if i < 0 {
		i = len(l.times)
		l.times = append(l.times, at)
		if i%pageLen == 0 {
			l.pages = append(l.pages, &page{owner: l.mine})
		}
	}
	p := l.pages[i/pageLen]
	if p.owner != l.mine {
		p = &page{l.mine, slices.Clone(p.batches)}
		l.pages[i/pageLen] = p
	}
	if i%pageLen == len(p.batches) {
		p.batches = append(p.batches, Batch{Time: at})
	}
	b := &p.batches[i%pageLen]
	change(b)
	known := slices.Index(l.unfinished, at)
	switch waits := b.unfinished(); {
	case waits && known < 0:
		l.unfinished = append(l.unfinished, at)
	case !waits && known >= 0:
		l.unfinished = slices.Delete(l.unfinished, known, known+1)
	}
}

// stretchLen is the time whose blocks are copied when one of them changes, in the
// milliseconds of their numbers.
const stretchLen = int(16 * time.Second / time.Millisecond)

// Blocks are all blocks of a recording.
type Blocks struct {
	stretches map[int]*stretch
	loose     map[BlockID]struct{} // those of no batch
	n         int
	mine      *owner
}

type stretch struct {
	owner  *owner
	blocks map[BlockID]Block
}

func noBlocks() Blocks {
	return Blocks{stretches: map[int]*stretch{}, loose: map[BlockID]struct{}{}, mine: &owner{}}
}

// clone is a copy that changes on its own. The original must change no more.
func (l Blocks) clone() Blocks {
	return Blocks{maps.Clone(l.stretches), maps.Clone(l.loose), l.n, &owner{}}
}

func (l *Blocks) get(id BlockID) (b Block, found bool) {
	if s := l.stretches[id.Number/stretchLen]; s != nil {
		b, found = s.blocks[id]
	}
	return b, found
}

func (l *Blocks) put(b Block) {
	at := b.ID.Number / stretchLen
	s := l.stretches[at]
	switch {
	case s == nil:
		s = &stretch{l.mine, map[BlockID]Block{}}
		l.stretches[at] = s
	case s.owner != l.mine:
		s = &stretch{l.mine, maps.Clone(s.blocks)}
		l.stretches[at] = s
	}
	before := len(s.blocks)
	s.blocks[b.ID] = b
	l.n += len(s.blocks) - before
	if b.Batch == 0 {
		l.loose[b.ID] = struct{}{}
	} else {
		delete(l.loose, b.ID)
	}
}
