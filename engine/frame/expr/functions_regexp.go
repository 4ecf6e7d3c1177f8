package expr

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"etincelle/engine/frame/column"
)

// regexpFunctions is the family of patterns. LIKE's: _ is one character, % any
// number, a backslash takes their meaning away. The others take Java's regular
// expressions, as far as Go's library, which never takes exponential time, has them.
var regexpFunctions = []*Function{
	likeFunction,
	{Name: "likeany", Min: 2, Max: -1, Means: meansLikes("likeany", orFunction, false), Example: Example{"'abc' LIKE ANY ('x%', 'a%')", "true"}},
	{Name: "likeall", Min: 2, Max: -1, Means: meansLikes("likeall", andFunction, false), Example: Example{"'abc' LIKE ALL ('x%', 'a%')", "false"}},
	{Name: "notlikeany", Min: 2, Max: -1, Means: meansLikes("notlikeany", orFunction, true), Example: Example{"'abc' NOT LIKE ANY ('x%', 'a%')", "true"}},
	{Name: "notlikeall", Min: 2, Max: -1, Means: meansLikes("notlikeall", andFunction, true), Example: Example{"'abc' NOT LIKE ALL ('x%', 'y%')", "true"}},
	{Name: "ilike", Min: 2, Max: 3, Sign: each(column.BooleanType, stringT), Eval: evalLike("(?i)"), Text: func(a []string) string { return "ilike(" + strings.Join(a, ", ") + ")" }, Example: Example{"'ABC' ILIKE 'a_c'", "true"}},
	{Name: "regexp_like", Min: 2, Max: 2, Sign: each(column.BooleanType, stringT), Eval: evalRLike, Text: written("REGEXP_LIKE"), Example: Example{"regexp_like('abc', 'b')", "true"}},
	{Name: "regexp", Min: 2, Max: 2, Sign: each(column.BooleanType, stringT), Eval: evalRLike, Text: written("REGEXP"), Example: Example{"regexp('abc', 'b')", "true"}},
	{Name: "rlike", Min: 2, Max: 2, Sign: each(column.BooleanType, stringT), Eval: evalRLike, Text: written("RLIKE"), Example: Example{"'abc' RLIKE '^a.c$'", "true"}},
	{Name: "regexp_replace", Min: 3, Max: 4, Defaults: []any{int32(1)}, Sign: always(stringT, stringT, stringT, stringT, intT), Eval: evalRegexpReplace, Example: Example{"regexp_replace('a1b22', '[0-9]+', '-')", "a-b-"}},
	{Name: "regexp_extract", Min: 2, Max: 3, Defaults: []any{int32(1)}, Sign: always(stringT, stringT, stringT, intT), Eval: evalRegexpExtract, Example: Example{"regexp_extract('a-12', '([a-z])-([0-9]+)', 2)", "12"}},
	{Name: "regexp_extract_all", Min: 2, Max: 3, Defaults: []any{int32(1)}, Sign: always(column.ArrayOf(stringT), stringT, stringT, intT), Eval: evalRegexpExtractAll, Example: Example{"regexp_extract_all('a1b2', '([a-z])[0-9]')", "[a, b]"}},
	{Name: "regexp_count", Min: 2, Max: 2, Sign: always(intT, stringT, stringT), Eval: evalRegexpCount, Example: Example{"regexp_count('a1b22', '[0-9]')", "3"}},
	{Name: "regexp_substr", Min: 2, Max: 2, Sign: always(stringT, stringT, stringT), Nulls: NullOrOther, Eval: evalRegexpSubstr, Example: Example{"regexp_substr('a12', '[0-9]+')", "12"}},
	{Name: "split", Min: 2, Max: 3, Defaults: []any{int32(-1)}, Sign: always(column.ArrayOf(stringT), stringT, stringT, intT), Eval: evalSplit, Example: Example{"split('a,b', ',')", "[a, b]"}},
}

var likeFunction = &Function{Name: "like", Min: 2, Max: 3, Sign: each(column.BooleanType, stringT), Eval: evalLike(""), Text: textLike, Plan: func(a []string) string { return a[0] + " LIKE " + a[1] }, Example: Example{"'abc' LIKE 'a%'", "true"}}

// meansLikes is x LIKE ANY (…) and its kin: several LIKEs in one.
func meansLikes(name string, join *Function, negated bool) func([]Expr) (Expr, error) {
	return func(args []Expr) (Expr, error) {
		var all Expr
		for _, pattern := range args[1:] {
			one, err := NewInvoke(likeFunction, args[0], pattern)
			if err == nil && negated {
				one, err = NewInvoke(notFunction, one)
			}
			if err == nil && all != nil {
				one, err = NewInvoke(join, all, one)
			}
			if err != nil {
				return nil, err
			}
			all = one
		}
		return &Stands{all, func(a []string) string { return name + "(" + a[0] + ")" }, args}, nil
	}
}

// patterns keeps the last compiled pattern: most columns of patterns are one constant.
type patterns struct {
	translate func(pattern, escape string) (string, error)
	key       string
	compiled  *regexp.Regexp
}

func (p *patterns) of(pattern, escape string) (*regexp.Regexp, error) {
	key := escape + "\x00" + pattern
	if p.compiled != nil && p.key == key {
		return p.compiled, nil
	}
	text, err := p.translate(pattern, escape)
	if err != nil {
		return nil, err
	}
	compiled, err := regexp.Compile(text)
	if err != nil {
		return nil, Errorf("INVALID_PARAMETER_VALUE.PATTERN", "The value of parameter(s) `regexp` is invalid: '%s' (%v; a Go pattern has no look-around and no back-reference).", pattern, err)
	}
	p.key, p.compiled = key, compiled
	return compiled, nil
}

func java(pattern, _ string) (string, error) { return strings.ReplaceAll(pattern, "(?<", "(?P<"), nil }

func textLike(a []string) string {
	if len(a) == 3 {
		return a[0] + " LIKE " + a[1] + " ESCAPE '" + a[2] + "'"
	}
	return a[0] + " LIKE " + a[1]
}

func evalLike(flags string) func(*Call) (column.Column, error) {
	return func(c *Call) (column.Column, error) {
		p := &patterns{translate: func(pattern, escape string) (string, error) {
			body, err := likePattern(pattern, escape)
			return "(?s)" + flags + "^" + body + "$", err
		}}
		var plain likeParts
		return tryRow(c, func(i int) (bool, error) {
			s, pattern, escape := texts(c, 0)[i], texts(c, 1)[i], `\`
			if len(c.Args) == 3 {
				escape = texts(c, 2)[i]
			}
			if plain.of != pattern || plain.parts == nil {
				plain = cutLike(pattern, escape)
			}
			if plain.parts != nil && flags == "" {
				return plain.match(s), nil
			}
			re, err := p.of(pattern, escape)
			return err == nil && re.MatchString(s), err
		})
	}
}

// likeParts are what stands between the % of a pattern that has no other mark:
// they are found one after the other, without a regular expression.
type likeParts struct {
	of    string
	parts []string // nil when the pattern has other marks
}

func cutLike(pattern, escape string) likeParts {
	l := likeParts{of: pattern}
	if !strings.Contains(pattern, "_") && !strings.Contains(pattern, escape) {
		l.parts = strings.Split(pattern, "%")
	}
	return l
}

func (l likeParts) match(s string) bool {
	first, last := l.parts[0], l.parts[len(l.parts)-1]
	if len(l.parts) == 1 {
		return s == first
	}
	rest, ok := strings.CutPrefix(s, first)
	if !ok {
		return false
	}
	for _, part := range l.parts[1 : len(l.parts)-1] {
		at := strings.Index(rest, part)
		if at < 0 {
			return false
		}
		rest = rest[at+len(part):]
	}
	return strings.HasSuffix(rest, last)
}

// likePattern is a LIKE pattern as a regular expression.
func likePattern(pattern, escape string) (string, error) {
	mark, _ := utf8.DecodeRuneInString(escape)
	var out strings.Builder
	escaped := false
	for _, r := range pattern {
		switch {
		case escaped:
			if r != '_' && r != '%' && r != mark {
				return "", Errorf("INVALID_FORMAT.ESC_IN_THE_MIDDLE", "The format is invalid: '%s'. The escape character is not allowed to precede '%c'.", pattern, r)
			}
			out.WriteString(regexp.QuoteMeta(string(r)))
			escaped = false
		case r == mark:
			escaped = true
		case r == '_':
			out.WriteByte('.')
		case r == '%':
			out.WriteString(".*")
		default:
			out.WriteString(regexp.QuoteMeta(string(r)))
		}
	}
	if escaped {
		return "", Errorf("INVALID_FORMAT.ESC_AT_THE_END", "The format is invalid: '%s'. The escape character is not allowed to end with.", pattern)
	}
	return out.String(), nil
}

func evalRLike(c *Call) (column.Column, error) {
	p := &patterns{translate: java}
	return try2(c, func(s, pattern string) (bool, error) {
		re, err := p.of(pattern, "")
		return err == nil && re.MatchString(s), err
	})
}

func evalRegexpReplace(c *Call) (column.Column, error) {
	p := &patterns{translate: java}
	return tryRow(c, func(i int) (string, error) {
		re, err := p.of(texts(c, 1)[i], "")
		if err != nil {
			return "", err
		}
		s, from := texts(c, 0)[i], ints(c, 3)[i]
		head := cut(s, 1, from-1)
		return head + re.ReplaceAllString(s[len(head):], javaReplacement(texts(c, 2)[i])), nil
	})
}

// javaReplacement writes Java's $1 and \$ as Go's ${1} and $$.
func javaReplacement(s string) string {
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s):
			i++
			if s[i] == '$' {
				out.WriteByte('$')
			}
			out.WriteByte(s[i])
		case s[i] == '$' && i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9':
			i++
			out.WriteString("${" + s[i:i+1] + "}")
		default:
			out.WriteByte(s[i])
		}
	}
	return out.String()
}

func groupIn(name string, re *regexp.Regexp, group int32) error {
	if group < 0 || int(group) > re.NumSubexp() {
		return Errorf("INVALID_PARAMETER_VALUE.REGEX_GROUP_INDEX", "The value of parameter(s) `idx` in `%s` is invalid: Expects group index between 0 and %d, but got %d.", name, re.NumSubexp(), group)
	}
	return nil
}

func evalRegexpExtract(c *Call) (column.Column, error) {
	p := &patterns{translate: java}
	return try3(c, func(s, pattern string, group int32) (string, error) {
		re, err := p.of(pattern, "")
		if err != nil {
			return "", err
		}
		found := re.FindStringSubmatch(s)
		if found == nil {
			return "", nil
		}
		if err := groupIn("regexp_extract", re, group); err != nil {
			return "", err
		}
		return found[group], nil
	})
}

func evalRegexpExtractAll(c *Call) (column.Column, error) {
	p := &patterns{translate: java}
	return build(c, func(b column.Builder, i int) error {
		re, err := p.of(texts(c, 1)[i], "")
		if err != nil {
			return err
		}
		group := ints(c, 2)[i]
		if err := groupIn("regexp_extract_all", re, group); err != nil {
			return err
		}
		found := []string{}
		for _, match := range re.FindAllStringSubmatch(texts(c, 0)[i], -1) {
			found = append(found, match[group])
		}
		return b.Append(found)
	})
}

func evalRegexpCount(c *Call) (column.Column, error) {
	p := &patterns{translate: java}
	return try2(c, func(s, pattern string) (int32, error) {
		re, err := p.of(pattern, "")
		if err != nil {
			return 0, err
		}
		return int32(len(re.FindAllStringIndex(s, -1))), nil
	})
}

func evalRegexpSubstr(c *Call) (column.Column, error) {
	p := &patterns{translate: java}
	return build(c, func(b column.Builder, i int) error {
		re, err := p.of(texts(c, 1)[i], "")
		if err != nil {
			return err
		}
		if at := re.FindStringIndex(texts(c, 0)[i]); at != nil {
			return b.Append(texts(c, 0)[i][at[0]:at[1]])
		}
		b.AppendNull()
		return nil
	})
}

// evalSplit cuts a string at a pattern, into at most limit parts when limit is above 0.
func evalSplit(c *Call) (column.Column, error) {
	p := &patterns{translate: java}
	var parts []string // again and again
	return build(c, func(b column.Builder, i int) error {
		s, pattern, limit := texts(c, 0)[i], texts(c, 1)[i], int(ints(c, 2)[i])
		if limit <= 0 {
			limit = -1
		}
		if regexp.QuoteMeta(pattern) == pattern && pattern != "" { // no pattern at all
			parts = parts[:0]
			for found := true; found; {
				part := s
				if limit < 0 || len(parts) < limit-1 {
					part, s, found = strings.Cut(s, pattern)
				} else {
					found = false
				}
				parts = append(parts, part)
			}
			return b.Append(parts)
		}
		re, err := p.of(pattern, "")
		if err != nil {
			return err
		}
		return b.Append(splitAt(re, s, limit))
	})
}

// splitAt is Java's Pattern.split: a match of nothing at the start makes no part.
func splitAt(re *regexp.Regexp, s string, limit int) []string {
	var parts []string
	start := 0
	for _, at := range re.FindAllStringIndex(s, -1) {
		if limit > 0 && len(parts) == limit-1 {
			break
		}
		if at[1] == 0 || at[0] == len(s) && at[0] == at[1] {
			continue
		}
		parts = append(parts, s[start:at[0]])
		start = at[1]
	}
	return append(parts, s[start:])
}
