package event

// QueryOf is the streaming query that a fact is about; false for other facts.
func QueryOf(e Event) (query int, is bool) {
	switch e := e.(type) {
	case QueryStart:
		return e.Query, true
	case BatchStart:
		return e.Query, true
	case RowsArrived:
		return e.Query, true
	case RowsLate:
		return e.Query, true
	case StateChanged:
		return e.Query, true
	case WatermarkMoved:
		return e.Query, true
	case RowsOut:
		return e.Query, true
	case BatchEnd:
		return e.Query, true
	case QueryEnd:
		return e.Query, true
	}
	return 0, false
}
