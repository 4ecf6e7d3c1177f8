package check

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
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
	if text, is := token.(string); is {
		if at, err := time.Parse(time.RFC3339, text); err == nil {
			return clock(at), nil
		}
	}
	return fmt.Sprint(token), nil
}

// A flight is known by its number and its way; what is seldom asked about comes last.
var (
	flightName  = []string{"Carrier", "Number", "Origin", "Dest"}
	flightAside = []string{"Month", "Day", "Tail"}
)

// flightHead begins a flight, "UA 1714 EWR→ORD"; "" for another row.
func flightHead(names, values []string) string {
	var said []any
	for _, name := range flightName {
		at := slices.Index(names, name)
		if at < 0 {
			return ""
		}
		said = append(said, values[at])
	}
	return fmt.Sprintf("%s %s %s→%s", said...)
}

func showFields(names, values []string) string {
	switch strings.Join(names, " ") {
	case "Key Value":
		return values[0] + " → " + values[1]
	case "Left Right":
		return "(" + values[0] + ", " + values[1] + ")"
	case "Step At Word":
		return values[1] + " " + values[2]
	}
	var first, parts, last []string
	if head := flightHead(names, values); head != "" {
		first = []string{head}
	}
	for i, name := range names {
		switch told := name + " " + values[i]; {
		case values[i] == "" || values[i] == "0" && name != "Minutes":
		case len(first) > 0 && slices.Contains(flightName, name):
		case len(first) > 0 && slices.Contains(flightAside, name):
			last = append(last, told)
		default:
			parts = append(parts, told)
		}
	}
	return "{" + strings.Join(slices.Concat(first, parts, last), ", ") + "}"
}
