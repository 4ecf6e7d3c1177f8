package codec

import (
	"encoding"
	"fmt"
	"reflect"
	"strings"
)

// Check reports whether values of type t survive the round trip. What would
// not come back (unexported fields, functions, channels, bare interfaces,
// fields hidden by others or by a tag) is refused by name, before anything is
// stored. So is a type that contains itself: a value of it may have no end.
func Check(t reflect.Type) error { return checking{}.check(t, t.String()) }

// checking holds the types looked at so far: false while one is under way.
type checking map[reflect.Type]bool

func (c checking) check(t reflect.Type, path string) error {
	done, seen := c[t]
	switch {
	case done:
		return nil
	case seen:
		return fmt.Errorf("%s is a %s inside a %s, and a value that contains itself has no end to be written: refer to it by a key", path, t, t)
	}
	c[t] = false
	if err := c.parts(t, path); err != nil {
		return err
	}
	c[t] = true
	return nil
}

// parts checks what t is made of.
func (c checking) parts(t reflect.Type, path string) error {
	switch {
	case t.Kind() == reflect.Struct && embedded(t) != "":
		return fmt.Errorf("%s.%s is embedded and says itself how it is written, which hides the fields around it: give the field a name", path, embedded(t))
	case writesItself(t):
		return nil
	}
	switch t.Kind() {
	case reflect.Func, reflect.Chan, reflect.UnsafePointer, reflect.Complex64, reflect.Complex128, reflect.Uintptr:
		return fmt.Errorf("%s is a %s, which cannot be written out: keep such values out of the rows, or persist with a level that keeps Go values in memory", path, t.Kind())
	case reflect.Interface:
		return fmt.Errorf("%s is an interface (%s), whose type would be lost when it is written out: use a concrete type", path, t)
	case reflect.Pointer:
		switch t.Elem().Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Map:
			return fmt.Errorf("%s is a %s, of which nil and a pointer to nil are written alike: drop the pointer", path, t)
		}
		return c.check(t.Elem(), path+" element")
	case reflect.Slice, reflect.Array:
		return c.check(t.Elem(), path+" element")
	case reflect.Map:
		if err := c.check(t.Key(), path+" key"); err != nil {
			return err
		}
		return c.check(t.Elem(), path+" value")
	case reflect.Struct:
		return c.fields(t, path)
	}
	return nil
}

// fields checks a struct's fields: what each is made of, and that all are written.
func (c checking) fields(t reflect.Type, path string) error {
	for i := range t.NumField() {
		f := t.Field(i)
		at := path + "." + f.Name
		if !f.IsExported() {
			return fmt.Errorf("%s is not exported, so it would be lost when it is written out: begin its name with a capital letter", at)
		}
		if tag(f) == "-" {
			return fmt.Errorf("%s would be lost when it is written out, because its tag says \"-\": take the tag off", at)
		}
		if err := c.check(f.Type, at); err != nil {
			return err
		}
	}
	return distinct(t, path, map[string]string{})
}

// distinct refuses two fields that would be written under one name. The fields
// of an embedded struct are written beside the others, as encoding/json does,
// so names, who has taken which, is shared with it.
func distinct(t reflect.Type, path string, names map[string]string) error {
	for i := range t.NumField() {
		f := t.Field(i)
		at, name := path+"."+f.Name, tag(f)
		if inner := behind(f.Type); f.Anonymous && inner.Kind() == reflect.Struct && name == "" {
			if err := distinct(inner, at, names); err != nil {
				return err
			}
			continue
		}
		if name == "" {
			name = f.Name
		}
		if other, taken := names[name]; taken {
			return fmt.Errorf("%s and %s are both written out as %q, so one would be lost: give one of them another name", other, at, name)
		}
		names[name] = at
	}
	return nil
}

// tag is the name that f's tag gives it: "" for none, "-" for a field left out.
func tag(f reflect.StructField) string {
	tag := f.Tag.Get("cbor")
	if tag == "" {
		tag = f.Tag.Get("json")
	}
	name, _, _ := strings.Cut(tag, ",")
	return name
}

// behind is t, or what t points at.
func behind(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Pointer {
		return t.Elem()
	}
	return t
}

var (
	binaryMarshaler   = reflect.TypeFor[encoding.BinaryMarshaler]()
	binaryUnmarshaler = reflect.TypeFor[encoding.BinaryUnmarshaler]()
)

// writesItself reports whether t says itself how it is written. (The library
// has its own way with time.Time.)
func writesItself(t reflect.Type) bool {
	p := reflect.PointerTo(t)
	return p.Implements(binaryMarshaler) && p.Implements(binaryUnmarshaler)
}

// embedded names the embedded field of t that says itself how it is written;
// t then has the field's methods, which know nothing of the other fields.
func embedded(t reflect.Type) string {
	for i := range t.NumField() {
		if f := t.Field(i); f.Anonymous && writesItself(behind(f.Type)) {
			return f.Name
		}
	}
	return ""
}
