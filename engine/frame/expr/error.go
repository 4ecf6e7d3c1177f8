package expr

import (
	"errors"
	"fmt"
)

// Error is a mistake in a query or in its data, under Spark's name for it.
type Error struct {
	Class   string // Spark's error condition: "DIVIDE_BY_ZERO", "UNRESOLVED_COLUMN.WITH_SUGGESTION"
	Message string
}

// Error is "[CLASS] message", as Spark prints it.
func (e *Error) Error() string { return "[" + e.Class + "] " + e.Message }

// Errorf makes an Error.
func Errorf(class, format string, args ...any) error {
	return &Error{class, fmt.Sprintf(format, args...)}
}

// ClassOf is the class of the Error in err, "" when there is none.
func ClassOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Class
	}
	return ""
}

// MessageOf is the message of the Error in err without its class; err's text when there is none.
func MessageOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Message
	}
	return err.Error()
}
