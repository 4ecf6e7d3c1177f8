package frame

import (
	"strings"
	"sync"

	"etincelle/engine"
	"etincelle/engine/frame/expr"
)

// views are the frames that SQL text can name in a session.
type views struct {
	mu    sync.Mutex
	named map[string]*Frame
}

type viewsKey struct{}

func viewsOf(s *engine.Session) *views {
	return engine.Inside(s).Beside(viewsKey{}, func() any { return &views{named: map[string]*Frame{}} }).(*views)
}

// CreateView lets SQL text of the session name f; a view of that name gives way.
func (f *Frame) CreateView(name string) {
	v := viewsOf(f.session)
	v.mu.Lock()
	defer v.mu.Unlock()
	v.named[strings.ToLower(name)] = f
}

// Table is the frame that CreateView named.
func Table(s *engine.Session, name string) *Frame {
	if f := viewsOf(s).find(name); f != nil {
		return f
	}
	return (&Frame{session: s, node: nothing()}).failed(viewsOf(s).unknown(name))
}

func (v *views) find(name string) *Frame {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.named[strings.ToLower(name)]
}

// unknown is the error of a name that no view has.
func (v *views) unknown(name string) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	names := make([]string, 0, len(v.named))
	for n := range v.named {
		names = append(names, n)
	}
	near := ""
	if n := expr.Nearest(name, names); n != "" {
		near = " Did you mean `" + n + "`?"
	}
	return expr.Errorf("TABLE_OR_VIEW_NOT_FOUND", "The table or view `%s` cannot be found. Verify the spelling, or name a frame by its method CreateView.%s", name, near)
}
