package codec

import (
	"reflect"
	"unsafe"
)

// A plan is how the values of one type are written: steps, in the order of the
// fields. Structs inside structs leave no trace, their fields are steps of the
// outer one's plan.
type plan struct {
	steps []step
	size  uintptr // of a value in memory
	least int     // bytes that a value takes when written, at least; 0 only for a size of 0
}

type step struct {
	kind  stepKind
	at    uintptr        // where in the value
	size  uintptr        // memory, word: bytes
	count int            // array: elements
	inner *plan          // array, slice: of an element
	of    reflect.Type   // slice, coded: the type
	empty unsafe.Pointer // slice: what an empty one points at
	slot  int            // slice: number among the layout's slice steps
}

type stepKind uint8

const (
	memory stepKind = iota
	word            // 8 bytes of memory, the most frequent of all
	flag            // a bool: not memory, since a bool that is neither 0 nor 1 breaks a program
	text
	slice
	array
	coded // by Encode
)

// plain reports whether the values are their memory.
func (p *plan) plain() bool {
	return len(p.steps) == 0 || len(p.steps) == 1 && p.steps[0].kind <= word && p.steps[0].size == p.size
}

// planOf plans type t. path is its name for messages.
func (l *Layout) planOf(t reflect.Type, path string) (*plan, error) {
	p := &plan{size: t.Size()}
	if err := l.add(p, t, 0, path); err != nil {
		return nil, err
	}
	if len(p.steps) == 1 && p.steps[0].kind == memory {
		p.steps[0].size = p.size // the decisive line: with the padding behind it, all is memory
	}
	for i := range p.steps {
		s := &p.steps[i]
		switch s.kind {
		case memory:
			p.least += int(s.size)
			if s.size == 8 {
				s.kind = word
			}
		case array:
			p.least += s.count * s.inner.least
		default:
			p.least++
		}
	}
	return p, nil
}

// add plans a part of type t that begins at byte at.
func (l *Layout) add(p *plan, t reflect.Type, at uintptr, path string) error {
	if writesItself(t) {
		return l.addCoded(p, t, at, path)
	}
	switch t.Kind() {
	case reflect.Bool:
		p.steps = append(p.steps, step{kind: flag, at: at})
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64,
		reflect.Float32, reflect.Float64, reflect.Complex64, reflect.Complex128:
		p.addMemory(at, t.Size())
	case reflect.String:
		l.text = true
		p.steps = append(p.steps, step{kind: text, at: at})
	case reflect.Struct:
		for i := range t.NumField() {
			f := t.Field(i)
			if err := l.add(p, f.Type, at+f.Offset, path+"."+f.Name); err != nil {
				return err
			}
		}
	case reflect.Array:
		return l.addArray(p, t, at, path)
	case reflect.Slice:
		slot := l.slices
		l.slices++
		inner, err := l.planOf(t.Elem(), path+" element")
		empty := reflect.MakeSlice(t, 0, 0).UnsafePointer()
		p.steps = append(p.steps, step{kind: slice, at: at, inner: inner, of: t, empty: empty, slot: slot})
		return err
	default:
		return l.addCoded(p, t, at, path)
	}
	return nil
}

// addMemory joins memory to memory when nothing but padding lies between.
func (p *plan) addMemory(at, size uintptr) {
	if size == 0 {
		return
	}
	if n := len(p.steps); n > 0 && p.steps[n-1].kind == memory {
		p.steps[n-1].size = at + size - p.steps[n-1].at
		return
	}
	p.steps = append(p.steps, step{kind: memory, at: at, size: size})
}

func (l *Layout) addArray(p *plan, t reflect.Type, at uintptr, path string) error {
	inner, err := l.planOf(t.Elem(), path+" element")
	if err != nil {
		return err
	}
	switch {
	case inner.plain():
		p.addMemory(at, t.Size())
	case t.Len() > 0:
		p.steps = append(p.steps, step{kind: array, at: at, count: t.Len(), inner: inner})
	}
	return nil
}

// addCoded leaves a part to Encode, which knows no complex numbers.
func (l *Layout) addCoded(p *plan, t reflect.Type, at uintptr, path string) error {
	p.steps = append(p.steps, step{kind: coded, at: at, of: t})
	return checking{}.check(t, path)
}
