package report

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Trees are what cases and observations are compared as: v as encoding/json reads it
// with UseNumber.

// Tree is v as encoding/json reads it back.
func Tree(v any) any {
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprintf("%v cannot be written: %v", v, err)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var tree any
	if err := d.Decode(&tree); err != nil {
		return err.Error() // never: Marshal wrote it
	}
	return tree
}

// Text is a tree on one line, by which rows without an order are sorted.
func Text(tree any) string {
	text, err := json.Marshal(tree)
	if err != nil {
		return fmt.Sprint(tree) // never for a tree
	}
	return string(text)
}
