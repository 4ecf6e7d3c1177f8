package streamcase

import (
	"encoding/json"
	"fmt"
)

// The parts of a program that are lists, or of two forms.

// UnmarshalJSON reads a relation; "on" and "by" have two forms.
func (r *Relation) UnmarshalJSON(data []byte) error {
	type plain Relation
	var raw struct {
		plain
		On json.RawMessage `json:"on"`
		By json.RawMessage `json:"by"`
	}
	if err := strict(data, &raw); err != nil {
		return err
	}
	*r = Relation(raw.plain)
	if raw.On != nil && json.Unmarshal(raw.On, &r.OnNames) != nil {
		if err := strict(raw.On, &r.OnExpr); err != nil {
			return fmt.Errorf("on: %w", err)
		}
	}
	switch {
	case raw.By == nil:
		return nil
	case r.Op == "stateful":
		return strict(raw.By, &r.ByNames)
	}
	return strict(raw.By, &r.By)
}

// UnmarshalJSON reads [expression, name].
func (n *Named) UnmarshalJSON(data []byte) error {
	return tuple(data, &n.Expr, &n.Name)
}

// UnmarshalJSON reads [expression, direction].
func (k *SortKey) UnmarshalJSON(data []byte) error {
	var direction string
	if err := tuple(data, &k.Expr, &direction); err != nil {
		return err
	}
	k.Desc = direction == "desc"
	if direction != "asc" && direction != "desc" {
		return fmt.Errorf("direction %q: found neither asc nor desc", direction)
	}
	return nil
}

// UnmarshalJSON reads [function, argument, name].
func (a *AggregateUse) UnmarshalJSON(data []byte) error {
	var arg json.RawMessage
	if err := tuple(data, &a.Function, &arg, &a.Name); err != nil {
		return err
	}
	var column string
	if json.Unmarshal(arg, &column) != nil {
		return strict(arg, &a.Arg)
	}
	a.Star = column == "*"
	if !a.Star {
		a.Arg = &Expr{Col: &column}
	}
	return nil
}

// tuple reads a list of fixed length into parts.
func tuple(data []byte, parts ...any) error {
	var list []json.RawMessage
	if err := json.Unmarshal(data, &list); err != nil {
		return err
	}
	if len(list) != len(parts) {
		return fmt.Errorf("%s: found %d parts, expected %d", data, len(list), len(parts))
	}
	for i, part := range parts {
		if err := strict(list[i], part); err != nil {
			return err
		}
	}
	return nil
}
