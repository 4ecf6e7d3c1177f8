package report

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// Difference is the first place where two trees (of maps, slices, json.Number,
// string, bool and nil) differ.
type Difference struct {
	Path        string // "[0].stages[1].tasks", "" for the whole
	Wanted, Got any    // what stands there, or around it; Nothing where there is nothing
}

// Nothing stands for what a tree has not: it differs from null.
type Nothing struct{}

// First finds the first difference of got from wanted.
func First(wanted, got any) (Difference, bool) {
	switch w := wanted.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			break
		}
		keys := slices.Sorted(maps.Keys(w))
		for key := range g {
			if _, both := w[key]; !both {
				keys = append(keys, key)
			}
		}
		slices.Sort(keys)
		for _, key := range keys {
			if d, differ := First(field(w, key), field(g, key)); differ {
				return d.inside("."+key, w, g), true
			}
		}
		return Difference{}, false
	case []any:
		g, ok := got.([]any)
		if !ok {
			break
		}
		for i := range max(len(w), len(g)) {
			if d, differ := First(element(w, i), element(g, i)); differ {
				return d.inside(fmt.Sprintf("[%d]", i), w, g), true
			}
		}
		return Difference{}, false
	default:
		if _, both := got.(map[string]any); both {
			break
		}
		if _, both := got.([]any); both {
			break
		}
		if wanted == got {
			return Difference{}, false
		}
	}
	return Difference{Wanted: wanted, Got: got}, true
}

func field(tree map[string]any, key string) any {
	if v, ok := tree[key]; ok {
		return v
	}
	return Nothing{}
}

func element(tree []any, i int) any {
	if i < len(tree) {
		return tree[i]
	}
	return Nothing{}
}

const widest = 110 // characters of a line shown

// inside is d seen from around it. A small neighbourhood is shown with the
// difference, for a number alone says little; texts of several lines stand alone.
func (d Difference) inside(step string, wanted, got any) Difference {
	d.Path = step + d.Path
	if !manyLines(d.Wanted) && !manyLines(d.Got) && len(compact(wanted)) <= widest && len(compact(got)) <= widest {
		d.Wanted, d.Got = wanted, got
	}
	return d
}

func manyLines(v any) bool {
	s, ok := v.(string)
	return ok && strings.Contains(s, "\n")
}

func compact(v any) string {
	if _, ok := v.(Nothing); ok {
		return "(nothing)"
	}
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return fmt.Sprint(v) // never for a tree
	}
	return strings.TrimSpace(b.String())
}

// Lines shows the difference: wanted above got, and a mark under the first
// character, or before the first line, in which they differ.
func (d Difference) Lines() []string {
	if manyLines(d.Wanted) || manyLines(d.Got) {
		return append(texts("wanted:", d.Wanted, d.Got), texts("got:", d.Got, d.Wanted)...)
	}
	w, g := compact(d.Wanted), compact(d.Got)
	at := 0
	for at < min(len(w), len(g)) && w[at] == g[at] {
		at++
	}
	for at > 0 && (at < len(w) && !utf8.RuneStart(w[at]) || at < len(g) && !utf8.RuneStart(g[at])) {
		at--
	}
	from := 0
	if at > widest*3/4 && max(len(w), len(g)) > widest { // show what is around the mark
		from = at - widest/2
		for !utf8.RuneStart(w[from]) {
			from++
		}
	}
	const wanted, got = "wanted: ", "got:    "
	mark := utf8.RuneCountInString(w[from:at]) + len(wanted)
	if from > 0 {
		mark++ // the "…" that stands for what is left out
	}
	return []string{wanted + window(w, from), got + window(g, from), strings.Repeat(" ", mark) + "^"}
}

// window is the part of a long line that is shown.
func window(line string, from int) string {
	shown := []rune(line[from:])
	text := string(shown)
	if len(shown) > widest {
		text = string(shown[:widest]) + "…"
	}
	if from > 0 {
		text = "…" + text
	}
	return text
}

const around = 4 // lines shown before and after the first one that differs

// texts shows the lines of a text, the first that differs from the other's marked.
func texts(title string, text, other any) []string {
	all, others := strings.Split(plain(text), "\n"), strings.Split(plain(other), "\n")
	at := 0
	for at < min(len(all), len(others)) && all[at] == others[at] {
		at++
	}
	lines := []string{title}
	from, to := max(at-around, 0), min(at+around+1, len(all))
	if from > 0 {
		lines = append(lines, fmt.Sprintf("    … %d lines alike", from))
	}
	for i := from; i < to; i++ {
		mark := "    "
		if i == at {
			mark = "  > "
		}
		lines = append(lines, mark+all[i])
	}
	if at == len(all) {
		lines = append(lines, "  > (the end)")
	}
	if to < len(all) {
		lines = append(lines, fmt.Sprintf("    … %d lines more", len(all)-to))
	}
	return lines
}

func plain(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	return compact(v)
}
