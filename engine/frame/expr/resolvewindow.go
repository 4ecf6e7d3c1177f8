package expr

import (
	"etincelle/engine/frame/column"
)

// resolveOver resolves call OVER (spec). Without a frame of its own the call
// sees all the partition, or with an order the rows up to the current one's peers.
func resolveOver(n Over, s Scope) (Expr, error) {
	call, err := understand(n.Call, s)
	if err != nil {
		return nil, err
	}
	w := &WindowCall{Func: call}
	if w.Partition, err = understandAll(n.Spec.Partition, s); err != nil {
		return nil, err
	}
	for _, key := range n.Spec.Order {
		order, err := ResolveSort(key, s)
		if err != nil {
			return nil, err
		}
		w.Order = append(w.Order, order)
	}
	switch call := call.(type) {
	case *RankCall:
		if len(w.Order) == 0 {
			return nil, Errorf("WINDOW_FUNCTION_WITHOUT_ORDER_BY", "Window function %s requires window to be ordered, please add ORDER BY clause.", call)
		}
		w.Frame = rankFrame(call)
	case *AggregateCall:
		if call.Distinct {
			return nil, Errorf("DISTINCT_WINDOW_FUNCTION_UNSUPPORTED", "Distinct window functions are not supported: %s.", call)
		}
		w.Frame = WindowFrame{Rows: len(w.Order) == 0, Start: UnboundedPreceding, End: UnboundedFollowing}
		if len(w.Order) > 0 {
			w.Frame.End = 0
		}
	default:
		return nil, Errorf("UNSUPPORTED_EXPR_FOR_WINDOW", "Expression %q not supported within a window function.", Pretty(call))
	}
	if n.Spec.Frame != nil {
		w.Frame = *n.Spec.Frame
	}
	return w, nil
}

// rankFrame is the frame that Spark gives a window function, whatever the program
// asks for: of lag and lead the one row that they look at.
func rankFrame(call *RankCall) WindowFrame {
	offset := int64(1)
	if len(call.Args) > 1 {
		n, _ := intLiteral(call.Args[1])
		offset = int64(n)
	}
	switch call.Func.Name {
	case "lag":
		return WindowFrame{Rows: true, Start: -offset, End: -offset}
	case "lead":
		return WindowFrame{Rows: true, Start: offset, End: offset}
	case "cume_dist":
		return WindowFrame{Start: UnboundedPreceding}
	}
	return WindowFrame{Rows: true, Start: UnboundedPreceding}
}

// newTimeWindow is window(time, size[, slide[, start]]).
func newTimeWindow(args []Expr) (Expr, error) {
	if err := checkArity("window", 2, 4, len(args)); err != nil {
		return nil, err
	}
	w := &TimeWindow{Child: asTime(args[0])}
	for i, to := range []*int64{&w.Size, &w.Slide, &w.Start} {
		if i+1 >= len(args) {
			break
		}
		var err error
		if *to, err = lengthOf(args[i+1]); err != nil {
			return nil, err
		}
	}
	if len(args) < 3 {
		w.Slide = w.Size
	}
	if err := w.check(); err != nil {
		return nil, err
	}
	if w.Child.Type().Kind == column.Struct { // a window of windows goes by their time
		child, err := NewInvoke(Lookup("window_time"), w.Child)
		if err != nil {
			return nil, err
		}
		w.Child = child
	}
	return w, nil
}

// mismatch is Spark's refusal of the arguments of a window.
func (w *TimeWindow) mismatch(kind, format string, args ...any) error {
	return Errorf("DATATYPE_MISMATCH."+kind, "Cannot resolve \"%s\" due to data type mismatch: "+format, append([]any{w}, args...)...)
}

// check refuses windows over what is no time, that have no rows, or that leave
// rows out.
func (w *TimeWindow) check() error {
	if t := w.Child.Type(); t.Kind != column.TimestampMicros && !t.Equal(windowType) {
		return w.mismatch("UNEXPECTED_INPUT_TYPE", `The first parameter requires the ("(TIMESTAMP OR TIMESTAMP WITHOUT TIME ZONE)" or "STRUCT<start: TIMESTAMP, end: TIMESTAMP>" or "STRUCT<start: TIMESTAMP_NTZ, end: TIMESTAMP_NTZ>") type, however %q has the type %q.`,
			Pretty(w.Child), t.SQL())
	}
	for _, p := range []struct {
		name  string
		value int64
	}{{"window_duration", w.Size}, {"slide_duration", w.Slide}} {
		if p.value <= 0 {
			return w.mismatch("VALUE_OUT_OF_RANGE", "The `%s` must be between (0, 9223372036854775807] (current value = %dL).", p.name, p.value)
		}
	}
	if w.Slide > w.Size {
		return w.mismatch("PARAMETER_CONSTRAINT_VIOLATION", "The `slide_duration`(%dL) must be <= the `window_duration`(%dL).", w.Slide, w.Size)
	}
	if start := max(w.Start, -w.Start); start >= w.Slide {
		return w.mismatch("PARAMETER_CONSTRAINT_VIOLATION", "The `abs(start_time)`(%dL) must be < the `slide_duration`(%dL).", start, w.Slide)
	}
	return nil
}

// lengthOf is the length of a window, from text or an interval, in microseconds.
func lengthOf(e Expr) (int64, error) {
	v, _ := constantOf(e)
	length, ok := v.(column.Interval)
	if text, isText := v.(string); isText {
		var err error
		if length, err = ParseInterval(text); err != nil {
			return 0, err
		}
		ok = true
	}
	if !ok {
		return 0, Errorf("DATATYPE_MISMATCH.NON_FOLDABLE_INPUT", "the length of a window must be a constant interval, got %q.", Pretty(e))
	}
	if length.Months != 0 {
		return 0, Errorf("_LEGACY_ERROR_TEMP_3231", "Intervals greater than a month is not supported (%s).", Pretty(e))
	}
	const day = 24 * 3600 * 1_000_000
	return int64(length.Days)*day + length.Micros, nil
}

// newSessionWindow is session_window(time, gap).
func newSessionWindow(args []Expr) (Expr, error) {
	if err := checkArity("session_window", 2, 2, len(args)); err != nil {
		return nil, err
	}
	args[0] = asTime(args[0])
	if t := args[0].Type(); t.Kind != column.TimestampMicros {
		return nil, Errorf("DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE", "Cannot resolve \"session_window(%s)\" due to data type mismatch: The first parameter requires the \"TIMESTAMP\" type, however it has the type %q.", Pretty(args[0]), t.SQL())
	}
	// A gap that is no interval is null, and its row in no session.
	gap := args[1]
	if !gap.Type().Equal(column.IntervalType) {
		gap = &Cast{Child: gap, To: column.IntervalType, Try: true}
	}
	return &SessionWindow{args[0], gap}, nil
}

// asTime is e, a text read as a timestamp.
func asTime(e Expr) Expr {
	if e.Type().Kind == column.String {
		return NewCast(e, column.TimestampType)
	}
	return e
}
