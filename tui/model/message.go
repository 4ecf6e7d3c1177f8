package model

import (
	"fmt"
	"strings"

	"etincelle/grader/message"
)

// Language of the words on screen.
type Language = message.Language

// The two languages.
const (
	French  = message.French
	English = message.English
)

// Facts fill a message: int, int64, Bytes, string, Note or Notes.
type Facts = message.Facts

// Message is one text in both languages, with holes for facts.
type Message struct{ French, English string }

// In is the message in a language, its facts filled in.
func (m Message) In(l Language, facts Facts) string {
	return message.Both(m.French, m.English).Fill(l, facts)
}

// Number groups digits by thousands.
func Number(l Language, n int64) string { return message.Number(l, n) }

// hard is a blank at which no line is broken.
const hard = message.Hard

// Notes are sentences that fill one hole of another.
type Notes []Note

// In is the notes in a language, with commas between them.
func (n Notes) In(l Language) string {
	parts := make([]string, len(n))
	for i, note := range n {
		parts[i] = note.In(l)
	}
	return strings.Join(parts, ", ")
}

// Bytes is a size; it prints with its unit.
type Bytes int64

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
