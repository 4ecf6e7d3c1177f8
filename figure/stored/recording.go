package stored

import (
	"reflect"
	"time"

	"etincelle/engine/event"
)

// timeless writes events as a recording without times: those of the machine it
// was made on say nothing, and the same scene gives the same file every time.
func timeless(events []event.Event) ([]byte, error) {
	var text []byte
	for _, e := range events {
		line, err := event.Encode(withoutTimes(e))
		if err != nil {
			return nil, err
		}
		text = append(append(text, line...), '\n')
	}
	return text, nil
}

func withoutTimes(e event.Event) event.Event {
	copied := reflect.New(reflect.TypeOf(e)).Elem()
	copied.Set(reflect.ValueOf(e))
	for i := range copied.NumField() {
		switch field := copied.Field(i).Addr().Interface().(type) {
		case *time.Time:
			*field = time.Time{}
		case *event.Metrics:
			field.Duration = 0
		}
	}
	return copied.Interface().(event.Event)
}
