package terminal

import (
	"etincelle/grader/message"
	"etincelle/tui/keys"
)

// AskHelp lets the user type on the page of keys: what is typed filters it, and
// Enter does to the screen what the chosen line says. closed is called first.
func AskHelp[S any](w *Window, h *keys.Help, actions []keys.Action[S], l message.Language, on S, closed func()) {
	w.Ask(Question{
		Typed: h.Type,
		Move:  h.Move,
		Left:  closed,
		Done: func(string) {
			if list := keys.Filtered(actions, h.Filter, l); len(list) > 0 {
				list[min(h.Chosen, len(list)-1)].Do(on)
			}
		},
	})
}
