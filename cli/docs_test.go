package cli

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/grader/message"
)

// The pages for people speak of commands; the command itself is asked whether
// they exist.

var (
	block    = regexp.MustCompile("(?ms)^```([a-z]*)\n(.*?)^```$") // a block of no file: those are quotations
	anyBlock = regexp.MustCompile("(?ms)^```.*?^```$")
	codeSpan = regexp.MustCompile("`([^`\n]+)`")
	flagWord = regexp.MustCompile(`^--[a-z]+`)
)

// spoken is what a page says of the command.
type spoken struct {
	lines []string // command lines, without the program's name
	names []string // commands that are named and not typed out: `go run . check`
	flags []string // flags that are named alone
}

func speaks(text string) (s spoken) {
	var code []string // what is typed, then from typed on what is named in sentences
	for _, found := range block.FindAllStringSubmatch(text, -1) {
		if found[1] == "sh" {
			code = append(code, strings.Split(found[2], "\n")...)
		}
	}
	typed := len(code)
	for _, found := range codeSpan.FindAllStringSubmatch(anyBlock.ReplaceAllString(text, ""), -1) {
		code = append(code, found[1])
	}
	for i, line := range code {
		line, _, _ = strings.Cut(line, " #")
		line = strings.TrimSpace(line)
		for _, program := range []string{"go run .", "etincelle"} {
			if rest, is := strings.CutPrefix(line+" ", program+" "); is {
				if words := strings.Fields(rest); i >= typed && len(words) == 1 && !strings.HasPrefix(words[0], "-") {
					s.names = append(s.names, words[0])
				} else {
					s.lines = append(s.lines, strings.Join(words, " "))
				}
			}
		}
		if flag := flagWord.FindString(line); flag != "" {
			s.flags = append(s.flags, flag)
		}
	}
	return s
}

// tree is the whole of commands, with those that cobra adds.
func tree() *cobra.Command {
	root := (&app{language: message.English}).commands()
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd("")
	return root
}

// typed says what is wrong with a command line, and names the command and the flags.
func typed(line string) (name string, flags []string, err error) {
	cmd, rest, err := tree().Find(strings.Fields(line))
	if err != nil {
		return "", nil, err
	}
	cmd.InitDefaultHelpFlag()
	if err := cmd.ParseFlags(rest); err != nil {
		return cmd.Name(), nil, err
	}
	cmd.Flags().Visit(func(f *pflag.Flag) { flags = append(flags, f.Name) })
	return cmd.Name(), flags, cmd.ValidateArgs(cmd.Flags().Args())
}

// known are the flags of all commands.
func known() map[string]bool {
	names := map[string]bool{"--help": true}
	var visit func(*cobra.Command)
	visit = func(cmd *cobra.Command) {
		note := func(f *pflag.Flag) { names["--"+f.Name] = true }
		cmd.Flags().VisitAll(note)
		cmd.PersistentFlags().VisitAll(note)
		for _, sub := range cmd.Commands() {
			visit(sub)
		}
	}
	visit(tree())
	return names
}

func TestPagesNameCommandsThatExist(t *testing.T) {
	said := map[string]map[string]bool{} // by page: each command with its flags, --lang apart
	flags := known()
	for _, pattern := range []string{"../*.md", "../docs/*.md", "../docs/book/*.md"} {
		pages, err := filepath.Glob(pattern)
		require.NoError(t, err)
		for _, page := range pages {
			text, err := os.ReadFile(page)
			require.NoError(t, err)
			s := speaks(strings.ReplaceAll(string(text), "\r\n", "\n"))
			said[page] = map[string]bool{}
			for _, line := range s.lines {
				name, used, err := typed(line)
				assert.NoError(t, err, "%s: etincelle %s", page, line)
				said[page][fmt.Sprint(name, slices.DeleteFunc(used, func(f string) bool { return f == "lang" }))] = true
			}
			for _, name := range s.names {
				_, _, err := tree().Find([]string{name})
				assert.NoError(t, err, "%s: etincelle %s", page, name)
			}
			for _, flag := range s.flags {
				assert.True(t, flags[flag], "%s: no command has the flag %s", page, flag)
			}
		}
	}
	for page, commands := range said {
		if name, is := strings.CutSuffix(page, ".fr.md"); is {
			twin := name + ".en.md"
			if said[twin] == nil {
				twin = name + ".md" // the module's own page
			}
			assert.Equal(t, slices.Sorted(maps.Keys(said[twin])), slices.Sorted(maps.Keys(commands)), "%s and its twin name the same commands", page)
		}
	}
	assert.Greater(t, len(said["../docs/students.fr.md"]), 5)
	assert.Greater(t, len(said["../docs/instructors.en.md"]), 4)
}

func TestPagesAreReadAsTheyAreWritten(t *testing.T) {
	s := speaks("`go run . check tp02`, `go run . check` and `--watch`\n```sh\ngo run .   # home\netincelle step a.jsonl\ngo run ./other x\n```\n```go a.go\n// go run . nothing\n```\n")
	assert.Equal(t, []string{"", "step a.jsonl", "check tp02"}, s.lines)
	assert.Equal(t, []string{"check"}, s.names)
	assert.Equal(t, []string{"--watch"}, s.flags)
	for _, line := range []string{"", "check tp02 --watch", "vérifier tp02", "--lang en", "completion bash", "help"} {
		_, _, err := typed(line)
		assert.NoError(t, err, line)
	}
	for line, want := range map[string]string{
		"chekc tp02":         "there is no command",
		"check tp02 --loud":  "unknown flag: --loud",
		"check":              "check",
		"hint tp02 1 2":      "hint",
		"grade a --seed one": "invalid argument",
	} {
		_, _, err := typed(line)
		assert.ErrorContains(t, err, want, line)
	}
}
