package rdd

import (
	"reflect"
	"time"
)

// Spark sends a zero to each task, and rows through a shuffle, as bytes: every
// reader has a value of its own, and functions may change their first argument
// (a map, a slice) instead of making a new one. Here values stay in one memory,
// so those that will be read again are copied first.

// copier returns a function that copies a T and all that it refers to. A type
// that refers to nothing that can change is given back as it is.
func copier[T any]() func(T) T {
	if unchanging(reflect.TypeFor[T]()) {
		return func(v T) T { return v }
	}
	return func(v T) T {
		deepen(reflect.ValueOf(&v).Elem(), map[uintptr]reflect.Value{})
		return v
	}
}

// own is a copy of a slice, of its elements, and of all that they refer to.
func own(slice any) any {
	copies := map[uintptr]reflect.Value{}
	if v := reflect.ValueOf(slice); !v.IsNil() {
		return copied(v, copies).Interface()
	}
	return slice
}

// unchanging reports whether two values of t share nothing that can change. Of
// functions and channels there is no copy.
func unchanging(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Pointer, reflect.Map, reflect.Slice, reflect.Interface:
		return false
	case reflect.Array:
		return unchanging(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			if t != reflect.TypeFor[time.Time]() && !unchanging(t.Field(i).Type) { // a time refers to its zone, which stays
				return false
			}
		}
	}
	return true
}

// deepen replaces what v, which can be set, refers to by copies. copies holds
// those made so far, by address: two pointers to one value stay so, and a ring
// has an end.
func deepen(v reflect.Value, copies map[uintptr]reflect.Value) {
	if unchanging(v.Type()) {
		return
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Map, reflect.Slice, reflect.Interface:
		if !v.IsNil() {
			v.Set(copied(v, copies))
		}
	case reflect.Array:
		deepenAll(v, copies)
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Field(i)
			// The decisive line: through its address a field can be set, exported or not.
			deepen(reflect.NewAt(f.Type(), f.Addr().UnsafePointer()).Elem(), copies)
		}
	}
}

// deepenAll is deepen for every element of an array or slice.
func deepenAll(v reflect.Value, copies map[uintptr]reflect.Value) {
	if unchanging(v.Type().Elem()) {
		return
	}
	for i := range v.Len() {
		deepen(v.Index(i), copies)
	}
}

// copied is a copy of a pointer, map, slice or interface that is not nil.
func copied(v reflect.Value, copies map[uintptr]reflect.Value) reflect.Value {
	switch v.Kind() {
	case reflect.Pointer:
		if made, again := copies[v.Pointer()]; again && made.Type() == v.Type() {
			return made
		}
		made := settable(v.Elem()).Addr().Convert(v.Type())
		copies[v.Pointer()] = made
		deepen(made.Elem(), copies)
		return made
	case reflect.Interface:
		made := settable(v.Elem())
		deepen(made, copies)
		return made
	case reflect.Slice:
		made := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(made, v)
		deepenAll(made, copies)
		return made
	}
	made := reflect.MakeMapWithSize(v.Type(), v.Len())
	for it := v.MapRange(); it.Next(); {
		value := settable(it.Value())
		deepen(value, copies)
		made.SetMapIndex(it.Key(), value)
	}
	return made
}

// settable is a variable that holds v.
func settable(v reflect.Value) reflect.Value {
	variable := reflect.New(v.Type()).Elem()
	variable.Set(v)
	return variable
}
