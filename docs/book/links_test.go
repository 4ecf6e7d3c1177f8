package book

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	link     = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	anyFence = regexp.MustCompile("(?ms)^```.*?^```$")
	span     = regexp.MustCompile("`[^`\n]*`")
)

// pages are all the pages for people: the book, those beside it, the READMEs.
func pages(t *testing.T) map[string]string {
	all := map[string]string{}
	for _, pattern := range []string{"*.md", "../*.md", "../adr/*.md", "../../*.md"} {
		files, err := filepath.Glob(pattern)
		require.NoError(t, err)
		require.NotEmpty(t, files, pattern)
		for _, file := range files {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			all[file] = strings.ReplaceAll(string(text), "\r\n", "\n")
		}
	}
	return all
}

func TestLinksResolve(t *testing.T) {
	for file, text := range pages(t) {
		for _, target := range targets(text) {
			_, err := os.Stat(filepath.Join(filepath.Dir(file), filepath.FromSlash(target)))
			assert.NoError(t, err, "%s links to %s", file, target)
		}
	}
	assert.Equal(t, []string{"a.md", "../b/"}, targets("[x](a.md#part) [y](https://go.dev) [z](../b/) `[n](no.md)`\n```sh\n[n](no.md)\n```\n"))
}

// targets lists what a page links to in the tree.
func targets(text string) (all []string) {
	text = span.ReplaceAllStringFunc(anyFence.ReplaceAllString(text, ""), func(code string) string {
		return strings.NewReplacer("(", "", ")", "").Replace(code)
	})
	for _, found := range link.FindAllStringSubmatch(text, -1) {
		target, _, _ := strings.Cut(found[1], "#")
		if target != "" && !strings.Contains(target, "://") {
			all = append(all, target)
		}
	}
	return all
}

// What the other pages quote from the tree is there too.
func TestPagesQuoteWhatIsThere(t *testing.T) {
	quoted := 0
	for file, text := range pages(t) {
		for _, found := range fenced.FindAllStringSubmatch(text, -1) {
			if path := found[2]; path != "" && filepath.Dir(file) == ".." {
				quoted++
				assert.NoError(t, quote{path: path, text: found[3]}.holds("../.."), "%s", file)
			}
		}
	}
	assert.Positive(t, quoted)
	assert.ErrorContains(t, quote{path: "go.mod", text: "module spark\n"}.holds("../.."), "not in go.mod")
}

// Each page for people who do not write code is there in both languages.
func TestPagesComeInTwoLanguages(t *testing.T) {
	all := pages(t)
	for file := range all {
		for from, to := range map[string]string{".fr.md": ".en.md", ".en.md": ".fr.md"} {
			if name, is := strings.CutSuffix(file, from); is && filepath.Dir(file) == ".." {
				assert.Contains(t, all, name+to)
			}
		}
	}
}
