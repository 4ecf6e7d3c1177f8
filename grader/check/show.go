package check

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// Show writes a row for people: "UA → 12" for a pair, "(1400, JetBlue)" for the
// value of a join, and for anything else the fields that say something, in their
// order.
func Show(raw json.RawMessage) string {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	text, err := show(decoder)
	if err != nil {
		return string(raw)
	}
	return text
}

// show reads the next value and writes it.
func show(decoder *json.Decoder) (string, error) {
	token, err := decoder.Token()
	if err != nil {
		return "", err
	}
	switch token {
	case json.Delim('['):
		var parts []string
		for decoder.More() {
			part, err := show(decoder)
			if err != nil {
				return "", err
			}
			parts = append(parts, part)
		}
		_, err = decoder.Token()
		return "[" + strings.Join(parts, ", ") + "]", err
	case json.Delim('{'):
		var names, values []string
		for decoder.More() {
			name, err := decoder.Token()
			if err != nil {
				return "", err
			}
			value, err := show(decoder)
			if err != nil {
				return "", err
			}
			names, values = append(names, fmt.Sprint(name)), append(values, value)
		}
		_, err = decoder.Token()
		return showFields(names, values), err
	case nil:
		return "nil", nil
	}
	return fmt.Sprint(token), nil
}

func showFields(names, values []string) string {
	switch strings.Join(names, " ") {
	case "Key Value":
		return values[0] + " → " + values[1]
	case "Left Right":
		return "(" + values[0] + ", " + values[1] + ")"
	}
	var parts []string
	for i, name := range names {
		if values[i] != "" && values[i] != "0" {
			parts = append(parts, name+" "+values[i])
		}
	}
	return "{" + strings.Join(parts, ", ") + "}"
}
