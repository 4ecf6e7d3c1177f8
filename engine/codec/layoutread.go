package codec

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"reflect"
	"unsafe"
)

// reading is one Read under way.
type reading struct {
	data   []byte
	text   string // a copy of data, when there are strings to be cut from it
	at     int    // data[:at] is read
	arenas []arena
}

// arena is an array from which the short slices of one step are cut: to ask the
// allocator for each would cost more than all the rest.
type arena struct {
	elements  unsafe.Pointer
	used, len int
}

// arenaBytes is the size of an arena. Slices of a quarter of it and more have
// arrays of their own.
const arenaBytes = 8 << 10

var (
	errCut    = errors.New("a value is cut off")
	errLength = errors.New("a length is not a number")
)

// values reads n values of p to where they will lie, one behind the other.
func (d *reading) values(p *plan, values unsafe.Pointer, n int) error {
	if p.plain() {
		return d.memory(values, n*int(p.size))
	}
	for i := range n {
		if err := d.value(p, unsafe.Add(values, uintptr(i)*p.size)); err != nil {
			return fmt.Errorf("element %d: %w", i, err)
		}
	}
	return nil
}

// memory reads so many bytes of memory.
func (d *reading) memory(to unsafe.Pointer, size int) error {
	if size > len(d.data)-d.at {
		return errCut
	}
	copy(unsafe.Slice((*byte)(to), size), d.data[d.at:])
	d.at += size
	return nil
}

// value reads a value to where it will lie.
func (d *reading) value(p *plan, value unsafe.Pointer) (err error) {
	for i := range p.steps {
		s := &p.steps[i]
		part := unsafe.Add(value, s.at)
		switch s.kind {
		case memory:
			err = d.memory(part, int(s.size))
		case word:
			if len(d.data)-d.at < 8 {
				return errCut
			}
			*(*[8]byte)(part) = [8]byte(d.data[d.at:])
			d.at += 8
		case flag:
			err = d.flag((*bool)(part))
		case text:
			var n int
			if n, err = d.length(); err == nil {
				*(*string)(part) = d.text[d.at : d.at+n]
				d.at += n
			}
		case slice:
			err = d.slice(s, (*header)(part))
		case array:
			err = d.values(s.inner, part, s.count)
		case coded:
			var n int
			if n, err = d.length(); err == nil {
				err = Decode(d.data[d.at:d.at+n], reflect.NewAt(s.of, part).Interface())
				d.at += n
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (d *reading) flag(to *bool) error {
	if d.at == len(d.data) {
		return errCut
	}
	b := d.data[d.at]
	if b > 1 {
		return fmt.Errorf("byte %d is %d, where a bool is 0 or 1", d.at, b)
	}
	*to = b == 1
	d.at++
	return nil
}

// number reads a uvarint.
func (d *reading) number() (uint64, error) {
	if d.at < len(d.data) && d.data[d.at] < 0x80 {
		d.at++
		return uint64(d.data[d.at-1]), nil
	}
	n, size := binary.Uvarint(d.data[d.at:])
	if size <= 0 {
		return 0, errLength
	}
	d.at += size
	return n, nil
}

// length reads the length of so many bytes that follow.
func (d *reading) length() (int, error) {
	n, err := d.number()
	if err == nil && n > uint64(len(d.data)-d.at) {
		err = fmt.Errorf("%d bytes were expected from byte %d on: %w", n, d.at, errCut)
	}
	return int(n), err
}

// slice reads a slice's length and its elements.
func (d *reading) slice(s *step, to *header) error {
	n, err := d.number()
	if err != nil || n == 0 {
		return err // nil: the memory of a new row is zero
	}
	n--
	room := uint64(math.MaxInt)
	if s.inner.least > 0 {
		room = uint64((len(d.data) - d.at) / s.inner.least)
	}
	if n > room {
		return fmt.Errorf("%d elements of a %s were expected from byte %d on: %w", n, s.of, d.at, errCut)
	}
	to.data, to.len, to.cap = d.room(s, int(n)), int(n), int(n)
	return d.values(s.inner, to.data, int(n))
}

// room returns zeroed memory for n elements of slice step s. The rest of data
// could hold them.
func (d *reading) room(s *step, n int) unsafe.Pointer {
	size := int(s.inner.size)
	if n == 0 || size == 0 {
		return s.empty
	}
	a := &d.arenas[s.slot]
	if n > a.len-a.used {
		if n >= arenaBytes/4/size {
			return reflect.MakeSlice(s.of, n, n).UnsafePointer()
		}
		a.used, a.len = 0, min(arenaBytes/size, (len(d.data)-d.at)/s.inner.least)
		a.elements = reflect.MakeSlice(s.of, a.len, a.len).UnsafePointer()
	}
	a.used += n
	return unsafe.Add(a.elements, (a.used-n)*size)
}
