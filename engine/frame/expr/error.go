package expr

import (
	"errors"
	"fmt"
)

// Error is a mistake in a query or in its data, under Spark's name for it.
type Error struct {
	Class   string // Spark's error condition: "DIVIDE_BY_ZERO", "UNRESOLVED_COLUMN.WITH_SUGGESTION"
	Message string
	Place   Place // in the SQL text, when there is one
}

// Error is "[CLASS] message", as Spark prints it, and the line at fault when it is SQL.
func (e *Error) Error() string {
	text := "[" + e.Class + "] " + e.Message
	if e.Place.Text != "" {
		text += " " + e.Place.String()
	}
	return text
}

// Errorf makes an Error.
func Errorf(class, format string, args ...any) error {
	return &Error{Class: class, Message: fmt.Sprintf(format, args...)}
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
