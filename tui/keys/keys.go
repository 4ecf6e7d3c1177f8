// Package keys is what the keys of a screen do, as one table: the footer, the
// page of keys and the keyboard all read it, so that no key is shown that does
// nothing, and none works unseen.
package keys

import (
	"slices"

	"github.com/gdamore/tcell/v2"

	"etincelle/grader/message"
)

// Action is one thing that keys do to a screen S.
type Action[S any] struct {
	Keys  []Stroke
	Shown message.Text // how the keys are written
	Brief message.Text // for the footer; empty when it has no place there
	Full  message.Text // for the page of keys; empty when it is told with the action before
	Group message.Text // empty: under the same heading as the one before
	Row   int          // of the footer
	First bool         // it is in the one line of a small window
	Do    func(S)
}

// Stroke is a special key, or a rune when Key is tcell.KeyRune.
type Stroke struct {
	Key  tcell.Key
	Rune rune
}

func (k Stroke) is(e *tcell.EventKey) bool {
	return k.Key == e.Key() && (k.Key != tcell.KeyRune || k.Rune == e.Rune())
}

// Letter is a letter's stroke, and those of special keys that do the same.
func Letter(r rune, others ...tcell.Key) []Stroke {
	strokes := []Stroke{{tcell.KeyRune, r}}
	for _, key := range others {
		strokes = append(strokes, Stroke{Key: key})
	}
	return strokes
}

// Special are special keys' strokes.
func Special(keys ...tcell.Key) []Stroke {
	var strokes []Stroke
	for _, key := range keys {
		strokes = append(strokes, Stroke{Key: key})
	}
	return strokes
}

// Same is the name of keys that are written alike in both languages.
func Same(s string) message.Text { return message.Both(s, s) }

// Find is the action of a key.
func Find[S any](actions []Action[S], e *tcell.EventKey) (Action[S], bool) {
	for _, a := range actions {
		if slices.ContainsFunc(a.Keys, func(k Stroke) bool { return k.is(e) }) {
			return a, true
		}
	}
	return Action[S]{}, false
}
