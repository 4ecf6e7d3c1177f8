package model

import (
	"fmt"
	"strconv"
	"strings"
)

// Language of the words on screen.
type Language string

// The two languages. Anything that is not English is French.
const (
	French  Language = "fr"
	English Language = "en"
)

// Message is one text in both languages. {name} stands for a fact; after
// {name:row|rows} comes the number with the word it governs.
type Message struct{ French, English string }

// Facts fill a message: int, int64, Bytes, string, Note or []Note.
type Facts map[string]any

// Bytes is a size; it prints with its unit.
type Bytes int64

// In is the message in a language, its facts filled in.
func (m Message) In(l Language, facts Facts) string {
	text := m.French
	if l == English {
		text = m.English
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		var hole string
		hole, text, _ = strings.Cut(rest, "}")
		name, forms, governed := strings.Cut(hole, ":")
		b.WriteString(word(l, facts[name]))
		if governed {
			one, many, _ := strings.Cut(forms, "|")
			b.WriteString(hard + choose(l, facts[name], one, many))
		}
	}
}

// hard is a blank at which no line is broken.
const hard = "\u00a0"

func word(l Language, fact any) string {
	switch f := fact.(type) {
	case int:
		return Number(l, int64(f))
	case int64:
		return Number(l, f)
	case Bytes:
		return f.In(l)
	case Note:
		return f.In(l)
	case []Note:
		parts := make([]string, len(f))
		for i, n := range f {
			parts[i] = n.In(l)
		}
		return strings.Join(parts, ", ")
	case string:
		return f
	}
	return "?"
}

// choose is the form of a word after a number: French has 0 and 1 singular,
// English 1 alone.
func choose(l Language, fact any, one, many string) string {
	n, ok := fact.(int64)
	if i, isInt := fact.(int); isInt {
		n, ok = int64(i), true
	}
	if ok && (n == 1 || n == 0 && l != English) {
		return one
	}
	return many
}

// Number groups digits by thousands: 5 000 in French, 5,000 in English.
func Number(l Language, n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if digits[0] == '-' {
		sign, digits = "-", digits[1:]
	}
	separator := hard
	if l == English {
		separator = ","
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + separator + digits[i:]
	}
	return sign + digits
}

// In is the size in a language: 512 o, 12,4 Kio, or 512 B, 12.4 KiB.
func (b Bytes) In(l Language) string {
	unit, point := "o", ","
	if l == English {
		unit, point = "B", "."
	}
	if b < 10<<10 {
		return Number(l, int64(b)) + hard + unit
	}
	size, prefix := float64(b)/1024, 0
	for size >= 1024 && prefix < 3 {
		size /= 1024
		prefix++
	}
	text := strings.TrimSuffix(fmt.Sprintf("%.1f", size), ".0")
	return strings.Replace(text, ".", point, 1) + hard + string("KMGT"[prefix]) + "i" + unit
}
