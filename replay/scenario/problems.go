package scenario

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"etincelle/grader/message"
)

// Problems is all that is wrong with a scenario, each in both languages.
type Problems []message.Text

// Error is the problems in English.
func (p Problems) Error() string { return p.In(message.English) }

// In is the problems in a language, one after the other.
func (p Problems) In(l message.Language) string {
	said := make([]string, len(p))
	for i, one := range p {
		said[i] = one.In(l)
	}
	between := " ; "
	if l == message.English {
		between = "; "
	}
	return strings.Join(said, between)
}

// refuse adds a problem; both texts take the same facts.
func (p *Problems) refuse(wrong bool, french, english string, facts ...any) {
	if wrong {
		*p = append(*p, message.Both(fmt.Sprintf(french, facts...), fmt.Sprintf(english, facts...)))
	}
}

// unreadable is what is wrong with a file that is no scenario: where, and what is expected.
func unreadable(err error, body []byte) Problems {
	var p Problems
	line := func(offset int64) int {
		return 1 + bytes.Count(body[:min(max(offset, 0), int64(len(body)))], []byte("\n"))
	}
	var kind *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	unknown, isUnknown := strings.CutPrefix(err.Error(), "json: unknown field ") // encoding/json has no type for it
	duration, isDuration := strings.CutPrefix(err.Error(), "time: invalid duration ")
	switch {
	case errors.As(err, &kind):
		p.refuse(true, "ligne %d, %s : %s trouvé, %s attendu", "line %d, %s: found %s, expected %s", line(kind.Offset), kind.Field, kind.Value, kind.Type)
	case errors.As(err, &syntax):
		p.refuse(true, "ligne %d : ce n'est pas du JSON (%v)", "line %d: not JSON (%v)", line(syntax.Offset), err)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		p.refuse(true, "le fichier s'arrête avant la fin du scénario", "the file stops before the scenario ends")
	case isUnknown:
		p.refuse(true, "champ %s inconnu : un scénario enregistré avec la touche s les a tous", "unknown field %s: a scenario saved with key s has all that there are", unknown)
	case isDuration:
		p.refuse(true, "%s : une durée est attendue, comme 2s, 500ms ou 10m", "%s: a duration is expected, as 2s, 500ms or 10m", duration)
	default:
		p.refuse(true, "ce n'est pas un scénario : %v", "not a scenario: %v", err)
	}
	return p
}

// err is the problems as an error; nil when there is none.
func (p Problems) err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}
