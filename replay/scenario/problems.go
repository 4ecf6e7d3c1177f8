package scenario

import (
	"fmt"
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

// err is the problems as an error; nil when there is none.
func (p Problems) err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}
