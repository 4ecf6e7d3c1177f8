// Package message holds texts in the course's two languages and fills numbers
// and names into them, for the grader, the screens and the command. What is found
// is kept as a text with its facts, and becomes a sentence only where somebody
// reads it.
package message

import (
	"fmt"
	"strconv"
	"strings"
)

// Language of a reader.
type Language string

// The two languages. Anything that is not English is French.
const (
	French  Language = "fr"
	English Language = "en"
)

// Text is one text in both languages. {name} stands for a fact;
// {name:row|rows} stands for a number and the word that it governs.
type Text struct {
	French  string `json:"fr"`
	English string `json:"en"`
}

// Facts fill a text: int, int64, float64, string, Text or whatever says itself
// in a language.
type Facts map[string]any

// In is the text in a language.
func (t Text) In(l Language) string {
	if l == English {
		return t.English
	}
	return t.French
}

// Fill is the text in a language, with its facts. A fact that is missing shows
// as «?»: Holes lets tests find out before a reader does.
func (t Text) Fill(l Language, facts Facts) string {
	var b strings.Builder
	t.scan(l, func(plain string) { b.WriteString(plain) }, func(name, one, many string, governs bool) {
		b.WriteString(word(l, facts[name]))
		if governs {
			b.WriteString(Hard + form(l, facts[name], one, many))
		}
	})
	return b.String()
}

// Holes lists the facts that the text needs in a language, in its order.
func (t Text) Holes(l Language) []string {
	var names []string
	t.scan(l, func(string) {}, func(name, _, _ string, _ bool) { names = append(names, name) })
	return names
}

func (t Text) scan(l Language, plain func(string), hole func(name, one, many string, governs bool)) {
	rest := t.In(l)
	for {
		before, after, found := strings.Cut(rest, "{")
		plain(before)
		if !found {
			return
		}
		inside, tail, _ := strings.Cut(after, "}")
		rest = tail
		name, forms, governs := strings.Cut(inside, ":")
		one, many, _ := strings.Cut(forms, "|")
		hole(name, one, many, governs)
	}
}

// Hard is a blank at which no line is broken.
const Hard = "\u00a0"

func word(l Language, fact any) string {
	switch f := fact.(type) {
	case int:
		return Number(l, int64(f))
	case int64:
		return Number(l, f)
	case float64:
		return decimal(l, f)
	case string:
		return f
	case interface{ In(Language) string }:
		return f.In(l)
	}
	return "?"
}

// form is the form of a word after a number: French has 0 and 1 singular,
// English 1 alone.
func form(l Language, fact any, one, many string) string {
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
	separator := Hard
	if l == English {
		separator = ","
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + separator + digits[i:]
	}
	return sign + digits
}

// decimal has at most two digits after the point, or comma.
func decimal(l Language, x float64) string {
	text := strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.2f", x), "0"), ".")
	if l != English {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text
}

// Both is a text in the two languages.
func Both(french, english string) Text { return Text{French: french, English: english} }

// Same is a text that is alike in both languages: a name.
func Same(text string) Text { return Both(text, text) }

// Choose is the language of a reader: what the command line says, else
// ETINCELLE_LANG, else an English locale. The course is French: so is the rest.
func Choose(flag string, getenv func(string) string) Language {
	for _, wish := range []string{flag, getenv("ETINCELLE_LANG")} {
		if wish != "" {
			if strings.HasPrefix(strings.ToLower(wish), "en") {
				return English
			}
			return French
		}
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} { // the first that is set decides, as in POSIX
		if locale := getenv(name); locale != "" {
			if strings.HasPrefix(locale, "en_") {
				return English
			}
			return French
		}
	}
	return French
}
