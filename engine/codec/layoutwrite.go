package codec

import (
	"encoding/binary"
	"reflect"
	"unsafe"
)

// header is what a slice is in memory, whatever its elements.
type header struct {
	data     unsafe.Pointer
	len, cap int
}

// appendMemory appends n values of so many bytes as they lie in memory.
func appendMemory(data []byte, values unsafe.Pointer, n int, size uintptr) []byte {
	return append(data, unsafe.Slice((*byte)(values), n*int(size))...)
}

// append writes the value that lies at value behind data.
func (p *plan) append(data []byte, value unsafe.Pointer) (_ []byte, err error) {
	for i := range p.steps {
		s := &p.steps[i]
		part := unsafe.Add(value, s.at)
		switch s.kind {
		case memory:
			data = appendMemory(data, part, 1, s.size)
		case word:
			data = append(data, (*[8]byte)(part)[:]...)
		case flag:
			data = append(data, *(*byte)(part))
		case text:
			t := *(*string)(part)
			data = append(binary.AppendUvarint(data, uint64(len(t))), t...)
		case slice:
			data, err = s.inner.appendSlice(data, *(*header)(part))
		case array:
			data, err = s.inner.appendAll(data, part, s.count)
		case coded:
			data, err = appendCoded(data, reflect.NewAt(s.of, part).Interface())
		}
		if err != nil {
			return nil, err
		}
	}
	return data, nil
}

// appendSlice writes a slice of the plan's values.
func (p *plan) appendSlice(data []byte, h header) ([]byte, error) {
	if h.data == nil {
		return append(data, 0), nil
	}
	data = binary.AppendUvarint(data, uint64(h.len)+1)
	if p.plain() {
		return appendMemory(data, h.data, h.len, p.size), nil
	}
	return p.appendAll(data, h.data, h.len)
}

// appendAll writes n values that lie one behind the other.
func (p *plan) appendAll(data []byte, values unsafe.Pointer, n int) (_ []byte, err error) {
	for i := range n {
		if data, err = p.append(data, unsafe.Add(values, uintptr(i)*p.size)); err != nil {
			return nil, err
		}
	}
	return data, nil
}

// appendCoded writes what v points at by Encode.
func appendCoded(data []byte, v any) ([]byte, error) {
	written, err := Encode(v)
	return append(binary.AppendUvarint(data, uint64(len(written))), written...), err
}
