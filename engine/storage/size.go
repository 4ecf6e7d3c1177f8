package storage

import "reflect"

// Size estimates the bytes that a slice of rows takes in memory: its headers,
// its array, and what the rows point at. Arrays of more than sampled elements
// are judged by evenly spaced ones, as Spark's SizeEstimator does; a value that
// several rows share is counted for each of them.
func Size(rows any) int64 {
	v := reflect.ValueOf(rows)
	if !v.IsValid() {
		return 0
	}
	if v.Kind() == reflect.Slice && v.Type().Elem().Implements(sizer) {
		return ownSizes(v)
	}
	return int64(v.Type().Size()) + beyond(v, 0)
}

// Sizer is a row that says itself how many bytes it takes: for rows that share what
// they point at.
type Sizer interface{ EstimatedSize() int64 }

var sizer = reflect.TypeFor[Sizer]()

func ownSizes(rows reflect.Value) int64 {
	sum := int64(rows.Type().Size())
	for i := range rows.Len() {
		sum += int64(rows.Type().Elem().Size()) + rows.Index(i).Interface().(Sizer).EstimatedSize()
	}
	return sum
}

const (
	sampled  = 100 // elements of a long array that are looked at
	deepest  = 16  // levels of pointers followed
	mapEntry = 16  // bytes a map spends on an entry besides its key and value
)

// beyond is what v points at, without v itself.
func beyond(v reflect.Value, depth int) int64 {
	if depth > deepest {
		return 0
	}
	switch v.Kind() {
	case reflect.String:
		return int64(v.Len())
	case reflect.Slice:
		return int64(v.Len())*int64(v.Type().Elem().Size()) + elements(v, depth)
	case reflect.Array:
		return elements(v, depth)
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return 0
		}
		return int64(v.Elem().Type().Size()) + beyond(v.Elem(), depth+1)
	case reflect.Struct:
		var sum int64
		for i := range v.NumField() {
			sum += beyond(v.Field(i), depth+1)
		}
		return sum
	case reflect.Map:
		var sum int64
		for it := v.MapRange(); it.Next(); {
			sum += mapEntry + int64(v.Type().Key().Size()) + int64(v.Type().Elem().Size())
			sum += beyond(it.Key(), depth+1) + beyond(it.Value(), depth+1)
		}
		return sum
	}
	return 0
}

// elements sums what the elements of a slice or array point at.
func elements(v reflect.Value, depth int) int64 {
	if Flat(v.Type().Elem()) || v.Len() == 0 {
		return 0
	}
	n := v.Len()
	looked := min(n, sampled)
	var sum int64
	for i := range looked {
		sum += beyond(v.Index(i*n/looked), depth+1)
	}
	return sum * int64(n) / int64(looked)
}

// Flat reports whether values of t point at nothing: n of them take n times the
// type's size.
func Flat(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.String, reflect.Slice, reflect.Pointer, reflect.Interface, reflect.Map:
		return false
	case reflect.Array:
		return Flat(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			if !Flat(t.Field(i).Type) {
				return false
			}
		}
	}
	return true
}
