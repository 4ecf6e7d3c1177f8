package neutral

import (
	"fmt"

	"etincelle/engine/lineage"
)

// What a function of the vocabulary throws is a lineage.Failure with the class
// that Scala's function throws, by panic, as a student's function would.

func failure(class, format string, args ...any) *lineage.Failure {
	return &lineage.Failure{Class: class, Message: fmt.Sprintf(format, args...)}
}

func cannotCast(v Value, class string) *lineage.Failure {
	return failure("java.lang.ClassCastException", "class %s cannot be cast to class %s", v.class(), class)
}
