package neutral

import "etincelle/engine/enginetest/oracle/report"

// Canonical writes each Long and Double of a tree in one way: {"l":"5"} is {"l":5},
// 1 is 1.0 in a Double.
func Canonical(tree any) any {
	switch tree := tree.(type) {
	case []any:
		all := make([]any, len(tree))
		for i, part := range tree {
			all[i] = Canonical(part)
		}
		return all
	case map[string]any:
		_, long := tree["l"]
		_, double := tree["d"]
		if len(tree) == 1 && (long || double) {
			if v, err := FromTree(tree); err == nil {
				return report.Tree(v)
			}
		}
		all := map[string]any{}
		for key, part := range tree {
			all[key] = Canonical(part)
		}
		return all
	}
	return tree
}
