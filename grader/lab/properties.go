package lab

import (
	"fmt"

	"etincelle/grader/check"
	"etincelle/grader/check/tp00"
	"etincelle/grader/check/tp01"
	"etincelle/grader/check/tp02"
	"etincelle/grader/check/tp03"
	"etincelle/grader/check/tp07"
	"etincelle/grader/check/tp08"
	"etincelle/grader/check/tp09"
)

// Properties are those that the TP's cases are judged by, by name.
func (l *Lab) Properties() (map[string]check.Property, error) {
	all := map[string]func() []check.Property{
		"tp00": tp00.Properties,
		"tp01": tp01.Properties,
		"tp02": tp02.Properties,
		"tp03": tp03.Properties,
		"tp07": tp07.Properties,
		"tp08": tp08.Properties,
		"tp09": tp09.Properties,
	}
	list, known := all[l.Harness]
	if !known {
		return nil, fmt.Errorf("no properties are known for the lab %s: grader/lab/properties.go must name the package grader/check/%s", l.Name, l.Harness)
	}
	byName := map[string]check.Property{}
	for _, p := range list() {
		byName[p.Name] = p
	}
	return byName, nil
}
