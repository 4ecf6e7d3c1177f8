package neutral

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
)

// A value in a case:
//
//	5  {"l":5} {"l":"5"}  {"d":1.5}  "text"  true  null
//	{"t":[a,b]} tuple   [a,b] List   {"some":v} {"none":true} Option   {"map":[[k,v]…]} Map

// UnmarshalJSON reads a value of a case.
func (v *Value) UnmarshalJSON(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var tree any
	if err := d.Decode(&tree); err != nil {
		return err
	}
	read, err := FromTree(tree)
	if err != nil {
		return err
	}
	*v = read
	return nil
}

// FromTree reads a value from what encoding/json decodes with UseNumber.
func FromTree(tree any) (Value, error) {
	switch tree := tree.(type) {
	case nil:
		return Null, nil
	case bool:
		return Bool(tree), nil
	case string:
		return Text(tree), nil
	case json.Number:
		n, err := strconv.ParseInt(tree.String(), 10, 64)
		if err != nil {
			return Null, fmt.Errorf(`value %s: a plain number is an Int; write {"l":…} for a Long, {"d":…} for a Double`, tree)
		}
		if n != int64(int32(n)) {
			return Long(n), nil // too large for an Int
		}
		return Int(int(n)), nil
	case []any:
		parts, err := allFromTree(tree)
		return List(parts...), err
	case map[string]any:
		if len(tree) == 1 {
			for tag, inner := range tree {
				return tagged(tag, inner)
			}
		}
	}
	return Null, fmt.Errorf("value %v: none of the forms of a value", tree)
}

func allFromTree(trees []any) ([]Value, error) {
	var values []Value
	for _, tree := range trees {
		v, err := FromTree(tree)
		if err != nil {
			return nil, err
		}
		values = append(values, v)
	}
	return values, nil
}

func tagged(tag string, inner any) (Value, error) {
	text := fmt.Sprint(inner)
	parts, isArray := inner.([]any)
	switch {
	case tag == "l":
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return Null, fmt.Errorf("value %s: not a Long: %w", text, err)
		}
		return Long(n), nil
	case tag == "d":
		f, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return Null, fmt.Errorf("value %s: not a Double: %w", text, err)
		}
		return Double(f), nil
	case tag == "some":
		v, err := FromTree(inner)
		return Some(v), err
	case tag == "none":
		return None, nil
	case tag == "t" && isArray:
		values, err := allFromTree(parts)
		return Tuple(values...), err
	case tag == "map" && isArray:
		entries, err := allFromTree(parts)
		if err != nil {
			return Null, err
		}
		for i, entry := range entries {
			pair, ok := entry.of.(list)
			if !ok || len(unchain(pair.parts)) != 2 {
				return Null, fmt.Errorf("value %v: an entry of a map is [key, value]", parts[i])
			}
			entries[i] = Tuple(unchain(pair.parts)...)
		}
		return Map(entries...), nil
	}
	return Null, fmt.Errorf("value {%q: %v}: no such form of a value", tag, inner)
}

// MarshalJSON writes a value as a case does.
func (v Value) MarshalJSON() ([]byte, error) { return json.Marshal(v.tree()) }

func (v Value) tree() any {
	switch of := v.of.(type) {
	case int64:
		return map[string]any{"l": of}
	case float64:
		if math.IsNaN(of) || math.IsInf(of, 0) {
			return map[string]any{"d": javaDouble(of)}
		}
		return map[string]any{"d": json.Number(javaDouble(of))}
	case tuple:
		return map[string]any{"t": unchain(of.parts)}
	case list:
		return unchain(of.parts)
	case option:
		if parts := unchain(of.parts); len(parts) == 1 {
			return map[string]any{"some": parts[0]}
		}
		return map[string]any{"none": true}
	case dict:
		entries := [][]Value{}
		for _, entry := range unchain(of.parts) {
			k, value := entry.Pair()
			entries = append(entries, []Value{k, value})
		}
		return map[string]any{"map": entries}
	case blob:
		return map[string]any{"bytes": len(of.zeros)}
	}
	return v.of
}

// blobMark opens the bytes of a blob; JSON never begins with it.
const blobMark = 0

// MarshalBinary writes a value for blocks on disk, replicas and checkpoints: a
// blob as its bytes, anything else as the cases write it.
func (v Value) MarshalBinary() ([]byte, error) {
	if b, ok := v.of.(blob); ok {
		return append([]byte{blobMark}, b.zeros...), nil
	}
	return v.MarshalJSON()
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (v *Value) UnmarshalBinary(data []byte) error {
	if len(data) > 0 && data[0] == blobMark {
		*v = Blob(string(data[1:]))
		return nil
	}
	return v.UnmarshalJSON(data)
}
