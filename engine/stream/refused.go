package stream

import (
	"errors"
	"strings"

	"etincelle/engine/stream/analyze"
)

// Refused tells why Start refused a query: Spark's error condition, "" when err is of
// another kind, and Spark's sentence. Its condition for most operations that a stream
// does not have is "_LEGACY_ERROR_TEMP_3102", whatever the operation; the sentence
// says which.
func Refused(err error) (condition, sentence string) {
	var refused *analyze.Refusal
	if !errors.As(err, &refused) {
		return "", ""
	}
	return refused.Class, strings.TrimSpace(refused.Message)
}
