package expr

import (
	"cmp"
	"slices"
	"strings"

	"etincelle/engine/frame/column"
)

// Scope is the columns that names can mean.
type Scope []*Attribute

// Find is the column, or the field inside a column, that a name means. Case does
// not matter.
func (s Scope) Find(parts []string) (Expr, error) {
	found, rest := s.matches(parts)
	switch {
	case len(found) == 0:
		return nil, s.unknown(parts)
	case len(found) > 1:
		return nil, Errorf("AMBIGUOUS_REFERENCE", "Reference %s is ambiguous, could be: %s.", quoted(parts), ambiguous(found))
	}
	var e Expr = found[0]
	if written := parts[len(parts)-1]; len(rest) == 0 && written != found[0].Name {
		named := *found[0]
		named.Name = written // a column is called as it was asked for
		return &named, nil
	}
	for _, name := range rest {
		var err error
		if e, err = fieldOf(e, name); err != nil {
			return nil, err
		}
	}
	return e, nil
}

// matches are the columns that the first parts of a name mean, and the parts
// that are left: a table's name before a column's wins over a field after it.
func (s Scope) matches(parts []string) (found []*Attribute, rest []string) {
	if len(parts) > 1 {
		for _, a := range s {
			if a.Table != "" && strings.EqualFold(a.Table, parts[0]) && strings.EqualFold(a.Name, parts[1]) {
				found = append(found, a)
			}
		}
		if found != nil {
			return distinct(found), parts[2:]
		}
	}
	for _, a := range s {
		if strings.EqualFold(a.Name, parts[0]) {
			found = append(found, a)
		}
	}
	return distinct(found), parts[1:]
}

func distinct(attributes []*Attribute) []*Attribute {
	seen := map[ID]bool{}
	return slices.DeleteFunc(attributes, func(a *Attribute) bool {
		again := seen[a.ID]
		seen[a.ID] = true
		return again
	})
}

// expand is the columns that a star stands for: all, those of a table, or the
// fields of a struct.
func (s Scope) expand(star Star) ([]Expr, error) {
	var all []Expr
	for _, a := range s {
		if star.Table == "" || strings.EqualFold(a.Table, star.Table) {
			all = append(all, a)
		}
	}
	if all != nil || star.Table == "" {
		return all, nil
	}
	if found, rest := s.matches([]string{star.Table}); len(found) == 1 && len(rest) == 0 && found[0].Of.Kind == column.Struct {
		for i, f := range found[0].Of.Fields {
			all = append(all, NewAlias(&Field{found[0], i}, f.Name))
		}
		return all, nil
	}
	names := column.Schema(SchemaOf(s)).Names()
	slices.Sort(names)
	return nil, Errorf("CANNOT_RESOLVE_STAR_EXPAND", "Cannot resolve `%s`.* given input columns %s. Please check that the specified table or struct exists and is accessible in the input columns.",
		star.Table, strings.Join(ticked(names), ", "))
}

// fieldOf is e.name: a field of a struct, or of each struct of an array.
func fieldOf(e Expr, name string) (Expr, error) {
	t := e.Type()
	if t.Kind == column.Array {
		return NewInvoke(indexFunction, e, LiteralOf(name)) // which refuses a name
	}
	if t.Kind != column.Struct {
		return nil, Errorf("INVALID_EXTRACT_BASE_FIELD_TYPE", "Can't extract a value from %q. Need a complex type [STRUCT, ARRAY, MAP] but got %q.", e, t.SQL())
	}
	for i, f := range t.Fields {
		if strings.EqualFold(f.Name, name) {
			return &Field{e, i}, nil
		}
	}
	names := column.Schema(t.Fields).Names()
	return nil, Errorf("FIELD_NOT_FOUND", "No such struct field `%s` in %s.", name, strings.Join(ticked(names), ", "))
}

// unknown is the error of a name that means nothing: it proposes the near ones.
func (s Scope) unknown(parts []string) error {
	if len(s) == 0 {
		return Errorf("UNRESOLVED_COLUMN.WITHOUT_SUGGESTION", "A column, variable, or function parameter with name %s cannot be resolved.", quoted(parts))
	}
	name := strings.ToLower(parts[len(parts)-1])
	names := make([]string, 0, len(s))
	for _, a := range s {
		names = append(names, a.Name)
	}
	slices.SortStableFunc(names, func(a, b string) int {
		// Spark measures from the name in its quotes.
		return cmp.Or(cmp.Compare(distance("`"+strings.ToLower(a)+"`", name), distance("`"+strings.ToLower(b)+"`", name)), cmp.Compare(a, b))
	})
	names = slices.Compact(names)
	return Errorf("UNRESOLVED_COLUMN.WITH_SUGGESTION", "A column, variable, or function parameter with name %s cannot be resolved. Did you mean one of the following? [%s].",
		quoted(parts), strings.Join(ticked(names[:min(5, len(names))]), ", "))
}

func quoted(parts []string) string { return strings.Join(ticked(parts), ".") }

func ticked(names []string) []string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = "`" + name + "`"
	}
	return quoted
}

func ambiguous(found []*Attribute) string {
	names := make([]string, len(found))
	for i, a := range found {
		names[i] = a.Name
		if a.Table != "" {
			names[i] = a.Table + "`.`" + a.Name
		}
	}
	return "[" + strings.Join(ticked(names), ", ") + "]"
}

// distance is how many letters must be put in, taken out or changed to make b of a.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		corner := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := corner
			if a[i] != b[j] {
				change++
			}
			corner = row[j+1]
			row[j+1] = min(change, row[j]+1, corner+1)
		}
	}
	return row[len(b)]
}

// Nearest is the name that looks most like the one given; "" when none does.
func Nearest(name string, names []string) string {
	name = strings.ToLower(name)
	best, least := "", 1+len(name)/2
	for _, candidate := range names {
		if d := distance(strings.ToLower(candidate), name); d < least || d == least && best != "" && candidate < best {
			best, least = candidate, d
		}
	}
	return best
}
