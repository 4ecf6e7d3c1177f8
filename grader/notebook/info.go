package notebook

import (
	"fmt"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// The notebook's language: what a fence's first line may say. A fence that says
// nothing known is an error, since nobody would check what it holds.

// form is one thing that a fence may say.
type form struct {
	language string
	word     string   // a word after the language, or ""
	keys     []string // each with a value, in this order in the usage
	usage    string
}

var forms = []form{
	{"go", "", []string{"cell"}, "go cell=NAME"},
	{"go", "shared", nil, "go shared"},
	{"go", "illustration", nil, "go illustration"},
	{"output", "", []string{"cell"}, "output cell=NAME"},
	{"predict", "", []string{"id", "cell"}, "predict id=NAME cell=NAME"},
	{"task", "", []string{"n"}, "task n=NUMBER"},
	{"python", "", nil, "python"},
	{"text", "", nil, "text"},
	{"sh", "", nil, "sh"},
}

// info is a fence's first line, understood.
type info struct {
	form
	values map[string]string
}

// number is the value of a key that holds one.
func (i info) number(key string) int {
	n, _ := strconv.Atoi(i.values[key])
	return n
}

var label = regexp.MustCompile(`^[\pL\pN_][\pL\pN_-]*$`)

// readInfo understands a fence's first line, or says what is wrong with it.
func readInfo(text string) (info, *Problem) {
	fields := strings.Fields(text)
	read := info{values: map[string]string{}}
	var words, keys []string
	for _, field := range fields[min(1, len(fields)):] {
		key, value, valued := strings.Cut(field, "=")
		if !valued {
			words = append(words, field)
			continue
		}
		keys = append(keys, key)
		read.values[key] = value
	}
	language := ""
	if len(fields) > 0 {
		language = fields[0]
	}
	slices.Sort(keys)
	for _, f := range forms {
		if f.language == language && f.word == strings.Join(words, " ") && slices.Equal(slices.Sorted(slices.Values(f.keys)), keys) {
			read.form = f
			return read, badValue(read)
		}
	}
	return read, &Problem{Found: quoted("the fence ```" + text), Expected: "one of " + usages(language), Next: advice(language, len(fields))}
}

// badValue checks the values of a form's keys.
func badValue(read info) *Problem {
	for _, key := range read.keys {
		value := read.values[key]
		expected := ""
		switch key {
		case "cell":
			if !token.IsIdentifier(value) || value == "_" {
				expected = "a Go identifier, since a cell is a function"
			}
		case "id":
			if !label.MatchString(value) {
				expected = "letters, digits, _ and -"
			}
		case "n":
			if n, err := strconv.Atoi(value); err != nil || n < 1 || strconv.Itoa(n) != value {
				expected = "the number of an exercise, from 1"
			}
		}
		if expected != "" {
			return &Problem{Found: quoted(key + "=" + value), Expected: expected, Next: "write another value"}
		}
	}
	return nil
}

// usages lists the forms of a language, or all when it has none.
func usages(language string) string {
	var known, all []string
	for _, f := range forms {
		all = append(all, "`"+f.usage+"`")
		if f.language == language {
			known = append(known, "`"+f.usage+"`")
		}
	}
	if known == nil {
		known = all
	}
	return strings.Join(known, ", ")
}

func advice(language string, fields int) string {
	switch {
	case language == "go":
		return "say what the code is for: it is run, shared by all cells, or shown and compiled"
	case fields == 0:
		return "say what the fence holds; plain text is `text`"
	}
	return "use one of these; plain text is `text`"
}

// quoted shows text of the file inside a message, on one line.
func quoted(text string) string {
	const most = 60
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most]) + "…"
	}
	return fmt.Sprintf("%q", text)
}
