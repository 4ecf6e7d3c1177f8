package rdd

import (
	"iter"
	"reflect"
	"slices"

	"etincelle/engine"
	"etincelle/engine/storage"
)

// Rows of equal keys are brought together in two steps. They are gathered as
// they come; when there are too many for the processor's cache, or for the
// workspace, they are cut into parts by the hash of their key, so that all rows
// of a key are in one part; then each part is dealt with alone. A part that is
// still too large is cut again, by further bits of the hash.
//
// Keys come out part by part, and within a part in the order in which they were
// first seen. Few rows are one part. (Spark's order is that of its hash map: no
// program may count on either.)

const (
	fanOut  = 64      // parts of a cut
	cutBits = 6       // of the hash, for each cut
	deepest = 4       // cuts; rows that are together then have one hash, or nearly
	manyRow = 1 << 15 // rows beyond which a cut saves time
)

// gathered is rows, cut by key or not yet.
type gathered[K comparable, V any] struct {
	*buckets[Pair[K, V]]
	hash  func(K) int32 // Spark's: the same in every run, so the order of parts is too
	level int           // cuts that these rows have been through
	taken int           // rows, while they are not cut
}

func newGathered[K comparable, V any](work *engine.Workspace, level int) *gathered[K, V] {
	return &gathered[K, V]{buckets: newBuckets[Pair[K, V]](work, 1), hash: hasher[K](), level: level}
}

// gatherAll takes in all rows.
func gatherAll[K comparable, V any](work *engine.Workspace, rows iter.Seq[Pair[K, V]]) *gathered[K, V] {
	g := newGathered[K, V](work, 0)
	for row := range rows {
		g.take(row)
	}
	g.closeAll()
	return g
}

func (g *gathered[K, V]) take(row Pair[K, V]) {
	if len(g.open) == 1 {
		g.add(0, row)
		if g.taken++; g.taken == manyRow {
			g.cut()
		}
		return
	}
	g.add(g.part(row.Key), row)
}

// part is the part of a key: six bits of its hash, others at each level.
func (g *gathered[K, V]) part(k K) int {
	h := murmurEnd(uint32(g.hash(k)), g.level)
	return int(h >> (32 - cutBits))
}

// cut cuts the rows into parts.
func (g *gathered[K, V]) cut() {
	if len(g.open) > 1 {
		return
	}
	g.closeAll()
	whole := g.buckets
	g.buckets = newBuckets[Pair[K, V]](g.work, fanOut)
	whole.each(0, func(rows []Pair[K, V]) bool {
		for _, row := range rows {
			g.add(g.part(row.Key), row)
		}
		return true
	})
	whole.letGo()
}

// side is what code that does not know the types can do with gathered rows.
type side interface {
	rest() *parts
	isCut() bool
	cut()
	closeAll()
	sub(part int) side // the rows of a part, to be cut again
}

func (g *gathered[K, V]) rest() *parts { return g.parts }
func (g *gathered[K, V]) isCut() bool  { return len(g.open) > 1 }

func (g *gathered[K, V]) sub(part int) side {
	one := newGathered[K, V](g.work, g.level+1)
	one.move(g.parts, part)
	return one
}

// move moves a part of from here, as the only one.
func (p *parts) move(from *parts, part int) {
	p.full[0], p.held[0] = from.full[part], from.held[part]
	from.full[part].Chunks, from.held[part] = nil, 0
}

// workingSize is how many times its rows' bytes a part takes while it is dealt with.
const workingSize = 3

// eachPart gives the parts of one or several sides to visit, those of the same
// keys together, cut until they are small. It ends early when visit returns false.
func eachPart(sides []side, level int, visit func([]side) bool) bool {
	if !anyCut(sides) && (level == deepest || small(sides)) {
		sides[0].rest().work.Task().Look()
		more := visit(sides)
		for _, s := range sides {
			s.rest().letGo()
		}
		return more
	}
	for _, s := range sides {
		s.cut()
		s.closeAll()
	}
	for p := range fanOut {
		part := make([]side, len(sides))
		for i, s := range sides {
			part[i] = s.sub(p)
		}
		if !eachPart(part, level+1, visit) {
			return false
		}
	}
	return true
}

func anyCut(sides []side) bool { return slices.ContainsFunc(sides, side.isCut) }

// small reports whether the rows of all sides can be dealt with at once. That
// depends on the rows and on the session's settings alone, not on what else the
// executor holds: keys must come in the same order when they are gathered again.
func small(sides []side) bool {
	var rows, bytes int64
	for _, s := range sides {
		rows += s.rest().full[0].Rows
		bytes += s.rest().whole()
	}
	return rows <= 1 || workingSize*bytes <= sides[0].rest().work.Share()
}

// whole is the bytes that the rows of the only part take in memory: evenly spaced
// ones are looked at.
func (p *parts) whole() int64 {
	rows := p.full[0].Rows
	sum := rows * int64(p.row.Size())
	if storage.Flat(p.row) || rows == 0 {
		return sum
	}
	const looked = 100
	step := max(rows/looked, 1)
	var at, some int64
	p.work.Rows(p.row, p.full[0], func(chunk any) bool {
		v := reflect.ValueOf(chunk)
		for ; at < int64(v.Len()); at += step {
			some += beyondRow(p.row, v.Slice(int(at), int(at)+1).Interface())
		}
		at -= int64(v.Len())
		return true
	})
	return sum + some*step
}
